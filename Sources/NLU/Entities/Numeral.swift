/// A number in a text, in digits or words.
struct Numeral: Sendable {
  enum Style: Sendable {
    case digits, english, chinese
  }

  let pieces: Range<Int>
  let value: Quantity
  let style: Style
  /// `second`, `3rd`: a position.
  var isOrdinal = false
  /// 二〇二六: Chinese digits read one by one, which only years and 八五折 are.
  var isPositional = false

  /// Whether it is of one piece, and of digits without a fraction.
  func isWholeDigits(in text: LexedText) -> Bool {
    style == .digits && pieces.count == 1 && value.whole != nil && !text.pieces[pieces.lowerBound].isGrouped
  }
}

extension LexedText {
  /// The numerals from left to right, no piece in two of them.
  func readNumerals() -> [Numeral] {
    var numerals: [Numeral] = []
    var i = 0
    while i < pieces.count {
      let numeral =
        switch pieces[i].kind {
        case .digits, .hanNumerals: mixedNumeral(at: i)
        case .latin: englishNumeral(at: i)
        case .han: hanWordNumeral(at: i)
        case .sign: nil as Numeral?
        }
      if let numeral { numerals.append(numeral) }
      i = numeral?.pieces.upperBound ?? i + 1
    }
    return numerals
  }

  // MARK: digits and Chinese numerals

  /// `120`, `3rd`, 一百二十, 1.5万, 1万2, and with 打 dozens of it.
  private func mixedNumeral(at start: Int) -> Numeral? {
    var end = start
    var elements: [ChineseNumerals.Element] = []
    if pieces[start].kind == .digits {
      guard let amount = pieces[start].amount else { return nil }
      end += 1
      // 1.5万, but not 1五: digits go on only with a unit.
      if let unit = runBeginningWithUnit(at: end), isJoined(start, end) {
        elements = [.digit(amount)] + unit
        end += 1
      } else {
        return digitsNumeral(start, amount)
      }
    } else {
      elements = self.elements(of: start)
      end += 1
    }
    // 1万2, 三千5: a single digit after the unit.
    if case .unit(let unit)? = elements.last, unit >= 100, isJoined(end - 1, end), pieces[end].kind == .digits,
      pieces[end].span.count == 1, let digit = pieces[end].amount
    {
      elements.append(.digit(digit))
      end += 1
    }
    let isVague = word(start - 1) == .someMore && isJoined(start - 1, start) || word(end) == .someMore && isJoined(end - 1, end)
    if isVague { return nil }
    if let value = ChineseNumerals.value(elements) {
      if word(end) == .dozen, isJoined(end - 1, end), value > Quantity(1) || !isHan(end + 1), let dozens = value.times(12) {
        return Numeral(pieces: start..<end + 1, value: dozens, style: .chinese)
      }
      return Numeral(pieces: start..<end, value: value, style: .chinese)
    }
    return ChineseNumerals.positional(elements).map {
      Numeral(pieces: start..<end, value: $0, style: .chinese, isPositional: true)
    }
  }

  private func digitsNumeral(_ start: Int, _ amount: Quantity) -> Numeral {
    let isOrdinal = word(start + 1) == .ordinalEnding && isJoined(start, start + 1)
    if word(start + 1) == .dozen, let dozens = amount.times(12) {
      return Numeral(pieces: start..<start + 2, value: dozens, style: .english)
    }
    return Numeral(pieces: start..<start + (isOrdinal ? 2 : 1), value: amount, style: .digits, isOrdinal: isOrdinal)
  }

  private func elements(of piece: Int) -> [ChineseNumerals.Element] {
    pieces[piece].span.prefix(21).compactMap { ChineseNumerals.element(text[$0]) }
  }

  private func runBeginningWithUnit(at piece: Int) -> [ChineseNumerals.Element]? {
    guard pieces.indices.contains(piece), pieces[piece].kind == .hanNumerals else { return nil }
    let elements = elements(of: piece)
    if case .unit? = elements.first { return elements }
    return nil
  }

  /// 俩, 仨, 半打.
  private func hanWordNumeral(at start: Int) -> Numeral? {
    switch (word(start), word(start + 1)) {
    case (.cardinal(let value), _): Numeral(pieces: start..<start + 1, value: Quantity(value), style: .chinese)
    case (.half, .dozen): Numeral(pieces: start..<start + 2, value: Quantity(6), style: .chinese)
    default: nil
    }
  }

