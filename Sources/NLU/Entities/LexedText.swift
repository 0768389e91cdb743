import Conversation

/// A stretch of a text that the recognisers take as one: a word, a number in digits, a known Chinese word or a single character, a run
/// of Chinese numerals, a sign.
struct Piece: Sendable {
  enum Kind: Sendable {
    case digits, latin, han, hanNumerals, sign
  }

  let kind: Kind
  let span: Range<Int>
  let word: Word
  /// Of digits that are a number: `1,200`, `2.5`; nil for `1.2.3` and for numbers beyond all bounds.
  var amount: Quantity?
  /// Digits before the decimal point.
  var wholeDigits = 0
  var isGrouped = false
}

/// A text cut into pieces, with its numerals read.
struct LexedText: Sendable {
  let text: FoldedText
  private(set) var pieces: [Piece] = []
  private(set) var numerals: [Numeral] = []
  /// Where the tokenizer's words begin, in order.
  private let tokens: [Token]
  /// Whether it speaks of a price, so that a bare number may be one.
  private(set) var hasPriceWord = false
  /// False when nothing in it can be an entity; then there are no numerals either.
  private(set) var hasTrigger = false

  init(_ utterance: Utterance) {
    text = FoldedText(utterance)
    tokens = utterance.tokens
    pieces.reserveCapacity(min(text.count, 64))
    var i = 0
    while i < text.count {
      if text.isSpace(i) {
        i += 1
        continue
      }
      let piece = piece(at: i)
      pieces.append(piece)
      switch piece.word {
      case .priceWord, .less: hasPriceWord = true
      default: break
      }
      if !hasTrigger { hasTrigger = piece.kind == .digits || piece.kind == .hanNumerals || piece.word.isTrigger }
      i = piece.span.upperBound
    }
    if hasTrigger { numerals = readNumerals() }
  }

  // MARK: looking around

  func word(_ i: Int) -> Word { pieces.indices.contains(i) ? pieces[i].word : .none }

  /// Whether nothing stands between a piece and the next.
  func isJoined(_ i: Int, _ next: Int) -> Bool {
    pieces.indices.contains(i) && pieces.indices.contains(next) && pieces[i].span.upperBound == pieces[next].span.lowerBound
  }

  func isHan(_ i: Int) -> Bool { pieces.indices.contains(i) && (pieces[i].kind == .han || pieces[i].kind == .hanNumerals) }

  /// Whether a piece is written in one with what is before it: x in x200, `-` in covid-19, but not `-` in 20-40.
  /// Chinese needs no space: 三 of W2378156三天前 stands free.
  func isAttachedBefore(_ i: Int) -> Bool {
    if isHan(i) { return false }
    let start = pieces[i].span.lowerBound
    return text.isWordPart(start - 1)
      || (text.isCharacter(start - 1, "-") && text.isWordPart(start - 2) && !text.isDigit(start - 2))
  }

  /// The text's places that pieces stand on.
  func span(_ pieces: Range<Int>) -> Range<Int> {
    self.pieces[pieces.lowerBound].span.lowerBound..<self.pieces[pieces.upperBound - 1].span.upperBound
  }

  /// Whether a word of the tokenizer begins here.
  func isTokenStart(_ place: Int) -> Bool {
    let i = LexedText.firstIndex(in: tokens) { $0.span.lowerBound >= place }
    return i < tokens.count && tokens[i].span.lowerBound == place
  }

  /// The index of the first piece that begins at a place of the text or after it.
  func pieceIndex(from place: Int) -> Int { LexedText.firstIndex(in: pieces) { $0.span.lowerBound >= place } }

  private func numeralIndex(from piece: Int) -> Int { LexedText.firstIndex(in: numerals) { $0.pieces.lowerBound >= piece } }

