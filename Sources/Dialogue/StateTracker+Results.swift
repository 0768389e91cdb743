import Conversation

// What the result of an action changes in the state.

extension StateTracker {
  package func update(_ state: DialogueState, with result: ActionResult, of action: Action) -> DialogueState {
    var state = state
    switch action {
    case .findCustomerByEmail: state.heard.email = nil
    case .findCustomerByNameAndPostcode: (state.heard.names, state.heard.postcode) = ([], nil)
    default: break
    }
    switch result {
    case .customer(let customer):
      if state.customer == nil { state.pendingReplies.append(ReplyKey.identified.rawValue) }
      state.customer = customer
      state.failedIdentifications = 0
      if state.requestedSlot == .customer { state.requestedSlot = nil }
    case .order(let order):
      state.slots.order = order
      state.requestedSlot = nil
    case .orders(let orders):
      state.orders = orders
      if orders.isEmpty {
        end(&state)
        state.pendingReplies.append(ReplyKey.noOrders.rawValue)
      } else if state.active.map({ isAsking($0, for: .listOrders) }) ?? false {
        state.result = result
        state.active?.step += 1
      }
    case .product(let product):
      state.products[product.id] = product
    case .prepared(let proposal):
      state.proposal = proposal
    case .done(_, let order, let customer):
      state.customer = customer
      if let order {
        state.slots.order = order
        if let i = state.orders?.firstIndex(where: { $0.id == order.id }) { state.orders?[i] = order }
      }
      state.result = result
      state.isConfirmed = false
      finishWrite(&state)
    case .transferred:
      let reason = state.active?.name ?? ""
      let summary = if case .transferToHuman(let summary) = action { summary } else { "" }
      state.handoff = Handoff(reason: reason, summary: summary, slots: state.facts)
      state.active?.step += 1
    case .shipment, .refund, .invoice, .giftCards, .prices, .productTypes, .variants:
      state.result = result
      state.active?.step += 1
    case .offers(let offers): show(offers, action, &state)
    case .returnable: state.active?.step += 1
    case .failed(let failure):
      fail(failure, &state)
    }
    return state
  }

  private func isAsking(_ active: DialogueState.ActiveFlow, for action: FlowAction) -> Bool {
    guard let flow = script.flows[active.name], active.step < flow.steps.count else { return false }
    return flow.steps[active.step] == .perform(action)
  }

  /// Says that it is done, with the statement still at hand for the wording, and goes on.
  private func finishWrite(_ state: inout DialogueState) {
    guard let active = state.active, let flow = script.flows[active.name], active.step < flow.steps.count,
      case .write(_, _, let done) = flow.steps[active.step]
    else { return }
    state.pendingReplies.append(done)
    state.active?.step += 1
  }

  private func fail(_ failure: ActionFailure, _ state: inout DialogueState) {
    func say(_ key: ReplyKey) { state.pendingReplies.append(key.rawValue) }
    /// Ends the business with this answer.
    func refuse(_ key: ReplyKey) {
      let order = state.slots.order
      end(&state)
      state.slots.order = order
      state.endsWithReply = true
      say(key)
    }
    /// Takes back what cannot be used and asks for it again.
    func reconsider(_ key: ReplyKey) {
      state.mentions = []
      state.proposal = nil
      state.choices = nil
      say(key)
    }
    /// Another way to pay is asked for, as long as there is one.
    func refuseMethod(_ key: ReplyKey) {
      if let method = state.slots.method { state.slots.refusedMethods.append(method.id) }
      state.slots.method = nil
      reconsider(key)
      rewind(&state)
    }
    state.isConfirmed = false
    switch failure {
    case .customerNotFound:
      // After two tries no more is said on whether there is such a customer.
      state.failedIdentifications += 1
      say(state.failedIdentifications > 1 ? .notIdentified : .customerNotFound)
      // The reply asks again by itself.
      state.requestedSlot = .customer
      state.hasAsked = true
    case .orderNotFound: refuse(.orderNotFound)
    case .notIdentified, .identificationLocked: refuse(.identificationLocked)
    case .otherCustomer: say(.otherCustomer)
    case .notPendingToCancel: refuse(.notPendingToCancel)
    case .notPendingToModify: refuse(.notPendingToModify)
    case .notDeliveredToReturn, .notDeliveredToExchange: refuse(.notDelivered)
    case .outsideReturnWindow: refuse(.outsideReturnWindow)
    case .samePaymentMethod: refuse(.samePaymentMethod)
    case .insufficientBalanceForOrder, .insufficientBalanceForItem, .insufficientBalanceForDifference:
      refuseMethod(.insufficientBalance)
    case .refundMethodNotAllowed: refuseMethod(.refundMethodNotAllowed)
    case .newItemUnavailable:
      state.slots.variants = nil
      reconsider(.newItemUnavailable)
      rewind(&state)
    case .changedMeanwhile, .confirmationExpired, .notConfirmed:
      state.proposal = nil
      say(.stateAgain)
    case .serviceUnavailable: refuse(.serviceUnavailable)
    case .productNotFound, .itemNotFound, .invalidReason, .paymentMethodNotFound, .notExactlyOnePayment, .someItemNotFound,
      .itemCountsDiffer,
      .invalidArgument:
      refuse(.cannotBeDone)
    }
  }

  /// Looks at the flow's questions from the first again; what is filled is passed over.
  private func rewind(_ state: inout DialogueState) { state.active?.step = 0 }
}
