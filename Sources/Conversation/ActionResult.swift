/// What came of an action.
package enum ActionResult: Hashable, Sendable {
  case customer(Customer)
  case orders([Order])
  case order(Order)
  case shipment(Shipment)
  case refund(RefundStatus)
  case invoice(Invoice)
  case giftCards([PaymentMethod], currency: String)
  case prices([PriceComparison], currency: String)
  /// The order may be sent back.
  case returnable(orderID: String)
  case product(Product)
  case productTypes([ProductType])
  case variants([VariantFacts])
  case offers(ProductOffers)
  /// A write stated, not done.
  case prepared(Proposal)
  /// A write done: the records as they are now.
  case done(Write, order: Order?, customer: Customer)
  case transferred
  case failed(ActionFailure)

  /// The result in a few characters for a log: an id or a count, never a record.
  package var summary: String {
    switch self {
    case .customer(let customer): customer.id
    case .orders(let orders): orders.map(\.id).joined(separator: ",")
    case .order(let order): order.id
    case .shipment(let shipment): shipment.orderID
    case .refund(let refund): refund.orderID
    case .invoice(let invoice): invoice.orderID
    case .giftCards(let cards, _): cards.map(\.id).joined(separator: ",")
    case .prices(let prices, _): prices.map(\.item.itemID).joined(separator: ",")
    case .returnable(let id): id
    case .product(let product): product.id
    case .productTypes(let types): String(types.count)
    case .variants(let variants): variants.map(\.variant.itemID).joined(separator: ",")
    case .offers(let offers): offers.offers.map(\.product.id).joined(separator: ",")
    case .prepared(let proposal): proposal.statement.write.name
    case .done(_, let order, let customer): order?.status.rawValue ?? customer.id
    case .transferred: "Transfer successful"
    case .failed(let failure): failure.message
    }
  }
}

/// Where a parcel is.
package struct Shipment: Hashable, Sendable {
  package let orderID: String
  package let status: OrderStatus
  package let carrier: String?
  package let trackingIDs: [String]
  package let dates: Order.Dates
  /// Past its estimated delivery and not delivered.
  package let isLate: Bool

  package init(
    orderID: String, status: OrderStatus, carrier: String?, trackingIDs: [String], dates: Order.Dates, isLate: Bool
  ) {
    self.orderID = orderID
    self.status = status
    self.carrier = carrier
    self.trackingIDs = trackingIDs
    self.dates = dates
    self.isLate = isLate
  }
}

/// Where the money of an order is.
package struct RefundStatus: Hashable, Sendable {
  package enum Stage: String, Hashable, Sendable {
    /// Nothing was asked for.
    case none
    /// Paid back, or on its way to the payment method.
    case refunded
    /// The money follows when the goods are back.
    case awaitingGoods = "awaiting_goods"
  }

  package let orderID: String
  package let stage: Stage
  /// What was or will be paid back, by method.
  package let movements: [Statement.Movement]
  package let currency: String

  package init(orderID: String, stage: Stage, movements: [Statement.Movement], currency: String) {
    self.orderID = orderID
    self.stage = stage
    self.movements = movements
    self.currency = currency
  }
}

/// What an invoice of an order says.
package struct Invoice: Hashable, Sendable {
  package let orderID: String
  package let seller: String
  package let customerName: PersonName
  package let address: Address
  package let items: [OrderItem]
  package let total: Int
  package let payments: [Payment]
  package let placed: String?
  package let currency: String

  package init(
    orderID: String, seller: String, customerName: PersonName, address: Address, items: [OrderItem], total: Int,
    payments: [Payment], placed: String?, currency: String
  ) {
    self.orderID = orderID
    self.seller = seller
    self.customerName = customerName
    self.address = address
    self.items = items
    self.total = total
    self.payments = payments
    self.placed = placed
    self.currency = currency
  }
}

/// An item of an order and its price today; nil when it is no longer sold.
package struct PriceComparison: Hashable, Sendable {
  package let item: OrderItem
  package let today: Int?

  package init(item: OrderItem, today: Int?) {
    self.item = item
    self.today = today
  }
}

package struct ProductType: Hashable, Sendable {
  package let name: String
  package let id: String

  package init(name: String, id: String) {
    self.name = name
    self.id = id
  }
}

/// A variant with the product it is one of.
package struct VariantFacts: Hashable, Sendable {
  package let product: Product
  package let variant: Variant

  package init(product: Product, variant: Variant) {
    self.product = product
    self.variant = variant
  }
}
