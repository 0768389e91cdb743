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

  init(_ data: Interactions) {
    var sums = PairSums()
    for history in data.histories {
      for (i, event) in history.enumerated() {
        var weight: Float = 1
        for other in history[(i + 1)...].prefix(Self.window) {
          sums.add(UInt32(event.item), UInt32(other.item), weight)
          weight *= Self.decay
        }
      }
    }
    self.init(Self.rows(sums.entries, count: data.items.count))
  }

  init(_ forward: SparseRows) {
    self.forward = forward
    var both = PairSums()
    for row in 0..<forward.count {
      for i in forward.starts[row]..<forward.starts[row + 1] {
        let column = UInt32(forward.columns[i])
        both.add(UInt32(row), column, forward.values[i])
        both.add(column, UInt32(row), forward.values[i])
      }
    }
    near = Self.rows(both.entries, count: forward.count)
    let near = near
    degrees = (0..<near.count).map { row in near.values[near.starts[row]..<near.starts[row + 1]].reduce(0, +) }
  }

  private static func rows(_ entries: [PairSums.Entry], count: Int) -> SparseRows {
    var rows = SparseRows()
    var next = 0
    for row in 0..<count {
      let start = next
      while next < entries.count, entries[next].first == row { next += 1 }
      rows.append(entries[start..<next].map { (column: Int32($0.second), value: $0.weight) })
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
