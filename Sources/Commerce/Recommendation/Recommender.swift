import Neural

/// Recommends products from what customers did: several views of a product, blended by how well each foretold what was taken next.
package struct Recommender: Sendable {
  /// A product with how well it suits, and why.
  package struct Recommendation: Hashable, Sendable {
    package let product: String
    package let score: Float
    package let reason: Reason
  }

  /// Why a product is recommended.
  package enum Reason: Hashable, Sendable {
    /// It goes with this product of the customer's.
    case because(String)
    /// It is much taken.
    case popular
    /// It suits the history as a whole.
    case suits
  }

  /// How far training is, 0 to 1, and what it is at.
  package typealias Progress = (Double, _ stage: String) -> Void

  let data: Interactions
  let popularity: Popularity
  let neighbours: ItemNeighbours
  let vectors: ItemVectors
  let linear: LinearItemModel?
  let factors: LatentFactors
  let sequence: SequenceModel
  let blend: Blend
  private let customers: [String: Int]
  /// Products by how often they were taken, most first.
  private let byPopularity: [Int32]
  /// The first tenth of them.
  private let muchTaken: Set<Int32>

  private static let choices = 4_000
  private static let wrong = 100
  private static let leastHistory = 2
  private static let pool = (neighbours: 600, alike: 200, popular: 200)

  private var models: [any ItemModel] {
    [popularity, neighbours, vectors, factors, sequence] + (linear.map { [$0] } ?? [])
  }

  init(
    data: Interactions, popularity: Popularity, neighbours: ItemNeighbours, vectors: ItemVectors, linear: LinearItemModel?,
    factors: LatentFactors, sequence: SequenceModel, blend: Blend?
  ) {
    self.data = data
    self.popularity = popularity
    self.neighbours = neighbours
    self.vectors = vectors
    self.linear = linear
    self.factors = factors
    self.sequence = sequence
    customers = Dictionary(data.customers.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    byPopularity = popularity.counts.indices.sorted { (popularity.counts[$1], $0) < (popularity.counts[$0], $1) }.map(
      Int32.init)
    muchTaken = Set(byPopularity.prefix(max(1, byPopularity.count / Self.popularShare)))
    self.blend = blend ?? Blend(features: Self.featureCount(hasLinear: linear != nil))
  }

  /// The features the blend weighs, of all models in their order.
  static func featureCount(hasLinear: Bool) -> Int {
    let types: [any ItemModel.Type] = [
      Popularity.self, ItemNeighbours.self, ItemVectors.self, LatentFactors.self, SequenceModel.self,
    ]
    return types.reduce(hasLinear ? LinearItemModel.features.count : 0) { $0 + $1.features.count }
  }

  /// Trains on all but the last product of each history, learns the blend on those, and trains again on everything.
  package init(training data: Interactions, seed: UInt64, threads: Int, progress: Progress) {
    let earlier = data.replacing(data.histories.map { $0.count > Self.leastHistory ? Array($0.dropLast()) : $0 })
    let trial = Self.views(earlier, seed: seed, threads: threads) { progress(0.45 * $0, $1) }
    var generator = SplitMix64(seed: seed, name: "held-out choices")
    let held = data.histories.indices.filter { data.histories[$0].count > Self.leastHistory }
      .shuffled(using: &generator).prefix(Self.choices)
    progress(0.45, "blend")
    let drawn = held.map { customer -> (history: [Interactions.Event], candidates: [Int32]) in
      let seen = Set(data.histories[customer].map(\.item))
      var candidates = [data.histories[customer][data.histories[customer].count - 1].item]
      while candidates.count <= min(Self.wrong, data.items.count - seen.count) {
        let other = Int32.random(in: 0..<Int32(data.items.count), using: &generator)
        if !seen.contains(other) { candidates.append(other) }
      }
      return (earlier.histories[customer], candidates)
    }
    let choices = Parallel.map(drawn.count, threads: threads) { trial.values(drawn[$0].history, drawn[$0].candidates) }
    let features = trial.blend.table.columns
    let blend = Blend(choices.filter { $0[0].count > 1 }, features: features, seed: seed)
    let final = Self.views(data, seed: seed, threads: threads) { progress(0.5 + 0.5 * $0, $1) }
    self.init(
      data: data, popularity: final.popularity, neighbours: final.neighbours, vectors: final.vectors, linear: final.linear,
      factors: final.factors, sequence: final.sequence, blend: blend)
  }

  private static func views(_ data: Interactions, seed: UInt64, threads: Int, progress: Progress) -> Recommender {
    progress(0, "counts")
    let popularity = Popularity(data)
    let neighbours = ItemNeighbours(data)
    progress(0.05, "vectors")
    let vectors = ItemVectors(neighbours, seed: seed, threads: threads)
    progress(0.3, "linear model")
    let linear = LinearItemModel(data, popularity)
    progress(0.4, "latent factors")
    let factors = LatentFactors(data, seed: seed, threads: threads)
    let sequence = SequenceModel(data, vectors: vectors, seed: seed, threads: threads) { progress(0.5 + 0.5 * $0, "sequences") }
    return Recommender(
      data: data, popularity: popularity, neighbours: neighbours, vectors: vectors, linear: linear, factors: factors,
      sequence: sequence, blend: nil)
  }

  private func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    models.flatMap { $0.values(history, candidates) }
  }

  /// The scores of some candidates for a history; by popularity where there is no history.
  func scores(_ history: [Interactions.Event], _ candidates: [Int32]) -> [Float] {
    history.isEmpty ? candidates.map { popularity.counts[Int($0)] } : blend.scores(values(history, candidates))
  }

  // MARK: answers

  package func knows(customer: String) -> Bool { customers[customer] != nil }
  package func knows(product: String) -> Bool { data.place(of: product) != nil }

  /// The products a customer took, oldest first; none for an unknown one.
  package func history(of customer: String) -> [String] {
    customers[customer].map { data.histories[$0].map { data.items[Int($0.item)] } } ?? []
  }

  /// How well some products suit a customer; one never heard of scores below all others.
  package func scores(for customer: String, _ products: [String]) -> [Float] {
    let history = customers[customer].map { data.histories[$0] } ?? []
    let known = products.compactMap(data.place)
    var scores = scores(history, known)[...]
    return products.map { data.place(of: $0) == nil ? -.greatestFiniteMagnitude : scores.removeFirst() }
  }

  /// What suits a customer; what is much taken, for one without a history.
  /// - Parameter accepts: products that may be recommended, beside that the customer has them not.
  package func recommend(for customer: String, count: Int, accepts: (String) -> Bool = { _ in true }) -> [Recommendation] {
    recommend(customers[customer].map { data.histories[$0] } ?? [], count: count, accepts: accepts)
  }

  /// What suits somebody who has shown an interest in some products, oldest first.
  package func recommend(after products: [String], count: Int, accepts: (String) -> Bool = { _ in true }) -> [Recommendation] {
    let history = products.compactMap(data.place).map { Interactions.Event(item: $0, weight: 1) }
    return recommend(history, count: count, accepts: accepts)
  }

  private func recommend(_ history: [Interactions.Event], count: Int, accepts: (String) -> Bool) -> [Recommendation] {
    let owned = Set(history.map(\.item))
    let candidates = candidates(history).filter { !owned.contains($0) }
    let scores = scores(history, candidates)
    let ranked = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    // Whether a product may be recommended may cost a look into a store: asked of the best until there are enough.
    var accepted: [(item: Int32, score: Float)] = []
    for place in ranked where accepted.count < max(count, Self.considered) {
      if accepts(data.items[Int(candidates[place])]) { accepted.append((candidates[place], scores[place])) }
    }
    return diverse(accepted, count: count).map { item, score in
      Recommendation(product: data.items[Int(item)], score: score, reason: reason(item, history))
    }
  }

  /// The products worth scoring: what stands near the latest ones, what is like the last, and what is much taken.
  private func candidates(_ history: [Interactions.Event]) -> [Int32] {
    var weights: [Int32: Float] = [:]
    for (item, weight) in history.weighted {
      for i in neighbours.near.starts[item]..<neighbours.near.starts[item + 1] {
        weights[neighbours.near.columns[i], default: 0] += weight * neighbours.near.values[i]
      }
    }
    var result = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.pool.neighbours).map(\.key)
    if let last = history.last { result += vectors.nearest(to: Int(last.item), count: Self.pool.alike).map(\.item) }
    result += byPopularity.prefix(Self.pool.popular)
    var seen = Set<Int32>()
    return result.filter { seen.insert($0).inserted }
  }

  private static let diversity: Float = 0.3
  private static let considered = 50

  /// Picks one after the other, each less welcome the more it is like one picked before (maximal marginal relevance, Carbonell and
  /// Goldstein, 1998).
  private func diverse(_ ranked: [(item: Int32, score: Float)], count: Int) -> [(item: Int32, score: Float)] {
    var rest = Array(ranked.prefix(Self.considered))
    guard let best = rest.first?.score, let worst = rest.last?.score, best > worst else { return Array(ranked.prefix(count)) }
    var nearest = [Float](repeating: 0, count: rest.count)
    var picked: [(item: Int32, score: Float)] = []
    while picked.count < count, !rest.isEmpty {
      func value(_ i: Int) -> Float {
        (1 - Self.diversity) * (rest[i].score - worst) / (best - worst) - Self.diversity * nearest[i]
      }
      let next = rest.indices.max { (value($0), $1) < (value($1), $0) } ?? 0
      picked.append(rest.remove(at: next))
      nearest.remove(at: next)
      let last = Int(picked[picked.count - 1].item)
      for i in rest.indices { nearest[i] = max(nearest[i], likeness(last, Int(rest[i].item))) }
    }
    return picked + ranked.dropFirst(Self.considered).prefix(max(0, count - picked.count))
  }

  /// A product goes with another when they are at least so much alike, and is much taken when it is among the first tenth.
  private static let goesWith: Float = 0.3
  private static let popularShare = 10

  /// The product of the history a recommendation goes with most, if it goes with one.
  private func reason(_ item: Int32, _ history: [Interactions.Event]) -> Reason {
    let links = history.weighted.map { event in
      (event.item, event.weight * neighbours.similarity(event.item, Int(item)))
    }
    if let (best, strength) = links.max(by: { $0.1 < $1.1 }), strength > 0, likeness(best, Int(item)) >= Self.goesWith {
      return .because(data.items[best])
    }
    return muchTaken.contains(item) ? .popular : .suits
  }

  private func likeness(_ i: Int, _ j: Int) -> Float {
    vectors.information.withRow(i) { a in vectors.information.withRow(j) { Kernels.best.dot(a, $0) } }
  }

  /// The products most like one, best first.
  package func similar(to product: String, count: Int, accepts: (String) -> Bool = { _ in true }) -> [Recommendation] {
    guard let item = data.place(of: product) else { return [] }
    let near = vectors.nearest(to: Int(item), count: data.items.count).filter { accepts(data.items[Int($0.item)]) }
    return near.prefix(count).map {
      Recommendation(product: data.items[Int($0.item)], score: $0.similarity, reason: .because(product))
    }
  }

  /// What is taken with a product more often than chance has it, strongest first.
  package func alsoBought(with product: String, count: Int, accepts: (String) -> Bool = { _ in true }) -> [Association] {
    guard let item = data.place(of: product) else { return [] }
    return AssociationRules(data).rules(from: item).filter { accepts($0.product) }.prefix(count).map { $0 }
  }
}
