import Foundation
import Neural

/// Which products follow which, and stand near which, in the customers' histories: item-based collaborative filtering.
///
/// A later product at distance d counts 0.8^(d−1) towards an earlier one; c(i, j) is the sum of both directions. The similarity is the
/// cosine with shrinkage, s(i, j) = c(i, j) / √((n_i + 5)(n_j + 5)), and a candidate's value the sum Σ s(i, j) r(j) over the history
/// (Sarwar et al., 2001; without the denominator, which for events that only say yes makes all candidates equal).
struct ItemNeighbours: ItemModel {
  static let features = ["often together", "often next", "often together in all", "similar"]

  /// Row i: what came after i, by column.
  let forward: SparseRows
  /// Row i: what stood near i.
  let near: SparseRows
  /// n_i = Σ_j c(i, j)
  let degrees: [Float]

  private static let window = 50
  private static let decay: Float = 0.8
  static let shrinkage: Float = 5
  private static let bufferSize = 1 << 23

  init(_ data: Interactions) {
    var sums: [(key: UInt64, weight: Float)] = []
    var buffer: [(key: UInt64, weight: Float)] = []
    func merge() {
      buffer.sort { $0.key < $1.key }
      var merged: [(key: UInt64, weight: Float)] = []
      merged.reserveCapacity(sums.count + buffer.count / 2)
      var (i, j) = (0, 0)
      while i < sums.count || j < buffer.count {
        let next: (key: UInt64, weight: Float)
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
      sums = merged
      buffer.removeAll(keepingCapacity: true)
    }
    for history in data.histories {
      for (i, event) in history.enumerated() {
        var weight: Float = 1
        for other in history[(i + 1)...].prefix(Self.window) {
          buffer.append((UInt64(event.item) << 32 | UInt64(other.item), weight))
          weight *= Self.decay
        }
      }
      if buffer.count > Self.bufferSize { merge() }
    }
    merge()
    self.init(Self.rows(sums, count: data.items.count))
  }

  init(_ forward: SparseRows) {
    self.forward = forward
    var both: [(key: UInt64, weight: Float)] = []
    both.reserveCapacity(2 * forward.columns.count)
    for row in 0..<forward.count {
      for i in forward.starts[row]..<forward.starts[row + 1] {
        let column = UInt64(forward.columns[i])
        both.append((UInt64(row) << 32 | column, forward.values[i]))
        both.append((column << 32 | UInt64(row), forward.values[i]))
      }
    }
    both.sort { $0.key < $1.key }
    near = Self.rows(both, count: forward.count)
    let near = near
    degrees = (0..<near.count).map { row in near.values[near.starts[row]..<near.starts[row + 1]].reduce(0, +) }
  }

  /// Rows of sorted entries; entries of one place are summed.
  private static func rows(_ entries: [(key: UInt64, weight: Float)], count: Int) -> SparseRows {
    var rows = SparseRows()
    var next = 0
    for row in 0..<count {
      var entriesOfRow: [(column: Int32, value: Float)] = []
      while next < entries.count, entries[next].key >> 32 == UInt64(row) {
        let column = Int32(truncatingIfNeeded: entries[next].key & 0xFFFF_FFFF)
        if let last = entriesOfRow.indices.last, entriesOfRow[last].column == column {
          entriesOfRow[last].value += entries[next].weight
        } else {
          entriesOfRow.append((column, entries[next].weight))
        }
        next += 1
      }
      rows.append(entriesOfRow)
    }
    return rows
  }

  func similarity(_ i: Int, _ j: Int) -> Float { near[i, j] / norm(i, j) }

  private func norm(_ i: Int, _ j: Int) -> Float {
    ((degrees[i] + Self.shrinkage) * (degrees[j] + Self.shrinkage)).squareRoot()
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    let history = history.weighted
    var result = Self.features.map { _ in [Float](repeating: 0, count: candidates.count) }
    for (place, candidate) in candidates.enumerated() {
      let j = Int(candidate)
      for (i, weight) in history {
        let count = near[i, j]
        guard count > 0 else { continue }
        result[0][place] += weight * count
        result[1][place] += weight * forward[i, j]
        result[2][place] += count
        result[3][place] += weight * count / norm(i, j)
      }
    }
    return zip(result, [10, 10, 10, 100] as [Float]).map { values, scale in values.map { log1p($0 * scale) } }
  }
}

extension SparseRows {
  /// The value at a place, of rows whose columns are in order.
  subscript(row: Int, column: Int) -> Float {
    var (low, high) = (starts[row], starts[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < Int32(column) { low = middle + 1 } else { high = middle }
    }
    return low < starts[row + 1] && columns[low] == Int32(column) ? values[low] : 0
  }
}
