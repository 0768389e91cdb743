/// Counts which words stand near which, in memory that does not grow with the text.
///
/// Two words at distance d ≤ `window` of one text count 1/d towards each other (Pennington et al., 2014).
package struct Cooccurrence: Sendable {
  private static let window = 5
  /// Pairs buffered before they are summed up.
  private static let bufferSize = 1 << 22
  /// Distinct pairs kept; beyond, the rarest of large texts are dropped.
  private static let greatestPairs = 1 << 23

  private struct Pair {
    /// The lesser word's index above the greater's.
    var key: UInt64
    var weight: Float
  }

  private var indices: [String: UInt32] = [:]
  package private(set) var words: [String] = []
  /// Occurrences by word.
  private(set) var counts: [Int] = []
  private var buffer: [Pair] = []
  private var sums: [Pair] = []

  package init() {}

  package var isEmpty: Bool { words.isEmpty }

  package mutating func add(_ text: [String]) {
    let sequence = text.map { word -> UInt32 in
      if let index = indices[word] {
        counts[Int(index)] += 1
        return index
      }
      let index = UInt32(words.count)
      indices[word] = index
      words.append(word)
      counts.append(1)
      return index
    }
    for i in sequence.indices {
      for distance in 1...Self.window where i + distance < sequence.count {
        let (a, b) = (sequence[i], sequence[i + distance])
        buffer.append(Pair(key: UInt64(min(a, b)) << 32 | UInt64(max(a, b)), weight: 1 / Float(distance)))
      }
    }
    if buffer.count >= Self.bufferSize { summarize() }
  }

  private mutating func summarize() {
    buffer.sort { $0.key < $1.key }
    var merged: [Pair] = []
    merged.reserveCapacity(sums.count + buffer.count)
    var (i, j) = (0, 0)
    while i < sums.count || j < buffer.count {
      let next: Pair
      if j == buffer.count || (i < sums.count && sums[i].key <= buffer[j].key) {
        next = sums[i]
        i += 1
      } else {
        next = buffer[j]
        j += 1
      }
      if let last = merged.indices.last, merged[last].key == next.key {
        merged[last].weight += next.weight
      } else {
        merged.append(next)
      }
    }
    var least: Float = 0.3
    while merged.count > Self.greatestPairs {
      merged.removeAll { $0.weight < least }
      least *= 2
    }
    sums = merged
    buffer.removeAll(keepingCapacity: true)
  }

  /// The weights between the named words, by their places in `chosen`, each pair once.
  mutating func pairs(among chosen: [Int]) -> [(first: Int, second: Int, weight: Float)] {
    summarize()
    var places = [Int](repeating: -1, count: words.count)
    for (place, word) in chosen.enumerated() { places[word] = place }
    return sums.compactMap { pair in
      let (first, second) = (places[Int(pair.key >> 32)], places[Int(pair.key & 0xFFFF_FFFF)])
      return first >= 0 && second >= 0 ? (first, second, pair.weight) : nil
    }
  }
}
