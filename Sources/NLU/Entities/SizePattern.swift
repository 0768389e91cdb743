/// Sizes in numbers; those in letters and words are the catalogue's.
extension LexedText {
  /// The greatest size of a shoe or garment.
  private static let greatestSize = Quantity(999)

  /// `size 42`, 42码, 尺码42: the number; `27 inch`, 27寸, `500ml`, `1TB`: the number and the unit.
  func sizes() -> [EntityFind] {
    var finds: [EntityFind] = []
    for numeral in numerals where !numeral.isOrdinal && !numeral.isPositional && !isAttachedBefore(numeral.pieces.lowerBound) {
      let (start, end) = (numeral.pieces.lowerBound, numeral.pieces.upperBound)
      if let (unit, last) = measureUnit(after: numeral) {
        finds.append(EntityFind(.size, span(start..<last), "\(numeral.value.text) \(unit.rawValue)"))
      } else if numeral.value <= LexedText.greatestSize {
        if word(end) == .sizeUnit {
          finds.append(EntityFind(.size, span(start..<end + 1), numeral.value.text))
        } else if let first = sizeWord(before: start), !text.isWordPart(span(numeral.pieces).upperBound) {
          finds.append(EntityFind(.size, span(first..<end), numeral.value.text))
        }
      }
    }
    return finds
  }

  /// The piece of "size" in `size 42`, `size: 42`.
  private func sizeWord(before start: Int) -> Int? {
    let place = word(start - 1) == .colon ? start - 2 : start - 1
    return word(place) == .size ? place : nil
  }

  private func measureUnit(after numeral: Numeral) -> (MeasureUnit, end: Int)? {
    let end = numeral.pieces.upperBound
    let isHyphenated = word(end) == .dash && isJoined(end - 1, end) && isJoined(end, end + 1)
    let place = isHyphenated ? end + 1 : end
    guard pieces.indices.contains(place), !text.isWordPart(pieces[place].span.upperBound) || isHan(place) else { return nil }
    let isAttached = isJoined(end - 1, end)
    switch word(place) {
    case .measureUnit(let unit):
      // A lone letter or sign only in one with its number; and 5G is a network.
      let isShort = pieces[place].span.count == 1 && !isHan(place)
      guard !isShort || (isAttached && (unit != .g || numeral.value >= Quantity(10))) else { return nil }
      return (unit, place + 1)
    // "27in", but not "27 in stock".
    case .hence where isAttached && place == end: return (.inch, place + 1)
    default: return nil
    }
  }
}
