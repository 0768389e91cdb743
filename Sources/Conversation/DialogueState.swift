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

  /// A business asked for, and the words it was asked for in.
  package struct Request: Hashable, Sendable {
    package let flow: String
    package let mention: Mention

    package init(flow: String, mention: Mention) {
      self.flow = flow
      self.mention = mention
    }
  }

  /// What the customer has said about who they are, and nobody has looked up yet.
  package struct Heard: Hashable, Sendable {
    package var email: String?
    package var postcode: String?
    /// Readings of the customer's name, likeliest first.
    package var names: [PersonName] = []

    package init() {}
  }

  /// The facts a business needs, as far as they are settled.
  package struct Slots: Hashable, Sendable {
    package var order: Order?
    /// Positions in the order's list.
    package var items: [Int]?
    /// For each of `items` the item id that takes its place.
    package var variants: [String]?
    package var method: PaymentMethod?
    /// Ids of ways to pay that the shop refused for this.
    package var refusedMethods: [String] = []
    package var address: Address?
    package var reason: CancelReason?

    package init() {}
  }

  /// What was offered by number, from 1.
  package enum Choices: Hashable, Sendable {
    case orders([Order])
    /// Positions in the order's list.
    case items([Int])
    case methods([PaymentMethod])
    case reasons([CancelReason])
    /// Variants for the item at a position.
    case variants([Variant], item: Int)
    /// What a message may have meant; it is kept in `mentions`.
    case intents([String])

    package var count: Int {
      switch self {
      case .orders(let all): all.count
      case .items(let all): all.count
      case .methods(let all): all.count
      case .reasons(let all): all.count
      case .variants(let all, _): all.count
      case .intents(let all): all.count
      }
    }
  }

  /// The language of the last words.
  package var language: Language
  package var customer: Customer?
  package var active: ActiveFlow?
  /// The flow that ended last.
  package var lastFlow: String?
  /// The order spoken of last.
  package var lastOrder: Order?
  /// What was asked for in the same breath, to be taken up next.
  package var queue: [Request] = []
  package var heard = Heard()
  package var slots = Slots()
  /// What was said since the business began and may hold facts for it, oldest first.
  package var mentions: [Mention] = []
  /// The identified customer's orders, newest first; nil before they were looked up.
  package var orders: [Order]?
  /// Products looked up, by id.
  package var products: [String: Product] = [:]
  package var choices: Choices?
  package var requestedSlot: SlotName?
  package var awaitingConfirmation = false
  /// The change that waits for a yes.
  package var proposal: Proposal?
  /// The change said yes to, on its way to the shop.
  package var isConfirmed = false
  /// What the last look-up or change came to.
  package var result: ActionResult?
  /// Identifications in a row that the shop did not accept.
  package var failedIdentifications = 0
  /// Turns in a row that were not understood.
  package var misunderstandings = 0
  package var handoff: Handoff?
  package var shopping = Shopping()
  /// The passage that answers this message, for its wording.
  package var answer: KnowledgeAnswer?
  /// Whether this turn's question has been put.
  package var hasAsked = false
  /// Whether this message changed a fact that had been settled.
  package var isChanged = false
  /// Whether what was known is forgotten once the replies that wait are said.
  package var endsWithReply = false
  /// What is to be said before the flow goes on.
  package var pendingReplies: [String] = []

  package init(language: Language) {
    self.language = language
  }

  /// What kind of question the next words come after; nil at the beginning.
  package var question: QuestionKind? {
    if awaitingConfirmation { return .confirmation }
    if choices != nil { return .choice }
    if requestedSlot != nil { return .open }
    return active == nil && lastFlow != nil ? .more : nil
  }

  /// The facts by name, as logs and the person taking over see them.
  package var facts: [String: String] {
    var facts: [String: String] = [:]
    facts["customer"] = customer?.id
    facts["order"] = slots.order?.id
    if let order = slots.order, let items = slots.items {
      facts["items"] = items.filter(order.items.indices.contains).map { order.items[$0].itemID }.joined(separator: ",")
    }
    facts["variants"] = slots.variants?.joined(separator: ",")
    facts["payment_method"] = slots.method?.id
    facts["reason"] = slots.reason?.rawValue
    if let address = slots.address {
      facts["address"] = [address.address1, address.address2 ?? "", address.city, address.state, address.zip, address.country]
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }
    return facts
  }
}

/// What a customer said, kept for the facts in it.
package struct Mention: Hashable, Sendable {
  package let text: String
  /// Token texts, as compared.
  package let tokens: [String]
  package let entities: [Entity]
  /// The question it may answer.
  package let answering: SlotName?

  package init(_ interpretation: Interpretation, answering: SlotName?) {
    text = interpretation.utterance.text
    tokens = interpretation.utterance.tokens.map(\.text)
    entities = interpretation.entities
    self.answering = answering
  }

  /// The same words, of which only some count.
  package init(_ mention: Mention, tokens: [String]) {
    text = mention.text
    self.tokens = tokens
    entities = mention.entities
    answering = mention.answering
  }
}
