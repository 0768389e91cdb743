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
  /// A currency in which a price was named that nothing is known of; the price does not count then.
  package var unknownCurrency: String?
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

  /// The same with less and less that must hold, for when nothing does: the price, which is asked for most, is given up last.
  package var relaxations: [ProductQuery] {
    var steps: [ProductQuery] = []
    var query = self
    func add() { if query != steps.last ?? self { steps.append(query) } }
    query.onlyAvailable = false
    query.leastRating = nil
    add()
    query.options = [:]
    add()
    (query.leastPrice, query.greatestPrice) = (nil, nil)
    add()
    return steps
  }
}

extension ProductQuery {
  /// What is asked for, as logs show it.
  var arguments: [String: ActionArgument] {
    var arguments: [String: ActionArgument] = ["query": .text(text)]
    if let leastPrice { arguments["min_price"] = .text(String(leastPrice)) }
    if let greatestPrice { arguments["max_price"] = .text(String(greatestPrice)) }
    if let leastRating { arguments["min_rating"] = .text(String(leastRating)) }
    for (kind, value) in options { arguments[kind] = .text(value) }
    if !excludedWords.isEmpty { arguments["without"] = .texts(excludedWords) }
    if onlyAvailable { arguments["in_stock"] = .text("true") }
    if order != .relevance { arguments["order"] = .text(order.rawValue) }
    return arguments
  }
}

extension ProductReference {
  var text: String {
    switch self {
    case .id(let id): id
    case .words(let words): words
    }
  }
}

extension RecommendationRequest {
  var arguments: [String: ActionArgument] {
    var arguments = query.arguments
    switch anchor {
    case .customer: break
    case .like(let reference): arguments["like"] = .text(reference.text)
    case .likeLastPurchase: arguments["like"] = .text("last purchase")
    case .goesWith(let reference): arguments["goes_with"] = .text(reference.text)
    }
    return arguments
  }
}
