import Conversation
import Text

/// What an utterance, or the result of an action, changes in the state. Pure: the old state is the caller's to keep.
package struct StateTracker: Sendable {
  private let script: Script
  /// Intent → the flow it starts.
  private let flowsByTrigger: [String: Flow]

  private static let affirm = "affirm"
  private static let deny = "deny"
  private static let neverMind = "never_mind"
  private static let startOver = "start_over"
  private static let inform = "inform"
  /// The flow for a customer who was not understood twice.
  private static let offerPerson = "offer_person"
  /// An answer to a question is taken for another request only when the classifier is this sure.
  private static let sureOfAnotherRequest = 0.7
  /// Words beside the recognised ones that a plain answer may have.
  private static let wordsInAnAnswer = 6

  package init(script: Script) {
    self.script = script
    flowsByTrigger = Dictionary(
      script.flows.values.sorted { $0.name < $1.name }.flatMap { flow in flow.triggers.map { ($0, flow) } },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: an utterance

  package func update(_ state: DialogueState, with interpretation: Interpretation) -> DialogueState {
    var state = state
    let utterance = interpretation.utterance
    state.language = language(of: interpretation) ?? state.language
    state.handoff = nil
    state.pendingReplies = []
    state.hasAsked = false
    if utterance.tokens.isEmpty {
      state.pendingReplies = [ReplyKey.silence.rawValue]
      return state
    }
    let answered = hear(interpretation, &state)
    let intent = interpretation.intent
    let wanted = flowsByTrigger[intent.name]

    if answered, !isAnotherRequest(interpretation, wanted, state) {
      state.misunderstandings = 0
      return state
    }
    switch intent.name {
    case Self.neverMind, Self.startOver:
      end(&state)
      state.pendingReplies = [ReplyKey.dropped.rawValue]
    case Self.affirm where state.awaitingConfirmation:
      state.awaitingConfirmation = false
      state.active?.step += 1
    case Self.deny where state.awaitingConfirmation:
      end(&state)
      state.pendingReplies = [ReplyKey.dropped.rawValue]
    case Interpretation.outOfScope:
      misunderstood(&state)
      return state
    case Self.affirm, Self.deny, Self.inform:
      // A question is open and this is no answer to it, or nothing was asked.
      if state.requestedSlot != nil || state.awaitingConfirmation {
        misunderstood(&state)
        return state
      }
      if state.active == nil { state.pendingReplies = [ReplyKey.whatElse.rawValue] }
    default:
      if let wanted {
        start(wanted, &state)
      } else if script.responses["utter_\(intent.name)"] != nil {
        state.pendingReplies = ["utter_\(intent.name)"]
      } else {
        misunderstood(&state)
        return state
      }
    }
    state.misunderstandings = 0
    return state
  }

  /// The language of the words that are no e-mail address, number or the like: those are the same in any.
  private func language(of interpretation: Interpretation) -> Language? {
    LanguageGuess.language(
      of: interpretation.utterance.tokens.filter { token in
        !interpretation.entities.contains { $0.isIdentifier && $0.span.overlaps(token.span) }
      })
  }

  /// Notes every fact of the utterance; true when one of them answers the open question.
  private func hear(_ interpretation: Interpretation, _ state: inout DialogueState) -> Bool {
    let entities = interpretation.entities
    if let email = interpretation.entity("email") { state.heard.email = email.value }
    if let postcode = interpretation.entity("postcode") { state.heard.postcode = postcode.value }
    if let order = interpretation.entity("order_id") {
      state.heard.orderID = order.value
      state.order = nil
    }
    let hasEmailOrPostcode = interpretation.entity("email") != nil || interpretation.entity("postcode") != nil
    let names = NameReader.names(in: interpretation.utterance, without: entities)
    let isName = state.requestedSlot == .customer && !names.isEmpty && mayBeAName(interpretation)
    if !names.isEmpty, isName || interpretation.entity("postcode") != nil { state.heard.names = names }
    switch state.requestedSlot {
    case .customer:
      return hasEmailOrPostcode || isName
    case .order:
      if interpretation.entity("order_id") != nil { return true }
      if let number = interpretation.entity("number").flatMap({ Int($0.value) }), let choices = state.choices,
        choices.indices.contains(number - 1)
      {
        state.order = choices[number - 1]
        return true
      }
      return false
    case nil:
      return false
    }
  }

  /// A bare name means nothing to the classifier: what is short and not surely anything else may be one.
  private func mayBeAName(_ interpretation: Interpretation) -> Bool {
    let intent = interpretation.intent
    let isDoubtful =
      intent.name == Self.inform || intent.name == Interpretation.outOfScope || intent.confidence < Self.sureOfAnotherRequest
    return isDoubtful && interpretation.utterance.tokens.count <= Self.wordsInAnAnswer
  }

  /// Whether a message that could answer the open question is rather the start of something else.
  private func isAnotherRequest(_ interpretation: Interpretation, _ wanted: Flow?, _ state: DialogueState) -> Bool {
    guard let wanted, wanted.isBusiness, wanted.name != state.active?.name else { return false }
    let covered = interpretation.utterance.tokens.count { token in
      token.kind == .symbol
        || interpretation.entities.contains { ($0.isIdentifier || $0.type == "number") && $0.span.overlaps(token.span) }
    }
    return interpretation.utterance.tokens.count - covered > Self.wordsInAnAnswer
      && interpretation.intent.confidence >= Self.sureOfAnotherRequest
  }

  private func start(_ flow: Flow, _ state: inout DialogueState) {
    // A word in between (a greeting, thanks, a question with a fixed answer) leaves the business where it is.
    guard flow.isBusiness || state.active == nil else {
      state.pendingReplies = flow.steps.compactMap { if case .say(let key) = $0 { key } else { nil } }
      return
    }
    // The order just spoken of is still meant when something else is asked about it.
    if state.lastFlow == flow.name || state.active?.name == flow.name, state.heard.orderID == nil { state.order = nil }
    state.choices = nil
    state.requestedSlot = nil
    state.awaitingConfirmation = false
    state.active = .init(name: flow.name, step: 0)
  }

  /// Ends what is under way and forgets what was said for it; the customer stays known.
  private func end(_ state: inout DialogueState) {
    state.lastFlow = state.active?.name ?? state.lastFlow
    state.active = nil
    state.requestedSlot = nil
    state.awaitingConfirmation = false
    state.heard = .init()
    state.choices = nil
  }

  /// The first time says what can be done; the second time in a row starts the flow that offers a person.
  private func misunderstood(_ state: inout DialogueState) {
    state.misunderstandings += 1
    guard state.misunderstandings > 1, let offer = script.flows[Self.offerPerson] else {
      let isAsking = state.requestedSlot != nil || state.awaitingConfirmation
      state.pendingReplies = [(isAsking ? ReplyKey.notAnAnswer : .fallback).rawValue]
      return
    }
    end(&state)
    state.misunderstandings = 0
    state.active = .init(name: offer.name, step: 0)
  }

  // MARK: an action's result

  package func update(_ state: DialogueState, with result: ActionResult, of action: Action) -> DialogueState {
    var state = state
    switch action {
    case .findCustomerByEmail: state.heard.email = nil
    case .findCustomerByNameAndPostcode: (state.heard.names, state.heard.postcode) = ([], nil)
    case .findOrder: state.heard.orderID = nil
    default: break
    }
    switch result {
    case .customer(let customer):
      if state.customer == nil { state.pendingReplies.append(ReplyKey.identified.rawValue) }
      state.customer = customer
      state.requestedSlot = nil
    case .order(let order):
      state.order = order
      state.requestedSlot = nil
    case .orders(let orders):
      state.choices = orders
      if orders.count == 1 { state.order = orders[0] }
      if orders.isEmpty {
        end(&state)
        state.pendingReplies.append(ReplyKey.noOrders.rawValue)
      }
    case .transferred:
      let reason = state.active?.name ?? ""
      let summary = if case .transferToHuman(let summary) = action { summary } else { "" }
      state.handoff = Handoff(reason: reason, summary: summary, slots: state.slots)
      state.active?.step += 1
    case .failed(let failure):
      fail(failure, &state)
    case .shipment, .refund, .invoice, .giftCards, .prices, .product, .productTypes, .variants, .prepared, .done:
      // No flow asks for these yet.
      break
    }
    return state
  }

  private func fail(_ failure: ActionFailure, _ state: inout DialogueState) {
    switch failure {
    case .customerNotFound:
      // The reply asks again by itself.
      state.pendingReplies.append(ReplyKey.customerNotFound.rawValue)
      state.requestedSlot = .customer
      state.hasAsked = true
    case .orderNotFound: state.pendingReplies.append(ReplyKey.orderNotFound.rawValue)
    case .notIdentified, .identificationLocked:
      end(&state)
      state.pendingReplies.append(ReplyKey.identificationLocked.rawValue)
    case .otherCustomer: state.pendingReplies.append(ReplyKey.otherCustomer.rawValue)
    default:
      end(&state)
      state.pendingReplies.append(ReplyKey.serviceUnavailable.rawValue)
    }
  }
}

extension Flow {
  /// Whether it does more than speak.
  var isBusiness: Bool { steps.contains { if case .say = $0 { false } else { true } } }
}
