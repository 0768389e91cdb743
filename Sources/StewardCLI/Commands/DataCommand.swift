import ArgumentParser
import Conversation
import Corpus
import Dialogue
import Foundation
import NLU
import Neural
import Text

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Work on training data.",
    discussion: """
      EXAMPLE:
        steward data split intents --output parts
      """,
    subcommands: [
      DataValidateCommand.self, DataStatsCommand.self, DataSplitCommand.self, DataAugmentCommand.self,
      DataConvertCommand.self, DataMineCommand.self,
    ])
}

struct DataSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Split examples into a training and a test part, each intent in each language in the same share.",
    discussion: """
      Writes train.yml and test.yml into the output folder.

      EXAMPLE:
        steward data split intents --output parts --test 0.2 --seed 1
        steward train --intents parts/train.yml --model trial
        steward evaluate intents parts/test.yml --model trial
      """)

  @Argument(help: "Files or folders (default: intents/).")
  var paths: [String] = []
  @Option(name: [.short, .long], help: "The folder to write into.")
  var output: String
  @Option(help: "The share of the test part.")
  var test = 0.2
  @Option(help: "Fixes which examples go where.")
  var seed: UInt64 = 1

  func validate() throws {
    guard test > 0, test < 1 else { throw ValidationError("--test wants a share between 0 and 1") }
  }

  func run() throws {
    let locations = try Locations()
    let examples = try TrainingData(paths: paths.isEmpty ? [locations.inHome("intents")] : paths).examples
    guard !examples.isEmpty else { throw Failure("no examples in \(paths.joined(separator: ", "))") }
    let tokenizer = try Tokenizer()
    let split = Split(
      examples, testShare: test, language: { tokenizer.utterance($0).language },
      generator: { SplitMix64(seed: seed, name: $0) })
    for (name, part) in [("train", split.train), ("test", split.test)] {
      let path = "\(output)/\(name).yml"
      try AtomicFile.write(Data(TrainingData.yaml(part).utf8), to: path)
      Output.line("\(path): \(part.count) examples")
    }
  }
}

