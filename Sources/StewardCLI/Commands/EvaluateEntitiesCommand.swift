import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Text

struct EvaluateEntitiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entities",
    abstract: "Measure how well entities are found.",
    discussion: """
      DATA is annotated text in any form that train reads, or - for standard input. An entity is right when its span and its type are.
      Only the types that DATA annotates count.

      EXAMPLES:
        steward evaluate entities test.yml
        steward evaluate entities valid.jsonl --model mine --json | jq .f1
      """)

  @Argument(help: "Annotated examples.")
  var data: String
  @OptionGroup var model: ModelOption
  @Option(help: "Write what was found in each example to this file, as JSON Lines.")
  var predictions: String?
  @Option(help: "Train on all other parts and measure on each of so many, instead of measuring a model.")
  var crossValidate: Int?
  @Option(help: "Write how often each type was found where another is annotated, as TAB-separated values.")
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

  private struct Span: Encodable {
    let entity: String
    let start: Int
    let end: Int
    let value: String?
    let role: String?
    let group: String?
  }

  private struct PredictionForm: Encodable {
    let text: String
    let entities: [Span]
    let predicted: [Span]
  }

  func validate() throws {
    if let crossValidate, crossValidate < 2 { throw ValidationError("--cross-validate wants a number of at least 2") }
    if let epochs, epochs < 1 { throw ValidationError("--epochs wants a number of at least 1") }
  }

  func run() throws {
    let corpus = try TrainingData(paths: [data])
    let examples = corpus.examples
    guard examples.contains(where: { !$0.annotations.isEmpty }) else { throw Failure("\(data): no annotated entities in it") }
    let tokenizer = try Tokenizer()
    let threads = threads ?? Parallel.processors
    let types = Set(examples.lazy.flatMap(\.annotations).map(\.entity))
    let found: [EntityEvaluation.Outcome]
    if let crossValidate {
      var bar = ProgressBar()
      found = try CrossValidation(parts: crossValidate, epochs: epochs, seed: seed, threads: threads, tokenizer: tokenizer)
        .entityOutcomes(corpus) { bar.update($0, $1) }
      bar.end()
    } else {
      found = EntityEvaluation(interpreter: try model.load(try Locations()).interpreter(tokenizer), threads: threads)
        .outcomes(examples)
    }
    // Of a type that nobody annotated nobody has said whether it is right.
    let outcomes = found.map { outcome in
      EntityEvaluation.Outcome(example: outcome.example, entities: outcome.entities.filter { types.contains($0.type) })
    }
    if let predictions { try write(outcomes, to: predictions) }
    let metrics = EntityMetrics(outcomes)
    let confusions = Self.confusions(outcomes)
    if let confusion { try Self.write(confusions, types.union(["none"]).sorted(), to: confusion) }
    if let html { try writeReport(metrics, confusions, to: html) }
    if json { Output.line(try JSONForms.line(metrics)) } else { report(metrics) }
  }

  /// For each annotated type what was found there: a type, or none; and what was found where nothing is annotated.
  private static func confusions(_ outcomes: [EntityEvaluation.Outcome]) -> [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for outcome in outcomes {
      for annotation in outcome.example.annotations {
        let over = outcome.entities.filter { $0.span.overlaps(annotation.span) }
        let best = over.first { $0.type == annotation.entity } ?? over.first
        counts[[annotation.entity, best?.type ?? "none"], default: 0] += 1
      }
      for entity in outcome.entities where !outcome.example.annotations.contains(where: { $0.span.overlaps(entity.span) }) {
        counts[["none", entity.type], default: 0] += 1
      }
    }
    return counts
  }

  private static func write(_ counts: [[String]: Int], _ names: [String], to path: String) throws {
    func cell(_ name: String) -> String { name.map { $0 == "\t" ? " " : String($0) }.joined() }
    var text = "annotated\\found\t" + names.map(cell).joined(separator: "\t") + "\n"
    for name in names {
      text += cell(name) + "\t" + names.map { String(counts[[name, $0]] ?? 0) }.joined(separator: "\t") + "\n"
    }
    try AtomicFile.write(Data(text.utf8), to: path)
  }

  private func writeReport(_ metrics: EntityMetrics, _ counts: [[String]: Int], to path: String) throws {
    func figure(_ name: String, _ value: Double, _ key: String?) -> HTMLReport.Figure {
      let interval = key.flatMap { metrics.intervals[$0] }
      return .init(
        name: name, value: value, interval: interval.flatMap { $0.count == 2 ? min($0[0], $0[1])...max($0[0], $0[1]) : nil },
        isShare: true)
    }
    let report = HTMLReport(
      title: "Entities",
      facts: [
        ("data", data), crossValidate.map { ("cross-validated", "\($0) parts") } ?? ("model", model.name ?? "current"),
        ("texts", String(metrics.n)), ("intervals", "95%, bootstrap"),
      ],
      figures: [
        figure("F1, exact span and type", metrics.f1, "f1"), figure("precision", metrics.precision, "precision"),
        figure("recall", metrics.recall, "recall"), figure("F1 where an overlap will do", metrics.partialF1, nil),
      ],
      perIntent: metrics.perType.sorted { $0.key < $1.key }.map {
        (name: $0.key, precision: $0.value.precision, recall: $0.value.recall, f1: $0.value.f1, support: $0.value.support)
      },
      confusions: counts.filter { $0.key[0] != $0.key[1] }
        .sorted { ($1.value, $0.key.joined()) < ($0.value, $1.key.joined()) }
        .map { .init(label: $0.key[0], predicted: $0.key[1], count: $0.value) },
      rightConfidences: [], wrongConfidences: [], reliability: [], trainingCurve: [], learningCurve: [], mistakes: [])
    try AtomicFile.write(Data(report.html.utf8), to: path)
  }

  private func write(_ outcomes: [EntityEvaluation.Outcome], to path: String) throws {
    var text = ""
    for outcome in outcomes {
      let gold = outcome.example.annotations.map {
        Span(
          entity: $0.entity, start: $0.span.lowerBound, end: $0.span.upperBound, value: $0.value, role: $0.role, group: $0.group
        )
      }
      let found = outcome.entities.map {
        Span(
          entity: $0.type, start: $0.span.lowerBound, end: $0.span.upperBound, value: $0.value, role: $0.role, group: $0.group)
      }
      text += try JSONForms.line(PredictionForm(text: outcome.example.text, entities: gold, predicted: found)) + "\n"
    }
    try AtomicFile.write(Data(text.utf8), to: path)
  }

  private func report(_ metrics: EntityMetrics) {
    func row(_ name: String, _ value: Double) -> String { Table.left(name, 34) + "\(decimal(value * 100, 1))%" }
    Output.line("\(metrics.n) texts, exact span and type")
    Output.line(row("F1", metrics.f1))
    Output.line(row("precision", metrics.precision))
    Output.line(row("recall", metrics.recall))
    Output.line(row("F1 where an overlap will do", metrics.partialF1))
    Output.line("")
    Output.line("entity                            precision  recall      F1  count")
    for (name, part) in metrics.perType.sorted(by: { ($0.value.f1, $0.key) < ($1.value.f1, $1.key) }) {
      let columns = [part.precision, part.recall, part.f1].map { Table.right(decimal($0 * 100, 1), 8) }.joined()
      Output.line(Table.left(name, 34) + " " + columns + Table.right(String(part.support), 7))
    }
  }
}
