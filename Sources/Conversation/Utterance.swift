/// A word, number, character or symbol of an utterance.
package struct Token: Hashable, Sendable {
  /// What ICU's word break says a segment is.
  package enum Kind: Sendable {
    case word, number, ideograph, kana, symbol
  }

  /// The compared form: NFKC, case folded, default-ignorable characters removed, Traditional Chinese written as Simplified.
  package let text: String
  /// Where it stands in the original text, in Unicode scalars.
  package let span: Range<Int>
  package let kind: Kind

  package init(text: String, span: Range<Int>, kind: Kind) {
    self.text = text
    self.span = span
    self.kind = kind
  }
}

/// What a customer wrote, as written, and the tokens found in it.
package struct Utterance: Sendable {
  package let text: String
  /// In text order, not overlapping; what lies between them is white space or invisible.
  package let tokens: [Token]
  /// The language of the words; nil where there are none (a number, an emoji).
  package let language: Language?

  package init(text: String, tokens: [Token], language: Language?) {
    self.text = text
    self.tokens = tokens
    self.language = language
  }

  /// The part of the original text a span points at.
  package func substring(_ span: Range<Int>) -> String {
    let scalars = text.unicodeScalars
    guard let start = scalars.index(scalars.startIndex, offsetBy: span.lowerBound, limitedBy: scalars.endIndex),
      let end = scalars.index(start, offsetBy: span.count, limitedBy: scalars.endIndex)
    else { return "" }
    return String(scalars[start..<end])
  }
}
