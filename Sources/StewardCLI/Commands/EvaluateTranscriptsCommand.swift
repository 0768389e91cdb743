import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Text

struct EvaluateTranscriptsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcripts",
    abstract: "Measure the assistant on recorded conversations, against the labels they carry.",
    discussion: """
      Conversations are JSON Lines {"id", "turns": [{"speaker", "text", "intent"?, "entities"?, "actions"?, "response"?}]}, OpenAI's
      {"messages": …}, or plain text; compressed or not; standard input when no file is named. Each customer's message is judged by
      itself, after what the record says was spoken before it. Changes go to a scratch copy of the shop. A bad line is named, counted and
      left out, and the exit code is 1.

      EXAMPLES:
        cat conversations.jsonl | steward evaluate
        zcat corpora.jsonl.gz | steward evaluate --json | jq .intent.accuracy
        steward evaluate monday.jsonl tuesday.jsonl --html report.html
      """)

  @Argument(help: "Files of conversations (default: standard input).")
  var files: [String] = []
  @OptionGroup var model: ModelOption
  @OptionGroup var store: StoreOption
  @OptionGroup var clock: ClockOption
  @Option(name: [.long, .customLong("threads")], help: "Conversations judged at a time (default: the number of processors).")
  var jobs: Int?
  @Option(help: "Write what was predicted for each labelled message to this file, as JSON Lines.")
  var predictions: String?
  @Option(help: "Write a report to look at, one page that needs no network.")
  var html: String?
  @Flag(help: "Stop at the first bad line.")
  var strict = false
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs wants a number of at least 1") }
  }

  func run() throws {
    let locations = try Locations()
    let tokenizer = try Tokenizer()
    let loaded = try model.load(locations)
    let (model, store) = (model, store)
    var evaluation = TranscriptEvaluation(
      tokenizer: tokenizer, model: loaded, now: try clock.timestamp(), threads: jobs ?? Parallel.processors
    ) {
      try makeAgent(locations, model: model, store: store)
    }
    var batches = TranscriptBatches(files, isStrict: strict, threads: jobs ?? Parallel.processors)
    var bar = ProgressBar()
    var lines: [UInt8] = []
    var done = 0
    while true {
      let batch = try batches.next()
      if batch.isEmpty { break }
      for prediction in try evaluation.add(batch, predictions: predictions != nil) {
        lines += try JSONForms.line(prediction).utf8 + [0x0A]
      }
      done += batch.count
      bar.count("\(done) conversations")
    }
    bar.end()
    if let predictions { try AtomicFile.write(Data(lines), to: predictions) }
    let figures = evaluation.figures(skipped: batches.skipped)
    guard figures.conversations > 0 || batches.skipped > 0 else {
      throw Failure("\(files.first ?? "standard input"): no conversations in it")
    }
    if let html {
      var report = IntentReport(figures.intent ?? IntentMetrics([IntentMetrics.Judgment]()), evaluation.intents)
      report.title = "Conversations"
      report.more = [
        ("entities, F1", figures.entities?.f1), ("joint goal", figures.joint_goal?.accuracy),
        ("actions", figures.actions?.accuracy), ("replies", figures.responses?.accuracy),
      ]
      .compactMap { name, value in value.map { .init(name: name, value: $0, interval: nil, isShare: true) } }
      report.facts = [("data", files.isEmpty ? "standard input" : files.joined(separator: ", "))]
      try report.write(to: html)
    }
    if json {
      Output.line(try JSONForms.line(figures))
    } else {
      show(figures)
    }
    if let failure = batches.failure { throw failure }
  }

  private func show(_ figures: TranscriptEvaluation.Figures) {
    func row(_ name: String, _ value: Double, _ n: Int) {
      Output.line(Table.left(name, 34) + "\(decimal(value * 100, 1))%  of \(n)")
    }
    Output.line("\(figures.conversations) conversations, \(figures.turns) messages of customers")
    if let intent = figures.intent {
      row("intent", intent.accuracy, intent.n)
      Output.line(Table.left("  macro F1", 34) + "\(decimal(intent.macroF1 * 100, 1))%")
      if let outside = intent.outOfScope { row("  out of scope, rejected", outside.recall, outside.n) }
    }
    if let entities = figures.entities { row("entities, F1", entities.f1, entities.n) }
    if let actions = figures.actions { row("actions", actions.accuracy, actions.n) }
    if let responses = figures.responses { row("replies", responses.accuracy, responses.n) }
    if figures.intent == nil, figures.entities == nil, figures.actions == nil, figures.responses == nil {
      Output.line("no labels in them: add \"intent\", \"entities\", \"actions\" or \"response\" to the turns to be judged")
    }
  }
}
