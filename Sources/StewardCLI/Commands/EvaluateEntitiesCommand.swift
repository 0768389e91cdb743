import ArgumentParser
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

  func run() throws {
    let examples = try TrainingData(paths: [data]).examples
    guard examples.contains(where: { !$0.annotations.isEmpty }) else { throw Failure("\(data): no annotated entities in it") }
    let interpreter = try model.load(try Locations()).interpreter(try Tokenizer())
    let types = Set(examples.lazy.flatMap(\.annotations).map(\.entity))
    let outcomes = EntityEvaluation(interpreter: interpreter, threads: threads ?? Parallel.processors).outcomes(examples)
      .map { outcome in
        EntityEvaluation.Outcome(example: outcome.example, entities: outcome.entities.filter { types.contains($0.type) })
      }
    if let predictions { try write(outcomes, to: predictions) }
    let metrics = EntityMetrics(outcomes)
    if json { Output.line(try JSONForms.line(metrics)) } else { report(metrics) }
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
