import Conversation

// What becomes of a message that is not clear, and of one that says nothing new.

extension StateTracker {
  /// The flow for a customer who was not understood three times.
  private static let offerPerson = "offer_person"
  /// Less sure than this of what was meant, the agent asks.
  static let sureEnough = 0.4
  /// How many intents are offered then, and how likely each must be.
  private static let offeredIntents = 3
  private static let worthOffering = 0.1

  /// Puts the likeliest intents to the customer when none is likely enough and nothing else is open; true when it does.
  func isUnsure(_ interpretation: Interpretation, _ mention: Mention, _ state: inout DialogueState) -> Bool {
    let isRejected = interpretation.intent.name == Interpretation.outOfScope
    guard let best = interpretation.ranking.first?.confidence, isRejected == (best >= Self.sureEnough),
      state.active == nil, state.misunderstandings == 0
    else { return false }
    let likely = interpretation.ranking.prefix(Self.offeredIntents)
      .filter { $0.confidence >= Self.worthOffering && script.responses[Script.title(of: $0.name)] != nil }
    guard let first = likely.first, first.name == interpretation.ranking.first?.name else { return false }
    // To look in the catalogue is quicker than to ask whether to look, and does no harm.
    if likely.count == 1, first.name == Self.search, ShoppingReader(mention, state.shopping, prices: prices).namesProduct {
      return takeUp(first.name, mention, &state)
    }
    state.choices = .intents(likely.map(\.name))
    state.mentions = [mention]
    state.misunderstandings = 1
    state.hasAsked = true
    state.pendingReplies = [ReplyKey.whichOfThese.rawValue]
    return true
  }

  /// Takes up the one that the customer picks, with the words that were in doubt. False when these words are about something else.
  func choose(
    among offered: [String], _ mention: Mention, _ intent: IntentScore, _ state: inout DialogueState
  ) -> Bool {
    let doubted = state.mentions.last
    state.choices = nil
    state.mentions = []
    if intent.name == Self.deny || intent.name == Self.notSure {
      misunderstood(&state)
      return true
    }
    var picked = mention.tokens.count <= Self.wordsInAnAnswer ? OrderResolver.ordinal(mention) : nil
    if picked == nil, offered.count == 1, intent.name == Self.affirm { picked = 1 }
    let isSaidAnew = picked == nil
    if isSaidAnew { picked = offered.firstIndex(of: intent.name).map { $0 + 1 } }
    guard let picked, offered.indices.contains(picked - 1), let doubted else { return false }
    let chosen = offered[picked - 1]
    // Whoever says anew what they look for looks for that.
    let isNewSearch =
      isSaidAnew && chosen == Self.search && ShoppingReader(mention, state.shopping, prices: prices).namesProduct
    guard takeUp(chosen, isNewSearch ? mention : doubted, &state) else { return false }
    if state.active != nil { remember(mention, &state) }
    state.misunderstandings = 0
    return true
  }

  /// Whether what does not answer the open question sounds like another business, and not surely enough to leave this one for it.
  func isDoubtfulRequest(_ interpretation: Interpretation, _ wanted: Flow?, _ state: DialogueState) -> Bool {
    guard let wanted, let active = state.active, wanted.isBusiness, wanted.name != active.name, state.requestedSlot != nil,
      state.requestedSlot != .customer
    else { return false }
    return interpretation.intent.confidence < Self.sureOfAnotherRequest
  }

  /// Whether a message only names the order in hand once more.
  func saysAgain(_ mention: Mention, _ intent: IntentScore, _ wanted: Flow?, _ state: DialogueState) -> Bool {
    let isRequest = (wanted?.isBusiness ?? false) && intent.confidence >= Self.sureOfAnotherRequest
    return state.active != nil && !isRequest && filler.namesSameOrder(mention, state)
  }

  /// The first time says what can be done, the second time in a row asks for other words, the third starts the flow that offers a
  /// person.
  func misunderstood(_ state: inout DialogueState) {
    state.misunderstandings += 1
    guard state.misunderstandings > 2, let flow = script.flows[Self.offerPerson] else {
      let isAsking = state.requestedSlot != nil || state.awaitingConfirmation
      let first: ReplyKey = isAsking ? .notAnAnswer : .fallback
      state.pendingReplies = [(state.misunderstandings > 1 ? .rephrase : first).rawValue]
      return
    }
    offer(flow, &state)
  }

  /// The first time gives time and asks again; the second time in a row offers a person.
  func doesNotKnow(_ state: inout DialogueState) {
    state.misunderstandings += 1
    guard state.misunderstandings > 1, let flow = script.flows[Self.offerPerson] else {
      state.pendingReplies = [ReplyKey.takeYourTime.rawValue]
      return
    }
    offer(flow, &state)
  }

  private func offer(_ flow: Flow, _ state: inout DialogueState) {
    end(&state)
    state.queue = []
    state.misunderstandings = 0
    state.active = .init(name: flow.name, step: 0)
  }
}
