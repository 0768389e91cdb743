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
  private let tracker: StateTracker
  private let filler: SlotFiller

  private static let listedOrders = 8

  package init(script: Script, prices: ShopPrices = ShopPrices(currency: "USD")) {
    self.script = script
    tracker = StateTracker(script: script, prices: prices)
    filler = SlotFiller(script: script)
  }

  /// The next step, and the state after taking it. Each call says something, asks for one action, or ends the turn, and what is said
  /// or asked moves the state on: so a turn has an end.
  package func step(_ state: DialogueState) -> (Step, DialogueState) {
    var state = state
    if !state.pendingReplies.isEmpty {
      let key = state.pendingReplies.removeFirst()
      return (.say(key), state)
    }
    if state.endsWithReply {
      state.slots = .init()
      state.endsWithReply = false
    }
    // Details of a second person are put to the shop, which refuses them.
    if state.customer != nil, let action = identification(state) { return (.perform(action), state) }
    while let active = state.active, let flow = script.flows[active.name], active.step < flow.steps.count {
      switch flow.steps[active.step] {
      case .say(let key):
        state.active?.step += 1
        return (.say(key), state)
      case .confirm(let key):
        return ask(key, confirming: true, &state)
      case .perform(.recommendProducts) where state.customer == nil && identification(state) != nil:
        // Who the customer is stands in the same message, and a recommendation is better for it.
        if let action = identification(state) { return (.perform(action), state) }
      case .perform(let action):
        guard let action = self.action(action, state) else { return (.listen, end(state)) }
        return (.perform(action), state)
      case .write(let write, let key, _):
        guard let write = self.write(write, state) else { return (.listen, end(state)) }
        guard let proposal = state.proposal else { return (.perform(.prepare(write)), state) }
        if state.isConfirmed { return (.perform(.carryOut(proposal.statement.write, token: proposal.token)), state) }
        return ask(key, confirming: true, &state)
      case .next(let name, let statuses):
        if statuses.isEmpty || state.slots.order.map({ statuses.contains($0.status) }) ?? false {
          state.active = .init(name: name, step: 0)
          continue
        }
      case .collect(.customer, let key, _):
        if state.customer == nil { return collectCustomer(key, &state) }
      case .collect(let slot, let key, let statuses):
        switch filler.fill(slot, statuses: statuses, state) {
        case .filled(let filled):
          let isNew = slot == .order && state.slots.order == nil
          state = filled
          if state.requestedSlot == slot { (state.requestedSlot, state.choices) = (nil, nil) }
          if slot == .order, !isNew, let order = state.slots.order, let key = refusal(of: order, statuses, flow) {
            state = end(state)
            state.slots.order = order
            state.endsWithReply = true
            state.pendingReplies = [key.rawValue]
            return step(state)
          }
          // The list may be of some messages ago; the order is looked at as it is now.
          if isNew, let order = state.slots.order { return (.perform(.findOrder(id: order.id)), state) }
        case .needs(let action): return (.perform(action), state)
        case .ask(let choices):
          state.choices = choices
          return ask(key, slot: slot, &state)
        case .unknownOrder:
          state.mentions.removeAll { $0.entities.contains { $0.type == "order_id" } }
          state.pendingReplies = [ReplyKey.orderNotFound.rawValue]
          return step(state)
        case .impossible:
          state = end(state)
          state.pendingReplies = [ReplyKey.nothingFits.rawValue]
          return step(state)
        }
      }
      state.active?.step += 1
    }
    if let request = state.queue.first {
      state.queue.removeFirst()
      state = end(state)
      tracker.begin(request, &state)
      state.pendingReplies = [ReplyKey.nextRequest.rawValue]
      return step(state)
    }
    return (.listen, end(state))
  }

  private func end(_ state: DialogueState) -> DialogueState {
    guard state.active != nil else { return state }
    var state = state
    tracker.end(&state)
    return state
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

  /// Why a flow that changes something cannot do it to this order, before anything more is asked; nil when it can, or another flow
  /// takes over.
  private func refusal(of order: Order, _ statuses: [OrderStatus], _ flow: Flow) -> ReplyKey? {
    if statuses.isEmpty || statuses.contains(order.status) { return nil }
    for step in flow.steps {
      switch step {
      case .next(_, let others) where others.isEmpty || others.contains(order.status): return nil
      case .write(let write, _, _):
        return switch write {
        case .cancelOrder: .notPendingToCancel
        case .modifyAddress, .modifyPayment, .modifyItems: .notPendingToModify
        case .returnItems, .exchangeItems: .notDelivered
        case .modifyCustomerAddress: nil
        }
      default: break
      }
    }
    return nil
  }

  /// The look-up that what was heard allows.
  private func identification(_ state: DialogueState) -> Action? {
    if let email = state.heard.email { return .findCustomerByEmail(email) }
    if let postcode = state.heard.postcode, !state.heard.names.isEmpty {
      return .findCustomerByNameAndPostcode(names: state.heard.names, postcode: postcode)
    }
    return nil
  }

  private func action(_ action: FlowAction, _ state: DialogueState) -> Action? {
    let order = state.slots.order?.id
    switch action {
    case .transferToHuman: return .transferToHuman(summary: summary(state))
    case .trackShipment: return order.map { .trackShipment(orderID: $0) }
    case .refundStatus: return order.map { .refundStatus(orderID: $0) }
    case .invoice: return order.map { .invoice(orderID: $0) }
    case .comparePrices: return order.map { .comparePrices(orderID: $0) }
    case .checkReturnWindow: return order.map { .checkReturnWindow(orderID: $0) }
    case .giftCardBalance: return .giftCardBalance
    case .listOrders: return .listOrders(OrderFilter(), limit: Self.listedOrders)
    case .searchProducts: return .searchProducts(state.shopping.request.query)
    case .recommendProducts: return .recommendProducts(state.shopping.request)
    case .describeProducts: return .describeProducts(state.shopping.references)
    }
  }

  /// The change the slots describe; nil when the flow has not collected what it needs.
  private func write(_ write: FlowWrite, _ state: DialogueState) -> Write? {
    let slots = state.slots
    let ids = slots.items?.compactMap { i in slots.order.flatMap { $0.items.indices.contains(i) ? $0.items[i].itemID : nil } }
    switch write {
    case .modifyCustomerAddress:
      guard let customer = state.customer, let address = slots.address else { return nil }
      return .modifyCustomerAddress(customerID: customer.id, address)
    case .cancelOrder:
      guard let order = slots.order, let reason = slots.reason else { return nil }
      return .cancelOrder(orderID: order.id, reason: reason.rawValue)
    case .modifyAddress:
      guard let order = slots.order, let address = slots.address else { return nil }
      return .modifyAddress(orderID: order.id, address)
    case .modifyPayment:
      guard let order = slots.order, let method = slots.method else { return nil }
      return .modifyPayment(orderID: order.id, methodID: method.id)
    case .returnItems:
      guard let order = slots.order, let ids, let method = slots.method else { return nil }
      return .returnItems(orderID: order.id, itemIDs: ids, methodID: method.id)
    case .modifyItems, .exchangeItems:
      guard let order = slots.order, let ids, let variants = slots.variants, let method = slots.method else { return nil }
      return write == .modifyItems
        ? .modifyItems(orderID: order.id, itemIDs: ids, newItemIDs: variants, methodID: method.id)
        : .exchangeItems(orderID: order.id, itemIDs: ids, newItemIDs: variants, methodID: method.id)
    }
  }

  private func summary(_ state: DialogueState) -> String {
    var parts = [state.lastFlow.map { "last: \($0)" }]
    parts += state.facts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return parts.compactMap(\.self).joined(separator: "; ")
  }
}
