/// Puts right what the catalogue has no word for: the likeliest of its words within one slip of the keys, or two in a long word.
package struct SpellingRepair: Sendable {
  /// How many products have each word.
  private let counts: [String: Int]
  /// Words by length.
  private let byLength: [Int: [(word: [UInt8], count: Int)]]

  /// A word so rare may be a slip itself, where another is so many times more common.
  private static let rare = 1
  private static let muchMore = 30
  private static let shortest = 4
  private static let long = 8

  init(counts: [String: Int]) {
    self.counts = counts
    var byLength: [Int: [(word: [UInt8], count: Int)]] = [:]
    for (word, count) in counts.sorted(by: { $0.key < $1.key }) where word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) {
      byLength[word.utf8.count, default: []].append((Array(word.utf8), count))
    }
    self.byLength = byLength
  }

  func knows(_ word: String) -> Bool { counts[word] != nil }
  func count(_ word: String) -> Int { counts[word] ?? 0 }

  /// The word meant; nil when the word is fine or nothing is near.
  func repair(_ word: String) -> String? {
    let own = counts[word] ?? 0
    let letters = Array(word.utf8)
    guard letters.count >= Self.shortest, own <= Self.rare, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return nil }
    let allowed = letters.count >= Self.long ? 2 : 1
    var best: (distance: Int, count: Int, word: [UInt8])?
    for length in letters.count - allowed...letters.count + allowed {
      // The first letter is rarely wrong, and a word of another beginning is rarely meant.
      for (candidate, count) in byLength[length] ?? [] where count > own * Self.muchMore && candidate.first == letters.first {
        guard let distance = Self.distance(letters, candidate, atMost: best.map { min($0.distance, allowed) } ?? allowed),
          distance > 0
        else { continue }
        if let found = best, (found.distance, -found.count) <= (distance, -count) { continue }
        best = (distance, count, candidate)
      }
    }
    return best.map { String(decoding: $0.word, as: UTF8.self) }
  }

  /// How many letters were put in, left out, changed, or swapped with their neighbour (Damerau, 1964); nil above a bound.
  package static func distance(_ a: [UInt8], _ b: [UInt8], atMost bound: Int) -> Int? {
    if abs(a.count - b.count) > bound { return nil }
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...max(a.count, 1) where !a.isEmpty {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      var least = i
      for j in 1...max(b.count, 1) where !b.isEmpty {
        var value = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { value = min(value, before[j - 2] + 1) }
        row.append(value)
        least = min(least, value)
      }
      if least > bound { return nil }
      (before, previous) = (previous, row)
    }
    let result = previous[b.count]
    return result <= bound ? result : nil
  }
}
