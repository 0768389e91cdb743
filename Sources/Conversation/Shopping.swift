/// A product shown to a customer: the way to order it that fits, and why it is shown.
package struct ProductOffer: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// It fits what was looked for.
    case found
    /// It goes with a product the customer has, or looked at.
    case because(Product)
    /// It is often bought with this one.
    case boughtWith(Product)
    /// It is like this one.
    case similar(Product)
    /// Many take it.
    case popular
    /// It suits what the customer bought and looked at as a whole.
    case suits
  }

  package let product: Product
  package let itemID: String
  /// In minor units.
  package let price: Int
  package let reason: Reason

  package init(product: Product, itemID: String, price: Int, reason: Reason) {
    self.product = product
    self.itemID = itemID
    self.price = price
    self.reason = reason
  }
}

/// What a search, a recommendation or a look at some products came to.
package struct ProductOffers: Hashable, Sendable {
  package let offers: [ProductOffer]
  /// How many products fit in all.
  package let total: Int
  /// Words that were read as others.
  package let repaired: [Repair]
  /// Whether nothing fitted exactly, and these come nearest.
  package let isRelaxed: Bool
  /// Whether a recommendation knew what the customer bought before.
  package let isPersonal: Bool
  /// What is often bought with the only product.
  package let goesWith: [Product]
  package let currency: String

  package struct Repair: Hashable, Sendable {
    package let written: String
    package let read: String

    package init(written: String, read: String) {
      self.written = written
      self.read = read
    }
  }

  package init(
    offers: [ProductOffer], total: Int, repaired: [Repair] = [], isRelaxed: Bool = false, isPersonal: Bool = false,
    goesWith: [Product] = [], currency: String
  ) {
    self.offers = offers
    self.total = total
    self.repaired = repaired
    self.isRelaxed = isRelaxed
    self.isPersonal = isPersonal
    self.goesWith = goesWith
    self.currency = currency
  }
}

/// A product as it is spoken of.
package enum ProductReference: Hashable, Sendable {
  case id(String)
  case words(String)
}

/// What a recommendation shall go by.
package struct RecommendationRequest: Hashable, Sendable {
  package enum Anchor: Hashable, Sendable {
    /// What the customer likes in general.
    case customer
    /// What is like a product.
    case like(ProductReference)
    /// What is like the customer's last purchase.
    case likeLastPurchase
    /// What is bought with a product.
    case goesWith(ProductReference)
  }

  package var query: ProductQuery
  package var anchor: Anchor
  /// Whether it shall cost less than the anchor.
  package var isCheaper = false

  package init(query: ProductQuery, anchor: Anchor = .customer) {
    self.query = query
    self.anchor = anchor
  }
}

/// What a customer is looking for, and what was shown. It outlives the business that began it, so that "cheaper" and "the second one"
/// mean something.
package struct Shopping: Hashable, Sendable {
  package var request = RecommendationRequest(query: ProductQuery())
  /// Whether the last list was a recommendation and not found by words.
  package var isRecommending = false
  package var shown: [ProductOffer] = []
  /// The product spoken of, if one is.
  package var focus: ProductOffer?
  /// Products asked about, for the next look at them.
  package var references: [ProductReference] = []
  /// The words of a question on a product that its name does not have.
  package var asked: [String] = []
  /// Products the customer does not want; never shown again.
  package var declined: Set<String> = []

  package init() {}

  /// Whether what was shown is left out of what is looked for: more of it is wanted.
  package var hasSeenMore: Bool { !request.query.excludedProducts.isSubset(of: declined) }
}
