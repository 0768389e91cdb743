import Conversation

/// Days at a distance, and days in digits.
extension LexedText {
  /// No customer counts further; a greater number is a mistake, not a day.
  private static let farthest = Quantity(9999)

  /// "in 3 days", "two weeks ago", "3 days from now", 三天后, 半年前. Hours and minutes lead to no day of their own and stay durations;
  /// so do business days and ranges.
  func relativeDates(_ spans: [TimeSpan], _ today: Day?) -> [EntityFind] {
    spans.compactMap { span in
      guard span.unit.isWholeDays, !span.isBusiness, !span.isRange, span.amount <= LexedText.farthest else { return nil }
      let (start, end) = (span.pieces.lowerBound, span.pieces.upperBound)
      let range: Range<Int>
      let isPast: Bool
      switch (word(end), word(end + 1)) {
      case (.ago, _) where isJoined(end - 1, end) || !isHan(end): (range, isPast) = (start..<end + 1, true)
      case (.later, _) where isJoined(end - 1, end) || !isHan(end): (range, isPast) = (start..<end + 1, false)
      case (.from, .now), (.from, .day(0)): (range, isPast) = (start..<end + 2, false)
      default:
        guard word(start - 1) == .hence else { return nil }
        (range, isPast) = (start - 1..<end, false)
      }
      let day = today.flatMap { LexedText.day(from: $0, span.amount, span.unit, sign: isPast ? -1 : 1) }
      return EntityFind(.date, self.span(range), DateValue(day).text)
    }
  }

  /// Half a year is six months; half a month, fifteen days.
  private static func day(from today: Day, _ amount: Quantity, _ unit: TimeUnit, sign: Int) -> Day? {
    guard let count = amount.whole else {
      guard let (count, smaller) = unit.smaller, let product = amount.times(count) else { return nil }
      // Half a day on is today.
      return smaller.isWholeDays ? day(from: today, product, smaller, sign: sign) : today
    }
    switch unit {
    case .day: return today.adding(days: sign * count)
    case .week: return today.adding(days: sign * count * 7)
    case .month: return today.adding(months: sign * count)
    case .year: return today.adding(months: sign * count * 12)
    case .second, .minute, .hour: return nil
    }
  }

  // MARK: days in digits

  /// A number between signs.
  private struct Part {
    let value: Int
    let digits: Int
  }

  /// `2026-11-12` (also with `/` and `.`), `12/11` and `12/11/2026` in the US order of month and day unless the first is greater than
  /// twelve, `12-11-2026` likewise, `12.11.2026` with the day first, as where points are written. 24/7 is a service and 1/2 a fraction.
  func numericDates(_ runs: [Range<Int>], _ today: Day?) -> [EntityFind] {
    var finds: [EntityFind] = []
    for (i, first) in runs.enumerated() where first.count <= 4 {
      let separator = text[first.upperBound]
      guard "-/.".unicodeScalars.contains(where: { $0.value == separator }), i + 1 < runs.count,
        runs[i + 1].lowerBound == first.upperBound + 1, !isPartOfMore(first.lowerBound - 1)
      else { continue }
      var parts = [part(first), part(runs[i + 1])]
      var end = runs[i + 1].upperBound
      if i + 2 < runs.count, text[end] == separator, runs[i + 2].lowerBound == end + 1 {
        parts.append(part(runs[i + 2]))
        end = runs[i + 2].upperBound
      }
      // Another part, or a letter, and it is no date; a point may end the sentence.
      guard !text.isWordPart(end), text[end] != separator || !text.isDigit(end + 1), !text.isCharacter(end, "/"),
        !text.isCharacter(end, "%"), !text.isCharacter(end, "-") || !text.isWordPart(end + 1)
      else { continue }
      let span = first.lowerBound..<end
      if parts.count == 3 {
        guard let day = LexedText.day(parts, isPoint: separator == 0x2E) else { continue }
        finds.append(EntityFind(.date, span, day.description))
      } else if separator == 0x2F, let (month, day) = monthAndDay(parts[0], parts[1], at: first.lowerBound) {
        finds.append(EntityFind(.date, span, DateValue.nearest(month: month, day: day, today).text))
      }
    }
    return finds
  }

  private func isPartOfMore(_ before: Int) -> Bool {
    text.isWordPart(before) || "-/.,#$€£¥₹+".unicodeScalars.contains { text[before] == $0.value }
  }

  private func part(_ run: Range<Int>) -> Part {
    Part(value: run.prefix(4).reduce(0) { $0 * 10 + Int(text[$1] & 0xF) }, digits: run.count)
  }

  private static func day(_ parts: [Part], isPoint: Bool) -> Day? {
    let (first, second, third) = (parts[0], parts[1], parts[2])
    if first.digits == 4 {
      guard second.digits <= 2, third.digits <= 2 else { return nil }
      return Day(year: first.value, month: second.value, day: third.value)
    }
    guard first.digits <= 2, second.digits <= 2, third.digits == 4 || (third.digits == 2 && !isPoint) else { return nil }
    let year = third.digits == 2 ? 2000 + third.value : third.value
    return isPoint || first.value > 12
      ? Day(year: year, month: second.value, day: first.value) : Day(year: year, month: first.value, day: second.value)
  }

  private func monthAndDay(_ first: Part, _ second: Part, at start: Int) -> (month: Int, day: Int)? {
    guard first.digits <= 2, second.digits <= 2, (first.value, second.value) != (24, 7) else { return nil }
    // A digit and a space before make it a fraction (7 1/2), and so does being one of the common ones, but for "on 1/2".
    if text.isSpace(start - 1), text.isDigit(start - 2) { return nil }
    if first.value < second.value, second.value <= 4, !isAfterDayWord(start) { return nil }
    let (month, day) = first.value > 12 ? (second.value, first.value) : (first.value, second.value)
    return Day(year: 2024, month: month, day: day) == nil ? nil : (month, day)
  }

  /// "on", "by", "from" and the like right before a place.
  private func isAfterDayWord(_ place: Int) -> Bool {
    [.on, .by, .before, .after, .from, .to].contains(word(pieceIndex(from: place) - 1))
  }
}
