import Conversation
import Foundation

/// The machine-readable forms of what the program finds; their keys are a contract with scripts.
enum JSONForms {
  /// One line of JSON.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return TerminalText.filtered(json: String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}

/// An `Interpretation`, in the shape of Rasa's `/model/parse`.
struct InterpretationForm: Encodable {
  private struct EntityForm: Encodable {
    let entity: String
    let start: Int
    let end: Int
    let value: String
    let text: String
    let confidence: Double
    let extractor: String
    let role: String?
    let group: String?
  }

  /// The fixed answers, as Rasa's response selector gives them; the passage of the shop's knowledge, where one is given.
  private struct SelectorForm: Encodable {
    struct Ranked: Encodable {
      let intent_response_key: String
      let confidence: Double
    }
    struct Passage: Encodable {
      let text: String
      let heading: String
      let source: String
      let language: String
      let confidence: Double
    }
    let ranking: [Ranked]
    let passage: Passage?
  }

  private let text: String
  private let language: String
  private let intent: IntentScore
  private let intent_ranking: [IntentScore]
  private let entities: [EntityForm]
  private let text_tokens: [[Int]]
  private let response_selector: [String: SelectorForm]

  init(_ interpretation: Interpretation) {
    text = interpretation.utterance.text
    language = (interpretation.utterance.language ?? .english).rawValue
    intent = interpretation.intent
    intent_ranking = interpretation.ranking
    entities = interpretation.entities.map {
      EntityForm(
        entity: $0.type, start: $0.span.lowerBound, end: $0.span.upperBound, value: $0.value, text: $0.text,
        confidence: $0.confidence, extractor: $0.extractor, role: $0.role, group: $0.group)
    }
    text_tokens = interpretation.utterance.tokens.map { [$0.span.lowerBound, $0.span.upperBound] }
    let retrieval = interpretation.ranking.filter { $0.name.contains("/") }
    response_selector = [
      "default": SelectorForm(
        ranking: retrieval.map { .init(intent_response_key: $0.name, confidence: $0.confidence) },
        passage: interpretation.answer.map {
          .init(
            text: $0.text, heading: $0.heading, source: $0.source, language: $0.language.rawValue, confidence: $0.confidence)
        })
    ]
  }
}

/// A `Turn`. What is unknown is `null`, never missing.
struct TurnForm: Encodable {
  private struct ReplyForm: Encodable {
    let text: String
    let buttons: [Reply.Button]?
    let items: [Reply.Item]?
  }

  private struct ActionForm: Encodable {
    let name: String
    let arguments: [String: ActionArgument]
    let result: String?
    let error: String?
  }

  private struct HandoffForm: Encodable {
    let reason: String
    let summary: String
    let slots: [String: String]
  }

  private enum CodingKeys: String, CodingKey {
    case conversation, turn, user, interpretation, replies, actions, flow, slots, customer, handoff, ms
    case requestedSlot = "requested_slot"
    case awaitingConfirmation = "awaiting_confirmation"
  }

  let turn: Turn

  init(_ turn: Turn) {
    self.turn = turn
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(turn.conversation, forKey: .conversation)
    try container.encode(turn.number, forKey: .turn)
    try container.encode(turn.interpretation.utterance.text, forKey: .user)
    try container.encode(InterpretationForm(turn.interpretation), forKey: .interpretation)
    try container.encode(
      turn.replies.map {
        ReplyForm(text: $0.text, buttons: $0.buttons.isEmpty ? nil : $0.buttons, items: $0.items.isEmpty ? nil : $0.items)
      }, forKey: .replies)
    let actions = turn.actions.map { performed in
      if case .failed(let failure) = performed.result {
        ActionForm(name: performed.action.name, arguments: performed.action.arguments, result: nil, error: failure.message)
      } else {
        ActionForm(
          name: performed.action.name, arguments: performed.action.arguments, result: performed.result.summary, error: nil)
      }
    }
    try container.encode(actions, forKey: .actions)
    try container.encode(turn.flow, forKey: .flow)
    try container.encode(turn.requestedSlot?.rawValue, forKey: .requestedSlot)
    try container.encode(turn.awaitingConfirmation, forKey: .awaitingConfirmation)
    try container.encode(turn.slots, forKey: .slots)
    try container.encode(turn.customer, forKey: .customer)
    try container.encode(
      turn.handoff.map { HandoffForm(reason: $0.reason, summary: $0.summary, slots: $0.slots) }, forKey: .handoff)
    try container.encode((turn.milliseconds * 1000).rounded() / 1000, forKey: .ms)
  }
}
