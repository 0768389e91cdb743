/// Numbers and positions that are nothing else.
extension LexedText {
  /// Whole numbers of up to four digits, grouped and decimal ones, number words, positions (第二个, "the second one", `3rd`: type `number`
  /// as well, with the position as value).
  ///
  /// "One" counts only alone or after "number", 一 only alone or after 第: in "the last one", 最后一个, 一下 it is no number.
  func numbers() -> [EntityFind] {
    var finds: [EntityFind] = []
    for numeral in numerals where !numeral.isPositional {
      var range = numeral.pieces
      let isCounted =
        switch numeral.style {
        case .digits: isFreeStanding(numeral)
        case .english: isMeant(english: numeral)
        case .chinese: isMeant(chinese: numeral)
        }
      guard isCounted else { continue }
      if word(range.lowerBound - 1) == .ordinalSign { range = range.lowerBound - 1..<range.upperBound }
      finds.append(EntityFind(.number, span(range), numeral.value.text))
    }
    return finds
  }

  /// Whether the message says nothing else, but for signs and a measure word.
  private func isAlone(_ numeral: Numeral) -> Bool {
    // A few signs, not a page of them: this is asked for every "one".
    guard pieces.count <= 16 else { return false }
    for (i, piece) in pieces.enumerated() where !numeral.pieces.contains(i) {
      let isMeasure = i == numeral.pieces.upperBound && piece.word == .measure
      guard piece.kind == .sign || isMeasure else { return false }
    }
    return true
  }

  private func isFreeStanding(_ numeral: Numeral) -> Bool {
    let (start, end) = (numeral.pieces.lowerBound, numeral.pieces.upperBound)
    let digits = pieces[start]
    guard digits.wholeDigits <= (digits.isGrouped ? 9 : 4), !isAttachedBefore(start),
      !text.isWordPart(digits.span.upperBound)
        || numeral.isOrdinal
    else { return false }
    if word(start - 1) == .productLine || isFixedExpression(numeral) { return false }
    // 24/7, 10:30 and 555-0132 are more than their digits; 2-3 is two numbers.
    let span = span(numeral.pieces)
    return !isJoinedToDigits(start - 1, other: start - 2, edge: span.lowerBound)
      && !isJoinedToDigits(end, other: end + 1, edge: span.upperBound) && !isHyphenatedToWord(end)
  }

  private func isJoinedToDigits(_ sign: Int, other: Int, edge: Int) -> Bool {
    guard pieces.indices.contains(sign), pieces.indices.contains(other), pieces[other].kind == .digits,
      pieces[sign].span.lowerBound == edge || pieces[sign].span.upperBound == edge, isJoined(min(sign, other), max(sign, other))
    else { return false }
    switch pieces[sign].word {
    case .slash, .colon, .point: return true
    case .dash:
      let own = pieces[other < sign ? sign + 1 : sign - 1]
      return [own, pieces[other]].contains {
        $0.span.count > 3 || ($0.span.count > 1 && text.isCharacter($0.span.lowerBound, "0"))
      }
    default: return false
    }
  }

  private func isHyphenatedToWord(_ sign: Int) -> Bool {
    word(sign) == .dash && isJoined(sign - 1, sign) && isJoined(sign, sign + 1) && pieces[sign + 1].kind == .latin
  }

  private func isMeant(english numeral: Numeral) -> Bool {
    let start = numeral.pieces.lowerBound
    if isAttachedBefore(start) || isFixedExpression(numeral) { return false }
    // 7-eleven.
    if word(start - 1) == .dash, isJoined(start - 1, start), isJoined(start - 2, start - 1) { return false }
    guard numeral.pieces.count == 1 else { return true }
    switch word(start) {
    case .cardinal(1): return isAlone(numeral) || word(start - 1) == .number
    // "I have a second question", "a third party".
    case .ordinal: return word(start - 1) != .article
    default: return true
    }
  }

  /// `first name`, `second-hand`, `at first`, `first of all`.
  private func isFixedExpression(_ numeral: Numeral) -> Bool {
    guard numeral.isOrdinal else { return false }
    let end = numeral.pieces.upperBound
    if word(end) == .fixedExpression || (word(end) == .dash && word(end + 1) == .fixedExpression) { return true }
    guard numeral.value == Quantity(1) else { return false }
    return word(numeral.pieces.lowerBound - 1) == .at || (word(end) == .of && isAll(end + 1))
  }

  private func isAll(_ piece: Int) -> Bool { pieces.indices.contains(piece) && text.ascii(pieces[piece].span) == "all" }

  /// A Chinese number of one character counts where it is a number for sure: in front of a measure word, after 第, before the end of
  /// a clause (选二), or a particle (我选二吧); not at the end of a word (万一, 初三).
  private func isMeant(chinese numeral: Numeral) -> Bool {
    let (start, end) = (numeral.pieces.lowerBound, numeral.pieces.upperBound)
    if word(start - 1) == .ordinalSign { return true }
    let span = span(numeral.pieces)
    if span.count > 1 || pieces[start].kind == .digits { return true }
    if numeral.value == Quantity(1) { return isAlone(numeral) }
    if pieces[start].kind == .han { return true }
    if word(end) == .measure || word(end) == .block, isJoined(end - 1, end) { return true }
    let isBeforeWord = isHan(end) && isJoined(end - 1, end) && word(end) != .and && !isParticle(end)
    return !isBeforeWord && (isTokenStart(span.lowerBound) || !isHan(start - 1))
  }
}
