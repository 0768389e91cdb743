import Conversation
import Neural
import Text

/// What the network sees of one word.
package struct EncodedUnit: Hashable, Sendable {
  /// Its row in the trained word table; 0 is every word without one.
  package var word: Int32
  /// Its row in the table of vectors learnt without labels; 0 is every word without one.
  package var vector: Int32
  /// The rows of its character n-grams.
  package let subwords: [Int32]

  static let unreadable = EncodedUnit(word: Vocabulary.unknown, vector: Vocabulary.unknown, subwords: [])
}

/// A text as the classifier sees it.
package struct EncodedText: Sendable {
  package let units: [EncodedUnit]
  /// For each unit the utterance's tokens it stands for.
  package let tokens: [Range<Int>]
  /// The hash of each unit's word.
  package let words: [UInt32]
  /// The hashes of its words, pairs of neighbouring words, pairs of words near each other in either order and character n-grams, for
  /// the linear part.
  package let features: [UInt32]
}

/// Turns utterances into the classifier's input.
package struct TextEncoder: Sendable {
  /// Words of the word tables. The first `trainedWords` have a row in the trained table, all of them one in the other.
  package let vocabulary: Vocabulary
  package let trainedWords: Int
  package let subwords: Subwords
  /// Rows of the n-gram table, a power of two.
  package let subwordRows: Int

  /// The classifier reads this many units; of a longer text the first and the last halves, where requests stand.
  private static let capacity = 256

  package init(vocabulary: Vocabulary, trainedWords: Int, subwords: Subwords, subwordRows: Int) {
    precondition(subwordRows > 0 && subwordRows & (subwordRows - 1) == 0)
    self.vocabulary = vocabulary
    self.trainedWords = trainedWords
    self.subwords = subwords
    self.subwordRows = subwordRows
  }

  /// - Parameter question: what the words come after, where that is known.
  package func encode(_ utterance: Utterance, _ entities: [Entity], after question: QuestionKind? = nil) -> EncodedText {
    encode(TextEncoder.units(utterance, entities, after: question))
  }

  package func encode(_ units: [TextUnit]) -> EncodedText {
    // Nothing to read is a text of one unknown word.
    if units.isEmpty { return EncodedText(units: [.unreadable], tokens: [0..<0], words: [Self.edge], features: []) }
    var encoded: [EncodedUnit] = []
    var words: [UInt32] = []
    var features: [UInt32] = []
    encoded.reserveCapacity(units.count)
    features.reserveCapacity(units.count * 24)
    var previous = Self.edge
    for unit in units {
      let grams = subwords.hashes(of: unit.word)
      encoded.append(self.unit(unit.word, grams))
      let word = FeatureHash.hash(of: unit.word)
      if unit.isQuestion {
        // Each word means what it means after this question.
        for other in words { features.append(FeatureHash.pair(word, other)) }
        words.append(word)
        continue
      }
      let own = FeatureHash.pair(Self.edge, word)
      features.append(own)
      features.append(FeatureHash.pair(previous, word))
      features.append(contentsOf: grams)
      for other in words.suffix(Self.reach) { features.append(FeatureHash.pair(min(own, other), max(own, other))) }
      words.append(own)
      previous = word
    }
    features.append(FeatureHash.pair(previous, Self.edge &+ 1))
    return EncodedText(units: encoded, tokens: units.map(\.tokens), words: words, features: features)
  }

  /// Two words no farther apart than this are a feature whatever their order: "parcel lost" and "lost my parcel" say the same. Half a
  /// point of Banking77 and HWU64 to the linear part alone; a wider reach adds nothing.
  private static let reach = 5

  /// What stands before the first word.
  private static let edge: UInt32 = 1

  package func unit(_ word: String) -> EncodedUnit { unit(word, subwords.hashes(of: word)) }

  private func unit(_ word: String, _ grams: [UInt32]) -> EncodedUnit {
    let index = vocabulary[word]
    return EncodedUnit(
      word: Int(index) < trainedWords ? index : Vocabulary.unknown, vector: index,
      subwords: grams.map { Int32($0 & UInt32(subwordRows - 1)) })
  }

  /// The words in order; an e-mail address, order number, postcode or telephone number is one unit under its type's name, other digits
  /// are all zeros: which number it is says nothing about what is wanted. Last comes the question that the words answer.
  package static func units(
    _ utterance: Utterance, _ entities: [Entity], after question: QuestionKind? = nil
  ) -> [TextUnit] {
    var units: [TextUnit] = []
    var remaining = entities.filter(\.isIdentifier)[...]
    var covered = 0
    for (i, token) in utterance.tokens.enumerated() {
      while let entity = remaining.first, entity.span.upperBound <= token.span.lowerBound { remaining.removeFirst() }
      if let entity = remaining.first, entity.span.overlaps(token.span) {
        if covered == entity.span.upperBound, let last = units.indices.last {
          units[last].tokens = units[last].tokens.lowerBound..<i + 1
        } else {
          units.append(TextUnit(word: "<\(entity.type)>", tokens: i..<i + 1))
          covered = entity.span.upperBound
        }
      } else {
        units.append(TextUnit(word: zeroed(token.text), tokens: i..<i + 1))
      }
    }
    if units.count > capacity { units = Array(units.prefix(capacity / 2) + units.suffix(capacity / 2)) }
    if let question, !units.isEmpty { units.append(TextUnit(question: question, after: utterance.tokens.count)) }
    return units
  }

  private static func zeroed(_ word: String) -> String {
    guard word.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return word }
    return String(String.UnicodeScalarView(word.unicodeScalars.map { ("0"..."9").contains($0) ? "0" : $0 }))
  }
}

/// A word as it is read: the token's folded text, or the type of the identifier it belongs to.
package struct TextUnit: Hashable, Sendable {
  package var word: String
  /// The utterance's tokens it stands for.
  package var tokens: Range<Int>

  package init(word: String, tokens: Range<Int>) {
    self.word = word
    self.tokens = tokens
  }

  /// The question that a text of so many tokens answers; it stands for none of them.
  init(question: QuestionKind, after tokens: Int) {
    self.init(word: "<asked \(question.rawValue)>", tokens: tokens..<tokens)
  }

  var isQuestion: Bool { tokens.isEmpty }
}
