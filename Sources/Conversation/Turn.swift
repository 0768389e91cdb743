/// What the customer is answered.
package struct Reply: Hashable, Sendable {
  /// An answer to choose.
  package struct Button: Hashable, Codable, Sendable {
    package let title: String
    /// What choosing it says.
    package let payload: String

    package init(title: String, payload: String) {
      self.title = title
      self.payload = payload
    }
  }

  /// A product it shows.
  package struct Item: Hashable, Codable, Sendable {
    package let itemID: String
    package let name: String
    /// In the currency's own unit.
    package let price: Double
    package let options: [String: String]

    package init(itemID: String, name: String, price: Double, options: [String: String]) {
      self.itemID = itemID
      self.name = name
      self.price = price
      self.options = options
    }

    private enum CodingKeys: String, CodingKey {
      case itemID = "item_id"
      case name, price, options
    }
  }

  /// The wording's name, `utter_…`.
  package let key: String
  package let text: String
  package let buttons: [Button]
  package let items: [Item]

  package init(key: String, text: String, buttons: [Button] = [], items: [Item] = []) {
    self.key = key
    self.text = text
    self.buttons = buttons
    self.items = items
  }
}

/// A conversation given to a person: why, and what they need to know.
package struct Handoff: Hashable, Sendable {
  /// The intent or the circumstance that led to it.
  package let reason: String
  package let summary: String
  package let slots: [String: String]

  package init(reason: String, summary: String, slots: [String: String]) {
    self.reason = reason
    self.summary = summary
    self.slots = slots
  }
}

/// One exchange: what the customer wrote, and everything that came of it.
package struct Turn: Sendable {
  /// An action and its result.
  package struct PerformedAction: Hashable, Sendable {
    package let action: Action
    package let result: ActionResult

    package init(action: Action, result: ActionResult) {
      self.action = action
      self.result = result
    }
  }

  package let conversation: String
  /// From 1.
  package let number: Int
  package let interpretation: Interpretation
  package let replies: [Reply]
  package let actions: [PerformedAction]
  /// The flow in progress after the turn.
  package let flow: String?
  package let requestedSlot: SlotName?
  package let awaitingConfirmation: Bool
  package let slots: [String: String]
  /// The identified customer's id.
  package let customer: String?
  package let handoff: Handoff?
  /// From words in to reply out.
  package let milliseconds: Double

  package init(
    conversation: String, number: Int, interpretation: Interpretation, replies: [Reply], actions: [PerformedAction],
    flow: String?, requestedSlot: SlotName?, awaitingConfirmation: Bool, slots: [String: String], customer: String?,
    handoff: Handoff?, milliseconds: Double
  ) {
    self.conversation = conversation
    self.number = number
    self.interpretation = interpretation
    self.replies = replies
    self.actions = actions
    self.flow = flow
    self.requestedSlot = requestedSlot
    self.awaitingConfirmation = awaitingConfirmation
    self.slots = slots
    self.customer = customer
    self.handoff = handoff
    self.milliseconds = milliseconds
  }
}
