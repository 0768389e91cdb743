import Foundation
import Neural

/// A second ranking of what a search finds, learnt from judgments or clicks: a linear LambdaRank (Burges, 2010).
///
///     score = w · (f − μ) / σ;   for a product i better than j: the loss |ΔNDCG_ij| log(1 + exp(s_j − s_i))
package struct SearchRanking: Sendable {
  package static let names = [
    "bm25", "bm25 to the best", "words in the title", "words in the kind", "words in the brand", "words anywhere",
    "phrase in the title",
    "phrase begins the title", "phrase ends the kind", "length of the title", "rating", "available",
  ]

  private var mean: [Double]
  private var deviation: [Double]
  private var weights: [Double]

  /// Products found for a query, with their features and how good they are (0 to 3; clicks count by their logarithm).
  package typealias Query = [(features: [Double], grade: Double)]

  private static let epochs = 300
  private static let rate = 0.02
  /// Pull towards the ranking without learning.
  private static let decay = 0.03
  private static let beginning = [3] + [Double](repeating: 0, count: names.count - 1)
  private static let parts = 5
  /// How far to go from the ranking without learning towards what was learnt.
  private static let shares = [0, 0.1, 0.25, 0.5, 1]

  /// Learns from queries. How far the weights go from those without learning is decided on parts of the queries held out: with few
  /// judgments, not far or not at all: only what is gained beyond its standard error counts.
  /// - Returns: nil where no query has two products of different grades, or going away from the first ranking does not help.
  package init?(_ queries: [Query]) {
    guard let learnt = SearchRanking(fitting: queries) else { return nil }
    // For each share the NDCG of each held-out query.
    var ndcg = [[Double]](repeating: [], count: Self.shares.count)
    for part in 0..<Self.parts {
      let held = queries.enumerated().filter { $0.offset % Self.parts == part }.map(\.element)
      let rest = queries.enumerated().filter { $0.offset % Self.parts != part }.map(\.element)
      guard let trial = SearchRanking(fitting: rest) else { continue }
      for (i, share) in Self.shares.enumerated() {
        let ranking = trial.going(share)
        ndcg[i] += held.map(ranking.ndcg)
      }
    }
    let count = Double(max(ndcg[0].count, 1))
    /// What a share gains over none, less the standard error of that.
    let gains = ndcg.map { values -> Double in
      let differences = zip(values, ndcg[0]).map { $0 - $1 }
      let mean = differences.reduce(0, +) / count
      let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return mean - (variance / count).squareRoot()
    }
    guard let best = gains.indices.max(by: { (gains[$0], $1) < (gains[$1], $0) }), gains[best] > 0 else { return nil }
    self = learnt.going(Self.shares[best])
  }

  private func going(_ share: Double) -> SearchRanking {
    var copy = self
    copy.weights = zip(weights, Self.beginning).map { $1 + share * ($0 - $1) }
    return copy
  }

  private func ndcg(_ query: Query) -> Double {
    let scores = scores(query.map(\.features))
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    func sum(_ grades: some Sequence<Double>) -> Double {
      grades.prefix(10).enumerated().reduce(0) { $0 + (pow(2, $1.element) - 1) / log2(Double($1.offset) + 2) }
    }
    let ideal = sum(query.map(\.grade).sorted(by: >))
    return ideal > 0 ? sum(order.map { query[$0].grade }) / ideal : 0
  }

  private init?(fitting queries: [Query]) {
    let rows = queries.flatMap { $0.map(\.features) }
    guard !rows.isEmpty else { return nil }
    let count = Self.names.count
    mean = (0..<count).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    let center = mean
    deviation = (0..<count).map { column in
      (rows.reduce(0) { $0 + ($1[column] - center[column]) * ($1[column] - center[column]) } / Double(rows.count)).squareRoot()
        + 1e-6
    }
    weights = Self.beginning
    let standard = queries.map { query in query.map { (features: scaled($0.features), grade: $0.grade) } }
    var (m, v) = (weights.map { _ in 0.0 }, weights.map { _ in 0.0 })
    var learnt = false
    for epoch in 1...Self.epochs {
      var gradient = zip(weights, Self.beginning).map { ($0 - $1) * Self.decay }
      for query in standard { learnt = Self.add(query, weights, &gradient, 1 / Double(standard.count)) || learnt }
      for i in weights.indices {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i]
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i]
        weights[i] -=
          Self.rate * (m[i] / (1 - pow(0.9, Double(epoch)))) / ((v[i] / (1 - pow(0.999, Double(epoch)))).squareRoot() + 1e-8)
      }
    }
    if !learnt { return nil }
  }

  /// Adds a query's lambdas; false when it says nothing.
  private static func add(
    _ query: [(features: [Double], grade: Double)], _ weights: [Double], _ gradient: inout [Double], _ share: Double
  ) -> Bool {
    let scores = query.map { zip($0.features, weights).reduce(0) { $0 + $1.0 * $1.1 } }
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    var discounts = [Double](repeating: 0, count: order.count)
    for (rank, place) in order.enumerated() { discounts[place] = 1 / log2(Double(rank) + 2) }
    let gains = query.map { pow(2, $0.grade) - 1 }
    let ideal = gains.sorted(by: >).prefix(10).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
    guard ideal > 0 else { return false }
    var lambdas = [Double](repeating: 0, count: query.count)
    var isUseful = false
    for i in query.indices {
      for j in query.indices where query[i].grade > query[j].grade {
        isUseful = true
        let change = abs((gains[i] - gains[j]) * (discounts[i] - discounts[j])) / ideal
        let lambda = change / (1 + exp(scores[i] - scores[j]))
        lambdas[i] -= lambda
        lambdas[j] += lambda
      }
    }
    for (row, lambda) in zip(query, lambdas) where lambda != 0 {
      for (k, value) in row.features.enumerated() { gradient[k] += share * lambda * value }
    }
    return isUseful
  }

  private func scaled(_ features: [Double]) -> [Double] {
    features.indices.map { (features[$0] - mean[$0]) / deviation[$0] }
  }

  package func scores(_ features: [[Double]]) -> [Double] {
    features.map { zip(scaled($0), weights).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  // MARK: features

  static func features(
    _ hit: SearchIndex.Hit, _ reading: SearchIndex.Reading, _ rarity: [String: Double], _ analysis: SearchTerms
  ) -> [Double] {
    let document = hit.document
    let title = analysis.terms(document.title).map(\.stem)
    let (kind, brand) = (analysis.terms(document.kind).map(\.stem), analysis.terms(document.brand).map(\.stem))
    let rest = Set(analysis.terms("\(document.description) \(document.attributes)").map(\.stem))
    func weight(_ word: SearchIndex.Reading.Word) -> Double { word.alternatives.first?.first.flatMap { rarity[$0] } ?? 5 }
    let all = max(reading.words.reduce(0) { $0 + weight($1) }, 1e-6)
    func share(_ contains: (String) -> Bool) -> Double {
      reading.words.reduce(0) { sum, word in
        sum + (word.alternatives.contains { $0.allSatisfy(contains) } ? weight(word) : 0)
      } / all
    }
    let (titleSet, kindSet, brandSet) = (Set(title), Set(kind), Set(brand))
    let phrase = reading.words.compactMap { $0.alternatives.first }.flatMap(\.self)
    func has(_ words: [String], at start: Int) -> Bool {
      start >= 0 && start + phrase.count <= words.count && Array(words[start..<start + phrase.count]) == phrase
    }
    let isPhrase = !phrase.isEmpty && title.indices.contains { has(title, at: $0) }
    return [
      hit.score, hit.score / all, share(titleSet.contains), share(kindSet.contains), share(brandSet.contains),
      share { titleSet.contains($0) || kindSet.contains($0) || brandSet.contains($0) || rest.contains($0) },
      isPhrase ? 1 : 0, has(title, at: 0) ? 1 : 0, has(kind, at: kind.count - phrase.count) ? 1 : 0, log1p(Double(title.count)),
      document.rating ?? 0, document.offers.contains(where: \.isAvailable) ? 1 : 0,
    ]
  }
}

extension SearchRanking {
  package static let part = "search"
  private static let key = "search.ranking"

  /// What of a model file is the ranking's.
  package var filePart: Safetensors.Part {
    let table = Matrix(rows: 3, columns: Self.names.count, (mean + deviation + weights).map { Float($0) })
    return Safetensors.Part(name: Self.part, tensors: [(name: Self.key, tensor: .floats(table))])
  }

  /// The ranking of a model file; nil when the file has none that fits.
  package init?(_ file: Safetensors) {
    guard let table = file.matrix(Self.key), table.rows == 3, table.columns == Self.names.count,
      table.values.allSatisfy(\.isFinite), table.withRow(1, { $0.allSatisfy { $0 > 0 } })
    else { return nil }
    func row(_ index: Int) -> [Double] { table.withRow(index) { $0.map(Double.init) } }
    (mean, deviation, weights) = (row(0), row(1), row(2))
  }
}
