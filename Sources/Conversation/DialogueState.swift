/// What is known and what is going on in a conversation. A value: every turn makes a new one of the old.
package struct DialogueState: Hashable, Sendable {
  /// A flow under way and the step it is at.
  package struct ActiveFlow: Hashable, Sendable {
    package let name: String
    package var step: Int

    package init(name: String, step: Int) {
      self.name = name
      self.step = step
    }
  }

  /// What the customer has said and nobody has looked up yet.
  package struct Heard: Hashable, Sendable {
    package var email: String?
    package var postcode: String?
    /// Readings of the customer's name, likeliest first.
    package var names: [PersonName] = []
    /// An order number as written.
    package var orderID: String?

    package init() {}
  }

  /// The language of the last words.
  package var language: Language
  package var customer: Customer?
  package var active: ActiveFlow?
  /// The flow that ended last.
  package var lastFlow: String?
  package var heard = Heard()
  /// The order spoken of.
  package var order: Order?
  /// The orders last offered by number, from 1; nil when none were looked up.
  package var choices: [Order]?
  package var requestedSlot: SlotName?
  package var awaitingConfirmation = false
  /// Turns in a row that were not understood.
  package var misunderstandings = 0
  package var handoff: Handoff?
  /// Whether this turn's question has been put.
  package var hasAsked = false
  /// What is to be said before the flow goes on.
  package var pendingReplies: [String] = []

  package init(language: Language) {
    self.language = language
  }

  /// The facts by name, as logs and the person taking over see them.
  package var slots: [String: String] {
    var slots: [String: String] = [:]
    slots["customer"] = customer?.id
    slots["order"] = order?.id ?? heard.orderID
    return slots
  }
}
