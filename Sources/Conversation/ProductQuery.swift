/// What somebody looks for in the catalogue: words, and what must hold of a product whatever its words.
package struct ProductQuery: Hashable, Sendable {
  /// The words that describe it, as written.
  package var text = ""
  /// In minor units of the shop's currency; nil is open.
  package var leastPrice: Int?
  package var greatestPrice: Int?
  /// Stars, 0 to 5.
  package var leastRating: Double?
  /// Values a variant must have, by kind (`color`, `size`).
  package var options: [String: String] = [:]
  /// Words no result may have in its name, brand or options.
  package var excludedWords: [String] = []
  /// Products not wanted.
  package var excludedProducts: Set<String> = []
  /// Whether only what can be ordered now counts.
  package var onlyAvailable = false
  package var order = Order.relevance

  package enum Order: String, Hashable, Sendable {
    case relevance
    case cheapestFirst = "cheapest"
    case bestFirst = "best"
  }

  package init(text: String = "") {
    self.text = text
  }

  package var hasFilters: Bool {
    leastPrice != nil || greatestPrice != nil || leastRating != nil || !options.isEmpty || !excludedWords.isEmpty
      || !excludedProducts.isEmpty || onlyAvailable
  }

  /// The same without what must hold, for when nothing does.
  package var relaxed: ProductQuery {
    var query = ProductQuery(text: text)
    query.excludedProducts = excludedProducts
    query.excludedWords = excludedWords
    return query
  }
}
