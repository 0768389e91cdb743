import Conversation
import Foundation
import Neural
import TestSupport
import Testing
import Text

import Commerce

@Suite struct SearchTests {
  private let tokenizer: Tokenizer
  private let index: SearchIndex
  private let demo: DemoShop

  init() throws {
    tokenizer = try Tokenizer()
    demo = try DemoShop()
    let synonyms = try Synonyms(
      path: DemoShop.root.appending(path: "corpora/store/synonyms.txt").path, tokenizer: tokenizer)
    index = try SearchIndex(try demo.store.products().map(SearchDocument.init), tokenizer: tokenizer, synonyms: synonyms)
  }

  private func found(_ query: ProductQuery, limit: Int = 5) throws -> [String] {
    try index.search(query, limit: limit).hits.map(\.document.title)
  }

  @Test(arguments: [
    ("desk lamps", "Desk Lamp"), ("降噪耳机", "Noise-Cancelling"), ("earphones noise canceling", "Noise-Cancelling"),
    ("back pack", "Backpack"), ("煎锅", "Skillet"), ("frying pan", "Skillet"), ("wireles earbudds", "Earbuds"),
    ("狗绳", "Dog"),
  ]) func finds(_ query: String, _ title: String) throws {
    let titles = try found(ProductQuery(text: query))
    #expect(titles.prefix(3).contains { $0.contains(title) }, "\(titles)")
  }

  @Test func filtersHoldForOneAndTheSameVariant() throws {
    var query = ProductQuery(text: "")
    query.options = ["color": "white"]
    query.greatestPrice = 5000
    query.onlyAvailable = true
    for hit in try index.search(query, limit: 50).hits {
      let product = try #require(try demo.store.product(id: hit.document.id))
      let fits = product.variants.contains { $0.isAvailable && $0.price <= 5000 && $0.options["color"] == "white" }
      #expect(fits, "\(product.name)")
      #expect(hit.price <= 5000)
    }
    query = ProductQuery(text: "headphones")
    query.leastPrice = 10_000
    #expect(try index.search(query, limit: 9).hits.allSatisfy { $0.price >= 10_000 })
    query = ProductQuery(text: "chair")
    query.leastRating = 4
    #expect(try index.search(query, limit: 9).hits.allSatisfy { $0.document.rating ?? 0 >= 4 })
    query.order = .cheapestFirst
    let prices = try index.search(query, limit: 9).hits.map(\.price)
    #expect(prices == prices.sorted())
    query = ProductQuery(text: "sofa")
    query.excludedWords = ["Marrow"]
    let others = try found(query)
    #expect(!others.contains { $0.contains("Three-Seat") })
  }

  @Test func nothingIsFoundWithoutAWordOfTheCatalogue() throws {
    #expect(try found(ProductQuery(text: "qqqq zzzz")).isEmpty)
    for odd in ["\"", "a\" OR \"b", "NEAR(", "*", "title: x", "💡", String(repeating: "x", count: 5000), "\u{0}"] {
      _ = try index.search(ProductQuery(text: odd), limit: 3)
    }
  }

  @Test func saysWhatMatchedAndWhatWasRepaired() throws {
    let results = try index.search(ProductQuery(text: "wireles hedphones"), limit: 3)
    #expect(results.repaired.map(\.read) == ["wireless", "headphones"])
    #expect(results.hits.first?.matched.contains("headphones") ?? false)
    #expect(results.facets["brand"]?["Echofinch"] ?? 0 > 0)
  }

  @Test(arguments: [
    ("27 inch", "27inch"), ("27\"", "27inch"), ("27in", "27inch"), ("1 TB", "1tb"), ("1tb", "1tb"), ("500 毫升", "500ml"),
    ("batteries", "battery"),
    ("boxes", "box"), ("glass", "glass"), ("cables", "cable"), ("charging", "charg"), ("手机", "手机"),
  ]) func terms(_ text: String, _ stem: String) {
    #expect(SearchTerms(tokenizer: tokenizer).terms(text).map(\.stem) == [stem])
  }

  @Test func distanceCountsSwapsAsOne() {
    func distance(_ a: String, _ b: String, _ bound: Int = 3) -> Int? {
      SpellingRepair.distance(Array(a.utf8), Array(b.utf8), atMost: bound)
    }
    #expect(distance("camera", "camera") == 0)
    #expect(distance("caemra", "camera") == 1)
    #expect(distance("camra", "camera") == 1)
    #expect(distance("camerra", "camera") == 1)
    #expect(distance("comera", "camera") == 1)
    #expect(distance("kitten", "sitting") == 3)
    #expect(distance("kitten", "sitting", 2) == nil)
    #expect(distance("", "ab") == 2)
  }

