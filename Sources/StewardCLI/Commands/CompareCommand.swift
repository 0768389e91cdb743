import ArgumentParser
import Corpus
import Foundation
import NLU
import Neural
import Text

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measure two models on the same data, and say whether the difference may be chance.",
    discussion: """
      Prints both accuracies, McNemar's exact test, what each intent gained or lost, and the texts that changed.

      EXAMPLES:
        steward compare default mine test.tsv
        steward compare ./old.safetensors ./new.safetensors test.yml --json | jq .p_value
      """)

  @Argument(help: "A model: a file, or the NAME of models/NAME.safetensors.")
  var modelA: String
  @Argument(help: "Another.")
  var modelB: String
  @Argument(help: "Labelled examples, in any form that train reads.")
  var data: String
  @Option(help: "Changed texts to show.")
  var count = 20
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if count < 0 { throw ValidationError("--count wants a number of at least 0") }
  }

  func run() throws {
    let locations = try Locations()
    let examples = try TrainingData(paths: [data]).examples
    guard !examples.isEmpty else { throw Failure("\(data): no examples in it") }
    let models = try [modelA, modelB].map { try Model(path: locations.model(flag: $0)).intents }
    let comparison = ModelComparison(
      examples, a: models[0], b: models[1], tokenizer: try Tokenizer(), threads: threads ?? Parallel.processors)
    if json {
      Output.line(try JSONForms.line(comparison))
      return
    }
    func percent(_ value: Double) -> String { "\(decimal(value * 100, 2))%" }
    Output.line("\(comparison.n) texts")
    Output.line(Table.left(TerminalText.oneLine(modelA), 34) + percent(comparison.accuracy_a))
    Output.line(Table.left(TerminalText.oneLine(modelB), 34) + percent(comparison.accuracy_b))
    let verdict = comparison.p_value < 0.05 ? "more than chance" : "may be chance"
    Output.line("only the first right \(comparison.only_a), only the second right \(comparison.only_b):")
    Output.line("  McNemar's p = \(decimal(comparison.p_value, 4)), \(verdict)")
    let losses = comparison.losses
    if !losses.isEmpty { Output.line("\nintent                              first  second  texts") }
    for (name, part) in losses {
      Output.line(
        Table.left(TerminalText.oneLine(name), 34) + Table.right(String(part.right_a), 7) + Table.right(String(part.right_b), 8)
          + Table.right(String(part.support), 7))
    }
    if !comparison.changed.isEmpty { Output.line("\nchanged") }
    for change in comparison.changed.prefix(count) {
      let mark = change.b == change.label ? "+" : "-"
      Output.line(
        "\(mark) \(TerminalText.oneLine(change.text))  (\(TerminalText.oneLine(change.label)): \(TerminalText.oneLine(change.a)) → \(TerminalText.oneLine(change.b)))"
      )
    }
    if comparison.changed.count > count { Output.line("… and \(comparison.changed.count - count) more; --count shows them") }
  }
}
