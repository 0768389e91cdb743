import Foundation
import Neural

/// What the catalogue says of products, their words and their category: all there is to know of one that few have taken.
///
/// Words are compared by the cosine of their TF-IDF weights. The popularity in a category is how likely a product is where a category is
/// drawn from the history and then one of its products by how often they were taken.
struct ItemContent: ItemModel {
  static let features = ["words", "words of the last", "category", "popularity in the category"]

  /// TF-IDF weights of each product's words, rows of length 1; empty for a product the catalogue does not have.
  let words: SparseRows
  let vocabulary: Int
  /// Each product's category, -1 where none is known.
  let categories: [Int32]
  /// How often each product was taken, plus one; and all products of a category together.
  private let counts: [Float]
  private let categoryCounts: [Float]
  /// The products of each category, most taken first.
  private let best: [[Int32]]

  /// Nil where the parts do not fit together.
  init?(words: SparseRows, vocabulary: Int, categories: [Int32], popularity: Popularity) {
    // Each word of an honest vocabulary is some product's.
    guard words.count == popularity.counts.count, categories.count == words.count,
      (1...max(1, words.columns.count)) ~= vocabulary,
      words.columns.allSatisfy({ $0 >= 0 && $0 < vocabulary }), categories.allSatisfy({ $0 >= -1 && $0 < categories.count })
    else { return nil }
    self.words = words
    self.vocabulary = vocabulary
    self.categories = categories
    counts = popularity.counts.map { $0 + 1 }
    var sums = [Float](repeating: 0, count: Int(categories.max() ?? -1) + 1)
    var members = [[Int32]](repeating: [], count: sums.count)
    for (item, category) in categories.enumerated() where category >= 0 {
      sums[Int(category)] += counts[item]
      members[Int(category)].append(Int32(item))
    }
    categoryCounts = sums
    let counts = counts
    best = members.map { $0.sorted { (counts[Int($1)], $0) < (counts[Int($0)], $1) } }
  }

  /// Nil where the catalogue says nothing of the products.
  init?(_ items: [String], _ catalogue: [SearchDocument], _ terms: SearchTerms, _ popularity: Popularity) {
    let documents = Dictionary(catalogue.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var columns: [String: Int32] = [:]
    var categories: [String: Int32] = [:]
    var documentCounts: [Float] = []
    var own: [Int32] = []
    let rows = items.map { id -> [Int32: Float] in
      guard let document = documents[id] else {
        own.append(-1)
        return [:]
      }
      own.append(document.category.map { category in categories[category, default: Int32(categories.count)] } ?? -1)
      if let category = document.category { categories[category] = own[own.count - 1] }
      var row: [Int32: Float] = [:]
      for term in terms.terms([document.title, document.brand, document.kind].joined(separator: " ")) {
        let column = columns[term.stem, default: Int32(columns.count)]
        columns[term.stem] = column
        row[column, default: 0] += 1
      }
      documentCounts += [Float](repeating: 0, count: columns.count - documentCounts.count)
      for column in row.keys { documentCounts[Int(column)] += 1 }
      return row
    }
    guard !columns.isEmpty else { return nil }
    var words = SparseRows()
    for row in rows {
      let weights = row.sorted { $0.key < $1.key }.map { column, count in
        (column: column, value: (1 + log(count)) * log(1 + Float(items.count) / documentCounts[Int(column)]))
      }
      let length = weights.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      words.append(weights.map { ($0.column, $0.value / max(length, .leastNormalMagnitude)) })
    }
    self.init(words: words, vocabulary: columns.count, categories: own, popularity: popularity)
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    let history = history.weighted
    let all = history.reduce(0) { $0 + $1.weight }
    var profile = [Float](repeating: 0, count: vocabulary)
    var last = profile
    var shares: [Int32: Float] = [:]
    for (place, event) in history.enumerated() {
      add(event.item, scaledBy: event.weight / all, to: &profile)
      if place == 0 { add(event.item, scaledBy: 1, to: &last) }
      shares[categories[event.item], default: 0] += event.weight / all
    }
    shares[-1] = nil
    var result = Self.features.map { _ in [Float](repeating: 0, count: candidates.count) }
    for (place, candidate) in candidates.enumerated() {
      let item = Int(candidate)
      result[0][place] = product(item, profile)
      result[1][place] = product(item, last)
      guard let share = shares[categories[item]] else { continue }
      result[2][place] = share
      result[3][place] = log1p(100 * share * counts[item] / categoryCounts[Int(categories[item])])
    }
    return result
  }

  /// The products most taken of the categories a history is of.
  func popular(after history: [Interactions.Event], count: Int) -> [Int32] {
    var seen = Set<Int32>()
    return history.weighted.flatMap { event -> ArraySlice<Int32> in
      let category = categories[event.item]
      return category >= 0 && seen.insert(category).inserted ? best[Int(category)].prefix(count) : []
    }
  }

  private func add(_ item: Int, scaledBy weight: Float, to sum: inout [Float]) {
    for i in words.starts[item]..<words.starts[item + 1] { sum[Int(words.columns[i])] += weight * words.values[i] }
  }

  private func product(_ item: Int, _ other: [Float]) -> Float {
    var sum: Float = 0
    for i in words.starts[item]..<words.starts[item + 1] { sum += words.values[i] * other[Int(words.columns[i])] }
    return sum
  }
}
