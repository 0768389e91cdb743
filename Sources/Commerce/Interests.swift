import Conversation

/// The names of events that are more than an interest.
enum Interest {
  /// The customer does not want a product.
  static let declined = "not_interested"
  /// The customer had what is known of their interests deleted.
  static let forget = "forget"
}

/// What a customer's purchases and looks say they like: for recommendations, and for themselves to see.
package struct CustomerInterests: Hashable, Sendable {
  /// Products, oldest first, each once.
  package let history: [String]
  package let declined: Set<String>
  /// Bought, and so not recommended again.
  package let owned: Set<String>
  /// What was bought last and not sent back, and what it cost.
  package let lastPurchase: Purchase?
  /// The categories, brands, colours and sizes that weigh most, best first.
  package let categories: [String]
  package let brands: [String]
  package let colors: [String]
  package let sizes: [String]
  /// The middle half of the prices, in minor units.
  package let prices: ClosedRange<Int>?
  /// When the latest of it was, ISO 8601.
  package let latest: String?

  package struct Purchase: Hashable, Sendable {
    package let product: String
    /// In minor units.
    package let price: Int
  }

  private static let shown = 3
  private static let bought = 5.0
  /// What one counts that is so many events old: half after twenty.
  private static let halfLife = 20.0

  /// - Parameters:
  ///   - interactions: oldest first.
  ///   - orders: oldest first.
  init(_ interactions: [StoredInteraction], orders: [Order], product: (String) throws -> Product?) rethrows {
    var events: [(product: String, itemID: String?, weight: Double, time: String, price: Int?)] = []
    var declined = Set<String>()
    var forgotten: String?
    for interaction in interactions {
      switch interaction.event {
      case Interest.forget:
        forgotten = interaction.time
        events = []
        declined = []
      case Interest.declined: declined.insert(interaction.product)
      default: events.append((interaction.product, nil, interaction.weight, interaction.time, nil))
      }
    }
    var owned = Set<String>()
    var lastPurchase: Purchase?
    let forgottenAt = forgotten.flatMap(Timestamp.init(iso:))
    for order in orders {
      let sentBack = Set(order.returnRequest?.items ?? [])
      for item in order.items where order.status != .cancelled {
        // What was sent back is not wanted again.
        let time = order.dates.placed ?? ""
        let counts = forgottenAt.map { (Timestamp(iso: time) ?? Timestamp(seconds: 0)) > $0 } ?? true
        if sentBack.contains(item.itemID) {
          if counts { declined.insert(item.productID) }
          continue
        }
        owned.insert(item.productID)
        guard counts else { continue }
        lastPurchase = Purchase(product: item.productID, price: item.price)
        events.append((item.productID, item.itemID, Self.bought, time, item.price))
      }
    }
    events = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    var seen = Set<String>()
    history = events.reversed().filter { $0.weight > 0 && !declined.contains($0.product) && seen.insert($0.product).inserted }
      .map(\.product).reversed()
    self.declined = declined
    self.lastPurchase = lastPurchase
    self.owned = owned
    latest = events.last.flatMap { $0.time.isEmpty ? nil : $0.time }
    var (categories, brands, colors, sizes) = ([String: Double](), [String: Double](), [String: Double](), [String: Double]())
    var prices: [Int] = []
    for (age, event) in events.reversed().enumerated() where event.weight > 0 {
      guard let known = try product(event.product) else { continue }
      var weight = event.weight
      for _ in 0..<(age / Int(Self.halfLife)) { weight /= 2 }
      if let category = known.category { categories[category, default: 0] += weight }
      if let brand = known.brand { brands[brand, default: 0] += weight }
      if let price = event.price ?? known.variants.map(\.price).min() { prices.append(price) }
      for (name, value) in event.itemID.flatMap(known.variant)?.options ?? [:] {
        if name.contains("color") || name.contains("colour") { colors[value, default: 0] += weight }
        if name.hasSuffix("size") { sizes[value, default: 0] += weight }
      }
    }
    func best(_ weights: [String: Double]) -> [String] {
      weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.shown).map(\.key)
    }
    (self.categories, self.brands, self.colors, self.sizes) = (best(categories), best(brands), best(colors), best(sizes))
    prices.sort()
    self.prices = prices.isEmpty ? nil : prices[prices.count / 4]...prices[prices.count * 3 / 4]
  }
}

extension SQLiteStore {
  /// What is known of a customer's interests, for the operator; nil for an unknown customer.
  package func interests(ofCustomer id: String) throws -> CustomerInterests? {
    try customer(id: id) == nil ? nil : interests(of: id)
  }
}

extension Store {
  func interests(of customer: String) throws -> CustomerInterests {
    let orders = try orders(customer: customer, matching: OrderFilter(), limit: .max)
    return try CustomerInterests(try interactions(customer: customer), orders: orders.reversed()) { try product(id: $0) }
  }
}
