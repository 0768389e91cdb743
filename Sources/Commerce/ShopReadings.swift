import Conversation

// What the records say when they are asked one thing.

extension Shipment {
  init(_ order: Order, now: Timestamp) {
    let isUnderway = order.status == .pending || order.status == .processed || order.status == .pendingItemModified
    let expected = order.dates.estimatedDelivery.flatMap(Timestamp.init(iso:))
    self.init(
      orderID: order.id, status: order.status, carrier: order.carrier, trackingIDs: order.trackingIDs, dates: order.dates,
      isLate: isUnderway && expected.map { $0 < now } ?? false)
  }
}

extension RefundStatus {
  init(_ order: Order, _ customer: Customer, currency: String) {
    func movement(_ kind: Payment.Kind, _ amount: Int, _ methodID: String) -> Statement.Movement? {
      guard amount > 0, let method = customer.paymentMethod(methodID) else { return nil }
      return .init(kind: kind, amount: amount, method: method)
    }
    let code = order.currency ?? currency
    if let request = order.returnRequest {
      var rest = order.items
      var value = 0
      for id in request.items {
        if let i = rest.firstIndex(where: { $0.itemID == id }) { value += rest.remove(at: i).price }
      }
      self.init(
        orderID: order.id, stage: .awaitingGoods, movements: [movement(.refund, value, request.methodID)].compactMap(\.self),
        currency: code)
    } else if let request = order.exchangeRequest, request.priceDifference < 0 {
      self.init(
        orderID: order.id, stage: .awaitingGoods,
        movements: [movement(.refund, -request.priceDifference, request.methodID)].compactMap(\.self), currency: code)
    } else {
      let refunds = order.payments.filter { $0.kind == .refund }
      let movements = refunds.compactMap { movement(.refund, $0.amount, $0.methodID) }
      self.init(orderID: order.id, stage: movements.isEmpty ? .none : .refunded, movements: movements, currency: code)
    }
  }
}

extension Invoice {
  init(_ order: Order, _ customer: Customer, _ settings: ShopSettings) {
    self.init(
      orderID: order.id, seller: settings.name,
      customerName: PersonName(given: customer.givenName, family: customer.familyName), address: order.address,
      items: order.items, total: order.total, payments: order.payments, placed: order.dates.placed,
      currency: order.currency ?? settings.currencyCode)
  }
}

extension Store {
  /// The items of an order and what the same variants cost today.
  func prices(_ order: Order) throws -> [PriceComparison] {
    var products: [String: Product] = [:]
    for id in Set(order.items.map(\.productID)) { products[id] = try product(id: id) }
    return order.items.map { PriceComparison(item: $0, today: products[$0.productID]?.variant($0.itemID)?.price) }
  }

  func variant(_ itemID: String) throws -> VariantFacts? {
    guard let product = try product(itemID: itemID), let variant = product.variant(itemID) else { return nil }
    return VariantFacts(product: product, variant: variant)
  }
}
