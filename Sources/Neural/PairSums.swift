/// Sums of weights by pairs of indices, in memory that does not grow with what is added: a buffer is sorted and merged into the sums
/// when it is full.
package struct PairSums: Sendable {
  /// A pair and the sum of its weights.
  package struct Entry: Sendable {
    /// The first index above the second.
    var key: UInt64
    package var weight: Float

    package var first: Int { Int(key >> 32) }
    package var second: Int { Int(key & 0xFFFF_FFFF) }
  }

  private var buffer: [Entry] = []
  private var sums: [Entry] = []
  private let greatest: Int

  private static let bufferSize = 1 << 22
  /// What weighs less is dropped first where there are too many pairs; doubled until there are few enough.
  private static let least: Float = 0.3

  /// - Parameter greatest: distinct pairs kept; beyond, those of the least weight are dropped.
  package init(greatest: Int = .max) {
    self.greatest = greatest
  }

  package mutating func add(_ first: UInt32, _ second: UInt32, _ weight: Float) {
    buffer.append(Entry(key: UInt64(first) << 32 | UInt64(second), weight: weight))
    if buffer.count >= Self.bufferSize { merge() }
  }

  /// Every pair once, by the first index and then the second.
  package var entries: [Entry] {
    mutating get {
      merge()
      return sums
    }
  }

  private mutating func merge() {
    buffer.sort { $0.key < $1.key }
    var merged: [Entry] = []
    merged.reserveCapacity(sums.count + buffer.count / 2)
    var (i, j) = (0, 0)
    while i < sums.count || j < buffer.count {
      let next: Entry
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
    var least = Self.least
    while merged.count > greatest {
      merged.removeAll { $0.weight < least }
      least *= 2
    }
    sums = merged
    buffer.removeAll(keepingCapacity: true)
  }
}
