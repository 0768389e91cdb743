import Agent
import Commerce
import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Text

/// Judges an assistant by the labels that conversations carry, batch by batch: memory does not grow with the input but for a few
/// numbers a label.
struct TranscriptEvaluation {
  /// The keys are the command line's contract.
  struct Figures: Encodable {
    struct Actions: Encodable {
      let n: Int
      let accuracy: Double
    }
    let conversations: Int
    let turns: Int
    let intent: IntentMetrics?
    let entities: EntityMetrics?
    /// The share of annotated messages of which every piece of information is found, and of its types nothing else.
    let joint_goal: Actions?
    let actions: Actions?
    let responses: Actions?
    let skipped_lines: Int
  }

  /// What was made of a customer's message, for --predictions.
  struct Prediction: Encodable {
    struct Action: Encodable, Equatable {
      let name: String
      let arguments: [String: ActionArgument]
    }
    let conversation: String
    let turn: Int
    let text: String
    let intent: String
    let confidence: Double
    let actions: [Action]?
    let responses: [String]?
  }

  let tokenizer: Tokenizer
  let model: Model
  /// The whole assistant and its shop, where actions or replies are to be judged; made when the first are.
  let agent: () throws -> (agent: Agent, service: ShopService)
  let now: Timestamp
  let threads: Int

  private var judgments: [IntentMetrics.Judgment] = []
  private var tally = EntityMetrics.Tally()
  private var actions = (right: 0, all: 0)
  private var joint = (right: 0, all: 0)
  private var responses = (right: 0, all: 0)
  private var conversations = 0
  private var turns = 0
  private var made: (agent: Agent, service: ShopService)?

  init(
    tokenizer: Tokenizer, model: Model, now: Timestamp, threads: Int,
    agent: @escaping () throws -> (agent: Agent, service: ShopService)
  ) {
    self.tokenizer = tokenizer
    self.model = model
    self.agent = agent
    self.now = now
    self.threads = threads
  }

  /// Judges some conversations.
  /// - Returns: what was made of each labelled message, in order, where that is wanted.
  mutating func add(_ transcripts: [Transcript], predictions wanted: Bool) throws -> [Prediction] {
    var labelled: [(transcript: Int, turn: Int, labels: Transcript.Labels)] = []
    for (i, transcript) in transcripts.enumerated() {
      conversations += 1
      turns += transcript.turns.count { !$0.isAgent }
      labelled += transcript.labels.sorted { $0.key < $1.key }.map { (i, $0.key, $0.value) }
    }
    func example(_ item: (transcript: Int, turn: Int, labels: Transcript.Labels)) -> Example {
      Example(
        text: transcripts[item.transcript].turns[item.turn].text, intent: item.labels.intent ?? "",
        annotations: item.labels.annotations ?? [], place: SourcePlace(file: transcripts[item.transcript].id))
    }
    let outcomes = IntentEvaluation(tokenizer: tokenizer, classifier: model.intents, threads: threads)
      .outcomes(labelled.map(example))
    for (item, outcome) in zip(labelled, outcomes) where item.labels.intent != nil {
      judgments.append(.init(outcome.example, outcome.prediction, language: outcome.language))
    }
    let annotated = labelled.filter { $0.labels.annotations != nil }
    if !annotated.isEmpty {
      for outcome in EntityEvaluation(interpreter: model.interpreter(tokenizer), threads: threads).outcomes(
        annotated.map(example))
      {
        tally.add(outcome)
        let gold = Set(outcome.example.annotations.map { [$0.entity, String($0.span.lowerBound), String($0.span.upperBound)] })
        let types = Set(outcome.example.annotations.map(\.entity))
        let found = Set(
          outcome.entities.filter { types.contains($0.type) }
            .map { [$0.type, String($0.span.lowerBound), String($0.span.upperBound)] })
        joint.all += 1
        if found == gold { joint.right += 1 }
      }
    }
    let played = try play(transcripts)
    for item in labelled {
      guard let turn = played[item.transcript]?[item.turn] else { continue }
      if let gold = item.labels.actions {
        actions.all += 1
        if gold.map(Self.action) == turn.actions.map(Self.action) { actions.right += 1 }
      }
      if let gold = item.labels.response {
        responses.all += 1
        if turn.replies.contains(where: { $0.key == gold }) || turn.replies.map(\.text).joined(separator: " ") == gold {
          responses.right += 1
        }
      }
    }
    guard wanted else { return [] }
    return zip(labelled, outcomes).map { item, outcome in
      let best = outcome.prediction.ranking.first
      let turn = played[item.transcript]?[item.turn]
      return Prediction(
        conversation: transcripts[item.transcript].id, turn: item.turn, text: outcome.example.text,
        intent: outcome.prediction.isRejected ? Interpretation.outOfScope : best?.name ?? Interpretation.outOfScope,
        confidence: best?.confidence ?? 0, actions: turn.map { $0.actions.map(Self.action) },
        responses: turn.map { $0.replies.map(\.key) })
    }
  }

  /// The turns of the conversations whose actions or replies are labelled, by the place of the customer's message. The customer's
  /// messages are answered one after the other, with what the record says was spoken before each.
  private mutating func play(_ transcripts: [Transcript]) throws -> [Int: [Int: Turn]] {
    let wanted = transcripts.indices.filter { i in
      transcripts[i].labels.values.contains { $0.actions != nil || $0.response != nil }
    }
    guard !wanted.isEmpty else { return [:] }
    let (agent, service) = try made ?? self.agent()
    made = (agent, service)
    let now = now
    let results = Parallel.map(wanted.count, threads: threads) { place -> [Int: Turn] in
      let transcript = transcripts[wanted[place]]
      let agent = agent.serving(service.onScratchCopy())
      var session = Session(seed: 1)
      var turns: [Int: Turn] = [:]
      for (i, message) in transcript.turns.enumerated() where !message.isAgent {
        session.history = Array(transcript.turns[..<i].suffix(Session.remembered))
        turns[i] = agent.respond(to: message.text, in: &session, now: now)
      }
      return turns
    }
    return Dictionary(uniqueKeysWithValues: zip(wanted, results))
  }

  private static func action(_ performed: Turn.PerformedAction) -> Prediction.Action {
    .init(name: performed.action.name, arguments: performed.action.arguments)
  }

  private static func action(_ gold: Transcript.Labels.Action) -> Prediction.Action {
    .init(
      name: gold.name,
      arguments: gold.arguments.mapValues { value in
        switch value {
        case .text(let text): .text(text)
        case .texts(let texts): .texts(texts)
        }
      })
  }

  func figures(skipped: Int) -> Figures {
    func share(_ counts: (right: Int, all: Int)) -> Figures.Actions? {
      counts.all == 0 ? nil : .init(n: counts.all, accuracy: Double(counts.right) / Double(counts.all))
    }
    let entities = EntityMetrics(tally)
    return Figures(
      conversations: conversations, turns: turns, intent: judgments.isEmpty ? nil : IntentMetrics(judgments),
      entities: entities.perType.isEmpty ? nil : entities, joint_goal: share(joint), actions: share(actions),
      responses: share(responses), skipped_lines: skipped)
  }

  /// The judgments, for a report.
  var intents: [IntentMetrics.Judgment] { judgments }
}