  @Test func metricsAgreeWithACountByHand() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/j.tsv"
    try "a\tx\t3\na\ty\t1\na\tz\t0\nb\tx\t0\nc\tq\t2\n".write(toFile: path, atomically: true, encoding: .utf8)
    let judgments = try SearchMetrics.Judgments(path: path)
    let metrics = SearchMetrics(judgments, [["y", "u", "x"], ["x"], []])
    // a: (1 + 7/2) / (7 + 1/log2 3); c: nothing found; b has no relevant product and is left out.
    let expected = (1 + 7 / 2.0) / (7 + 1 / 1.584962500721156) / 2
    #expect(metrics.n == 2)
    #expect(abs(metrics.ndcg10 - expected) < 1e-12)
    #expect(metrics.precision10 == 0.05)
    #expect(metrics.mrr == 0.5)
    for bad in ["a\tb", "a\tb\t4", "a\tb\tx", "\tb\t1"] {
      try bad.write(toFile: path, atomically: true, encoding: .utf8)
      #expect { try SearchMetrics.Judgments(path: path) } throws: { "\($0)".contains("j.tsv:1: ") }
    }
  }

  @Test func aRankingLearnsWhatIsClicked() throws {
    // Good products have their words in the kind, which the first ranking does not know.
    func product(_ score: Double, _ inKind: Double, _ grade: Double) -> (features: [Double], grade: Double) {
      var features = [Double](repeating: 0, count: SearchRanking.names.count)
      (features[0], features[3]) = (score, inKind)
      return (features, grade)
    }
    let queries: [SearchRanking.Query] = (0..<30).map { i in
      let shift = Double(i % 7) / 10
      return [product(2 + shift, 0, 0), product(1.9, 0, 0), product(1.8 - shift, 1, 3), product(1.5, 1, 2)]
    }
    let ranking = try #require(SearchRanking(queries))
    let scores = ranking.scores(queries[0].map(\.features))
    #expect(scores[2] > scores[0])
    let folder = try TemporaryFolder()
    let part = ranking.filePart
    try Safetensors.encode(part.tensors, metadata: [:]).write(to: URL(filePath: "\(folder.path)/m"))
    let read = try #require(SearchRanking(try Safetensors(path: "\(folder.path)/m")))
    for (a, b) in zip(read.scores(queries[3].map(\.features)), ranking.scores(queries[3].map(\.features))) {
      #expect(abs(a - b) < 1e-4)
    }
    #expect(SearchRanking([]) == nil)
    #expect(SearchRanking([[product(1, 0, 2)]]) == nil)
  }

  static let chorus = DemoShop.root.appending(path: "../shared/data/search/chorus").standardizedFileURL.path

  @Test(.enabled(if: FileManager.default.fileExists(atPath: chorus))) func standsBesideTheFieldsTools() throws {
    let index = try SearchIndex(try SearchDocument.read("\(Self.chorus)/products.tsv.gz"), tokenizer: tokenizer)
    let judgments = try SearchMetrics.Judgments(path: "\(Self.chorus)/judgments_dev.tsv")
    let metrics = SearchMetrics(
      judgments, try judgments.queries.map { try index.search(ProductQuery(text: $0.text), limit: 10).hits.map(\.document.id) })
    #expect(metrics.ndcg10 >= 0.78, "\(metrics.ndcg10)")
  }
}

@Suite struct InterestTests {
  private let customer = "clementine_royce_1585"

  @Test(arguments: StoreKind.allCases) func areSeenForgottenAndKeptFromOthers(_ kind: StoreKind) throws {
    let demo = try DemoShop()
    let store = kind.make(demo)
    let service = ShopService(store: store)
    #expect(try service.interests(Authorization()) == nil)
    let authorization = try #require(service.authorization(forSignedIn: customer))
    let before = try #require(try service.interests(authorization))
    #expect(!before.history.isEmpty && !before.categories.isEmpty && before.prices != nil)
    try service.decline(before.history[0], authorization, now: DemoShop.now)
    let declined = try #require(try service.interests(authorization))
    #expect(declined.declined.contains(before.history[0]) && !declined.history.contains(before.history[0]))
    try service.forgetInterests(authorization, now: DemoShop.now)
    let after = try #require(try service.interests(authorization))
    #expect(after.history.isEmpty && after.categories.isEmpty && after.declined.isEmpty)
    // What was bought is still not recommended.
    #expect(after.owned == before.owned)
    try service.forgetInterests(Authorization(), now: DemoShop.now)
  }

  @Test func recommendationsKeepToTheRules() throws {
    let demo = try DemoShop()
    let desk = CatalogueDesk(store: demo.store, tokenizer: try Tokenizer())
    let service = ShopService(store: demo.store, catalogue: desk)
    var stranger = Authorization()
    var request = RecommendationRequest(query: ProductQuery(), anchor: .likeLastPurchase)
    guard case .offers(let unknown) = service.perform(.recommendProducts(request), &stranger, now: DemoShop.now) else {
      Issue.record("no offers")
      return
    }
    #expect(!unknown.isPersonal && !unknown.offers.isEmpty)
    var known = try #require(service.authorization(forSignedIn: customer))
    let interests = try #require(try service.interests(known))
    request.anchor = .customer
    request.query.greatestPrice = 10_000
    guard case .offers(let personal) = service.perform(.recommendProducts(request), &known, now: DemoShop.now) else {
      Issue.record("no offers")
      return
    }
    #expect(personal.isPersonal)
    for offer in personal.offers {
      #expect(offer.price <= 10_000 && !interests.owned.contains(offer.product.id))
      #expect(offer.product.variant(offer.itemID)?.isAvailable ?? false)
    }
  }
}
