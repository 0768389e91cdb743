import Conversation

/// What a simulated customer wants, and all they know about it.
package struct Goal: Sendable {
  /// One thing to get done.
  package struct Errand: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case cancel, address, payment, items, profile, sendBack = "return", exchange
    }

    package let kind: Kind
    package var orderID = ""
    package var reason = ""
    /// What each item is called, and what is said of the one that is meant.
    package var items: [Item] = []
    /// A payment method's id; nil leaves it to what is offered.
    package var method: String?
    package var address: Address?

    package init(kind: Kind) {
      self.kind = kind
    }
  }

  package struct Item: Sendable {
    package let name: String
    /// Options of the item itself, by name.
    package var options: [String: String] = [:]
    /// Options of what is wanted instead, by name.
    package var wanted: [String: String] = [:]

    package init(name: String, options: [String: String] = [:], wanted: [String: String] = [:]) {
      self.name = name
      self.options = options
      self.wanted = wanted
    }
  }

  package let id: String
  package let customerID: String
  package let name: PersonName
  /// One of the two is known.
  package var email: String?
  package var postcode: String?
  package var errands: [Errand]
  /// What a perfect clerk would do.
  package let actions: [ToolCall]

  package init(
    id: String, customerID: String, name: PersonName, email: String?, postcode: String?, errands: [Errand], actions: [ToolCall]
  ) {
    self.id = id
    self.customerID = customerID
    self.name = name
    self.email = email
    self.postcode = postcode
    self.errands = errands
    self.actions = actions
  }

  /// The goal's errands in a word or two, for a report.
  package var kind: String { errands.count == 1 ? errands[0].kind.rawValue : "several" }
}
