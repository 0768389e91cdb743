/// The flows and wordings of an assistant, as its YAML files say them.
package struct Script: Codable, Hashable, Sendable {
  /// By name.
  package var flows: [String: Flow]
  /// Variants of each reply, by key (`utter_…`).
  package var responses: [String: [ResponseTemplate]]

  package init(flows: [String: Flow] = [:], responses: [String: [ResponseTemplate]] = [:]) {
    self.flows = flows
    self.responses = responses
  }

  package var isEmpty: Bool { flows.isEmpty && responses.isEmpty }
}

/// One wording of a reply, in each language, as an ICU message pattern.
package struct ResponseTemplate: Codable, Hashable, Sendable {
  package let patterns: [String: String]

  package init(patterns: [String: String]) {
    self.patterns = patterns
  }

  package subscript(language: Language) -> String? { patterns[language.rawValue] }
}

/// A business process: what starts it, and its steps in order.
package struct Flow: Codable, Hashable, Sendable {
  package let name: String
  /// The intents that start it.
  package let triggers: [String]
  package let steps: [FlowStep]

  package init(name: String, triggers: [String], steps: [FlowStep]) {
    self.name = name
    self.triggers = triggers
    self.steps = steps
  }
}

/// A step of a flow.
package enum FlowStep: Codable, Hashable, Sendable {
  /// Fill a slot; ask with this reply when the customer has not said it. Of orders only those in one of `statuses` are meant, where
  /// there are any.
  case collect(slot: SlotName, ask: String, statuses: [OrderStatus])
  /// Go on only after a yes to this question.
  case confirm(ask: String)
  /// Perform an action.
  case perform(FlowAction)
  /// Make a change to the customer's records: state it with the one reply, and after a yes do it and say the other.
  case write(FlowWrite, ask: String, done: String)
  /// Say this.
  case say(String)
  /// Go over to another flow, keeping what is known, if the order has one of these statuses (or always, without any).
  case next(flow: String, statuses: [OrderStatus])
}

/// What flows can collect. The case's word is the slot's type as well.
package enum SlotName: String, Codable, Hashable, Sendable, CaseIterable {
  /// Who the customer is: an identification the shop accepted.
  case customer
  /// One of the customer's orders.
  case order
  /// Items of the order.
  case items
  /// For each of the items the variant that takes its place.
  case variants
  /// One of the customer's ways to pay.
  case paymentMethod = "payment_method"
  case address
  /// Why an order is cancelled.
  case reason
}

/// What flows can do beside looking things up for their slots.
package enum FlowAction: String, Codable, Hashable, Sendable, CaseIterable {
  case transferToHuman = "transfer_to_human_agents"
  case trackShipment = "track_shipment"
  case refundStatus = "get_refund_status"
  case invoice = "get_invoice"
  case giftCardBalance = "get_gift_card_balance"
  case comparePrices = "compare_prices"
  /// Ends the flow with a refusal when the order can no longer be sent back.
  case checkReturnWindow = "check_return_window"
  case listOrders = "list_orders"
  case searchProducts = "search_products"
  case recommendProducts = "recommend_products"
  /// What the catalogue says of the products a question is about.
  case describeProducts = "describe_products"
}

/// What flows can change.
package enum FlowWrite: String, Codable, Hashable, Sendable, CaseIterable {
  case cancelOrder = "cancel_pending_order"
  case modifyAddress = "modify_pending_order_address"
  case modifyPayment = "modify_pending_order_payment"
  case modifyItems = "modify_pending_order_items"
  case modifyCustomerAddress = "modify_user_address"
  case returnItems = "return_delivered_order_items"
  case exchangeItems = "exchange_delivered_order_items"
}
