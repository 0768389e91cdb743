import ArgumentParser
import Corpus
import Foundation
import Neural
import Text

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Work on training data.",
    discussion: """
      EXAMPLE:
        steward data split intents --output parts
      """, subcommands: [DataSplitCommand.self])
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
