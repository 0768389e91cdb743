import Neural

/// Recommends products from what customers did: several views of a product, blended by how well each foretold what was taken next.
package struct LearntRecommender: Recommender {
  /// How far training is, 0 to 1, and what it is at.
  package typealias Progress = (Double, _ stage: String) -> Void

  let data: Interactions
  let popularity: Popularity
  let neighbours: ItemNeighbours
  let vectors: ItemVectors
  let linear: LinearItemModel?
  let factors: LatentFactors
  let sequence: SequenceModel
  let content: ItemContent?
  let blend: Blend
  private let customers: [String: Int]
  /// Products by how often they were taken, most first.
  private let byPopularity: [Int32]
  /// The first tenth of them.
  private let muchTaken: Set<Int32>

  private static let choices = 4_000
  private static let wrong = 100
  private static let leastHistory = 2
  private static let pool = (neighbours: 600, alike: 200, popular: 200, ofCategory: 20)

  private var models: [any ItemModel] {
    let optional: [(any ItemModel)?] = [linear, content]
    return [popularity, neighbours, vectors, factors, sequence] + optional.compactMap(\.self)
  }

  init(
    data: Interactions, popularity: Popularity, neighbours: ItemNeighbours, vectors: ItemVectors, linear: LinearItemModel?,
    factors: LatentFactors, sequence: SequenceModel, content: ItemContent?, blend: Blend?
  ) {
    self.data = data
    self.popularity = popularity
    self.neighbours = neighbours
    self.vectors = vectors
    self.linear = linear
    self.factors = factors
    self.sequence = sequence
    self.content = content
    customers = Dictionary(data.customers.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    byPopularity = popularity.counts.indices.sorted { (popularity.counts[$1], $0) < (popularity.counts[$0], $1) }.map(
      Int32.init)
    muchTaken = Set(byPopularity.prefix(max(1, byPopularity.count / Self.popularShare)))
    self.blend = blend ?? Blend(features: Self.featureCount(hasLinear: linear != nil, hasContent: content != nil))
  }

  /// The features the blend weighs, of all models in their order.
  static func featureCount(hasLinear: Bool, hasContent: Bool) -> Int {
    var types: [any ItemModel.Type] = [
      Popularity.self, ItemNeighbours.self, ItemVectors.self, LatentFactors.self, SequenceModel.self,
    ]
    if hasLinear { types.append(LinearItemModel.self) }
    if hasContent { types.append(ItemContent.self) }
    return types.reduce(0) { $0 + $1.features.count }
  }

  /// Trains on all but the last product of each history, learns the blend on those, and trains again on everything.
  /// - Parameter catalogue: what is written of the products, where that is known, and what reads it.
  package init(
    training data: Interactions, catalogue: (documents: [SearchDocument], terms: SearchTerms)? = nil, seed: UInt64,
    threads: Int,
    progress: Progress
  ) {
    let earlier = data.replacing(data.histories.map { $0.count > Self.leastHistory ? Array($0.dropLast()) : $0 })
    let trial = Self.views(earlier, catalogue, seed: seed, threads: threads) { progress(0.45 * $0, $1) }
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
    let final = Self.views(data, catalogue, seed: seed, threads: threads) { progress(0.5 + 0.5 * $0, $1) }
    self.init(
      data: data, popularity: final.popularity, neighbours: final.neighbours, vectors: final.vectors, linear: final.linear,
      factors: final.factors, sequence: final.sequence, content: final.content, blend: blend)
  }

  private static func views(
    _ data: Interactions, _ catalogue: (documents: [SearchDocument], terms: SearchTerms)?, seed: UInt64, threads: Int,
    progress: Progress
  ) -> LearntRecommender {
    progress(0, "counts")
    let popularity = Popularity(data)
    let content = catalogue.flatMap { ItemContent(data.items, $0.documents, $0.terms, popularity) }
    let neighbours = ItemNeighbours(data)
    progress(0.05, "vectors")
    let vectors = ItemVectors(neighbours, seed: seed, threads: threads)
    progress(0.3, "linear model")
    let linear = LinearItemModel(data, popularity)
    progress(0.4, "latent factors")
    let factors = LatentFactors(data, seed: seed, threads: threads)
    let sequence = SequenceModel(data, vectors: vectors, seed: seed, threads: threads) { progress(0.5 + 0.5 * $0, "sequences") }
    return LearntRecommender(
      data: data, popularity: popularity, neighbours: neighbours, vectors: vectors, linear: linear, factors: factors,
      sequence: sequence, content: content, blend: nil)
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

  /// What suits a customer and they do not have yet.
  package func recommend(for customer: String, count: Int, accepts: (String) -> Bool) -> [Recommendation] {
    recommend(customers[customer].map { data.histories[$0] } ?? [], count: count, accepts: accepts)
  }

  package func recommend(after products: [String], count: Int, accepts: (String) -> Bool) -> [Recommendation] {
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

  /// The products worth scoring: what stands near the latest ones, what is like the last, and what is much taken, in their
  /// categories and of all.
  private func candidates(_ history: [Interactions.Event]) -> [Int32] {
    var weights: [Int32: Float] = [:]
    for (item, weight) in history.weighted {
      for i in neighbours.near.starts[item]..<neighbours.near.starts[item + 1] {
        weights[neighbours.near.columns[i], default: 0] += weight * neighbours.near.values[i]
      }
    }
    var result = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.pool.neighbours).map(\.key)
    if let last = history.last { result += vectors.nearest(to: Int(last.item), count: Self.pool.alike).map(\.item) }
    if let content { result += content.popular(after: history, count: Self.pool.ofCategory) }
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
  private func reason(_ item: Int32, _ history: [Interactions.Event]) -> Recommendation.Reason {
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

  package func similar(to product: String, count: Int, accepts: (String) -> Bool) -> [Recommendation] {
    guard let item = data.place(of: product) else { return [] }
    let near = vectors.nearest(to: Int(item), count: data.items.count)
    return near.first(count) { accepts(data.items[Int($0.item)]) }.map {
      Recommendation(product: data.items[Int($0.item)], score: $0.similarity, reason: .similar(product))
    }
  }

  package func alsoBought(with product: String, count: Int, accepts: (String) -> Bool) -> [Association] {
    guard let item = data.place(of: product) else { return [] }
    return AssociationRules(data).rules(from: item).first(count) { accepts($0.product) }
  }
}
