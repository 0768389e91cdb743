/// The known words, numbered by frequency.
package struct Vocabulary: Sendable {
  /// Index → word. 0 is the place of every unknown word.
  package let words: [String]
  private let indices: [String: Int32]

  package static let unknown: Int32 = 0

  /// A vocabulary of these words in this order; the first is the unknown word's place holder.
  package init(words: [String]) {
    self.words = words
    indices = Dictionary(words.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Counts the words of a corpus and keeps those seen at least `minimumCount` times, most frequent first, ties by spelling.
  package init(counting texts: some Sequence<[String]>, minimumCount: Int) {
    var counts: [String: Int] = [:]
    for text in texts { for word in text { counts[word, default: 0] += 1 } }
    let kept = counts.filter { $0.value >= minimumCount }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(words: ["<unknown>"] + kept.map(\.key))
  }

  package var count: Int { words.count }

  package subscript(word: String) -> Int32 { indices[word] ?? Vocabulary.unknown }
}
