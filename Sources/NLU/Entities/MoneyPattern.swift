/// A numeral as a sum of money, with what names its currency.
struct MoneyAmount: Sendable {
  /// The numeral and the currency's words.
  let pieces: Range<Int>
  let value: Quantity
  /// Nil for a bare number.
  let currency: Currency?

  /// `50 USD`.
  var text: String { currency.map { "\(value.text) \($0.rawValue)" } ?? value.text }
}

/// Sums of money.
extension LexedText {
  /// The numerals that could be sums, in order: those with a currency, and bare ones, which only a range may take.
  func amounts() -> [MoneyAmount] {
    numerals.compactMap { numeral in
      guard !numeral.isOrdinal, !numeral.isPositional, word(numeral.pieces.lowerBound - 1) != .ordinalSign,
        !isPadded(numeral)
      else { return nil }
      return moneyAfter(numeral) ?? moneyBefore(numeral) ?? bareAmount(numeral)
    }
  }

  /// Whether it has zeros in front, as no sum has but the end of `1 000`.
  private func isPadded(_ numeral: Numeral) -> Bool {
    let digits = pieces[numeral.pieces.lowerBound]
    return digits.kind == .digits && digits.wholeDigits > 1 && text.isCharacter(digits.span.lowerBound, "0")
  }

  func money(_ amounts: [MoneyAmount]) -> [EntityFind] {
    amounts.filter { $0.currency != nil }.map { EntityFind(.money, span($0.pieces), $0.text) }
  }

  /// Free of letters and of digits after a sign; not the number of a name.
  private func bareAmount(_ numeral: Numeral) -> MoneyAmount? {
    let (start, end) = (numeral.pieces.lowerBound, numeral.pieces.upperBound)
    guard !isAttachedBefore(start), !text.isWordPart(span(numeral.pieces).upperBound), word(start - 1) != .productLine,
      word(end) != .percent, word(end) != .slash, word(start - 1) != .slash
    else { return nil }
    return MoneyAmount(pieces: numeral.pieces, value: numeral.value, currency: nil)
  }

  /// `$50`, `US$ 50`, `USD 50`, `Rs. 500`, ￥199, ￥199元.
  private func moneyBefore(_ numeral: Numeral) -> MoneyAmount? {
    var start = numeral.pieces.lowerBound - 1
    if word(start) == .point, isJoined(start - 1, start), case .currency = word(start - 1), pieces[start - 1].kind == .latin {
      start -= 1
    }
    guard case .currency(var currency) = word(start) else { return nil }
    switch pieces[start].kind {
    case .sign:
      if case .dollarCountry(let country) = word(start - 1), isJoined(start - 1, start), currency == .usd,
        !isAttachedBefore(start - 1)
      {
        currency = country
        start -= 1
      } else if word(start - 1) == .article, isJoined(start - 1, start), currency == .usd, pieces[start - 1].span.count == 1 {
        // The article's letter is Australia's as well: A$30.
        currency = .aud
        start -= 1
      }
    case .latin:
      // A code, not "dollars 50".
      guard pieces[start].span.count <= 3, !isAttachedBefore(start) else { return nil }
    case .han:
      // 港币300, 人民币300, but not the end of 100块钱300.
      let name = pieces[start].span
      guard name.count > 1, !text.isCharacter(name.upperBound - 1, "钱") else { return nil }
    case .digits, .hanNumerals: return nil
    }
    guard !text.isWordPart(span(numeral.pieces).upperBound) else { return nil }
    return MoneyAmount(pieces: start..<numeral.pieces.upperBound, value: numeral.value, currency: currency)
  }

