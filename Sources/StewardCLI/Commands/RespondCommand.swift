import Agent
import ArgumentParser
import Commerce
import Conversation
import Corpus
import Foundation
import Neural

struct RespondCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "respond",
    abstract: "Answer the customers of recorded conversations: the batch form of chat.",
    discussion: """
      Reads conversations in the forms of evaluate, drops what agents said in them, and writes each as a JSON line with the assistant's
      own turns. Each has a scratch copy of the shop to itself, so nothing is changed and none sees another's changes.

      EXAMPLES:
        steward respond conversations.jsonl > answered.jsonl
        zcat conversations.jsonl.gz | steward respond | jq -r '.turns[-1].text'
      """)

  @Argument(help: "Files of conversations (default: standard input).")
  var files: [String] = []
  @OptionGroup var model: ModelOption
  @OptionGroup var store: StoreOption
  @OptionGroup var clock: ClockOption
  @Option(help: "Conversations answered at a time (default: the number of processors).")
  var jobs: Int?
  @Option(help: "Fixes the choice of words.")
  var seed: UInt64 = 1
  @Flag(help: "Stop at the first bad line.")
  var strict = false

  private struct Form: Encodable {
    struct Action: Encodable {
      let name: String
      let arguments: [String: ActionArgument]
    }
    struct Turn: Encodable {
      let speaker: String
      let text: String
      var intent: String?
      var response: String?
      var actions: [Action]?
    }
    let id: String
    let turns: [Turn]
  }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs wants a number of at least 1") }
  }

  func run() throws {
    let locations = try Locations()
    let (agent, service) = try makeAgent(locations, model: model, store: store)
    let now = try clock.timestamp()
    var batches = TranscriptBatches(files, isStrict: strict, threads: jobs ?? Parallel.processors)
    var bar = ProgressBar()
    var done = 0
    while true {
      let batch = try batches.next()
      if batch.isEmpty { break }
      let seed = seed
      let forms = Parallel.map(batch.count, threads: jobs ?? Parallel.processors) { i in
        Self.answer(batch[i], agent.serving(service.onScratchCopy()), seed: seed, now: now)
      }
      for form in forms { Output.line(try JSONForms.line(form)) }
      done += batch.count
      bar.count("\(done) conversations")
    }
    bar.end()
    if let failure = batches.failure { throw failure }
  }

  private static func answer(_ transcript: Transcript, _ agent: Agent, seed: UInt64, now: Timestamp) -> Form {
    var session = Session(seed: seed)
    var turns: [Form.Turn] = []
    for message in transcript.turns where !message.isAgent {
      let turn = agent.respond(to: message.text, in: &session, now: now)
      turns.append(.init(speaker: "customer", text: message.text))
      for (i, reply) in turn.replies.enumerated() {
        let actions = turn.actions.map { Form.Action(name: $0.action.name, arguments: $0.action.arguments) }
        turns.append(
          .init(speaker: "agent", text: reply.text, response: reply.key, actions: i == 0 && !actions.isEmpty ? actions : nil))
      }
    }
    return Form(id: transcript.id, turns: turns)
  }
}
