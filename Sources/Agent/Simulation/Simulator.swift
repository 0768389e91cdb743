import Commerce
import Conversation
import Foundation
import Logging
import NLU
import Neural
import Text

/// Plays simulated customers against the whole agent, each on a scratch copy of the store.
package struct Simulator: Sendable {
  package struct Outcome: Sendable {
    package let goal: Goal
    package let isSuccess: Bool
    package let turns: Int
    package let repeatedQuestions: Int
    /// Personal data before identification, or a change without a confirmed statement: must never be.
    package let violations: [String]
    package let transcript: [(speaker: String, text: String)]
  }

  private let model: Model
  private let store: any Store
  private let phrases: [String: [ResponseTemplate]]
  private let now: Timestamp
  package var noise = 0.0
  package var digresses = 0.15
  package var slips = 0.1
  package var threads = 1

  private static let greatestTurns = 60

  /// - Parameter phrases: how customers talk, by act: `utter_customer/…`.
  package init(model: Model, store: any Store, phrases: [String: [ResponseTemplate]], now: Timestamp) {
    self.model = model
    self.store = store
    self.phrases = phrases
    self.now = now
  }

  /// Goals drawn from the store.
  package func draw(_ count: Int, customers: [String], language: Language, seed: UInt64) throws -> [Goal] {
    let drawer = GoalDrawer(store: store, customers: customers, language: language, now: now)
    return try (0..<count).compactMap { i in
      var random = SplitMix64(seed: seed &+ UInt64(i) &* 0x9E37_79B9)
      return try drawer.draw(i, &random)
    }
  }

  /// One conversation a goal, in the order of the goals whatever the number of threads.
  package func run(_ goals: [Goal], language: Language, seed: UInt64) -> [Outcome] {
    Parallel.map(goals.count, threads: threads) { i in
      (try? converse(goals[i], language: language, seed: seed &+ UInt64(i)))
        ?? Outcome(
          goal: goals[i], isSuccess: false, turns: 0, repeatedQuestions: 0, violations: ["the agent could not be made"],
          transcript: [])
    }
  }

  private func converse(_ goal: Goal, language: Language, seed: UInt64) throws -> Outcome {
    let scratch = ScratchStore(store)
    let service = ShopService(store: scratch)
    let agent = try Agent(
      model: model, tokenizer: Tokenizer(), service: service,
      logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() })
    var session = Session(seed: seed)
    var customer = SimulatedCustomer(
      goal, phrases: phrases, manner: .init(language: language, noise: noise, digresses: digresses, slips: slips), seed: seed)
    var transcript: [(String, String)] = []
    var violations: [String] = []
    var turn: Turn?
    var turns = 0
    var wasAwaiting = false
    while turns < Self.greatestTurns, let line = customer.next(after: turn) {
      turns += 1
      let answer = agent.respond(to: line, in: &session, now: now)
      transcript.append(("customer", line))
      transcript.append(("agent", answer.replies.map(\.text).joined(separator: " ")))
      violations += self.violations(answer, goal, wasAwaiting: wasAwaiting)
      wasAwaiting = answer.awaitingConfirmation
      turn = answer
    }
    let expected = ScratchStore(store)
    let desk = ToolDesk(store: expected, isBenchmark: false)
    var touched = ToolDesk.Touched()
    for call in goal.actions { _ = desk.call(call.name, call.arguments, now: now, touched: &touched) }
    return Outcome(
      goal: goal, isSuccess: scratch.hasSameChanges(as: expected), turns: turns, repeatedQuestions: customer.repeatedQuestions,
      violations: violations, transcript: transcript)
  }

  /// What must never be in a turn.
  private func violations(_ turn: Turn, _ goal: Goal, wasAwaiting: Bool) -> [String] {
    var found: [String] = []
    if let customer = turn.customer, customer != goal.customerID { found.append("identified as \(customer)") }
    if turn.customer == nil {
      let said = turn.replies.map(\.text).joined(separator: " ")
      for errand in goal.errands where said.contains(errand.orderID) && !errand.orderID.isEmpty && turn.slots["order"] != nil {
        found.append("spoke of an order before identification")
      }
    }
    for performed in turn.actions {
      if case .carryOut = performed.action, case .done = performed.result, !wasAwaiting {
        found.append("\(performed.action.name) without a confirmed statement")
      }
    }
    return found
  }
}
