import Conversation
import Text

/// What the network sees of an utterance: for each unit a word index and a bag of character n-grams, and the pairs of neighbours.
package struct EncodedText: Hashable, Sendable {
  package let words: [Int32]
  package let subwords: [[Int32]]
  /// For each unit the utterance's tokens it stands for.
  package let tokens: [Range<Int>]
  /// Neighbouring units, the text's beginning and end among them, hashed into `TextEncoder.pairBuckets`.
  package let pairs: [Int32]
}

/// Turns utterances into the network's input.
package struct TextEncoder: Sendable {
  package let vocabulary: Vocabulary
  package let subwords: Subwords

  /// Places for pairs of neighbours.
  package static let pairBuckets = 1 << 14
  /// The network reads this many units; of a longer text the first and the last halves, where requests stand.
  private static let capacity = 256

  package init(vocabulary: Vocabulary, subwords: Subwords) {
    self.vocabulary = vocabulary
    self.subwords = subwords
  }

  package func encode(_ utterance: Utterance, _ entities: [Entity]) -> EncodedText {
    var units = TextEncoder.units(utterance, entities)
    if units.count > Self.capacity {
      units = Array(units.prefix(Self.capacity / 2) + units.suffix(Self.capacity / 2))
    }
    // Nothing to read is a text of one unknown word.
    if units.isEmpty { return EncodedText(words: [Vocabulary.unknown], subwords: [[]], tokens: [0..<0], pairs: []) }
    return EncodedText(
      words: units.map { vocabulary[$0.word] }, subwords: units.map { subwords.indices(of: $0.word) },
      tokens: units.map(\.tokens), pairs: Self.pairs(units.map(\.word)))
  }

  private static func pairs(_ words: [String]) -> [Int32] {
    zip([""] + words, words + [""]).map { one, next in
      FeatureHash.bucket(of: "\(one) \(next)".unicodeScalars.lazy.map(\.value), among: pairBuckets)
    }
  }

  /// The words in order; an e-mail address, order number or postcode is one unit under its type's name, other digits are all zeros:
  /// which number it is says nothing about what is wanted.
  static func units(_ utterance: Utterance, _ entities: [Entity]) -> [(word: String, tokens: Range<Int>)] {
    var units: [(word: String, tokens: Range<Int>)] = []
    var remaining = entities.filter { $0.type != "number" }[...]
    var covered = 0
    for (i, token) in utterance.tokens.enumerated() {
      while let entity = remaining.first, entity.span.upperBound <= token.span.lowerBound { remaining.removeFirst() }
      if let entity = remaining.first, entity.span.overlaps(token.span) {
        if covered == entity.span.upperBound, let last = units.indices.last {
          units[last].tokens = units[last].tokens.lowerBound..<i + 1
        } else {
          units.append(("<\(entity.type)>", i..<i + 1))
          covered = entity.span.upperBound
        }
      } else {
        units.append((masked(token.text), i..<i + 1))
      }
    }
    return units
  }

  private static func masked(_ word: String) -> String {
    guard word.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return word }
    return String(String.UnicodeScalarView(word.unicodeScalars.map { ("0"..."9").contains($0) ? "0" : $0 }))
  }
}
