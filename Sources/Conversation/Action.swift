/// Something the shop's services can be asked to do.
///
/// The names and arguments a log or an evaluation sees are those of `name` and `arguments`.
package enum Action: Hashable, Sendable {
  /// Identify the customer by e-mail address.
  case findCustomerByEmail(String)
  /// Identify the customer by postcode and name; `names` are the readings of the name in the order to try them.
  case findCustomerByNameAndPostcode(names: [PersonName], postcode: String)
  /// The identified customer's own record.
  case customerDetails
  /// The identified customer's orders that fit, newest first.
  case listOrders(OrderFilter, limit: Int)
  /// One order of the identified customer, by its number as the customer wrote it.
  case findOrder(id: String)
  case trackShipment(orderID: String)
  case refundStatus(orderID: String)
  case invoice(orderID: String)
  case giftCardBalance
  /// What the items of an order cost today, against what was paid.
  case comparePrices(orderID: String)
  /// Whether an order may still be sent back.
  case checkReturnWindow(orderID: String)
  case productDetails(id: String)
  case listProductTypes
  /// One variant: whether it is there, and how many.
  case stock(itemID: String)
  case compareVariants(String, String)
  /// Products that fit a query.
  case searchProducts(ProductQuery)
  case recommendProducts(RecommendationRequest)
  /// What the catalogue says of some products.
  case describeProducts([ProductReference])
  /// State what a write would do, and grant a token for doing exactly that. Changes nothing.
  case prepare(Write)
  /// Do what was stated under this token.
  case carryOut(Write, token: String)
  /// Give the conversation to a person.
  case transferToHuman(summary: String)

  /// The name under which logs and evaluations know the action.
  package var name: String {
    switch self {
    case .findCustomerByEmail: "find_user_id_by_email"
    case .findCustomerByNameAndPostcode: "find_user_id_by_name_zip"
    case .customerDetails: "get_user_details"
    case .listOrders: "list_orders"
    case .findOrder: "get_order_details"
    case .trackShipment: "track_shipment"
    case .refundStatus: "get_refund_status"
    case .invoice: "get_invoice"
    case .giftCardBalance: "get_gift_card_balance"
    case .comparePrices: "compare_prices"
    case .checkReturnWindow: "check_return_window"
    case .productDetails: "get_product_details"
    case .listProductTypes: "list_all_product_types"
    case .stock: "get_item_stock"
    case .compareVariants: "compare_items"
    case .searchProducts: "search_products"
    case .recommendProducts: "recommend_products"
    case .describeProducts: "describe_products"
    case .prepare(let write), .carryOut(let write, _): write.name
    case .transferToHuman: "transfer_to_human_agents"
    }
  }

  /// The arguments by name, as a log shows them. A token is no argument: it is never shown.
  package var arguments: [String: ActionArgument] {
    switch self {
    case .findCustomerByEmail(let email): ["email": .text(email)]
    case .findCustomerByNameAndPostcode(let names, let postcode):
      [
        "first_name": .text(names.first?.given ?? ""), "last_name": .text(names.first?.family ?? ""), "zip": .text(postcode),
      ]
    case .listOrders(let filter, let limit):
      filter.arguments.merging(["limit": .text(String(limit))]) { $1 }
    case .findOrder(let id), .trackShipment(let id), .refundStatus(let id), .invoice(let id), .comparePrices(let id),
      .checkReturnWindow(let id):
      ["order_id": .text(id)]
    case .customerDetails, .giftCardBalance, .listProductTypes: [:]
    case .productDetails(let id): ["product_id": .text(id)]
    case .stock(let id): ["item_id": .text(id)]
    case .compareVariants(let a, let b): ["item_ids": .texts([a, b])]
    case .searchProducts(let query): query.arguments
    case .recommendProducts(let request): request.arguments
    case .describeProducts(let references): ["products": .texts(references.map(\.text))]
    case .prepare(let write), .carryOut(let write, _): write.arguments
    case .transferToHuman(let summary): ["summary": .text(summary)]
    }
  }
}

/// An argument of an action, as logs show it.
package enum ActionArgument: Hashable, Sendable, Encodable {
  case text(String)
  case texts([String])

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .texts(let texts): try container.encode(texts)
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

/// Which orders are meant.
package struct OrderFilter: Hashable, Sendable {
  /// Nil is any.
  package var statuses: [OrderStatus]?
  /// Placed at or after, and before. An order without a date fits no bound.
  package var since: Timestamp?
  package var until: Timestamp?

  package init(statuses: [OrderStatus]? = nil, since: Timestamp? = nil, until: Timestamp? = nil) {
    self.statuses = statuses
    self.since = since
    self.until = until
  }

  package func accepts(_ order: Order) -> Bool {
    if let statuses, !statuses.contains(order.status) { return false }
    guard since != nil || until != nil else { return true }
    guard let placed = order.dates.placed.flatMap(Timestamp.init(iso:)) else { return false }
    return since.map { placed >= $0 } ?? true && until.map { placed < $0 } ?? true
  }

  var arguments: [String: ActionArgument] {
    var arguments: [String: ActionArgument] = [:]
    if let statuses { arguments["status"] = .texts(statuses.map(\.rawValue)) }
    if let since { arguments["since"] = .text(since.description) }
    if let until { arguments["until"] = .text(until.description) }
    return arguments
  }
}
