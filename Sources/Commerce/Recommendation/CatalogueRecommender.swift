import Conversation

/// Recommends by what the catalogue says: products like those of interest in words, the best rated of their categories, and the best
/// rated of all. For a shop that has trained nothing, and for products nobody has taken yet.
package struct CatalogueRecommender: Recommender {
  private let index: SearchIndex
  /// Best rated first.
  private let byRating: [SearchDocument]
  private let documents: [String: SearchDocument]

  /// Of a history so many of the latest are looked at.
  private static let recent = 3
  private static let pool = 50

  package init(_ index: SearchIndex) {
    self.index = index
    byRating = index.documents.sorted { ($1.rating ?? 0, $0.id) < ($0.rating ?? 0, $1.id) }
    documents = Dictionary(index.documents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func knows(product: String) -> Bool { documents[product] != nil }
  package func knows(customer: String) -> Bool { false }

  package func recommend(for customer: String, count: Int, accepts: (String) -> Bool) throws -> [Recommendation] {
    try recommend(after: [], count: count, accepts: accepts)
  }

  package func recommend(after products: [String], count: Int, accepts: (String) -> Bool) throws -> [Recommendation] {
    let latest = products.suffix(Self.recent).reversed()
    let alike = try latest.map { try similar(to: $0, count: Self.pool, accepts: { !products.contains($0) }) }
    var seen = Set(products)
    func isNew(_ product: String) -> Bool { seen.insert(product).inserted && accepts(product) }
    var found = Self.interleaved(alike).first(count) { isNew($0.product) }
    // The whole catalogue is gone through only as far as it takes.
    let categories = Set(latest.compactMap { documents[$0]?.category })
    let ofCategory = byRating.lazy.filter { $0.category.map(categories.contains) ?? false }
    found += ofCategory.first(min(Self.pool, count - found.count)) { isNew($0.id) }.map(Self.rated)
    found += byRating.first(count - found.count) { isNew($0.id) }.map(Self.rated)
    return found
  }

  private static func rated(_ document: SearchDocument) -> Recommendation {
    Recommendation(product: document.id, score: Float(document.rating ?? 0), reason: .popular)
  }

  package func similar(to product: String, count: Int, accepts: (String) -> Bool) throws -> [Recommendation] {
    guard let document = documents[product] else { return [] }
    let words = ProductQuery(text: [document.kind, document.title].joined(separator: " "))
    let hits = try index.search(words, limit: min(count, documents.count) + Self.pool).hits
    return hits.first(count) { $0.document.id != product && accepts($0.document.id) }
      .map { Recommendation(product: $0.document.id, score: Float($0.score), reason: .similar(product)) }
  }

  /// The catalogue does not say what is bought.
  package func alsoBought(with product: String, count: Int, accepts: (String) -> Bool) -> [Association] { [] }

  /// The firsts of all lists, then the seconds.
  private static func interleaved(_ lists: [[Recommendation]]) -> [Recommendation] {
    (0..<(lists.map(\.count).max() ?? 0)).flatMap { place in lists.compactMap { place < $0.count ? $0[place] : nil } }
  }
}
