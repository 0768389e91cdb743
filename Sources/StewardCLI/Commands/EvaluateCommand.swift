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
      EXAMPLE:
        steward evaluate intents test.tsv --model mine
        steward evaluate entities test.jsonl --model mine --json
        steward evaluate responses choices.jsonl --model mine
      """,
    subcommands: [
      EvaluateIntentsCommand.self, EvaluateEntitiesCommand.self, EvaluateResponsesCommand.self,
      EvaluateRecommendationsCommand.self,
      EvaluateSearchCommand.self,
    ])
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
      """)

  @Argument(help: "Labelled examples.")
  var data: String
  @OptionGroup var model: ModelOption
  @Option(help: "Write the prediction for each example to this file, as JSON Lines.")
  var predictions: String?
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

  func run() throws {
    let examples = try TrainingData(paths: [data]).examples
    guard !examples.isEmpty else { throw Failure("\(data): no examples in it") }
    let tokenizer = try Tokenizer()
    let evaluation = IntentEvaluation(
      tokenizer: tokenizer, classifier: try model.load(try Locations()).intents, threads: threads ?? Parallel.processors)
    let outcomes = evaluation.outcomes(examples)
    if let predictions { try write(outcomes, to: predictions) }
    let metrics = IntentMetrics(outcomes)
    if json { Output.line(try JSONForms.line(metrics)) } else { report(metrics) }
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
