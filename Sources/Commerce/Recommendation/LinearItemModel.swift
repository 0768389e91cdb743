import Neural

/// A linear model from products to products without hidden units, EASE (Steck, 2019):
///
///     B = I − P diag(1 / P_jj),   P = (XᵀX + λI)⁻¹,   score(j) = Σ_{i ∈ history} B_ij
///
/// over the products that were taken most; the inverse takes time with the cube of their number and memory with its square.
package struct LinearItemModel: ItemModel {
  static let features = ["linear"]

  /// The products the model knows, and for each product its row there, -1 for the others.
  let known: [Int32]
  private let places: [Int32]
  /// B: [known, known]
  package let weights: QuantizedMatrix

  private static let greatest = 2_000
  private static let regularization: Float = 100

  init?(known: [Int32], weights: QuantizedMatrix, items: Int) {
    guard weights.rows == known.count, weights.columns == known.count, known.allSatisfy({ $0 >= 0 && $0 < items }) else {
      return nil
    }
    self.known = known
    self.weights = weights
    var places = [Int32](repeating: -1, count: items)
    for (place, item) in known.enumerated() { places[Int(item)] = Int32(place) }
    self.places = places
  }

  package init?(_ data: Interactions, _ popularity: Popularity) {
    let order = popularity.counts.indices.sorted { (popularity.counts[$1], $0) < (popularity.counts[$0], $1) }
    let known = order.prefix(Self.greatest).sorted()
    var places = [Int](repeating: -1, count: data.items.count)
    for (place, item) in known.enumerated() { places[item] = place }
    var gram = Matrix(zeros: known.count, known.count)
    let size = known.count
    gram.withMutableFloats { gram in
      for history in data.histories {
        let taken = history.map { places[Int($0.item)] }.filter { $0 >= 0 }
        for i in taken { for j in taken { gram[i * size + j] += 1 } }
      }
      for i in 0..<size { gram[i * size + i] += Self.regularization }
    }
    guard let inverse = gram.inverseOfPositiveDefinite() else { return nil }
    var weights = inverse
    weights.withMutableFloats { b in
      inverse.withFloats { p in
        for i in 0..<size {
          for j in 0..<size { b[i * size + j] = i == j ? 0 : -p[i * size + j] / p[j * size + j] }
        }
      }
    }
    self.init(known: known.map(Int32.init), weights: QuantizedMatrix(weights), items: data.items.count)
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    var sum = [Float](repeating: 0, count: known.count)
    sum.withUnsafeMutableBufferPointer { sum in
      for (item, weight) in history.weighted where places[item] >= 0 {
        weights.addRow(Int(places[item]), scaledBy: weight, to: sum)
      }
    }
    return [candidates.map { places[Int($0)] < 0 ? 0 : 10 * sum[Int(places[Int($0)])] }]
  }
}
