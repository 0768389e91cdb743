import Conversation
import Synchronization
import Text

/// Answers from the catalogue: search, recommendation, and what it says of a product. What a customer bought is used only for
/// themselves, after they have identified themselves.
package struct CatalogueDesk: Sendable {
  /// The products as they are searched and recommended by what is written of them.
  private struct Catalogue: Sendable {
    let index: SearchIndex
    let recommender: CatalogueRecommender
  }

  /// Something made when it is first needed: most conversations are about orders.
  private final class Lazy<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    func get(_ make: () throws -> Value) throws -> Value {
      try made.withLock { made in
        if let made { return made }
        let value = try make()
        made = value
        return value
      }
    }
  }

  private var store: any Store
  private let tokenizer: Tokenizer
  private let synonyms: Synonyms
  private let ranking: SearchRanking?
  private let recommender: @Sendable () -> LearntRecommender?
  private let lazyCatalogue = Lazy<Catalogue>()
  private let lazyLearnt = Lazy<LearntRecommender?>()

  private static let shown = 5
  private static let paired = 2
  private static let neighbours = 30
  private static let searched = 500
  /// A product shares at least so much with the best one found, of what the words weigh, and the best itself has so much.
  private static let leastOfBest = 0.7
  private static let leastCoverage = 0.3
  private static let sureOfProduct = 0.5

  /// - Parameter recommender: reads what was learnt from customers, where something was.
  package init(
    store: any Store, tokenizer: Tokenizer, synonyms: Synonyms = Synonyms(), ranking: SearchRanking? = nil,
    recommender: @escaping @Sendable () -> LearntRecommender? = { nil }
  ) {
    self.store = store
    self.tokenizer = tokenizer
    self.synonyms = synonyms
    self.ranking = ranking
    self.recommender = recommender
  }

  private var currency: String { store.settings.currencyCode }

  private func catalogue() throws -> Catalogue {
    try lazyCatalogue.get {
      let index = try SearchIndex(
        try store.products().map(SearchDocument.init), tokenizer: tokenizer, synonyms: synonyms, ranking: ranking)
      return Catalogue(index: index, recommender: CatalogueRecommender(index))
    }
  }

  /// Who recommends where nothing was learnt.
  package func fallback() throws -> any Recommender { try catalogue().recommender }

  private func learnt() throws -> LearntRecommender? { try lazyLearnt.get(recommender) }

  private func searchIndex() throws -> SearchIndex { try catalogue().index }

  /// Who can recommend for a product: what was learnt, of those that customers took; the catalogue for the others.
  package func recommender(knowing product: String) throws -> any Recommender {
    if let learnt = try learnt(), learnt.knows(product: product) { return learnt }
    return try catalogue().recommender
  }

  /// The same catalogue before a store with the same products, such as a scratch copy.
  func serving(_ store: any Store) -> CatalogueDesk {
    var copy = self
    copy.store = store
    return copy
  }

  /// - Parameter customer: who has identified themselves.
  func perform(_ action: Action, customer: String?) throws -> ProductOffers {
    switch action {
    case .searchProducts(let query): try search(query)
    case .describeProducts(let references): try describe(references)
    case .recommendProducts(let request): try recommend(request, customer: customer)
    default: throw ActionFailure.invalidArgument
    }
  }

  // MARK: search

  /// What a query finds, as it is.
  package func find(_ query: ProductQuery, limit: Int) throws -> SearchIndex.Results {
    try searchIndex().search(query, limit: limit)
  }

  func search(_ query: ProductQuery) throws -> ProductOffers {
    let index = try searchIndex()
    let best = try bestCoverage(query.text)
    var results = try index.search(query, limit: Self.neighbours)
    var hits = fitting(results, best)
    var isRelaxed = false
    for relaxed in query.relaxations where hits.isEmpty {
      results = try index.search(relaxed, limit: Self.neighbours)
      hits = fitting(results, best)
      isRelaxed = !hits.isEmpty
    }
    return ProductOffers(
      offers: try offers(hits.prefix(Self.shown).map { ($0.document.id, $0.itemID, $0.price, .found) }), total: hits.count,
      repaired: results.repaired.map { .init(written: $0.written, read: $0.read) }, isRelaxed: isRelaxed, currency: currency)
  }

  /// How much of some words the product has that has most of them, whatever else must hold.
  private func bestCoverage(_ text: String) throws -> Double {
    try searchIndex().search(ProductQuery(text: text), limit: Self.neighbours).hits.map(\.knownCoverage).max() ?? 0
  }

  /// What was found less what shares too little with the words to be meant.
  private func fitting(_ results: SearchIndex.Results, _ best: Double) -> [SearchIndex.Hit] {
    guard best >= Self.leastCoverage else { return [] }
    return results.hits.filter { $0.knownCoverage >= best * Self.leastOfBest }
  }

  private func offers(_ found: [(product: String, itemID: String, price: Int, reason: ProductOffer.Reason)]) throws
    -> [ProductOffer]
  {
    try found.compactMap { entry in
      try store.product(id: entry.product).map {
        ProductOffer(product: $0, itemID: entry.itemID, price: entry.price, reason: entry.reason)
      }
    }
  }

  // MARK: products spoken of

  func describe(_ references: [ProductReference]) throws -> ProductOffers {
    let products = try references.compactMap(product)
    var goesWith: [Product] = []
    if products.count == 1, let learnt = try learnt() {
      goesWith = try learnt.alsoBought(with: products[0].id, count: Self.paired)
        .compactMap { try store.product(id: $0.product) }
    }
    return ProductOffers(
      offers: products.compactMap { offer($0, .found) }, total: products.count, goesWith: goesWith, currency: currency)
  }

  private func product(_ reference: ProductReference) throws -> Product? {
    switch reference {
    case .id(let id): return try store.product(id: id)
    case .words(let words):
      let hits = try searchIndex().search(ProductQuery(text: words), limit: 1).hits
      guard let best = hits.first, best.coverage >= Self.sureOfProduct else { return nil }
      return try store.product(id: best.document.id)
    }
  }

  private func offer(_ product: Product, _ reason: ProductOffer.Reason, _ query: ProductQuery = ProductQuery()) -> ProductOffer?
  {
    query.offer(of: SearchDocument(product)).map {
      ProductOffer(product: product, itemID: $0.itemID, price: $0.price, reason: reason)
    }
  }

  // MARK: recommendations

  /// - Parameter customer: who has identified themselves.
  func recommend(_ request: RecommendationRequest, customer: String?) throws -> ProductOffers {
    let interests = try customer.map { try store.interests(of: $0) }
    var query = request.query
    query.onlyAvailable = true
    query.excludedProducts.formUnion(interests?.declined ?? [])
    let candidates: [(String, ProductOffer.Reason)]
    var isPersonal = interests.map { !$0.history.isEmpty } ?? false
    switch request.anchor {
    case .customer:
      query.excludedProducts.formUnion(interests?.owned ?? [])
      candidates = try suited(interests?.history ?? [])
    case .like(let reference):
      guard let product = try product(reference) else { return try nothing() }
      candidates = try alike(product)
      query.excludedProducts.insert(product.id)
    case .likeLastPurchase:
      guard let last = interests?.lastPurchase, let product = try store.product(id: last.product) else {
        isPersonal = false
        candidates = try suited([])
        break
      }
      candidates = try alike(product)
      query.excludedProducts.insert(product.id)
      if request.isCheaper { query.greatestPrice = last.price - 1 }
    case .goesWith(let reference):
      guard let product = try product(reference) else { return try nothing() }
      candidates = try bought(with: product)
      query.excludedProducts.insert(product.id)
    }
    var found = try offers(candidates, query)
    var isRelaxed = false
    for var relaxed in query.relaxations where found.isEmpty {
      relaxed.onlyAvailable = true
      found = try offers(candidates, relaxed)
      isRelaxed = !found.isEmpty
    }
    return ProductOffers(
      offers: Array(found.prefix(Self.shown)), total: found.count, isRelaxed: isRelaxed, isPersonal: isPersonal,
      currency: currency)
  }

  private func nothing() throws -> ProductOffers { ProductOffers(offers: [], total: 0, currency: currency) }

  /// Candidates that fit a query: those among what its words find, in the candidates' order; all where it has none.
  private func offers(_ candidates: [(String, ProductOffer.Reason)], _ query: ProductQuery) throws -> [ProductOffer] {
    var found: [String] = []
    if !query.text.isEmpty {
      found = fitting(try searchIndex().search(query, limit: Self.searched), try bestCoverage(query.text)).map(\.document.id)
    }
    let allowed = query.text.isEmpty ? nil : Set(found)
    var offers: [ProductOffer] = []
    for (id, reason) in candidates where allowed?.contains(id) ?? true {
      guard offers.count < Self.neighbours, let product = try store.product(id: id), let offer = offer(product, reason, query)
      else { continue }
      offers.append(offer)
    }
    // What no candidate is, the words may still find.
    if allowed != nil, offers.count < Self.shown {
      let known = Set(offers.map(\.product.id))
      for id in found where !known.contains(id) && offers.count < Self.shown {
        if let product = try store.product(id: id), let offer = offer(product, .found, query) { offers.append(offer) }
      }
    }
    if query.order == .bestFirst {
      offers.sort { ($1.product.rating ?? 0, $0.product.id) < ($0.product.rating ?? 0, $1.product.id) }
    }
    if query.order == .cheapestFirst { offers.sort { ($0.price, $0.product.id) < ($1.price, $1.product.id) } }
    return offers
  }

  private func suited(_ history: [String]) throws -> [(String, ProductOffer.Reason)] {
    let catalogue = try catalogue().recommender
    guard let learnt = try learnt() else { return try catalogue.recommend(after: history, count: .max).map(reasoned()) }
    // What nobody has taken yet cannot have been learnt: the one that is most like what was of interest goes first.
    let new = try catalogue.recommend(after: history, count: Self.neighbours).first {
      if case .similar = $0.reason { !learnt.knows(product: $0.product) } else { false }
    }
    return try ((new.map { [$0] } ?? []) + learnt.recommend(after: history, count: .max)).map(reasoned())
  }

  private func alike(_ product: Product) throws -> [(String, ProductOffer.Reason)] {
    // By place in both lists: what is alike in words and in customers' eyes comes first (reciprocal rank fusion, Cormack et al., 2009).
    var scores: [String: Double] = [:]
    let recommenders: [((any Recommender)?, weight: Double)] = [(try catalogue().recommender, 2), (try learnt(), 1)]
    for (recommender, weight) in recommenders {
      for (rank, found) in (try recommender?.similar(to: product.id, count: Self.neighbours) ?? []).enumerated() {
        scores[found.product, default: 0] += weight / (60 + Double(rank))
      }
    }
    return scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, .similar(product)) }
  }

  private func bought(with product: Product) throws -> [(String, ProductOffer.Reason)] {
    guard let learnt = try learnt() else { return [] }
    let often = try learnt.alsoBought(with: product.id, count: Self.neighbours).map {
      ($0.product, ProductOffer.Reason.boughtWith(product))
    }
    let known = Set(often.map(\.0))
    // Only what goes with this very product; what is merely liked is no answer.
    let suited = try learnt.recommend(after: [product.id], count: Self.neighbours).filter {
      $0.reason == .because(product.id) && !known.contains($0.product)
    }
    return often + suited.map { ($0.product, .because(product)) }
  }

  /// Puts products in place of the ids that reasons name: a few, of many recommendations, each read once.
  private func reasoned() -> (Recommendation) throws -> (String, ProductOffer.Reason) {
    var read: [String: Product?] = [:]
    func product(_ id: String) throws -> Product? {
      if let known = read[id] { return known }
      let product = try store.product(id: id)
      read[id] = .some(product)
      return product
    }
    return { recommendation in
      let reason: ProductOffer.Reason =
        switch recommendation.reason {
        case .because(let id): try product(id).map(ProductOffer.Reason.because) ?? .found
        case .similar(let id): try product(id).map(ProductOffer.Reason.similar) ?? .found
        case .popular: .popular
        case .suits: .suits
        }
      return (recommendation.product, reason)
    }
  }
}
