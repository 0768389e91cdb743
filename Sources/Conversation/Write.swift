/// A change to a customer's records. It is stated first and carried out only when the customer has said yes to the statement.
package enum Write: Hashable, Sendable {
  /// `reason` as it was given; the shop knows which it accepts.
  case cancelOrder(orderID: String, reason: String)
  case modifyAddress(orderID: String, Address)
  case modifyPayment(orderID: String, methodID: String)
  case modifyItems(orderID: String, itemIDs: [String], newItemIDs: [String], methodID: String)
  case modifyCustomerAddress(customerID: String, Address)
  case returnItems(orderID: String, itemIDs: [String], methodID: String)
  case exchangeItems(orderID: String, itemIDs: [String], newItemIDs: [String], methodID: String)

  /// The name under which logs and evaluations know it.
  package var name: String {
    switch self {
    case .cancelOrder: "cancel_pending_order"
    case .modifyAddress: "modify_pending_order_address"
    case .modifyPayment: "modify_pending_order_payment"
    case .modifyItems: "modify_pending_order_items"
    case .modifyCustomerAddress: "modify_user_address"
    case .returnItems: "return_delivered_order_items"
    case .exchangeItems: "exchange_delivered_order_items"
    }
  }

  package var orderID: String? {
    switch self {
    case .cancelOrder(let id, _), .modifyAddress(let id, _), .modifyPayment(let id, _), .modifyItems(let id, _, _, _),
      .returnItems(let id, _, _), .exchangeItems(let id, _, _, _):
      id
    case .modifyCustomerAddress: nil
    }
  }

  package var arguments: [String: ActionArgument] {
    switch self {
    case .cancelOrder(let order, let reason): ["order_id": .text(order), "reason": .text(reason)]
    case .modifyAddress(let order, let address): Self.arguments(address).merging(["order_id": .text(order)]) { $1 }
    case .modifyPayment(let order, let method): ["order_id": .text(order), "payment_method_id": .text(method)]
    case .modifyItems(let order, let items, let new, let method), .exchangeItems(let order, let items, let new, let method):
      [
        "order_id": .text(order), "item_ids": .texts(items), "new_item_ids": .texts(new), "payment_method_id": .text(method),
      ]
    case .modifyCustomerAddress(let customer, let address):
      Self.arguments(address).merging(["user_id": .text(customer)]) { $1 }
    case .returnItems(let order, let items, let method):
      ["order_id": .text(order), "item_ids": .texts(items), "payment_method_id": .text(method)]
    }
  }

  private static func arguments(_ address: Address) -> [String: ActionArgument] {
    [
      "address1": .text(address.address1), "address2": .text(address.address2 ?? ""), "city": .text(address.city),
      "state": .text(address.state), "country": .text(address.country), "zip": .text(address.zip),
    ]
  }
}

/// What a write does, as the customer has to be told before they say yes.
package struct Statement: Hashable, Sendable {
  /// Money to or from a payment method.
  package struct Movement: Hashable, Sendable {
    package let kind: Payment.Kind
    /// In minor units, above 0.
    package let amount: Int
    package let method: PaymentMethod

    package init(kind: Payment.Kind, amount: Int, method: PaymentMethod) {
      self.kind = kind
      self.amount = amount
      self.method = method
    }
  }

  /// An item and what takes its place.
  package struct Replacement: Hashable, Sendable {
    package let old: OrderItem
    package let new: OrderItem

    package init(old: OrderItem, new: OrderItem) {
      self.old = old
      self.new = new
    }
  }

  package let write: Write
  package let orderStatus: OrderStatus?
  /// The items concerned: cancelled, sent back.
  package var items: [OrderItem] = []
  package var replacements: [Replacement] = []
  /// Money that moves, now or when the goods are back.
  package var movements: [Movement] = []
  /// An ISO 4217 code.
  package let currency: String

  package init(write: Write, orderStatus: OrderStatus?, currency: String) {
    self.write = write
    self.orderStatus = orderStatus
    self.currency = currency
  }
}

/// A statement, and the token that carries out exactly what it says: once, for its customer, until it expires.
package struct Proposal: Hashable, Sendable {
  package let statement: Statement
  /// Of the order the statement is about: it holds for this version alone.
  package let orderVersion: Int?
  package let token: String
  package let expires: Timestamp

  package init(statement: Statement, orderVersion: Int?, token: String, expires: Timestamp) {
    self.orderVersion = orderVersion
    self.statement = statement
    self.token = token
    self.expires = expires
  }
}
