import Conversation
import Foundation
import Neural
import TestSupport
import Testing
import Text

import Commerce

/// Customers of two tastes: those of the one take even products, of the other odd ones, each mostly going from a product to the next.
private func twoTastes(customers: Int = 400, products: Int = 60, seed: UInt64 = 1) -> Interactions {
  var generator = SplitMix64(seed: seed)
  var data = Interactions()
  for customer in 0..<customers {
    var item = Int.random(in: 0..<products / 2, using: &generator) * 2 + customer % 2
    let events = (0..<6).map { _ in
      defer { item = (item + (Int.random(in: 0..<4, using: &generator) == 0 ? 4 : 2)) % products }
      return (item: "p\(item)", weight: 1.0)
    }
    data.add("c\(customer)", events)
  }
  return data
}

private func quiet(_: Double, _: String) {}

@Suite struct RecommenderTests {
  @Test func recommendsWhatSuitsATaste() throws {
    let recommender = LearntRecommender(training: twoTastes(), seed: 1, threads: 2, progress: quiet)
    let found = try recommender.recommend(after: ["p10", "p12", "p14"], count: 5)
    #expect(found.count == 5)
    #expect(found.allSatisfy { (Int($0.product.dropFirst()) ?? 1) % 2 == 0 })
    #expect(found.prefix(3).contains { $0.product == "p16" })
    #expect(!found.contains { ["p10", "p12", "p14"].contains($0.product) })
    #expect(try recommender.similar(to: "p11", count: 3).allSatisfy { (Int($0.product.dropFirst()) ?? 0) % 2 == 1 })
  }

  @Test func ranksTheNextBetterThanPopularityDoes() {
    var data = Interactions()
    let all = twoTastes(customers: 600)
    var choices: [RecommendationMetrics.Choice] = []
    for (customer, history) in zip(all.customers, all.histories) {
      let items = history.map { all.items[Int($0.item)] }
      data.add(customer, items.dropLast().map { ($0, 1) })
      let others = all.items.filter { !items.contains($0) }.prefix(30)
      choices.append(.init(customer: customer, next: items[items.count - 1], others: Array(others)))
    }
    let recommender = LearntRecommender(training: data, seed: 1, threads: 2, progress: quiet)
    let ranked = choices.map { RecommendationMetrics.rank($0, recommender) }
    let metrics = RecommendationMetrics(choices, ranked, recommender)
    // By chance a third is among the first ten of 31.
    #expect(metrics.hitRate10 > 0.85, "\(metrics.hitRate10)")
    #expect(metrics.n == 600)
  }

  /// A catalogue in which the products of either taste have a word in common.
  private func catalogue() throws -> (documents: [SearchDocument], terms: SearchTerms) {
    let rows = (0..<60).map { i in
      let kind = i % 2 == 0 ? "kettle" : "racket"
      return "p\(i)\t\(kind) number\(i)\tbrand\t1000\t\t\tcategory=\(kind)s\n"
    }
    let folder = try TemporaryFolder()
    try rows.joined().write(toFile: "\(folder.path)/p.tsv", atomically: true, encoding: .utf8)
    return (try SearchDocument.read("\(folder.path)/p.tsv"), SearchTerms(tokenizer: try Tokenizer()))
  }

  @Test func wordsTellWhatASeldomTakenProductSuits() throws {
    let all = twoTastes(customers: 300)
    var data = Interactions()
    // The last ten products have been taken once each, by somebody of no taste, so that behaviour says nothing of them.
    for (customer, history) in zip(all.customers, all.histories) {
      data.add(customer, history.map { all.items[Int($0.item)] }.filter { (Int($0.dropFirst()) ?? 0) < 50 }.map { ($0, 1) })
    }
    for item in 50..<60 { data.add("odd\(item)", [("p\(item)", 1)]) }
    let choices = all.customers.prefix(200).enumerated().map { place, customer in
      // One of the customer's own taste among four of the other's.
      RecommendationMetrics.Choice(
        customer: customer, next: "p\(50 + 2 * (place / 2 % 5) + place % 2)",
        others: (0..<4).map { "p\(50 + (2 * $0 + 1 + place % 2) % 10)" })
    }
    func rate(_ recommender: LearntRecommender) -> Double {
      let ranked = choices.map { RecommendationMetrics.rank($0, recommender) }
      return Double(ranked.count { $0.rank == 1 }) / Double(ranked.count)
    }
    let informed = LearntRecommender(training: data, catalogue: try catalogue(), seed: 1, threads: 2, progress: quiet)
    #expect(rate(informed) > 0.9, "\(rate(informed))")
    #expect(rate(LearntRecommender(training: data, seed: 1, threads: 2, progress: quiet)) < 0.6)
    let folder = try TemporaryFolder()
    try Safetensors.encode(informed.filePart.tensors, metadata: [:]).write(to: URL(filePath: "\(folder.path)/m"))
    let read = try #require(LearntRecommender(try Safetensors(path: "\(folder.path)/m")))
    #expect(rate(read) > 0.9)
  }

