/// Ranges of prices: "under $50", "from $20 to $40", 100到200块, 两百以内.
extension LexedText {
  private enum Bound {
    case most, least
  }

  /// The range of `amounts` that are compared, as `20..40 USD`, `..50 USD`, `20.. USD`.
  ///
  /// A number without a currency is a price only where the text speaks of one (price, cost, budget, 价格, 预算), or, in Chinese, before
  /// 以内, 以下, 以上 when it is ten or more (两百以内, but 三个以内).
  func priceRanges(_ amounts: [MoneyAmount]) -> [EntityFind] {
    var finds: [EntityFind] = []
    for (i, amount) in amounts.enumerated() {
      if i + 1 < amounts.count, let find = twoSided(amount, amounts[i + 1]) { finds.append(find) }
      if let find = oneSided(amount) ?? approximate(amount) { finds.append(find) }
    }
    return finds
  }

  private static func text(_ low: Quantity?, _ high: Quantity?, _ currency: Currency?) -> String {
    "\(low?.text ?? "")..\(high?.text ?? "")\(currency.map { " \($0.rawValue)" } ?? "")"
  }

  /// Whether a sum is one of money: it says so, or the text speaks of prices and it counts nothing else.
  private func isPrice(_ amount: MoneyAmount) -> Bool {
    if amount.currency != nil { return true }
    guard hasPriceWord else { return false }
    switch word(amount.pieces.upperBound) {
    case .unit, .measure, .measureUnit, .month, .monthSign, .daySign, .business, .percent, .discount, .sizeUnit, .ordinalEnding:
      return false
    default: return true
    }
  }

  private func twoSided(_ low: MoneyAmount, _ high: MoneyAmount) -> EntityFind? {
    let gap = low.pieces.upperBound
    guard high.pieces.lowerBound == gap + 1 else { return nil }
    var (start, end) = (low.pieces.lowerBound, high.pieces.upperBound)
    let isBetween = word(start - 1) == .between || word(end) == .amid
    guard word(gap) == .to || word(gap) == .dash || (word(gap) == .and && isBetween) else { return nil }
    guard isPrice(low) || isPrice(high), isPrice(low) || !isUncertain(low), isPrice(high) || !isUncertain(high) else {
      return nil
    }
    if let one = low.currency, let other = high.currency, one != other { return nil }
    if word(start - 1) == .between || word(start - 1) == .from { start -= 1 }
    if word(end) == .amid { end += 1 }
    let (least, most) = (min(low.value, high.value), max(low.value, high.value))
    return EntityFind(.priceRange, span(start..<end), LexedText.text(least, most, low.currency ?? high.currency))
  }

  /// Whether a bare number is the amount of something else: of 3 in "3 days to $20".
  private func isUncertain(_ amount: MoneyAmount) -> Bool {
    switch word(amount.pieces.upperBound) {
    case .unit, .measure, .measureUnit, .monthSign, .daySign, .percent: true
    default: false
    }
  }

  private func oneSided(_ amount: MoneyAmount) -> EntityFind? {
    let pieces = amount.pieces
    let after = boundAfter(pieces.upperBound)
    let isChineseBound = after.map { isHan($0.end - 1) } ?? false
    guard
      isPrice(amount) || (isChineseBound && amount.value >= Quantity(10) && isJoined(pieces.upperBound - 1, pieces.upperBound))
    else {
      return nil
    }
    let before = boundBefore(pieces.lowerBound)
    guard let bound = after?.bound ?? before?.bound else { return nil }
    let span = span((before?.start ?? pieces.lowerBound)..<(after?.end ?? pieces.upperBound))
    switch bound {
    case .most: return EntityFind(.priceRange, span, LexedText.text(nil, amount.value, amount.currency))
    case .least: return EntityFind(.priceRange, span, LexedText.text(amount.value, nil, amount.currency))
    }
  }

  /// What is said before a sum: "under", "less than", "no more than", "at least", "up to", 不超过.
  private func boundBefore(_ start: Int) -> (bound: Bound, start: Int)? {
    switch (word(start - 3), word(start - 2), word(start - 1)) {
    case (.no, .less, .than): (.least, start - 3)
    case (.no, .more, .than): (.most, start - 3)
    case (_, .less, .than): (.most, start - 2)
    case (_, .more, .than): (.least, start - 2)
    case (_, .at, .less): (.most, start - 2)
    case (_, .at, .more): (.least, start - 2)
    case (_, .up, .to): (.most, start - 2)
    case (_, .no, .atLeast): (.most, start - 2)
    case (_, .no, .atMost): (.least, start - 2)
    case (_, _, .atMost), (_, _, .within): (.most, start - 1)
    case (_, _, .atLeast): (.least, start - 1)
    case (_, _, .orLess) where !isHan(start - 1): (.most, start - 1)
    case (_, _, .orMore) where !isHan(start - 1): (.least, start - 1)
    default: nil
    }
  }

  /// What is said after a sum: "or less", "and up", "max", 以下, 以上.
  private func boundAfter(_ end: Int) -> (bound: Bound, end: Int)? {
    switch (word(end), word(end + 1)) {
    case (.orLess, _): (.most, end + 1)
    case (.orMore, _): (.least, end + 1)
    case (.or, .less), (.or, .atMost): (.most, end + 2)
    case (.or, .more), (.or, .atLeast), (.and, .up), (.and, .atLeast): (.least, end + 2)
    default: nil
    }
  }

  /// 300元左右, "around $300": a fifth less to a fifth more.
  private func approximate(_ amount: MoneyAmount) -> EntityFind? {
    var range = amount.pieces
    let isAfter = word(range.upperBound) == .roughly
    let isBefore = word(range.lowerBound - 1) == .around
    guard isAfter || isBefore, isPrice(amount), let low = amount.value.percent(80), let high = amount.value.percent(120) else {
      return nil
    }
    range = (isBefore ? range.lowerBound - 1 : range.lowerBound)..<(isAfter ? range.upperBound + 1 : range.upperBound)
    return EntityFind(.priceRange, span(range), LexedText.text(low, high, amount.currency))
  }
}
