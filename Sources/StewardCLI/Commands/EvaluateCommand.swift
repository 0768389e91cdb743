import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Text

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure a model on labelled data.",
    discussion: """
      Without the name of a part, recorded conversations are judged against the labels they carry.

      EXAMPLES:
        cat conversations.jsonl | steward evaluate
        steward evaluate intents test.tsv --model mine
        steward evaluate entities test.jsonl --model mine --json
        steward evaluate responses choices.jsonl --model mine
        steward evaluate recommendations --interactions train.tsv --test valid.tsv
        steward evaluate search --products products.tsv --judgments judgments.tsv
      """,
    subcommands: [
      EvaluateTranscriptsCommand.self, EvaluateIntentsCommand.self, EvaluateEntitiesCommand.self, EvaluateResponsesCommand.self,
      EvaluateRecommendationsCommand.self, EvaluateSearchCommand.self,
    ], defaultSubcommand: EvaluateTranscriptsCommand.self)
}

struct EvaluateIntentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intents",
    abstract: "Measure how well intents are recognised.",
    discussion: """
      DATA is a file or folder in any form that train reads, or - for standard input.
      Lines labelled out_of_scope (oos, nlu_fallback) count only for out-of-scope detection.

      EXAMPLES:
        steward evaluate intents test.yml
        steward evaluate intents valid.tsv --model mine --json | jq .accuracy
        steward evaluate intents my-intents/ --cross-validate 5 --html report.html
      """)

  @Argument(help: "Labelled examples.")
  var data: String
  @OptionGroup var model: ModelOption
  @Option(help: "Write the prediction for each example to this file, as JSON Lines.")
  var predictions: String?
  @Option(help: "Train on all other parts and measure on each of so many, instead of measuring a model.")
  var crossValidate: Int?
  @Option(
    help:
      "With --cross-validate: also with these shares of the training parts (0.1 0.25 …), for a learning curve in the report.")
  var curve: [Double] = []
  @Option(help: "Write how often each intent was taken for each, as TAB-separated values.")
  var confusion: String?
  @Option(help: "Write a report to look at, one page that needs no network.")
  var html: String?
  @Option(help: "Passes over the examples, with --cross-validate (default: by their number).")
  var epochs: Int?
  @Option(help: "Fixes every chance.")
  var seed: UInt64 = 1
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct PredictionForm: Encodable {
    let text: String
    let intent: String
    let predicted: String
    let confidence: Double
    let intent_ranking: [IntentScore]
  }

  func validate() throws {
    if let crossValidate, crossValidate < 2 { throw ValidationError("--cross-validate wants a number of at least 2") }
    if let epochs, epochs < 1 { throw ValidationError("--epochs wants a number of at least 1") }
    if let threads, threads < 1 { throw ValidationError("--threads wants a number of at least 1") }
    if !curve.isEmpty, crossValidate == nil { throw ValidationError("--curve goes with --cross-validate") }
    if curve.contains(where: { !($0 > 0 && $0 <= 1) }) { throw ValidationError("--curve wants shares between 0 and 1") }
  }

  func run() throws {
    let examples = try TrainingData(paths: [data]).examples
    guard !examples.isEmpty else { throw Failure("\(data): no examples in it") }
    let tokenizer = try Tokenizer()
    let threads = threads ?? Parallel.processors
    let outcomes: [IntentEvaluation.Outcome]
    var interpreter: Interpreter?
    var training: [Double] = []
    var learning: [HTMLReport.Point] = []
    if let crossValidate {
      let validation = CrossValidation(
        parts: crossValidate, epochs: epochs, seed: seed, threads: threads, tokenizer: tokenizer)
      var bar = ProgressBar()
      outcomes = try validation.outcomes(examples) { bar.update($0, $1) }
      if !curve.isEmpty {
        learning = try validation.curve(examples, shares: curve) { bar.update($0, $1) }
          .map { .init(x: $0.examplesPerIntent, y: $0.accuracy) }
      }
      bar.end()
    } else {
      let loaded = try model.load(try Locations())
      interpreter = loaded.interpreter(tokenizer)
      training = loaded.origin.trainingAccuracies ?? []
      outcomes = IntentEvaluation(tokenizer: tokenizer, classifier: loaded.intents, threads: threads).outcomes(examples)
    }
    if let predictions { try write(outcomes, to: predictions) }
    let judgments = outcomes.map { IntentMetrics.Judgment($0.example, $0.prediction, language: $0.language) }
    let metrics = IntentMetrics(judgments)
    if let confusion { try writeConfusion(judgments, to: confusion) }
    if let html {
      var report = IntentReport(metrics, outcomes, interpreter: interpreter)
      report.trainingCurve = training.enumerated().map { .init(x: Double($0.offset + 1), y: $0.element) }
      report.facts = [
        ("data", data), crossValidate.map { ("cross-validated", "\($0) parts") } ?? ("model", model.name ?? "current"),
      ]
      report.learningCurve = learning
      try report.write(to: html)
    }
    if json {
      Output.line(
        try JSONForms.line(
          Form(metrics: metrics, curve: learning.map { .init(examples_per_intent: $0.x, accuracy: $0.y) })))
    } else {
      report(metrics)
      for point in learning {
        Output.line("\(Table.left("\(decimal(point.x, 1)) examples an intent", 34))\(decimal(point.y * 100, 1))%")
      }
    }
  }

  private struct Form: Encodable {
    struct Point: Encodable {
      let examples_per_intent: Double
      let accuracy: Double
    }
    let metrics: IntentMetrics
    let curve: [Point]

    private enum Key: String, CodingKey { case learning_curve }

    func encode(to encoder: any Encoder) throws {
      try metrics.encode(to: encoder)
      guard !curve.isEmpty else { return }
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(curve, forKey: .learning_curve)
    }
  }

  private func writeConfusion(_ judgments: [IntentMetrics.Judgment], to path: String) throws {
    var counts: [String: [String: Int]] = [:]
    for judgment in judgments where !judgment.isOutOfScope {
      counts[judgment.label, default: [:]][judgment.best.first ?? "none", default: 0] += 1
    }
    let names = Set(counts.keys).union(counts.values.flatMap(\.keys)).sorted()
    func cell(_ name: String) -> String { name.map { $0 == "\t" ? " " : String($0) }.joined() }
    var text = "label\\predicted\t" + names.map(cell).joined(separator: "\t") + "\n"
    for label in names {
      text += cell(label) + "\t" + names.map { String(counts[label]?[$0] ?? 0) }.joined(separator: "\t") + "\n"
    }
    try AtomicFile.write(Data(text.utf8), to: path)
  }

  private func write(_ outcomes: [IntentEvaluation.Outcome], to path: String) throws {
    var text = ""
    for outcome in outcomes {
      let best = outcome.prediction.ranking.first
      text +=
        try JSONForms.line(
          PredictionForm(
            text: outcome.example.text, intent: outcome.example.intent,
            predicted: outcome.prediction.isRejected ? Interpretation.outOfScope : best?.name ?? Interpretation.outOfScope,
            confidence: best?.confidence ?? 0, intent_ranking: Array(outcome.prediction.ranking.prefix(10)))) + "\n"
    }
    try AtomicFile.write(Data(text.utf8), to: path)
  }

  private func report(_ metrics: IntentMetrics) {
    func row(_ name: String, _ value: Double) -> String {
      Table.left(name, 34) + "\(decimal(value * 100, 1))%"
    }
    Output.line("\(metrics.n) texts with an intent")
    Output.line(row("accuracy", metrics.accuracy))
    for (language, part) in metrics.perLanguage.sorted(by: { $0.key < $1.key }) {
      Output.line(row("  \(language) (\(part.n))", part.accuracy))
    }
    Output.line(row("macro F1", metrics.macroF1))
    Output.line(row("weighted F1", metrics.weightedF1))
    Output.line(row("label among the first three", metrics.top3Accuracy))
    Output.line(row("calibration error", metrics.ece))
    if let outside = metrics.outOfScope {
      Output.line("\(outside.n) texts out of scope")
      Output.line(row("AUROC", outside.auroc))
      Output.line(row("rejected", outside.recall))
      Output.line(row("in scope, right after rejection", outside.inScopeAccuracyAfterRejection))
    }
    Output.line("")
    Output.line("intent                            precision  recall      F1  texts")
    for (name, part) in metrics.perIntent.sorted(by: { ($0.value.f1, $0.key) < ($1.value.f1, $1.key) }) {
      let columns = [part.precision, part.recall, part.f1].map { Table.right(decimal($0 * 100, 1), 8) }.joined()
      Output.line(Table.left(name, 34) + " " + columns + Table.right(String(part.support), 7))
    }
  }
}
