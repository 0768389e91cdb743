import Conversation
import Text

/// What an utterance changes in the state. Pure: the old state is the caller's to keep.
package struct StateTracker: Sendable {
  let script: Script
  /// Intent → the flow it starts.
  private let flowsByTrigger: [String: Flow]
  let filler: SlotFiller

  static let affirm = "affirm"
  static let deny = "deny"
  private static let neverMind = "never_mind"
  private static let startOver = "start_over"
  private static let inform = "inform"
  private static let correct = "correct"
  private static let repeatAnswer = "repeat"
  static let notSure = "not_sure"
  static let whyAsked = "why_asked"
  /// An answer to a question is taken for another request only when the classifier is this sure.
  static let sureOfAnotherRequest = 0.7
  /// Words beside the recognised ones that a plain answer may have.
  static let wordsInAnAnswer = 6
  private static let rememberedMentions = 20

  let prices: ShopPrices

  package init(script: Script, prices: ShopPrices = ShopPrices(currency: "USD")) {
    self.script = script
    self.prices = prices
    filler = SlotFiller(script: script)
    flowsByTrigger = Dictionary(
      script.flows.values.sorted { $0.name < $1.name }.flatMap { flow in flow.triggers.map { ($0, flow) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether an intent starts a business, and which.
  package func business(_ intent: String) -> String? {
    flowsByTrigger[intent].flatMap { $0.isBusiness ? $0.name : nil }
  }

  // MARK: an utterance

  /// - Parameter further: businesses asked for in the same message, to be taken up one after the other.
  package func update(_ state: DialogueState, with interpretation: Interpretation, further: [DialogueState.Request] = [])
    -> DialogueState
  {
    var state = state
    let utterance = interpretation.utterance
    state.language = language(of: interpretation) ?? state.language
    state.handoff = nil
    state.pendingReplies = []
    state.hasAsked = false
    state.answer = interpretation.answer
    if utterance.tokens.isEmpty {
      state.pendingReplies = [ReplyKey.silence.rawValue]
      return state
    }
    let mention = Mention(interpretation, answering: state.requestedSlot)
    let intent = interpretation.intent
    if case .intents(let offered)? = state.choices {
      if choose(among: offered, mention, intent, &state) { return state }
    }
    if intent.name == Self.whyAsked, intent.confidence >= Self.sureEnough,
      state.requestedSlot != nil || state.awaitingConfirmation
    {
      state.pendingReplies = [Script.reason(for: state.requestedSlot)]
      return settled(state)
    }
    let identified = hear(interpretation, &state)
    if state.awaitingConfirmation {
      answerToConfirmation(mention, intent, &state)
      if !state.awaitingConfirmation || !state.pendingReplies.isEmpty || state.proposal == nil && state.isChanged {
        return settled(state)
      }
    }
    let wanted = flowsByTrigger[intent.name]
    let isRequest = isAnotherRequest(interpretation, wanted, state)
    if identified, !isRequest { return settled(state) }
    // Which order is meant may be the beginning of another matter; options, ways to pay and the like are not.
    let takesAnswer =
      !isRequest || (state.requestedSlot != nil && state.requestedSlot != .order && state.requestedSlot != .customer)
    if takesAnswer, let answered = answer(mention, intent, state, revises: !isRequest) { return settled(answered) }
    if refine(interpretation, mention, wanted, &state) { return settled(state) }

    if interpretation.answer != nil {
      state.pendingReplies = [ReplyKey.answer.rawValue]
      return settled(state)
    }
    switch intent.name {
    case Self.neverMind, Self.startOver:
      end(&state)
      state.queue = []
      state.pendingReplies = [ReplyKey.dropped.rawValue]
    case Self.deny where state.awaitingConfirmation:
      end(&state)
      state.pendingReplies = [ReplyKey.dropped.rawValue]
    case Interpretation.outOfScope:
      if !isUnsure(interpretation, mention, &state) { misunderstood(&state) }
      return state
    case Self.repeatAnswer where state.requestedSlot != nil || state.awaitingConfirmation:
      break
    case Self.notSure where state.requestedSlot != nil:
      doesNotKnow(&state)
      return state
    case _ where saysAgain(mention, intent, wanted, state):
      break
    case Self.affirm, Self.deny, Self.inform, Self.correct, Self.notSure, Self.repeatAnswer:
      // A question is open and this is no answer to it, or nothing was asked.
      if state.requestedSlot != nil || state.awaitingConfirmation {
        misunderstood(&state)
        return state
      }
      if state.active == nil { state.pendingReplies = [ReplyKey.whatElse.rawValue] }
    case _ where isDoubtfulRequest(interpretation, wanted, state):
      misunderstood(&state)
      return state
    default:
      if isUnsure(interpretation, mention, &state) { return state }
      guard takeUp(intent.name, mention, &state) else {
        misunderstood(&state)
        return state
      }
      if let wanted, wanted.isBusiness { state.queue = further.filter { $0.flow != wanted.name } }
    }
    return settled(state)
  }

  /// Begins the business of an intent, or gives its fixed answer; false when there is neither.
  func takeUp(_ intent: String, _ mention: Mention, _ state: inout DialogueState) -> Bool {
    if let flow = flowsByTrigger[intent] {
      start(flow, mention, &state)
    } else if script.responses["utter_\(intent)"] != nil {
      state.pendingReplies = ["utter_\(intent)"]
    } else {
      return false
    }
    return true
  }

  private func settled(_ state: DialogueState) -> DialogueState {
    var state = state
    state.misunderstandings = 0
    state.isChanged = false
    return state
  }

  /// The language of the words that are no e-mail address, number or the like: those are the same in any.
  private func language(of interpretation: Interpretation) -> Language? {
    LanguageGuess.language(
      of: interpretation.utterance.tokens.filter { token in
        !interpretation.entities.contains { $0.isIdentifier && $0.span.overlaps(token.span) }
      })
  }

  // MARK: who

  /// Notes what the utterance says of who the customer is; true when that answers the open question.
  private func hear(_ interpretation: Interpretation, _ state: inout DialogueState) -> Bool {
    let entities = interpretation.entities
    let isAsked = state.requestedSlot == .customer
    // Once the customer is known, an address or a name is a fact of the business, not of the person.
    guard state.customer == nil || interpretation.entity("email") != nil else { return false }
    if let email = interpretation.entity("email") { state.heard.email = email.value }
    guard state.customer == nil else { return false }
    // Unasked, only somebody who introduces themselves says who they are; a postcode may be of an address things should go to.
    let introduces = isAsked || NameReader.introduces(interpretation.utterance)
    if introduces, let postcode = interpretation.entity("postcode") { state.heard.postcode = postcode.value }
    let hasEmailOrPostcode = interpretation.entity("email") != nil || interpretation.entity("postcode") != nil
    let names = introduces ? NameReader.names(in: interpretation.utterance, without: entities) : []
    let isName = isAsked && !names.isEmpty && mayBeAName(interpretation)
    if !names.isEmpty, isName || interpretation.entity("postcode") != nil { state.heard.names = names }
    if isAsked, hasEmailOrPostcode || isName {
      // The same words may hold facts of the business as well.
      remember(Mention(interpretation, answering: nil), &state)
      return true
    }
    return false
  }

  /// A bare name means nothing to the classifier: what is short and not surely anything else may be one.
  private func mayBeAName(_ interpretation: Interpretation) -> Bool {
    let intent = interpretation.intent
    let isDoubtful =
      intent.name == Self.inform || intent.name == Interpretation.outOfScope || intent.confidence < Self.sureOfAnotherRequest
    return isDoubtful && interpretation.utterance.tokens.count <= Self.wordsInAnAnswer
  }

  // MARK: answers

  /// The state after an answer to the open question, or a correction of something said before; nil when it is neither.
  private func answer(_ mention: Mention, _ intent: IntentScore, _ state: DialogueState, revises: Bool) -> DialogueState? {
    guard let flow = state.active.flatMap({ script.flows[$0.name] }), state.customer != nil else { return nil }
    // What is surely about something else fills no slot; a few words of an option or a name only sound so.
    let isElsewhere =
      intent.name == Interpretation.outOfScope && intent.confidence >= Self.sureOfAnotherRequest && mention.entities.isEmpty
      && mention.tokens.count > Self.wordsInAnAnswer + 2
    if isElsewhere, state.requestedSlot != .address { return nil }
    // A reason to cancel sounds like dropping the matter; an answer to any other question does not.
    let drops = intent.name == Self.neverMind || intent.name == Self.startOver
    if drops, state.requestedSlot != .reason { return nil }
    var state = state
    if let slot = state.requestedSlot, slot != .customer {
      var trial = state
      trial.mentions = [mention]
      let statuses = flow.statuses(of: slot)
      switch filler.fill(slot, statuses: statuses, trial) {
      case .filled(let filled):
        guard filled.slots != state.slots else { break }
        return answered(filled, mention, state)
      case .ask(let choices):
        if let nearer = nearer(trial, statuses, mention, state) { return nearer }
        // Of several things fewer are left.
        if let choices, choices.count < state.choices?.count ?? 0 {
          remember(mention, &state)
          return state
        }
      case .needs:
        if let nearer = nearer(trial, statuses, mention, state) { return nearer }
      case .unknownOrder:
        remember(mention, &state)
        return state
      case .impossible: break
      }
      // It is about the question, and does not settle it yet: the question is put again.
      if filler.touches(slot, statuses: statuses, trial, mention) { return state }
    }
    return drops || !revises ? nil : revise(state, flow, by: mention)
  }

  private func answered(_ filled: DialogueState, _ mention: Mention, _ old: DialogueState) -> DialogueState {
    var state = old
    state.slots = filled.slots
    state.choices = nil
    state.requestedSlot = nil
    remember(mention, &state)
    return state
  }

  /// The state when of several items one more is settled; nil when none is.
  private func nearer(_ trial: DialogueState, _ statuses: [OrderStatus], _ mention: Mention, _ old: DialogueState)
    -> DialogueState?
  {
    guard old.requestedSlot == .variants, let settled = partial(trial, statuses), settled.count > old.slots.variants?.count ?? 0
    else { return nil }
    var state = old
    state.slots.variants = settled
    remember(mention, &state)
    state.choices = nil
    return state
  }

  /// The variants that are settled when not all are.
  private func partial(_ state: DialogueState, _ statuses: [OrderStatus]) -> [String]? {
    // The filler settles item by item; what it settled is found by asking it with one item fewer to go.
    guard let items = state.slots.items else { return nil }
    var known = state
    for count in stride(from: items.count, through: 1, by: -1) {
      known.slots.items = Array(items.prefix(count))
      known.slots.variants = state.slots.variants
      if case .filled(let filled) = filler.fill(.variants, statuses: statuses, known) { return filled.slots.variants }
    }
    return state.slots.variants
  }

  /// A slot that was filled before and that the mention fills otherwise: `no, the blue one`, `I meant #W…`, `to my other card`.
  private func revise(_ state: DialogueState, _ flow: Flow, by mention: Mention) -> DialogueState? {
    let collected = flow.steps.prefix((state.active?.step ?? 0) + 1).compactMap { step -> (SlotName, [OrderStatus])? in
      if case .collect(let slot, _, let statuses) = step { (slot, statuses) } else { nil }
    }
    for (slot, statuses) in collected where slot != .customer && slot != state.requestedSlot {
      guard var revised = filler.revised(slot, statuses: statuses, state, by: mention) else { continue }
      revised.proposal = nil
      revised.awaitingConfirmation = false
      revised.choices = nil
      revised.requestedSlot = nil
      revised.isChanged = true
      remember(mention, &revised)
      // Everything after it is looked at again, in order.
      revised.active?.step = 0
      return revised
    }
    return nil
  }

  /// A yes goes on, a changed fact makes a new statement, a no ends it; anything else is not an answer.
  private func answerToConfirmation(_ mention: Mention, _ intent: IntentScore, _ state: inout DialogueState) {
    let flow = state.active.flatMap { script.flows[$0.name] }
    let isPlainYes =
      (intent.name == Self.affirm || ExplicitYes.begins(mention)) && mention.tokens.count <= Self.wordsInAnAnswer
      && mention.entities.isEmpty
    if state.proposal != nil, !isPlainYes, let flow, intent.name != Self.neverMind,
      let revised = revise(state, flow, by: mention)
    {
      state = revised
      return
    }
    // Whatever else is said with it, another order's number makes it a yes to something else.
    if state.proposal != nil, filler.namesAnotherOrder(mention, state) { return }
    // `yes, cancel it`: the deed itself, said with a yes before it.
    if state.proposal != nil, let flow, flow.triggers.contains(intent.name), ExplicitYes.begins(mention) {
      state.awaitingConfirmation = false
      state.isConfirmed = true
      return
    }
    guard intent.name == Self.affirm else { return }
    // What is changed for a customer wants a plain yes; to be asked whether to fetch a colleague, any kind will do.
    guard state.proposal == nil || ExplicitYes.isGiven(mention, intent) else { return }
    state.awaitingConfirmation = false
    if state.proposal != nil { state.isConfirmed = true } else { state.active?.step += 1 }
  }

  func remember(_ mention: Mention, _ state: inout DialogueState) {
    state.mentions.append(mention)
    if state.mentions.count > Self.rememberedMentions { state.mentions.removeFirst() }
  }

  /// Whether a message that could answer the open question is rather the start of something else.
  private func isAnotherRequest(_ interpretation: Interpretation, _ wanted: Flow?, _ state: DialogueState) -> Bool {
    guard let wanted, wanted.isBusiness, wanted.name != state.active?.name else { return false }
    if state.active == nil { return true }
    let covered = interpretation.utterance.tokens.count { token in
      token.kind == .symbol
        || interpretation.entities.contains { ($0.isIdentifier || $0.type == "number") && $0.span.overlaps(token.span) }
    }
    return interpretation.utterance.tokens.count - covered > Self.wordsInAnAnswer
      && interpretation.intent.confidence >= Self.sureOfAnotherRequest
  }

  // MARK: businesses

  private func start(_ flow: Flow, _ mention: Mention, _ state: inout DialogueState) {
    // A word in between (a greeting, thanks, a question with a fixed answer) leaves the business where it is.
    guard flow.isBusiness || state.active == nil else {
      state.pendingReplies = flow.steps.compactMap { if case .say(let key) = $0 { key } else { nil } }
      return
    }
    begin(.init(flow: flow.name, mention: mention), &state)
  }

  /// Begins a business with nothing known of it but the words it was asked for in.
  func begin(_ request: DialogueState.Request, _ state: inout DialogueState) {
    let spoken = state.slots.order
    clear(&state)
    state.lastOrder = spoken ?? state.lastOrder
    state.mentions = [Mention(request.mention, tokens: request.mention.tokens)]
    state.active = .init(name: request.flow, step: 0)
    if let flow = script.flows[request.flow] { prepareShopping(flow, request.mention, &state) }
  }

  /// Ends what is under way and forgets what was said for it; the customer stays known.
  func end(_ state: inout DialogueState) {
    state.lastFlow = state.active?.name ?? state.lastFlow
    state.lastOrder = state.slots.order ?? state.lastOrder
    state.active = nil
    state.heard = .init()
    clear(&state)
  }

  private func clear(_ state: inout DialogueState) {
    state.slots = .init()
    state.mentions = []
    state.choices = nil
    state.requestedSlot = nil
    state.awaitingConfirmation = false
    state.proposal = nil
    state.isConfirmed = false
    state.result = nil
  }
}

extension Flow {
  /// Whether it does more than speak.
  var isBusiness: Bool { steps.contains { if case .say = $0 { false } else { true } } }

  /// The statuses an order must have for a slot of this flow.
  func statuses(of slot: SlotName) -> [OrderStatus] {
    for step in steps { if case .collect(slot, _, let statuses) = step { return statuses } }
    return []
  }
}
