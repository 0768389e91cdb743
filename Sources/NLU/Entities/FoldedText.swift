import Conversation

/// A text as one comparable character for each of its Unicode scalars, so that a place in it is a place in the text as written.
///
/// Full-width forms are the ASCII they widen, letters are in lower case, Traditional Chinese is Simplified where the tokenizer wrote a
/// token with as many characters as it stands for. ICU's words are not used: it cuts numbers as if they were words (二|十五, 一万|三,
/// 第二个 whole but 第三|单 in two).
struct FoldedText: Sendable {
  let scalars: [UInt32]

  /// What stands beyond both ends; no recogniser knows it.
  static let outside: UInt32 = 0

  init(_ utterance: Utterance) {
    var scalars = FoldedText.folded(utterance.text)
    for token in utterance.tokens where token.kind == .ideograph && token.span.upperBound <= scalars.count {
      let folded = token.text.unicodeScalars
      guard folded.count == token.span.count else { continue }
      for (place, scalar) in zip(token.span, folded) { scalars[place] = scalar.value }
    }
    self.scalars = scalars
  }

  /// The same folding for the words a text is compared with.
  static func folded(_ text: String) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { scalars.append(folded(scalar)) }
    return scalars
  }

  private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.value {
    case 0x41...0x5A: return scalar.value + 0x20
    case 0...0x7F: return scalar.value
    case 0x3000: return 0x20
    // The full-width comma parts clauses, as the ASCII one between digits does not.
    case 0xFF0C: return scalar.value
    case 0xFF21...0xFF3A: return scalar.value - 0xFEE0 + 0x20
    case 0xFF01...0xFF5E: return scalar.value - 0xFEE0
    case 0xFFE1: return 0xA3
    case 0xFFE5: return 0xA5
    case 0xC0...0x24F, 0x370...0x58F:
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? lower.first?.value ?? scalar.value : scalar.value
    default: return scalar.value
    }
  }

  var count: Int { scalars.count }

  subscript(i: Int) -> UInt32 { scalars.indices.contains(i) ? scalars[i] : FoldedText.outside }

  func isDigit(_ i: Int) -> Bool { FoldedText.isDigit(self[i]) }
  /// Of the ASCII letters.
  func isLetter(_ i: Int) -> Bool { FoldedText.isLetter(self[i]) }
  func isAlphanumeric(_ i: Int) -> Bool { isDigit(i) || isLetter(i) }
  func isSpace(_ i: Int) -> Bool { FoldedText.isSpace(self[i]) }
  /// Whether a character goes on a word written with spaces: a letter of any such script, a combining mark, a digit.
  func isWordPart(_ i: Int) -> Bool { FoldedText.isWordPart(self[i]) }
  func isCharacter(_ i: Int, _ character: Unicode.Scalar) -> Bool { self[i] == character.value }

  static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }
  static func isLetter(_ scalar: UInt32) -> Bool { scalar >= 0x61 && scalar <= 0x7A }
  static func isHan(_ scalar: UInt32) -> Bool { scalar >= 0x4E00 && scalar <= 0x9FFF || scalar == 0x3007 }
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09...0x0D, 0xA0, 0x2000...0x200A, 0x202F: true
    default: false
    }
  }
  static func isWordPart(_ scalar: UInt32) -> Bool {
    isDigit(scalar) || isLetter(scalar) || (scalar >= 0xC0 && scalar <= 0x1FFF && scalar != 0xD7 && scalar != 0xF7)
  }

  /// A stretch of ASCII.
  func ascii(_ range: Range<Int>) -> String {
    String(decoding: scalars[range].lazy.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  /// The runs of ASCII digits.
  func digitRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var i = 0
    while i < count {
      guard isDigit(i) else {
        i += 1
        continue
      }
      var end = i
      while isDigit(end) { end += 1 }
      runs.append(i..<end)
      i = end
    }
    return runs
  }
}