  // MARK: English

  /// `two`, `twenty-five`, `a hundred and twenty`, `half a dozen`, `a couple of`, `two and a half`, `twenty-first`.
  private func englishNumeral(at start: Int) -> Numeral? {
    switch word(start) {
    case .half:
      let dozen = word(start + 1) == .article ? start + 2 : start + 1
      return word(dozen) == .dozen ? Numeral(pieces: start..<dozen + 1, value: Quantity(6), style: .english) : nil
    case .article:
      switch word(start + 1) {
      case .dozen: return Numeral(pieces: start..<start + 2, value: Quantity(12), style: .english)
      case .couple: return couple(start, start + 1)
      case .scale: return cardinal(at: start)
      default: return nil
      }
    case .couple: return couple(start, start)
    case .dozen: return Numeral(pieces: start..<start + 1, value: Quantity(12), style: .english)
    case .ordinal(let position):
      return Numeral(pieces: start..<start + 1, value: Quantity(position), style: .english, isOrdinal: true)
    case .cardinal, .scale: return cardinal(at: start)
    default: return nil
    }
  }

  private func couple(_ start: Int, _ couple: Int) -> Numeral? {
    if word(couple + 1) == .of { return Numeral(pieces: start..<couple + 2, value: Quantity(2), style: .english) }
    if case .unit = word(couple + 1) { return Numeral(pieces: start..<couple + 1, value: Quantity(2), style: .english) }
    return nil
  }

  /// Thousands, hundreds and the rest; `and` goes on only to what is not itself multiplied, so that "between a hundred and two
  /// hundred" is two numbers.
  private func cardinal(at start: Int) -> Numeral? {
    var (total, section, i) = (0, 0, start)
    var hasHundred = false
    var isOrdinal = false
    if word(i) == .article {
      section = 1
      i += 1
    } else if case .scale = word(i) {
      section = 1
    } else if let (value, end, position) = belowHundred(at: i) {
      (section, i, isOrdinal) = (value, end, position)
    }
    while !isOrdinal {
      if case .scale(100) = word(i), !hasHundred, section > 0, section < 100 {
        section *= 100
        hasHundred = true
        i += 1
      } else if case .scale(1000) = word(i), total == 0, section > 0 {
        (total, section, hasHundred) = (section * 1000, 0, false)
        i += 1
      } else if case .scale = word(i - 1), let (value, end, position) = belowHundred(at: word(i) == .and ? i + 1 : i) {
        if case .scale(let scale) = word(end), !goesOn(with: scale, hasHundred, total, isAnd: word(i) == .and, start) { break }
        (section, i, isOrdinal) = (section + value, end, position)
      } else {
        break
      }
    }
    var value = Quantity(total + section)
    if !isOrdinal {
      if word(i) == .and, word(i + 1) == .article, word(i + 2) == .half {
        value = value + Quantity(units: Quantity.unitsPerOne / 2)
        i += 3
      } else if word(i) == .dozen, let dozens = value.times(12) {
        value = dozens
        i += 1
      }
    }
    return i > start ? Numeral(pieces: start..<i, value: value, style: .english, isOrdinal: isOrdinal) : nil
  }

  /// Whether what follows a scale word may itself be multiplied: five of "two thousand five hundred", forty-two of "three hundred and
  /// forty-two thousand".
  private func goesOn(with scale: Int, _ hasHundred: Bool, _ total: Int, isAnd: Bool, _ start: Int) -> Bool {
    hasHundred ? scale == 1000 && total == 0 && !(isAnd && word(start - 1) == .between) : scale == 100 && !isAnd
  }

  /// `seven`, `forty`, `forty-two`, `forty second`: the value, where it ends, and whether it is a position.
  private func belowHundred(at start: Int) -> (value: Int, end: Int, isOrdinal: Bool)? {
    guard case .cardinal(let first) = word(start) else {
      if case .ordinal(let position) = word(start) { return (position, start + 1, true) }
      return nil
    }
    guard first >= 20 else { return (first, start + 1, false) }
    let isHyphenated = word(start + 1) == .dash && isJoined(start, start + 1) && isJoined(start + 1, start + 2)
    let next = isHyphenated ? start + 2 : start + 1
    switch word(next) {
    case .cardinal(let second) where (1...9).contains(second): return (first + second, next + 1, false)
    case .ordinal(let second) where second < 10: return (first + second, next + 1, true)
    default: return (first, start + 1, false)
    }
  }
}