  /// `50 dollars`, `50$`, `99p`, 500元, 五百块, 二十五块五, 5毛.
  private func moneyAfter(_ numeral: Numeral) -> MoneyAmount? {
    let (start, end) = (numeral.pieces.lowerBound, numeral.pieces.upperBound)
    let prefix = moneyBefore(Numeral(pieces: numeral.pieces, value: numeral.value, style: numeral.style))
    if prefix == nil, isAttachedBefore(start) { return nil }
    let first = prefix?.pieces.lowerBound ?? start
    switch word(end) {
    case .currency(let currency):
      switch pieces[end].kind {
      case .sign: guard isJoined(end - 1, end), prefix == nil, !text.isDigit(pieces[end].span.upperBound) else { return nil }
      // Five pounds of coffee cost something else.
      case .latin:
        guard currency != .gbp || word(end + 1) != .of, !text.isWordPart(pieces[end].span.upperBound) else { return nil }
        // ₹500 Rs. 600: the second name is the next sum's.
        if let prefix, prefix.currency != currency || isBeforeDigits(end) { return prefix }
      case .han, .digits, .hanNumerals: break
      }
      let last = word(end + 1) == .moneyEnding ? end + 2 : end + 1
      return MoneyAmount(pieces: first..<last, value: numeral.value, currency: currency)
    case .minorCurrency(let currency):
      // `99p`; but 720p is a picture.
      guard pieces[end].span.count > 1 || (isJoined(end - 1, end) && numeral.value < Quantity(100)) else { return nil }
      return numeral.value.percent(1).map { MoneyAmount(pieces: start..<end + 1, value: $0, currency: currency) }
    case .dime:
      return numeral.value.percent(10).map { MoneyAmount(pieces: start..<end + 1, value: $0, currency: .cny) }
    case .block: return blocks(numeral, first)
    default: return nil
    }
  }

  private func isBeforeDigits(_ code: Int) -> Bool {
    let next = word(code + 1) == .point ? code + 2 : code + 1
    return pieces.indices.contains(next) && pieces[next].kind == .digits
  }

  /// 五百块, 二十五块五, 25块50, 3块2毛. 一块 is "together" and 两块肥皂 counts pieces, so a small number before another word is no money.
  private func blocks(_ numeral: Numeral, _ first: Int) -> MoneyAmount? {
    let block = numeral.pieces.upperBound
    let after = block + 1
    if let rest = self.numeral(startingAt: after), isJoined(block, after), let tenths = tenths(rest) {
      let last = rest.pieces.upperBound
      return MoneyAmount(
        pieces: first..<(word(last) == .dime ? last + 1 : last), value: numeral.value + tenths, currency: .cny)
    }
    let isSmall = numeral.value < Quantity(10)
    let isOneOfMany = numeral.value == Quantity(1)
    let isBeforeWord = isHan(after) && word(after) == .none && isJoined(block, after) && !isParticle(after)
    guard !(isSmall && isBeforeWord), !isOneOfMany else { return nil }
    return MoneyAmount(pieces: first..<after, value: numeral.value, currency: .cny)
  }

  /// 五 of 二十五块五 is 0.5, 50 of 25块50 as well; nil when the number counts something of its own (两块三天前).
  private func tenths(_ numeral: Numeral) -> Quantity? {
    let end = numeral.pieces.upperBound
    guard let value = numeral.value.whole, value > 0, numeral.pieces.count == 1 else { return nil }
    if word(end) == .dime { return value < 10 ? Quantity(units: value * Quantity.unitsPerOne / 10) : nil }
    if isHan(end), isJoined(end - 1, end), !isParticle(end), word(end) != .orLess, word(end) != .orMore, word(end) != .roughly,
      word(end) != .to
    {
      return nil
    }
    switch span(numeral.pieces).count {
    case 1 where value < 10: return Quantity(units: value * Quantity.unitsPerOne / 10)
    case 2 where numeral.style == .digits: return Quantity(units: value * Quantity.unitsPerOne / 100)
    default: return nil
    }
  }

  /// A character that goes on about a sum rather than naming goods.
  func isParticle(_ piece: Int) -> Bool {
    pieces[piece].span.count == 1
      && "的吗呢吧了啊哦呀以可能行够就也都太有买是在还要给谢".unicodeScalars.contains { $0.value == text[pieces[piece].span.lowerBound] }
  }
}
