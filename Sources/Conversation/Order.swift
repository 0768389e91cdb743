/// Where an order stands.
package enum OrderStatus: String, Hashable, Codable, Sendable, CaseIterable {
  case pending
  /// Its items were changed; after that nothing else can be.
  case pendingItemModified = "pending (item modified)"
  /// Handed to the carrier.
  case processed
  case delivered
  case cancelled
  case returnRequested = "return requested"
  case exchangeRequested = "exchange requested"
}

/// Why an order is cancelled: the reasons a shop accepts.
package enum CancelReason: String, Hashable, Codable, Sendable, CaseIterable {
  case noLongerNeeded = "no longer needed"
  case orderedByMistake = "ordered by mistake"
}

/// A line of an order.
package struct OrderItem: Hashable, Sendable {
  /// The product's words in a language other than the record's.
  package struct Translation: Hashable, Sendable {
    package let name: String?
    package let optionNames: [String: String]
    package let optionValues: [String: String]

    package init(name: String?, optionNames: [String: String], optionValues: [String: String]) {
      self.name = name
      self.optionNames = optionNames
      self.optionValues = optionValues
    }
  }

  package let name: String
  package let productID: String
  package var itemID: String
  /// The price paid, in minor units.
  package var price: Int
  package var options: [String: String]
  package let translations: [Language: Translation]

  package init(
    name: String, productID: String, itemID: String, price: Int, options: [String: String],
    translations: [Language: Translation] = [:]
  ) {
    self.name = name
    self.productID = productID
    self.itemID = itemID
    self.price = price
    self.options = options
    self.translations = translations
  }

  package func name(in language: Language) -> String { translations[language]?.name ?? name }
}

/// What was sent together.
package struct Fulfillment: Hashable, Sendable {
  package let trackingIDs: [String]
  package let itemIDs: [String]

  package init(trackingIDs: [String], itemIDs: [String]) {
    self.trackingIDs = trackingIDs
    self.itemIDs = itemIDs
  }
}

/// Money that went one way or the other.
package struct Payment: Hashable, Sendable {
  package enum Kind: String, Hashable, Codable, Sendable {
    case payment, refund
  }

  package let kind: Kind
  /// In minor units, never negative.
  package let amount: Int
  package let methodID: String

  package init(kind: Kind, amount: Int, methodID: String) {
    self.kind = kind
    self.amount = amount
    self.methodID = methodID
  }
}

/// An order as the shop keeps it.
package struct Order: Hashable, Sendable {
  /// Items asked to be sent back for the money.
  package struct ReturnRequest: Hashable, Sendable {
    /// Item ids, sorted.
    package let items: [String]
    package let methodID: String

    package init(items: [String], methodID: String) {
      self.items = items
      self.methodID = methodID
    }
  }

  /// Items asked to be exchanged.
  package struct ExchangeRequest: Hashable, Sendable {
    /// Item ids, each list sorted for itself.
    package let items: [String]
    package let newItems: [String]
    package let methodID: String
    /// In minor units; above 0 the customer pays.
    package let priceDifference: Int

    package init(items: [String], newItems: [String], methodID: String, priceDifference: Int) {
      self.items = items
      self.newItems = newItems
      self.methodID = methodID
      self.priceDifference = priceDifference
    }
  }

  /// Moments as the shop wrote them: ISO 8601, a date or a time.
  package struct Dates: Hashable, Sendable {
    package var placed: String?
    package var shipped: String?
    package var delivered: String?
    package var estimatedDelivery: String?

    package init(placed: String? = nil, shipped: String? = nil, delivered: String? = nil, estimatedDelivery: String? = nil) {
      self.placed = placed
      self.shipped = shipped
      self.delivered = delivered
      self.estimatedDelivery = estimatedDelivery
    }
  }

  package let id: String
  package let customerID: String
  package var address: Address
  package var items: [OrderItem]
  package let fulfillments: [Fulfillment]
  package var status: OrderStatus
  package var payments: [Payment]
  package var cancelReason: CancelReason?
  package var returnRequest: ReturnRequest?
  package var exchangeRequest: ExchangeRequest?
  package let dates: Dates
  package let carrier: String?
  /// An ISO 4217 code; nil is the shop's.
  package let currency: String?
  /// Counts the changes made to the record; a change to a record that has moved on is refused.
  package var version: Int

  package init(
    id: String, customerID: String, address: Address, items: [OrderItem], fulfillments: [Fulfillment] = [],
    status: OrderStatus, payments: [Payment], cancelReason: CancelReason? = nil, returnRequest: ReturnRequest? = nil,
    exchangeRequest: ExchangeRequest? = nil, dates: Dates = Dates(), carrier: String? = nil, currency: String? = nil,
    version: Int = 1
  ) {
    self.id = id
    self.customerID = customerID
    self.address = address
    self.items = items
    self.fulfillments = fulfillments
    self.status = status
    self.payments = payments
    self.cancelReason = cancelReason
    self.returnRequest = returnRequest
    self.exchangeRequest = exchangeRequest
    self.dates = dates
    self.carrier = carrier
    self.currency = currency
    self.version = version
  }

  /// What was paid and not refunded, by payment method, in the order of the first payment.
  package var netPayments: [(methodID: String, amount: Int)] {
    var net: [(methodID: String, amount: Int)] = []
    for payment in payments {
      let amount = payment.kind == .payment ? payment.amount : -payment.amount
      if let i = net.firstIndex(where: { $0.methodID == payment.methodID }) {
        net[i].amount += amount
      } else {
        net.append((payment.methodID, amount))
      }
    }
    return net
  }

  package var total: Int { items.reduce(0) { $0 + $1.price } }
  package var trackingIDs: [String] { fulfillments.flatMap(\.trackingIDs) }
}
