import Conversation
import Neural
import Text

/// A message as the response selector reads it.
package struct ReadMessage: Hashable, Sendable {
  /// A hash for each word, in order; Chinese is read by the character.
  let words: [UInt32]
  /// For each word its row in the table of vectors, 0 for none.
  let vectors: [Int32]
  /// Which words are numbers.
  let isNumber: [Bool]
  /// The words, and each with its neighbour, the ends counting as neighbours.
  let features: [UInt32]
  /// The distinct words, sorted: sums over them must not depend on an order of chance.
  let distinct: [UInt32]
}

extension [UInt32] {
  /// What two sorted lists of distinct words share, sorted.
  func shared(with other: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var (i, j) = (0, 0)
    while i < count, j < other.count {
      if self[i] == other[j] {
        result.append(self[i])
        i += 1
        j += 1
      } else if self[i] < other[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return result
  }
}

/// Turns messages into what the selector reads.
package struct MessageReader: Sendable {
  private let tokenizer: Tokenizer
  let vocabulary: Vocabulary

  /// Words of a message that count; what a reply or a question says, it says in so many.
  private static let greatestLength = 60

  init(tokenizer: Tokenizer, vocabulary: Vocabulary) {
    self.tokenizer = tokenizer
    self.vocabulary = vocabulary
  }

  /// The words of a text: tokens, Chinese ones cut into characters.
  static func words(_ utterance: Utterance) -> [String] {
    utterance.tokens.prefix(greatestLength).flatMap { token in
      token.kind == .ideograph ? token.text.map(String.init) : [token.text]
    }
  }

  /// The words of a message that are read.
  func words(_ text: String) -> [String] { Array(Self.words(tokenizer.utterance(text)).prefix(Self.greatestLength)) }

  package func read(_ text: String) -> ReadMessage {
    let words = words(text)
    let hashes = words.map { FeatureHash.hash(of: $0) }
    var features = hashes
    var previous: UInt32 = 1
    for hash in hashes {
      features.append(FeatureHash.pair(previous, hash))
      previous = hash
    }
    features.append(FeatureHash.pair(previous, 2))
    return ReadMessage(
      words: hashes, vectors: words.map { Int32(vocabulary[$0]) }, isNumber: words.map { $0.contains(where: \.isNumber) },
      features: features, distinct: Set(hashes).sorted())
  }
}

/// A conversation up to where a reply is wanted, as the selector reads it.
package struct ReadContext: Sendable {
  /// The customer's messages and the agent's, latest first.
  let customer: [ReadMessage]
  let agent: [ReadMessage]
  /// What the context tower sums: the features of the last six messages, each marked with who spoke and how long ago.
  let features: [UInt32]
  /// All words said.
  let words: Set<UInt32>
  let length: Int

  private static let remembered = 6
  private static let slots = 3

  /// - Parameter turns: in the order spoken.
  init(_ turns: [(isAgent: Bool, message: ReadMessage)]) {
    customer = turns.reversed().filter { !$0.isAgent }.map(\.message)
    agent = turns.reversed().filter(\.isAgent).map(\.message)
    var seen = [false: 0, true: 0]
    var features: [UInt32] = []
    for (isAgent, message) in turns.suffix(Self.remembered).reversed() {
      let age = min(seen[isAgent] ?? 0, Self.slots - 1)
      seen[isAgent, default: 0] += 1
      let slot = UInt32(10 + 2 * age + (isAgent ? 1 : 0))
      features += message.features.map { FeatureHash.pair(slot, $0) }
    }
    features.append(FeatureHash.pair(3, UInt32(min(turns.count, Self.remembered))))
    self.features = features
    words = turns.reduce(into: Set()) { $0.formUnion($1.message.distinct) }
    length = turns.count
  }
}