  @Test func hostilePartsAreRefused() throws {
    let recommender = LearntRecommender(
      training: twoTastes(customers: 60), catalogue: try catalogue(), seed: 1, threads: 2, progress: quiet)
    let part = try recommender.filePart
    let folder = try TemporaryFolder()
    func read(_ changes: [String: Safetensors.Tensor]) throws -> LearntRecommender? {
      let tensors = part.tensors.map { (name: $0.name, tensor: changes[$0.name] ?? $0.tensor) }
      try Safetensors.encode(tensors, metadata: [:]).write(to: URL(filePath: "\(folder.path)/m"))
      return LearntRecommender(try Safetensors(path: "\(folder.path)/m"))
    }
    #expect(try read([:]) != nil)
    for vocabulary in [-1, Int32.max] as [Int32] {
      // No product has a word, so that no column contradicts the size.
      let categories = [vocabulary] + [Int32](repeating: 0, count: 60)
      let bytes = categories.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
      #expect(
        try read([
          "recommender.categories": .bytes(bytes), "recommender.words": .bytes([UInt8](repeating: 0, count: 4 * 60)),
          "recommender.word_values": .floats(Matrix(zeros: 1, 0)),
        ]) == nil)
    }
    for (name, tensor) in part.tensors where ["recommender.blend", "recommender.forward_values"].contains(name) {
      guard case .floats(var matrix) = tensor else { continue }
      matrix[0, 0] = .nan
      #expect(try read([name: .floats(matrix)]) == nil)
    }
  }

  @Test func theCatalogueAloneRecommends() throws {
    let index = try SearchIndex(try catalogue().documents, tokenizer: try Tokenizer())
    let recommenders: [any Recommender] = [
      CatalogueRecommender(index), LearntRecommender(training: twoTastes(), seed: 1, threads: 2, progress: quiet),
    ]
    for recommender in recommenders {
      #expect(try recommender.recommend(for: "a stranger", count: 3).count == 3)
      let even = try recommender.recommend(after: ["p10", "p12"], count: 4) { $0 != "p14" }
      #expect(even.allSatisfy { (Int($0.product.dropFirst()) ?? 1) % 2 == 0 && !["p10", "p12", "p14"].contains($0.product) })
      #expect(even.count == 4)
      #expect(try recommender.similar(to: "p11", count: 3).allSatisfy { $0.reason == .similar("p11") && $0.product != "p11" })
      #expect(try recommender.similar(to: "unheard of", count: 3).isEmpty)
      #expect(try recommender.alsoBought(with: "unheard of", count: 3).isEmpty)
      #expect(recommender.knows(product: "p11") && !recommender.knows(product: "unheard of"))
    }
  }

  @Test func doesNotDependOnTheNumberOfThreads() {
    let data = twoTastes(customers: 120)
    let products = (0..<40).map { "p\($0)" }
    let scores = [1, 3].map { threads in
      LearntRecommender(training: data, seed: 5, threads: threads, progress: quiet).scores(for: "c7", products)
    }
    #expect(scores[0] == scores[1])
  }

  @Test func isTheSameAfterAFile() throws {
    let folder = try TemporaryFolder()
    let recommender = LearntRecommender(training: twoTastes(customers: 150), seed: 2, threads: 2, progress: quiet)
    let part = try recommender.filePart
    try Safetensors.encode(part.tensors, metadata: [:]).write(to: URL(filePath: "\(folder.path)/m"))
    let read = try #require(LearntRecommender(try Safetensors(path: "\(folder.path)/m")))
    let products = (0..<60).map { "p\($0)" }
    // The vectors are kept in eight bits.
    for (a, b) in zip(recommender.scores(for: "c3", products), read.scores(for: "c3", products)) { #expect(abs(a - b) < 0.1) }
    #expect(read.history(of: "c3") == recommender.history(of: "c3"))
    let less = part.tensors.filter { !$0.name.hasSuffix("blend") }
    try Safetensors.encode(less, metadata: [:]).write(to: URL(filePath: "\(folder.path)/n"))
    #expect(LearntRecommender(try Safetensors(path: "\(folder.path)/n")) == nil)
  }

  @Test func badDataIsNoTrouble() throws {
    var data = twoTastes(customers: 60)
    data.add("much", (0..<10_000).map { ("p\($0 % 50)", 1.0) })
    data.add("nothing", [])
    data.add("sent back", [("p1", 5), ("p1", 0)])
    data.add("again", [("p1", 1), ("p2", 1), ("p1", 1)])
    _ = data.item("never taken")
    #expect(data.histories[60].count <= Interactions.greatestHistory)
    #expect(data.histories[62].isEmpty)
    #expect(data.histories[63].map { data.items[Int($0.item)] } == ["p2", "p1"])
    let recommender = LearntRecommender(training: data, seed: 1, threads: 2, progress: quiet)
    for customer in ["much", "nothing", "sent back", "a stranger"] {
      #expect(try !recommender.recommend(for: customer, count: 3).isEmpty, "\(customer)")
    }
    let scores = recommender.scores(for: "c1", ["p1", "never taken", "unheard of"])
    #expect(scores.filter { !$0.isFinite }.isEmpty)
    #expect(scores[2] < scores[0])
    #expect(try recommender.similar(to: "unheard of", count: 3).isEmpty)
    #expect(try recommender.alsoBought(with: "unheard of", count: 3).isEmpty)
    #expect(recommender.recommend(for: "much", count: 5) { $0 == "p55" }.allSatisfy { $0.product == "p55" })
    // Next to nothing to learn from.
    for few in [[], [("a", ["x"])], [("a", ["x", "y"]), ("b", ["x"])]] as [[(String, [String])]] {
      var data = Interactions()
      for (customer, items) in few { data.add(customer, items.map { ($0, 1) }) }
      let recommender = LearntRecommender(training: data, seed: 1, threads: 1, progress: quiet)
      #expect(try recommender.recommend(for: "a", count: 3).count <= 2)
    }
  }

  @Test func readsTheThreeFormsAndNamesABadLine() throws {
    let folder = try TemporaryFolder()
    func file(_ text: String) throws -> String {
      try text.write(toFile: "\(folder.path)/i.tsv", atomically: true, encoding: .utf8)
      return "\(folder.path)/i.tsv"
    }
    let events = try Interactions(
      path: file("甲\tb\tview\t1\t2026-01-02T00:00:00Z\n甲\ta\tbuy\t5\t2026-01-01T00:00:00Z\n"))
    #expect(events.histories[0].map { events.items[Int($0.item)] } == ["a", "b"])
    let sequences = try Interactions(path: file("1\ta,b,c\n2\t\n"))
    #expect(sequences.count == 3)
    let baskets = try Interactions(path: file("milk|bread\nmilk\n"))
    #expect(baskets.histories.map(\.count) == [2, 1])
    for (bad, line) in [("a\tb\tc", 1), ("1\ta\n1\tb\tview\tmuch\tnow", 2), ("\ta,b", 1)] {
      #expect { try Interactions(path: file(bad)) } throws: { "\($0)".contains("i.tsv:\(line): ") }
    }
  }

  @Test func gradientOfTheSequenceModel() {
    var generator = SplitMix64(seed: 3)
    let model = SequenceModel(table: Matrix(uniform: 12, SequenceModel.width, limit: 0.5, using: &generator), seed: 3)
    let steps: [SequenceModel.Step] = [
      .init(before: [1, 2, 3], next: 4), .init(before: [5], next: 6), .init(before: [3, 7, 2, 1], next: 8),
    ]
    let frequency = [Float](repeating: -2, count: 12)
    let gradient = model.lossAndGradient(steps, logFrequency: frequency).gradient
    let errors = gradientErrors(of: model, gradient.layers) { $0.lossAndGradient(steps, logFrequency: frequency).loss }
    #expect(errors.isEmpty, "\(errors)")
    // The table's gradient, at rows that are read and that are answers.
    for (place, row) in gradient.table.rows.enumerated() {
      for column in [0, 17] {
        func loss(_ change: Float) -> Double {
          var other = model
          other.table.table[Int(row), column] += change
          return other.lossAndGradient(steps, logFrequency: frequency).loss
        }
        let numeric = (loss(1e-2) - loss(-1e-2)) / 2e-2
        let own = gradient.table.withValues(place) { Double($0[column]) }
        #expect(abs(numeric - own) < 2e-2 * max(1, abs(own)), "row \(row), column \(column): \(own), \(numeric)")
      }
    }
  }

  @Test func theLinearModelIsRidgeRegressionOfEachProductOnTheOthers() throws {
    let data = twoTastes(customers: 80, products: 20)
    let model = try #require(LinearItemModel(data, Popularity(data)))
    // EASE minimises |X − XB|² + λ|B|² with a zero diagonal: the gradient off the diagonal is zero.
    let n = data.items.count
    var x = Matrix(zeros: data.histories.count, n)
    for (row, history) in data.histories.enumerated() { for event in history { x[row, Int(event.item)] = 1 } }
    let b = model.weights.matrix
    var residual = Matrix.product(x, b)
    residual.withMutableFloats { r in x.withFloats { x in for i in r.indices { r[i] = x[i] - r[i] } } }
    let slope = Matrix.product(x.transposed, residual)
    for i in 0..<n { for j in 0..<n where i != j { #expect(abs(slope[i, j] - 100 * b[i, j]) < 0.5) } }
    for i in 0..<n { #expect(b[i, i] == 0) }
  }
}

@Suite struct AssociationTests {
  @Test func oneSidedFisherAgreesWithKnownValues() {
    // scipy.stats.fisher_exact([[8, 2], [1, 5]], alternative="greater") and scipy.stats.hypergeom.sf(2, 1000, 20, 30), SciPy 1.17.1.
    #expect(abs(AssociationRules.chance(atLeast: 8, of: 10, 9, 16) - 0.02447552447552447) < 1e-12)
    #expect(abs(AssociationRules.chance(atLeast: 3, of: 20, 30, 1000) - 0.019686487460257678) < 1e-12)
    #expect(AssociationRules.chance(atLeast: 0, of: 5, 5, 100) > 0.999999)
  }

  @Test func keepsPairsAndDropsChance() {
    var data = Interactions()
    var generator = SplitMix64(seed: 4)
    for basket in 0..<400 {
      var items = basket % 4 == 0 ? ["bread", "butter"] : ["bread"]
      if basket % 3 == 0 { items = ["tea"] }
      items.append("noise\(Int.random(in: 0..<5, using: &generator))")
      data.add("\(basket)", items.map { ($0, 1) })
    }
    let rules = AssociationRules(data).rules(from: "butter")
    #expect(rules.map(\.product) == ["bread"])
    #expect(rules.first.map { $0.confidence == 1 } ?? false)
    #expect(AssociationRules(data).rules(from: "tea").isEmpty)
  }

  static let groceries = DemoShop.root.appending(path: "../shared/data/recsys/groceries/baskets.tsv").standardizedFileURL.path

  @Test(.enabled(if: FileManager.default.fileExists(atPath: groceries))) func agreesWithACountByHand() throws {
    let data = try Interactions(path: Self.groceries)
    let baskets = try String(contentsOfFile: Self.groceries, encoding: .utf8).split(separator: "\n")
      .map { Set($0.split(separator: "|").map(String.init)) }
    for product in ["whole milk", "yogurt", "red/blush wine"] {
      let rules = AssociationRules(data).rules(from: product)
      let own = baskets.filter { $0.contains(product) }
      for rule in rules {
        let both = own.count { $0.contains(rule.product) }
        let other = baskets.count { $0.contains(rule.product) }
        #expect(rule.together == both)
        #expect(abs(rule.confidence - Double(both) / Double(own.count)) < 1e-12)
        #expect(abs(rule.lift - Double(both * baskets.count) / Double(own.count * other)) < 1e-9)
      }
      // What is left out is chance, rare, or no more than chance has it.
      let kept = Set(rules.map(\.product))
      let others = Set(baskets.flatMap(\.self)).subtracting([product])
      let compared = others.count { other in own.count { $0.contains(other) } >= 2 }
      for other in others where !kept.contains(other) {
        let both = own.count { $0.contains(other) }
        let all = baskets.count { $0.contains(other) }
        let chance = AssociationRules.chance(atLeast: both, of: own.count, all, baskets.count)
        #expect(both < 2 || both * baskets.count <= own.count * all || chance > 0.001 / Double(compared), "\(product) \(other)")
      }
    }
  }
}

@Suite struct RatingTests {
  @Test func foretellsFromLikeProducts() {
    // Two tastes, and customers who rate high or low: the baseline knows the second, only neighbours the first.
    var generator = SplitMix64(seed: 9)
    var ratings: [Rating] = []
    for customer in 0..<200 {
      let bias = Float(customer % 3) - 1
      for item in 0..<60 where Int.random(in: 0..<3, using: &generator) == 0 {
        let taste: Float = customer % 2 == item % 2 ? 1 : -1
        let noise = generator.uniform() - 0.5
        ratings.append(Rating(customer: "c\(customer)", item: "i\(item)", value: 3 + bias / 2 + taste + noise))
      }
    }
    let metrics = RatingMetrics(ratings, folds: 5, seed: 1, threads: 2) { _ in }
    #expect(metrics.n == ratings.count)
    // The tastes have a deviation of 1, the noise of 0.29.
    #expect(metrics.rmse < 0.6, "\(metrics.rmse)")
    #expect(metrics.mae <= metrics.rmse)
    let again = RatingMetrics(ratings, folds: 5, seed: 1, threads: 1) { _ in }
    #expect(again.rmse == metrics.rmse)
  }

  @Test func strangersGetTheMean() {
    let predictor = RatingPredictor(
      [Rating(customer: "a", item: "x", value: 2), Rating(customer: "b", item: "x", value: 4)], threads: 1)
    #expect(predictor.rating("nobody", "nothing") == 3)
    #expect(RatingPredictor([], threads: 1).rating("a", "x") == 0)
  }
}
