import Commerce
import Conversation
import Dialogue
import Foundation
import Logging
import NLU
import Text

/// The assistant: a model, a shop, and the turns of any number of conversations between them.
///
/// Immutable and safe to share; what changes is the `Session` of each conversation.
package struct Agent: Sendable {
  private let interpreter: Interpreter
  private let tracker: StateTracker
  private let policy: Policy
  private let writer: ReplyWriter
  private var service: ShopService
  private let logger: Logger

  /// Steps a turn can have. The policy ends a turn by itself; this is the bound that needs no proof.
  private static let greatestSteps = 16

  /// A clause counts as a request of its own when the classifier is this sure.
  private static let sureOfClause = 0.6

  /// A model that cannot hold a conversation.
  package struct Unfit: Error, CustomStringConvertible {
    package let description: String
  }

  package init(model: Model, tokenizer: Tokenizer, service: ShopService, logger: Logger) throws(Unfit) {
    guard !model.script.isEmpty else {
      throw Unfit(
        description:
          "this model has no flows and replies, so it can parse but not chat; train it with \"flows:\" and \"responses:\"")
    }
    interpreter = model.interpreter(tokenizer)
    let settings = service.settings
    let prices = ShopPrices(currency: settings.currencyCode, rates: settings.exchange_rates ?? [:])
    tracker = StateTracker(script: model.script, prices: prices)
    policy = Policy(script: model.script, prices: prices)
    writer = ReplyWriter(
      script: model.script,
      shop: .init(
        names: Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, settings.name(in: $0)) }),
        timeZone: settings.timeZone, email: settings.contact?.email ?? "", phone: settings.contact?.phone ?? "",
        hours: Dictionary(
          uniqueKeysWithValues: Language.allCases.map { ($0, settings.contact?.hours?[$0.rawValue] ?? "") }),
        currency: settings.currencyCode, refundDays: settings.refundDays,
        returnWindow: settings.return_window_days))
    self.service = service
    self.logger = logger
  }

  /// The same assistant before another shop of the same settings, such as a scratch copy.
  package func serving(_ service: ShopService) -> Agent {
    var copy = self
    copy.service = service
    return copy
  }

  /// Answers a message that comes at the time `now`, and moves the conversation on.
  package func respond(to text: String, in session: inout Session, now: Timestamp) -> Turn {
    let clock = ContinuousClock()
    let start = clock.now
    let interpretation = interpreter.interpret(
      text, after: session.state.question, history: session.history, today: today(now))
    let (first, further) = requests(in: text, interpretation, now)
    var state = tracker.update(session.state, with: first, further: further)
    if let fixed = session.fixedLanguage { state.language = fixed }
    session.turns += 1
    session.authorization.customerSpoke()
    var replies: [Reply] = []
    var actions: [Turn.PerformedAction] = []
    steps: for _ in 0..<Self.greatestSteps {
      let (step, next) = policy.step(state)
      state = next
      switch step {
      case .say(let key):
        let reply = writer.reply(key, state, now: now, variant: session.variant(of: key))
        if !reply.text.isEmpty { replies.append(reply) }
      case .perform(let action):
        let result = service.perform(action, &session.authorization, now: now)
        if case .failed(.serviceUnavailable) = result {
          logger.error("the store did not answer", metadata: ["action": "\(action.name)"])
        }
        // A statement made is no action of the shop's yet; one refused is.
        if case .prepared = result {} else { actions.append(.init(action: action, result: result)) }
        state = tracker.update(state, with: result, of: action)
      case .listen:
        break steps
      }
    }
    // What somebody declined before they said who they are is kept once they have.
    let isNew = session.state.customer == nil && state.customer != nil
    for product in state.shopping.declined.subtracting(isNew ? [] : session.state.shopping.declined).sorted() {
      do { try service.decline(product, session.authorization, now: now) } catch {
        logger.error("a wish not to see a product was not kept", metadata: ["product": "\(product)"])
      }
    }
    session.state = state
    session.history =
      (session.history + [.init(isAgent: false, text: text)]
      + replies.map { .init(isAgent: true, text: $0.text) }).suffix(Session.remembered)
    let elapsed = (clock.now - start) / .milliseconds(1)
    return Turn(
      conversation: session.id, number: session.turns, interpretation: interpretation, replies: replies, actions: actions,
      flow: state.active?.name, requestedSlot: state.requestedSlot, awaitingConfirmation: state.awaitingConfirmation,
      slots: state.facts, customer: session.authorization.customer?.id, handoff: state.handoff, milliseconds: elapsed)
  }

  /// A message that asks for several businesses, taken apart: the first of them, and the others for later.
  private func requests(in text: String, _ whole: Interpretation, _ now: Timestamp) -> (Interpretation, [DialogueState.Request])
  {
    let clauses = Clauses.split(text)
    guard clauses.count > 1 else { return (whole, []) }
    var first: Interpretation?
    var firstFlow: String?
    var further: [DialogueState.Request] = []
    for clause in clauses {
      let interpretation = interpreter.interpret(clause, today: today(now))
      guard interpretation.intent.confidence >= Self.sureOfClause, let flow = tracker.business(interpretation.intent.name)
      else { continue }
      if first == nil {
        (first, firstFlow) = (interpretation, flow)
      } else if flow != firstFlow, !further.contains(where: { $0.flow == flow }) {
        further.append(.init(flow: flow, mention: Mention(interpretation, answering: nil)))
      }
    }
    guard let first, !further.isEmpty else { return (whole, []) }
    // Who the customer is may stand in a clause of its own: the first request keeps all that the message says of it.
    return (
      Interpretation(
        utterance: whole.utterance, intent: first.intent, ranking: first.ranking, entities: whole.entities,
        attention: whole.attention), further
    )
  }

  /// The words a conversation opens with.
  package func greeting(_ session: Session, now: Timestamp) -> Reply {
    writer.reply("utter_greet", session.state, now: now, variant: session.variant(of: "utter_greet"))
  }

  /// The shop's currency, an ISO 4217 code.
  package var currency: String { service.settings.currencyCode }

  /// What is known of the interests of the conversation's customer; nil before they have identified themselves.
  package func interests(_ session: Session) throws -> CustomerInterests? { try service.interests(session.authorization) }

  /// Has those interests forgotten.
  package func forgetInterests(_ session: Session, now: Timestamp) throws {
    try service.forgetInterests(session.authorization, now: now)
  }

  /// What was meant by a text, without a conversation.
  package func interpret(_ text: String, now: Timestamp) -> Interpretation { interpreter.interpret(text, today: today(now)) }

  /// The day it is where the shop stands.
  private func today(_ now: Timestamp) -> Day {
    let zone = TimeZone(identifier: service.settings.timeZone) ?? .gmt
    return Day(now, offset: zone.secondsFromGMT(for: Date(timeIntervalSince1970: now.seconds)))
  }
}
