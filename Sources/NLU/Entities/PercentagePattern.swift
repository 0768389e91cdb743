/// Shares of a hundred, and the Chinese way of saying how much is left of a price.
extension LexedText {
  /// `20%`, "twenty per cent", 百分之二十; 八折 leaves eight tenths, so it is 20, and 7.5折 and 七五折 are 25.
  func percentages() -> [EntityFind] {
    var finds: [EntityFind] = []
    for numeral in numerals where !numeral.isOrdinal && !isAttachedBefore(numeral.pieces.lowerBound) {
      let (start, end) = (numeral.pieces.lowerBound, numeral.pieces.upperBound)
      if word(end) == .discount, let off = discount(numeral.value) {
        finds.append(EntityFind(.percentage, span(start..<end + 1), off.text))
      } else if numeral.isPositional {
        continue
      } else if word(end) == .percent {
        finds.append(EntityFind(.percentage, span(start..<end + 1), numeral.value.text))
      } else if word(end) == .per, word(end + 1) == .cent {
        finds.append(EntityFind(.percentage, span(start..<end + 2), numeral.value.text))
      } else if word(start - 1) == .percentOf {
        finds.append(EntityFind(.percentage, span(start - 1..<end), numeral.value.text))
      }
    }
    return finds
  }

  private func discount(_ left: Quantity) -> Quantity? {
    guard left > Quantity(0), left < Quantity(100), let hundredths = left < Quantity(10) ? left.times(10) : left else {
      return nil
    }
    return Quantity(units: Quantity(100).units - hundredths.units)
  }
}
