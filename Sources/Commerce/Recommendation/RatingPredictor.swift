import Corpus
import Foundation
import Neural

/// A rating somebody gave a product.
package struct Rating: Hashable, Sendable {
  package let customer: String
  package let item: String
  package let value: Float

  package init(customer: String, item: String, value: Float) {
    self.customer = customer
    self.item = item
    self.value = value
  }

  /// Lines of customer TAB product TAB rating TAB time.
  package static func read(_ path: String) throws(CorpusError) -> [Rating] {
    let file = try InputFile(path: path)
    var ratings: [Rating] = []
    while let (number, line) = try file.nextText() {
      if line.allSatisfy(\.isWhitespace) { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3, let value = Float(fields[2]), value.isFinite, !fields[0].isEmpty, !fields[1].isEmpty else {
        throw CorpusError(.init(file: file.name, line: number), "not customer, product, rating, time with TABs between")
      }
      ratings.append(Rating(customer: fields[0], item: fields[1], value: value))
    }
    return ratings
  }
}

/// Foretells ratings from those of like products: item-based collaborative filtering over baselines (Koren, 2010, sections 2.1 and 2.2).
///
///     b_ui = μ + b_u + b_i
///     R(u, i) = b_ui + Σ_{j ∈ N(i)} s(i, j) (r_uj − b_uj) / Σ_{j ∈ N(i)} |s(i, j)|
///
/// s is the Pearson correlation of what ratings have over their baselines, shrunk by how many customers rated both:
/// s = ρ n / (n + 100); N(i) are the nearest of the products the customer rated.
package struct RatingPredictor: Sendable {
  private let mean: Float
  private let customerBias: [String: Float]
  private let itemBias: [Float]
  private let items: [String: Int]
  /// By customer: products and what their ratings have over the baseline.
  private let residuals: [String: [(item: Int, value: Float)]]
  /// s(i, j) of pairs rated by at least two, row after row.
  private let similarities: SparseRows
  private let range: ClosedRange<Float>

  private static let neighbours = 40
  private static let shrinkage: Float = 100
  private static let itemRegularization: Float = 10
  private static let customerRegularization: Float = 15
  private static let rounds = 10

  package init(_ ratings: [Rating], threads: Int) {
    var items: [String: Int] = [:]
    for rating in ratings where items[rating.item] == nil { items[rating.item] = items.count }
    let byCustomer = Dictionary(grouping: ratings, by: \.customer)
    let names = byCustomer.keys.sorted()
    let mean = ratings.isEmpty ? 0 : ratings.reduce(0) { $0 + $1.value } / Float(ratings.count)
    let rated = names.map { name in byCustomer[name, default: []].map { (item: items[$0.item] ?? 0, value: $0.value) } }
    var customerBias = [Float](repeating: 0, count: names.count)
    var itemBias = [Float](repeating: 0, count: items.count)
    for _ in 0..<Self.rounds {
      var sums = [Float](repeating: 0, count: items.count)
      var counts = sums
      for (customer, list) in rated.enumerated() {
        for (item, value) in list {
          sums[item] += value - mean - customerBias[customer]
          counts[item] += 1
        }
      }
      itemBias = zip(sums, counts).map { $0 / (Self.itemRegularization + $1) }
      for (customer, list) in rated.enumerated() {
        let sum = list.reduce(0) { $0 + $1.value - mean - itemBias[$1.item] }
        customerBias[customer] = sum / (Self.customerRegularization + Float(list.count))
      }
    }
    let residuals = rated.enumerated().map { customer, list in
      list.map { (item: $0.item, value: $0.value - mean - customerBias[customer] - itemBias[$0.item]) }
        .sorted { $0.item < $1.item }
    }
    var raters = [[(customer: Int, value: Float)]](repeating: [], count: items.count)
    for (customer, list) in residuals.enumerated() { for (item, value) in list { raters[item].append((customer, value)) } }
    let count = items.count
    let (byItem, byRater) = (raters, residuals)
    let rows = Parallel.map(count, threads: threads) { i -> [(column: Int32, value: Float)] in
      var dot = [Float](repeating: 0, count: count)
      var (own, other, shared) = (dot, dot, dot)
      for (customer, value) in byItem[i] {
        for (j, theirs) in byRater[customer] {
          dot[j] += value * theirs
          own[j] += value * value
          other[j] += theirs * theirs
          shared[j] += 1
        }
      }
      return (0..<count).compactMap { j in
        guard j != i, shared[j] > 1, own[j] > 0, other[j] > 0 else { return nil }
        let correlation = dot[j] / (own[j] * other[j]).squareRoot()
        return (Int32(j), correlation * (shared[j] - 1) / (shared[j] - 1 + Self.shrinkage))
      }
    }
    var similarities = SparseRows()
    for row in rows { similarities.append(row) }
    self.mean = mean
    self.customerBias = Dictionary(uniqueKeysWithValues: zip(names, customerBias))
    self.itemBias = itemBias
    self.items = items
    self.residuals = Dictionary(uniqueKeysWithValues: zip(names, residuals))
    self.similarities = similarities
    let values = ratings.map(\.value)
    range = (values.min() ?? 0)...(values.max() ?? 0)
  }

  /// The rating a customer would give; the mean of what is known where one or the other is new.
  package func rating(_ customer: String, _ item: String) -> Float {
    var result = mean + (customerBias[customer] ?? 0)
    if let i = items[item] {
      result += itemBias[i]
      let near = residuals[customer, default: []].map { (similarity: similarities[i, $0.item], residual: $0.value) }
        .filter { $0.similarity > 0 }.sorted { $0.similarity > $1.similarity }.prefix(Self.neighbours)
      let all = near.reduce(0) { $0 + abs($1.similarity) }
      if all > 0 { result += near.reduce(0) { $0 + $1.similarity * $1.residual } / all }
    }
    return min(max(result, range.lowerBound), range.upperBound)
  }
}
