/// A number of units of time in a text, before it is known whether it is a duration or leads to a day.
struct TimeSpan: Sendable {
  let pieces: Range<Int>
  let amount: Quantity
  let unit: TimeUnit
  /// `a week`: said of a rate as well (twice a week).
  var hasArticle = false
  /// Business days have no day to lead to without a calendar of holidays.
  var isBusiness = false
  /// `3-5 days`, whose amount is the greater: what was promised for certain.
  var isRange = false
}

/// Durations.
extension LexedText {
  /// `3 days`, `24h`, "half an hour", "an hour and a half", 三天, 两个星期, 一个半小时, 半年: as ISO 8601, `P3D`, `PT24H`, `P6M`.
  func durations(_ spans: [TimeSpan]) -> [EntityFind] {
    spans.compactMap { span in
      guard !span.hasArticle || isLasting(before: span.pieces.lowerBound) else { return nil }
      return LexedText.duration(span.amount, span.unit).map { EntityFind(.duration, self.span(span.pieces), $0) }
    }
  }

  /// Whether what stands before says that "a week" is a length of time: for, within, takes, about, than.
  private func isLasting(before start: Int) -> Bool {
    switch word(start - 1) {
    case .lasting, .within, .than, .after, .atLeast, .atMost: true
    default: false
    }
  }

  /// ISO 8601 with whole numbers: a half is counted in the next smaller unit.
  private static func duration(_ amount: Quantity, _ unit: TimeUnit) -> String? {
    var (amount, unit) = (amount, unit)
    while amount.whole == nil {
      guard let (count, smaller) = unit.smaller, let product = amount.times(count) else { return nil }
      (amount, unit) = (product, smaller)
    }
    let number = amount.text
    return switch unit {
    case .second: "PT\(number)S"
    case .minute: "PT\(number)M"
    case .hour: "PT\(number)H"
    case .day: "P\(number)D"
    case .week: "P\(number)W"
    case .month: "P\(number)M"
    case .year: "P\(number)Y"
    }
  }

  // MARK: numbers of units

  /// In text order.
  func timeSpans() -> [TimeSpan] {
    var spans: [TimeSpan] = []
    for numeral in numerals where !numeral.isOrdinal {
      if let span = counted(numeral) { spans.append(span) }
    }
    for i in pieces.indices {
      switch pieces[i].word {
      case .half: if let span = half(i) { spans.append(span) }
      case .article: if let span = article(i) { spans.append(span) }
      default: break
      }
    }
    return spans
  }

  private func counted(_ numeral: Numeral) -> TimeSpan? {
    var start = numeral.pieces.lowerBound
    var end = numeral.pieces.upperBound
    guard !isAttachedBefore(start), word(start - 1) != .ordinalSign, !numeral.isPositional else { return nil }
    var amount = numeral.value
    var isBusiness = false
    if word(end) == .dash, isJoined(end - 1, end), isJoined(end, end + 1) { end += 1 }
    let hasMeasure = isMeasure(end)
    if hasMeasure { end += 1 }
    if word(end) == .half, isHan(end) {
      amount = amount + LexedText.aHalf
      end += 1
    }
    if word(end) == .business, !isHan(end) {
      isBusiness = true
      end += 1
    }
    guard let (unit, unitIsBusiness) = timeUnit(at: end, afterMeasure: hasMeasure, numeral) else { return nil }
    isBusiness = isBusiness || unitIsBusiness
    // 2026年 is a year, not two thousand of them.
    if unit == .year, let whole = amount.whole, whole >= 1000 { return nil }
    end += 1
    if let half = halfAfter(end) {
      amount = amount + LexedText.aHalf
      end = half
    }
    var isRange = false
    if word(start - 1) == .dash || word(start - 1) == .to, let low = self.numeral(endingAt: start - 1),
      low.value < numeral.value,
      !low.isOrdinal, !isAttachedBefore(low.pieces.lowerBound)
    {
      start = low.pieces.lowerBound
      isRange = true
    }
    return TimeSpan(pieces: start..<end, amount: amount, unit: unit, isBusiness: isBusiness, isRange: isRange)
  }

  private static let aHalf = Quantity(units: Quantity.unitsPerOne / 2)

  /// 个 between a number and what it counts.
  private func isMeasure(_ piece: Int) -> Bool {
    word(piece) == .measure && text.isCharacter(pieces[piece].span.lowerBound, "个")
  }

  private func timeUnit(at piece: Int, afterMeasure: Bool, _ numeral: Numeral) -> (TimeUnit, isBusiness: Bool)? {
    switch word(piece) {
    case .unit(let unit):
      // "24h", but not "24 h".
      let isLetter = pieces[piece].span.count == 1 && !isHan(piece)
      return isLetter && !isJoined(piece - 1, piece) ? nil : (unit, false)
    case .business where isHan(piece): return (.day, true)
    // 3个月, but 3月 is March.
    case .monthSign where afterMeasure: return (.month, false)
    // "30 second", "one second", where "twenty second" is a position.
    case .ordinal(2) where numeral.style == .digits || numeral.value == Quantity(1): return (.second, false)
    default: return nil
    }
  }

  /// The end of "and a half" or 半 after a unit: 两小时半, 一年半.
  private func halfAfter(_ end: Int) -> Int? {
    if word(end) == .and, word(end + 1) == .article, word(end + 2) == .half { return end + 3 }
    guard word(end) == .half, isHan(end), isJoined(end - 1, end), !isHan(end + 1) || word(end + 1) != .none else { return nil }
    if case .unit = word(end + 1) { return nil }
    return end + 1
  }

  /// "half an hour", "half a year", 半小时, 半个月, 半年.
  private func half(_ start: Int) -> TimeSpan? {
    // 一个半小时 and 三天半 have their number before.
    if isHan(start), numeral(endingAt: start) != nil || isMeasure(start - 1) { return nil }
    var unit = start + 1
    let hasMeasure = isMeasure(unit)
    if word(unit) == .article || hasMeasure { unit += 1 }
    switch word(unit) {
    case .unit(let length): return TimeSpan(pieces: start..<unit + 1, amount: LexedText.aHalf, unit: length)
    case .monthSign where hasMeasure: return TimeSpan(pieces: start..<unit + 1, amount: LexedText.aHalf, unit: .month)
    default: return nil
    }
  }

  /// "a week", "an hour and a half".
  private func article(_ start: Int) -> TimeSpan? {
    guard word(start - 1) != .half, case .unit(let unit) = word(start + 1), pieces[start + 1].span.count > 1 else { return nil }
    if let end = halfAfter(start + 2) {
      return TimeSpan(pieces: start..<end, amount: Quantity(1) + LexedText.aHalf, unit: unit)
    }
    return TimeSpan(pieces: start..<start + 2, amount: Quantity(1), unit: unit, hasArticle: true)
  }
}
