import Conversation

/// Days by their names: today, next Friday, 下周五, November 12th, 11月12日, and spans of days: next week, 下个月.
extension LexedText {
  func dates(_ today: Day?) -> [EntityFind] {
    var finds: [EntityFind] = []
    for i in pieces.indices {
      guard let (range, value) = date(at: i, today) else { continue }
      finds.append(EntityFind(.date, span(range), value.text))
    }
    return finds
  }

  private func date(at i: Int, _ today: Day?) -> (Range<Int>, DateValue)? {
    switch pieces[i].word {
    case .day(let days): return relativeDay(i, days, today)
    case .weekday(let day, let isShort): return weekday(i, day, isShort: isShort, today)
    case .weekdayOf(let week, let day): return (i..<i + 1, .weekday(day, inWeek: week, today))
    case .weekendOf(let week): return (i..<i + 1, .weekend(inWeek: week, today))
    case .weekend:
      if case .step(let week) = word(i - 1) { return (i - 1..<i + 1, .weekend(inWeek: week, today)) }
      return isHan(i) || word(i - 1) == .the ? (i..<i + 1, .weekend(inWeek: 0, today)) : nil
    case .period(let step, let unit): return (i..<i + 1, .period(step, unit, today))
    case .step(let step):
      guard case .unit(let unit) = word(i + 1), unit == .week || unit == .month || unit == .year else { return nil }
      return (i..<i + 2, .period(step, unit, today))
    case .month(let month, let isShort): return monthName(i, month, isShort: isShort, today)
    case .monthSign: return chineseMonth(i, today)
    case .daySign: return dayOfMonth(i, today)
    case .unit(.year): return chineseYear(i).map { (i - 1..<i + 1, .year($0)) }
    case .double: return doubleDay(i, today)
    default: return nil
    }
  }

  private func relativeDay(_ i: Int, _ days: Int, _ today: Day?) -> (Range<Int>, DateValue) {
    if !isHan(i), word(i - 2) == .unit(.day), days == 1, word(i - 1) == .after { return (i - 2..<i + 1, .daysOn(2, today)) }
    if !isHan(i), word(i - 2) == .unit(.day), days == -1, word(i - 1) == .before { return (i - 2..<i + 1, .daysOn(-2, today)) }
    return (i..<i + 1, .daysOn(days, today))
  }

  /// "next Friday" is Friday of next week, as 下周五; "this Friday" of this week; "last Friday" the most recent; "Friday" alone the coming
  /// one. `sat`, `sun` and the like are days only after such a word, and Black Friday is a sale.
  private func weekday(_ i: Int, _ day: Int, isShort: Bool, _ today: Day?) -> (Range<Int>, DateValue)? {
    switch word(i - 1) {
    case .step(let step) where step < 0: return (i - 1..<i + 1, .past(day, today))
    case .step(let step): return (i - 1..<i + 1, .weekday(day, inWeek: step, today))
    case .namedDay: return nil
    case .on, .by, .before, .after, .to: return (i..<i + 1, .coming(day, today))
    default: return isShort ? nil : (i..<i + 1, .coming(day, today))
    }
  }

  // MARK: months by name

  /// `Nov 12`, `November 12th, 2026`, `12 November`, "the 12th of November"; `November 2026` and "in November" are the month. A month's
  /// name alone is none: may and march are words.
  private func monthName(_ i: Int, _ month: Int, isShort: Bool, _ today: Day?) -> (Range<Int>, DateValue)? {
    let next = isShort && word(i + 1) == .point && isJoined(i, i + 1) ? i + 2 : i + 1
    if let numeral = numeral(startingAt: next), let day = dayNumber(numeral) {
      let end = numeral.pieces.upperBound
      return dated(i..<end, month, day, yearAfter(end), today)
    }
    let before = word(i - 1) == .of ? i - 1 : i
    if let numeral = numeral(endingAt: before), let day = dayNumber(numeral) {
      return dated(numeral.pieces.lowerBound..<next, month, day, yearAfter(next), today)
        ?? dated(numeral.pieces.lowerBound..<i + 1, month, day, nil, today)
    }
    if let (year, end) = yearAfter(i + 1) { return (i..<end, .month(month, of: year)) }
    guard !isShort, word(i - 1) == .hence || word(i - 1) == .by else { return nil }
    return (i..<i + 1, .nearest(month: month, today))
  }

