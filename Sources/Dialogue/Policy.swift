import Conversation

/// What to do next: walks the flow under way forward until it must hear from the customer.
package struct Policy: Sendable {
  /// What to do.
  package enum Step: Hashable, Sendable {
    case say(String)
    case perform(Action)
    /// Nothing more before the customer has spoken.
    case listen
  }

  private let script: Script

  /// How many orders are offered to choose from.
  private static let offeredOrders = 5

  package init(script: Script) {
    self.script = script
  }

  /// The next step, and the state after taking it. Each call says something, asks for one action, or ends the turn, and what is said
  /// or asked moves the state on: so a turn has an end.
  package func step(_ state: DialogueState) -> (Step, DialogueState) {
    var state = state
    if !state.pendingReplies.isEmpty {
      let key = state.pendingReplies.removeFirst()
      return (.say(key), state)
    }
    while let active = state.active, let flow = script.flows[active.name], active.step < flow.steps.count {
      switch flow.steps[active.step] {
      case .say(let key):
        state.active?.step += 1
        return (.say(key), state)
      case .confirm(let key):
        return ask(key, confirming: true, &state)
      case .perform(.transferToHuman):
        return (.perform(.transferToHuman(summary: summary(state))), state)
      case .collect(.customer, let key):
        if state.customer == nil { return collectCustomer(key, &state) }
        // Details of a second person are put to the shop, which refuses them.
        if let action = identification(state) { return (.perform(action), state) }
      case .collect(.order, let key):
        if state.order == nil { return collectOrder(key, &state) }
      }
      state.active?.step += 1
    }
    state.lastFlow = state.active?.name ?? state.lastFlow
    state.active = nil
    state.requestedSlot = nil
    return (.listen, state)
  }

  /// Says a question once; the second time round it has been asked and the turn ends.
  private func ask(_ key: String, slot: SlotName? = nil, confirming: Bool = false, _ state: inout DialogueState) -> (
    Step, DialogueState
  ) {
    if state.hasAsked { return (.listen, state) }
    state.requestedSlot = slot
    state.awaitingConfirmation = confirming
    state.hasAsked = true
    return (.say(key), state)
  }

  private func collectCustomer(_ key: String, _ state: inout DialogueState) -> (Step, DialogueState) {
    if let action = identification(state) { return (.perform(action), state) }
    let half: ReplyKey? = !state.heard.names.isEmpty ? .askPostcode : state.heard.postcode != nil ? .askName : nil
    return ask(half?.rawValue ?? key, slot: .customer, &state)
  }

  /// The look-up that what was heard allows.
  private func identification(_ state: DialogueState) -> Action? {
    if let email = state.heard.email { return .findCustomerByEmail(email) }
    if let postcode = state.heard.postcode, !state.heard.names.isEmpty {
      return .findCustomerByNameAndPostcode(names: state.heard.names, postcode: postcode)
    }
    return nil
  }

  private func collectOrder(_ key: String, _ state: inout DialogueState) -> (Step, DialogueState) {
    if let id = state.heard.orderID { return (.perform(.findOrder(id: id)), state) }
    if state.choices == nil { return (.perform(.listOrders(OrderFilter(), limit: Self.offeredOrders)), state) }
    return ask(key, slot: .order, &state)
  }

  private func summary(_ state: DialogueState) -> String {
    var parts = [state.lastFlow.map { "last: \($0)" }]
    parts += state.slots.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return parts.compactMap(\.self).joined(separator: "; ")
  }
}