  /// Where the elements begin for which a condition holds, in a list that has them last.
  private static func firstIndex<Element>(in list: [Element], where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(list[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The numeral that begins with a piece.
  func numeral(startingAt piece: Int) -> Numeral? {
    let i = numeralIndex(from: piece)
    return i < numerals.count && numerals[i].pieces.lowerBound == piece ? numerals[i] : nil
  }

  /// The numeral whose last piece is the one before this.
  func numeral(endingAt piece: Int) -> Numeral? {
    let i = numeralIndex(from: piece) - 1
    return i >= 0 && numerals[i].pieces.upperBound == piece ? numerals[i] : nil
  }

  // MARK: cutting

  private func piece(at start: Int) -> Piece {
    let first = text[start]
    if FoldedText.isDigit(first) { return digits(at: start) }
    if FoldedText.isHan(first) { return han(at: start) }
    if FoldedText.isWordPart(first) {
      var end = start + 1
      while text.isWordPart(end), !text.isDigit(end) { end += 1 }
      return Piece(kind: .latin, span: start..<end, word: EnglishLexicon.word(text.scalars[start..<end]))
    }
    return Piece(kind: .sign, span: start..<start + 1, word: LexedText.sign(first))
  }

  private static func sign(_ scalar: UInt32) -> Word {
    switch Unicode.Scalar(scalar) {
    case "$": .currency(.usd)
    case "€": .currency(.eur)
    case "£": .currency(.gbp)
    case "¥": .currency(.cny)
    case "₹": .currency(.inr)
    case "%", "٪": .percent
    case "-", "–", "—", "~", "〜", "−": .dash
    case "/": .slash
    case ".": .point
    case ":": .colon
    case "\"", "″", "”": .measureUnit(.inch)
    default: .none
    }
  }

  /// `1,200`, `1,00,000`, `2.5`, `007`; `1.2.3` is one piece without an amount.
  private func digits(at start: Int) -> Piece {
    func run(_ start: Int) -> Int {
      var end = start
      while text.isDigit(end) { end += 1 }
      return end
    }
    var end = run(start)
    var whole = Array(text.scalars[start..<end].prefix(20))
    let firstGroup = end - start
    var isGrouped = false
    if firstGroup <= 3 {
      // Groups of two or three digits, the last of three.
      var groupsEnd = end
      var groups: [UInt32] = []
      while text.isCharacter(groupsEnd, ","), (3...4).contains(run(groupsEnd + 1) - groupsEnd) {
        let next = run(groupsEnd + 1)
        groups += text.scalars[groupsEnd + 1..<next]
        groupsEnd = next
        if groups.count > 20 { break }
        if text.isCharacter(next - 4, ","), !text.isCharacter(next, ",") || run(next + 1) == next + 1 {
          end = next
          isGrouped = true
        }
      }
      if isGrouped { whole += groups }
    }
    var fraction: Range<Int> = end..<end
    var isVersion = false
    while text.isCharacter(end, "."), text.isDigit(end + 1) {
      isVersion = isVersion || !fraction.isEmpty
      fraction = end + 1..<run(end + 1)
      end = fraction.upperBound
    }
    var piece = Piece(kind: .digits, span: start..<end, word: .none)
    if !isVersion { piece.amount = Quantity(digits: whole, fraction: text.scalars[fraction].prefix(8)) }
    piece.wholeDigits = isGrouped ? whole.count : firstGroup
    piece.isGrouped = isGrouped
    return piece
  }

  private func han(at start: Int) -> Piece {
    if var (word, count) = ChineseLexicon.word(in: text, at: start) {
      // 三天后天气: after a number of days 后 and 前 are words of their own.
      if count == 2, text.isCharacter(start + 1, "天"), text.isCharacter(start - 1, "天") || text.isCharacter(start - 1, "周") {
        if text.isCharacter(start, "后") { (word, count) = (.later, 1) }
        if text.isCharacter(start, "前") { (word, count) = (.ago, 1) }
      }
      if let (dated, length) = weekday(after: word, at: start + count) { (word, count) = (dated, count + length) }
      return Piece(kind: .han, span: start..<start + count, word: word)
    }
    if ChineseNumerals.isPart(text[start]) {
      var end = start + 1
      // 百分之 ends a run: 二百分之一 is nobody's price.
      while ChineseNumerals.isPart(text[end]), ChineseLexicon.word(in: text, at: end) == nil { end += 1 }
      return Piece(kind: .hanNumerals, span: start..<end, word: .none)
    }
    return Piece(kind: .han, span: start..<start + 1, word: .none)
  }

  /// The day after 周, 星期, 下周, as one piece with it; not after a number of weeks, nor in 下周天气.
  private func weekday(after word: Word, at place: Int) -> (Word, Int)? {
    let week: Int?
    switch word {
    case .unit(.week):
      // 三个星期一起: the weeks are counted.
      if let last = pieces.last, last.kind == .digits || last.kind == .hanNumerals || last.word == .measure { return nil }
      week = nil
    case .period(let step, .week): week = step
    default: return nil
    }
    if text.isCharacter(place, "末") { return week.map { (.weekendOf(week: $0), 1) } ?? (.weekend, 1) }
    guard let day = ChineseLexicon.weekday(text[place]),
      !text.isCharacter(place, "天") || !text.isCharacter(place + 1, "气")
    else { return nil }
    return (week.map { .weekdayOf(week: $0, day) } ?? .weekday(day, isShort: false), 1)
  }
}