  private func dated(
    _ range: Range<Int>, _ month: Int, _ day: Int, _ year: (year: Int, end: Int)?, _ today: Day?
  ) -> (Range<Int>, DateValue)? {
    guard LexedText.exists(month: month, day: day, year: year?.year) else { return nil }
    if let (year, end) = year { return (range.lowerBound..<end, DateValue(Day(year: year, month: month, day: day))) }
    return (range, .nearest(month: month, day: day, today))
  }

  /// Whether a calendar has the day; without a year, some leap year's.
  private static func exists(month: Int, day: Int, year: Int?) -> Bool {
    Day(year: year ?? 2024, month: month, day: day) != nil
  }

  /// A day of a month beside its name: digits, or a position in words.
  private func dayNumber(_ numeral: Numeral) -> Int? {
    guard numeral.style == .digits || numeral.isOrdinal, !isAttachedBefore(numeral.pieces.lowerBound),
      numeral.isOrdinal || (numeral.isWholeDigits(in: self) && !text.isWordPart(span(numeral.pieces).upperBound)),
      let day = numeral.value.whole, (1...31).contains(day)
    else { return nil }
    return day
  }

  /// `2026` or `, 2026` from a piece on.
  private func yearAfter(_ start: Int) -> (year: Int, end: Int)? {
    guard pieces.indices.contains(start) else { return nil }
    let isComma = text.isCharacter(pieces[start].span.lowerBound, ",")
    let place = isComma ? start + 1 : start
    guard let numeral = numeral(startingAt: place), numeral.isWholeDigits(in: self), let year = numeral.value.whole,
      LexedText.years.contains(year), pieces[place].wholeDigits == 4, !text.isWordPart(pieces[place].span.upperBound)
    else { return nil }
    return (year, place + 1)
  }

  private static let years = 1900...2099

  // MARK: Chinese

  /// 11月12日, 11月12号, 2026年11月12日; 11月 and 2026年11月 are the month.
  private func chineseMonth(_ i: Int, _ today: Day?) -> (Range<Int>, DateValue)? {
    guard let numeral = numeral(endingAt: i), let month = plainNumber(numeral), (1...12).contains(month) else { return nil }
    var start = numeral.pieces.lowerBound
    let year = chineseYear(start - 1)
    if year != nil { start -= 2 }
    if let dayNumeral = self.numeral(startingAt: i + 1), let day = plainNumber(dayNumeral),
      LexedText.exists(month: month, day: day, year: year)
    {
      let end = dayNumeral.pieces.upperBound
      // 11月12 without 日, but not 11月3个.
      if word(end) == .daySign || !isHan(end) || !isJoined(end - 1, end) {
        let value = year.map { DateValue(Day(year: $0, month: month, day: day)) } ?? .nearest(month: month, day: day, today)
        return (start..<(word(end) == .daySign ? end + 1 : end), value)
      }
    }
    return (start..<i + 1, year.map { .month(month, of: $0) } ?? .nearest(month: month, today))
  }

  /// 12号, 二十号: a day of this month or a neighbour. 第12号 and A12号 are not.
  private func dayOfMonth(_ i: Int, _ today: Day?) -> (Range<Int>, DateValue)? {
    guard let numeral = numeral(endingAt: i), isJoined(i - 1, i), let day = plainNumber(numeral), (1...31).contains(day),
      word(numeral.pieces.lowerBound - 1) != .monthSign
    else { return nil }
    return (numeral.pieces.lowerBound..<i + 1, .nearest(day: day, today))
  }

  /// A whole number without a letter or 第 before it.
  private func plainNumber(_ numeral: Numeral) -> Int? {
    let start = numeral.pieces.lowerBound
    guard numeral.style != .english, !numeral.isOrdinal, !numeral.isPositional, !isAttachedBefore(start),
      word(start - 1) != .ordinalSign
    else { return nil }
    return numeral.value.whole
  }

  /// The year that 年 follows: 2026年, 二〇二六年.
  private func chineseYear(_ i: Int) -> Int? {
    guard word(i) == .unit(.year), isHan(i), let numeral = numeral(endingAt: i), numeral.pieces.count == 1,
      let year = numeral.value.whole, LexedText.years.contains(year)
    else { return nil }
    return year
  }

  /// 双11, 双十二: the shopping days named for their date.
  private func doubleDay(_ i: Int, _ today: Day?) -> (Range<Int>, DateValue)? {
    guard let numeral = numeral(startingAt: i + 1), isJoined(i, i + 1), let number = numeral.value.whole,
      number == 11 || number == 12, numeral.style != .english, word(numeral.pieces.upperBound) != .measure
    else { return nil }
    return (i..<numeral.pieces.upperBound, .nearest(month: number, day: number, today))
  }
}
