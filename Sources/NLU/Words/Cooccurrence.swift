import Neural

/// Counts which words stand near which, in memory that does not grow with the text.
///
/// Two words at distance d ≤ `window` of one text count 1/d towards each other (Pennington et al., 2014); what two phrases of a thesaurus
/// are to each other is given.
package struct Cooccurrence: Sendable {
  private static let window = 5
  /// Distinct pairs kept; beyond, the rarest of large texts are dropped.
  private static let greatestPairs = 1 << 23

  private var indices: [String: UInt32] = [:]
  package private(set) var words: [String] = []
  /// Occurrences by word, in texts and in pairs of phrases.
  private(set) var counts: [Int] = []
  private var sums = PairSums(greatest: greatestPairs)

  package init() {}

  package var isEmpty: Bool { words.isEmpty }

  func contains(_ word: String) -> Bool { indices[word] != nil }

  package mutating func add(_ text: [String]) {
    let sequence = text.map { word in
      let index = index(of: word)
      counts[Int(index)] += 1
      return index
    }
    for i in sequence.indices {
      for distance in 1...Self.window where i + distance < sequence.count {
        let (a, b) = (sequence[i], sequence[i + distance])
        sums.add(min(a, b), max(a, b), 1 / Float(distance))
      }
    }
  }

  /// Adds what two phrases are to each other, shared by the pairs of their words; each of these counts as an occurrence of both.
  mutating func add(_ phrase: [String], near other: [String], weight: Float) {
    let share = weight / Float(phrase.count * other.count)
    for word in phrase {
      for neighbour in other {
        let (a, b) = (index(of: word), index(of: neighbour))
        counts[Int(a)] += 1
        counts[Int(b)] += 1
        sums.add(min(a, b), max(a, b), share)
      }
    }
  }

  private mutating func index(of word: String) -> UInt32 {
    if let index = indices[word] { return index }
    let index = UInt32(words.count)
    indices[word] = index
    words.append(word)
    counts.append(0)
    return index
  }

  /// The weights between the named words, by their places in `chosen`, each pair once.
  mutating func pairs(among chosen: [Int]) -> [(first: Int, second: Int, weight: Float)] {
    var places = [Int](repeating: -1, count: words.count)
    for (place, word) in chosen.enumerated() { places[word] = place }
    return sums.entries.compactMap { pair in
      let (first, second) = (places[pair.first], places[pair.second])
      return first >= 0 && second >= 0 ? (first, second, pair.weight) : nil
    }
  }
}
