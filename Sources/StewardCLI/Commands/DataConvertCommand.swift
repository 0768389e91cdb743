import ArgumentParser
import Corpus
import Foundation

struct DataConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write examples in another format of training data.",
    discussion: """
      Reads whatever `steward train --intents` reads and writes one file. What the format has no place for is said on standard
      error; an example that it cannot hold at all is an error.

        rasa    Rasa NLU YAML 3.1         holds everything
        jsonl   a JSON record a line      holds everything
        snips   SNIPS' JSON               texts, intents, entities
        clinc   CLINC150's JSON           texts, intents
        csv     header text,intent        texts, intents
        tsv     text TAB intent           texts of one line, intents

      EXAMPLES:
        steward data convert intents --to jsonl --output intents.jsonl
        steward data convert data_full.json --to rasa > clinc.yml
      """)

  @Argument(help: "Files or folders; - is standard input (default: intents/).")
  var paths: [String] = []
  @Option(
    name: .customLong("to"), help: "The format: \(DataConvertCommand.formats).",
    transform: { name in
      guard let format = ExampleFormat(rawValue: name) else {
        throw ValidationError("known formats are \(DataConvertCommand.formats)")
      }
      return format
    })
  var format: ExampleFormat
  @Option(name: [.short, .long], help: "The file to write (default: standard output).")
  var output: String?

  private static let formats = ExampleFormat.allCases.map(\.rawValue).joined(separator: ", ")

  func run() throws {
    let locations = try Locations()
    let paths = paths.isEmpty ? [locations.inHome("intents")] : paths
    let data = try TrainingData(paths: paths)
    guard !data.examples.isEmpty else { throw Failure("no examples in \(paths.joined(separator: ", "))") }
    let text = try ExampleWriter.text(data.examples, as: format)
    for loss in ExampleWriter.losses(data.examples, as: format) { Output.note(loss) }
    if data.hints != EntityHints() { Output.note("synonyms, lookups and regexes are no examples and stay behind") }
    if !data.script.isEmpty { Output.note("flows and replies are no examples and stay behind") }
    if let output {
      try AtomicFile.write(Data(text.utf8), to: output)
      Output.note("\(output): \(data.examples.count) \(data.examples.count == 1 ? "example" : "examples")")
    } else {
      // `line` ends the last line itself.
      let lines = String(text.dropLast())
      Output.line(isatty(STDOUT_FILENO) == 1 ? TerminalText.filtered(lines) : lines)
    }
  }
}
