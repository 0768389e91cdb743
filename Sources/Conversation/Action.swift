/// Something the shop's services can be asked to do.
///
/// The names and arguments a log or an evaluation sees are those of `name` and `arguments`.
package enum Action: Hashable, Sendable {
  /// Identify the customer by e-mail address.
  case findCustomerByEmail(String)
  /// Identify the customer by postcode and name; `names` are the readings of the name in the order to try them.
  case findCustomerByNameAndPostcode(names: [PersonName], postcode: String)
  /// The identified customer's latest orders, newest first.
  case listOrders(limit: Int)
  /// One order of the identified customer, by its number as the customer wrote it.
  case findOrder(id: String)
  /// Give the conversation to a person.
  case transferToHuman(summary: String)

  /// The name under which logs and evaluations know the action.
  package var name: String {
    switch self {
    case .findCustomerByEmail: "find_user_id_by_email"
    case .findCustomerByNameAndPostcode: "find_user_id_by_name_zip"
    case .listOrders: "list_my_orders"
    case .findOrder: "get_order_details"
    case .transferToHuman: "transfer_to_human_agents"
    }
  }

  /// The arguments by name, as a log shows them.
  package var arguments: [String: String] {
    switch self {
    case .findCustomerByEmail(let email): ["email": email]
    case .findCustomerByNameAndPostcode(let names, let postcode):
      ["first_name": names.first?.given ?? "", "last_name": names.first?.family ?? "", "zip": postcode]
    case .listOrders(let limit): ["limit": String(limit)]
    case .findOrder(let id): ["order_id": id]
    case .transferToHuman(let summary): ["summary": summary]
    }
  }
}

/// A person's name in its two parts.
package struct PersonName: Hashable, Sendable {
  package let given: String
  package let family: String

  package init(given: String, family: String) {
    self.given = given
    self.family = family
  }
}

/// What came of an action.
package enum ActionResult: Hashable, Sendable {
  case customer(CustomerSummary)
  case orders([OrderSummary])
  case order(OrderSummary)
  case transferred
  case failed(ActionFailure)

  /// The result in a few characters for a log: an id or a count, never a record.
  package var summary: String {
    switch self {
    case .customer(let customer): customer.id
    case .orders(let orders): orders.map(\.id).joined(separator: ",")
    case .order(let order): order.id
    case .transferred: "Transfer successful"
    case .failed(let failure): failure.message
    }
  }
}

/// Why an action was not done.
package enum ActionFailure: String, Error, Hashable, Sendable, CaseIterable {
  case customerNotFound
  /// No such order, or not one of the identified customer's: the two are not told apart, so that nothing is disclosed.
  case orderNotFound
  case notIdentified
  /// Too many failed identifications in this conversation.
  case identificationLocked
  /// A conversation serves one customer.
  case otherCustomer
  /// The store did not answer.
  case serviceUnavailable

  /// The wording logs and evaluations know.
  package var message: String {
    switch self {
    case .customerNotFound: "user not found"
    case .orderNotFound: "order not found"
    case .notIdentified: "customer not identified"
    case .identificationLocked: "identification locked"
    case .otherCustomer: "another customer"
    case .serviceUnavailable: "service unavailable"
    }
  }
}

/// What the conversation may know of the identified customer.
package struct CustomerSummary: Hashable, Sendable {
  package let id: String
  package let givenName: String
  package let familyName: String

  package init(id: String, givenName: String, familyName: String) {
    self.id = id
    self.givenName = givenName
    self.familyName = familyName
  }
}

/// What the conversation may know of one order of the identified customer.
package struct OrderSummary: Hashable, Sendable {
  package let id: String
  /// The store's own word: `pending`, `processed`, `delivered`, `cancelled`, …
  package let status: String
  /// The items' names by language; English where a language has none.
  package let itemNames: [Language: [String]]
  package let placedAt: Timestamp?
  package let shippedAt: Timestamp?
  package let deliveredAt: Timestamp?
  package let estimatedDelivery: Timestamp?
  package let carrier: String?
  package let trackingIDs: [String]

  package init(
    id: String, status: String, itemNames: [Language: [String]], placedAt: Timestamp?, shippedAt: Timestamp?,
    deliveredAt: Timestamp?, estimatedDelivery: Timestamp?, carrier: String?, trackingIDs: [String]
  ) {
    self.id = id
    self.status = status
    self.itemNames = itemNames
    self.placedAt = placedAt
    self.shippedAt = shippedAt
    self.deliveredAt = deliveredAt
    self.estimatedDelivery = estimatedDelivery
    self.carrier = carrier
    self.trackingIDs = trackingIDs
  }
}

/// A moment, as seconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let seconds: Double

  package init(seconds: Double) {
    self.seconds = seconds
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }
}