struct DataValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check training data: what contradicts itself, repeats itself, or is not enough.",
    discussion: """
      A line for each finding, with file and line. Texts are compared within each PATH, so a test set does not count as a repetition of
      the training data. Exit code 1 if there is an error; with --strict also for a warning.

      Labels that are probably wrong are found by cross-validation and listed by --label-errors, the likeliest first: no warnings, for
      some of them are only hard.

      EXAMPLES:
        steward data validate
        steward data validate my-intents/ --strict
        steward data validate my-intents/ --label-errors --json | jq -r '.text'
      """)

  @Argument(help: "Files or folders (default: intents/ and corpora/).")
  var paths: [String] = []
  @Flag(help: "Let warnings fail as well.")
  var strict = false
  @Flag(help: "Look for wrong labels instead: a model that has not seen an example doubts its label.")
  var labelErrors = false
  @Option(help: "With --label-errors: list this share of all examples, instead of those that are suspected.")
  var top: Double?
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object for each finding.")
  var json = false

  private struct FindingForm: Encodable {
    let file: String
    let line: Int?
    let severity: String
    let message: String
  }

  private struct SuspectForm: Encodable {
    let file: String
    let line: Int?
    let text: String
    let intent: String
    let suggested: String?
    let intent_probability: Double?
    let suggested_probability: Double?
  }

  func validate() throws {
    if let top, !(top > 0 && top <= 1) { throw ValidationError("--top wants a share between 0 and 1") }
  }

  func run() throws {
    let locations = try Locations()
    let paths = paths.isEmpty ? ["intents", "corpora"].map(locations.inHome) : paths
    let tokenizer = try Tokenizer()
    if labelErrors { return try listLabelErrors(paths, tokenizer) }
    var (errors, warnings, examples) = (0, 0, 0)
    var script = Script()
    var intents: Set<String> = []
    var places: [String: SourcePlace] = [:]
    for path in paths {
      let data = try TrainingData(paths: [path])
      examples += data.examples.count
      for finding in CorpusAudit(data.examples, tokenizer: tokenizer).findings {
        Output.line(
          json
            ? try JSONForms.line(
              FindingForm(
                file: finding.place.file, line: finding.place.line, severity: finding.severity.rawValue,
                message: finding.message))
            : finding.description)
        if finding.severity == .error { errors += 1 } else { warnings += 1 }
      }
      places.merge(data.places) { first, _ in first }
      script.flows.merge(data.script.flows) { first, _ in first }
      script.responses.merge(data.script.responses) { first, _ in first }
      intents.formUnion(data.examples.filter { !$0.isOutOfScope }.map(\.intent))
    }
    // Wordings without flows are part of a corpus for some other program.
    let problems = (script.flows.isEmpty ? [] : script.problems(intents: intents)) + script.unknownSlots
    for problem in problems {
      let place = problem.subject.flatMap { places[$0] }
      Output.line(
        json
          ? try JSONForms.line(
            FindingForm(file: place?.file ?? "", line: place?.line, severity: "error", message: problem.description))
          : place.map { "\($0): error: \(problem)" } ?? "error: \(problem)")
      errors += 1
    }
    (json ? Output.note : Output.line)(
      "\(examples) examples: \(errors) \(errors == 1 ? "error" : "errors"), \(warnings) \(warnings == 1 ? "warning" : "warnings")"
    )
    if errors > 0 || (strict && warnings > 0) { throw Failure("the data has to be mended; each line above says where") }
  }

  private func listLabelErrors(_ paths: [String], _ tokenizer: Tokenizer) throws {
    let examples = try TrainingData(paths: paths).examples
    let found = LabelErrors(examples, tokenizer: tokenizer, seed: 1, threads: threads ?? Parallel.processors)
    let known = Dictionary(found.suspects.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    let listed =
      top.map { Array(found.order.prefix(Int((Double(examples.count) * $0).rounded(.up)))) } ?? found.suspects.map(\.index)
    for index in listed {
      let (example, suspect) = (examples[index], known[index])
      if json {
        Output.line(
          try JSONForms.line(
            SuspectForm(
              file: example.place.file, line: example.place.line, text: example.text, intent: example.intent,
              suggested: suspect?.suggested, intent_probability: suspect?.label, suggested_probability: suspect?.suggestion)))
      } else {
        let words = suspect.map { "reads like \($0.suggested) (\(decimal($0.suggestion * 100, 0))%)" } ?? "is hard to tell"
        Output.line(
          TerminalText.oneLine("\(example.place): \"\(example.text)\" under \(example.intent) \(words)"))
      }
    }
    (json ? Output.note : Output.line)("\(examples.count) examples: \(found.suspects.count) labels are doubtful")
  }
}

struct DataStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count examples and measure how varied they are.",
    discussion: """
      EXAMPLE:
        steward data stats intents
      """)

  @Argument(help: "Files or folders (default: intents/).")
  var paths: [String] = []
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Figures: Encodable {
    let languages: [String: CorpusAudit.Spread]
    let intents: [String: [String: Int]]
  }

  func run() throws {
    let locations = try Locations()
    let examples = try TrainingData(paths: paths.isEmpty ? [locations.inHome("intents")] : paths).examples
    let tokenizer = try Tokenizer()
    let spread = CorpusAudit.spread(examples, tokenizer: tokenizer)
    var counts: [String: [String: Int]] = [:]
    for example in examples {
      counts[example.intent, default: [:]][tokenizer.utterance(example.text).language?.rawValue ?? "none", default: 0] += 1
    }
    if json { return Output.line(try JSONForms.line(Figures(languages: spread, intents: counts))) }
    for (language, part) in spread.sorted(by: { $0.key < $1.key }) {
      Output.line("\(language): \(part.examples) examples of \(part.intents) intents, \(part.entities) entities annotated")
      Output.line(
        "  tokens an example: a tenth have at most \(part.lengths[0]), half \(part.lengths[1]), nine tenths \(part.lengths[2]), the longest \(part.lengths[3])"
      )
      Output.line(
        "  type-token ratio \(decimal(part.typeTokenRatio, 3)), similarity within an intent \(decimal(part.similarityWithinIntent, 3))"
      )
    }
    let languages = spread.keys.sorted()
    Output.line("")
    Output.line(Table.left("intent", 34) + languages.map { Table.right($0, 7) }.joined())
    for (intent, count) in counts.sorted(by: { $0.key < $1.key }) {
      Output.line(Table.left(intent, 34) + languages.map { Table.right(String(count[$0] ?? 0), 7) }.joined())
    }
  }
}
