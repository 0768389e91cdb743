import Foundation
import Neural

/// Products as vectors, from a truncated singular value decomposition of what stands near what: products that were never seen together
/// but with the same others come out alike.
///
/// Two tables: of positive pointwise mutual information with a context's count to the power 0.75 (Levy and Goldberg, 2014), rows of
/// length 1, U √Σ; and of the shrunk cosines of `ItemNeighbours`, U √Σ as it is, in which much-taken products are longer.
struct ItemVectors: ItemModel {
  static let features = ["alike", "most alike", "like the last", "close", "closest", "close to the last"]
  static let dimensions = 128

  let information: Matrix
  let cosine: Matrix

  init(information: Matrix, cosine: Matrix) {
    self.information = information
    self.cosine = cosine
  }

  init(_ neighbours: ItemNeighbours, seed: UInt64, threads: Int) {
    let tables = Parallel.map(2, threads: threads) { table -> Matrix in
      let matrix = table == 0 ? Self.information(neighbours) : Self.cosines(neighbours)
      let decomposition = TruncatedSVD(matrix, k: Self.dimensions, seed: seed)
      var vectors = Matrix(zeros: matrix.count, Self.dimensions)
      for row in 0..<matrix.count {
        vectors.withMutableRow(row) { target in
          decomposition.left.withRow(row) { left in
            for (i, value) in decomposition.singularValues.enumerated() { target[i] = left[i] * value.squareRoot() }
          }
          guard table == 0 else { return }
          let length = Kernels.best.dot(UnsafeBufferPointer(target), UnsafeBufferPointer(target)).squareRoot()
          if length > 0 { for i in target.indices { target[i] /= length } }
        }
      }
      return vectors
    }
    (information, cosine) = (tables[0], tables[1])
  }

  private static func information(_ neighbours: ItemNeighbours) -> SparseRows {
    let near = neighbours.near
    let total = neighbours.degrees.reduce(0, +)
    let contexts = neighbours.degrees.map { pow($0, 0.75) }
    let all = max(contexts.reduce(0, +), .leastNormalMagnitude)
    var rows = SparseRows()
    for row in 0..<near.count {
      rows.append(
        (near.starts[row]..<near.starts[row + 1]).compactMap { i -> (column: Int32, value: Float)? in
          let column = Int(near.columns[i])
          let expected = neighbours.degrees[row] * contexts[column] / all
          let value = log(near.values[i] / max(expected, .leastNormalMagnitude))
          return value > 0 && total > 0 ? (near.columns[i], value) : nil
        })
    }
    return rows
  }

  private static func cosines(_ neighbours: ItemNeighbours) -> SparseRows {
    let near = neighbours.near
    let scales = neighbours.degrees.map { 1 / ($0 + ItemNeighbours.shrinkage).squareRoot() }
    var rows = SparseRows()
    for row in 0..<near.count {
      rows.append(
        (near.starts[row]..<near.starts[row + 1]).map { i in
          (near.columns[i], near.values[i] * scales[row] * scales[Int(near.columns[i])])
        })
    }
    return rows
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    let history = history.weighted
    let all = history.reduce(0) { $0 + $1.weight }
    let wanted = candidates.map(Int.init)
    return [information, cosine].flatMap { table -> [[Float]] in
      let products = Matrix.product(table.gathered(history.map(\.item)), table.gathered(wanted).transposed)
      var mean = [Float](repeating: 0, count: candidates.count)
      var most = [Float](repeating: -.infinity, count: candidates.count)
      for (row, event) in history.enumerated() {
        products.withRow(row) { values in
          for i in values.indices {
            mean[i] += event.weight / all * values[i]
            most[i] = max(most[i], values[i])
          }
        }
      }
      return [mean, most, products.withRow(0) { Array($0) }]
    }
  }

  /// The products nearest to one, best first.
  func nearest(to item: Int, count: Int) -> [(item: Int32, similarity: Float)] {
    let similarities = information.withRow(item) { one in
      (0..<information.rows).map { row in information.withRow(row) { Kernels.best.dot(one, $0) } }
    }
    return similarities.indices.filter { $0 != item && similarities[$0] > 0 }
      .sorted { (similarities[$1], $0) < (similarities[$0], $1) }.prefix(count).map { (Int32($0), similarities[$0]) }
  }
}
