import ArgumentParser
import Corpus
import Foundation
import NLU
import Neural
import Text

struct DataAugmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Show how training alters texts: a slip of the keys here, a character of the same sound there.",
    discussion: """
      Training does this by itself, anew in each pass; this is for looking at it, or for making a noisy test set.

      EXAMPLES:
        steward data augment intents --count 20
        steward data augment test.tsv --slips 1 --tsv > noisy.tsv
      """)

  @Argument(help: "Files or folders (default: intents/).")
  var paths: [String] = []
  @Option(help: "Examples to alter, drawn by chance (default: all).")
  var count: Int?
  @Option(help: "Words of each text that get a slip.")
  var slips = 1
  @Option(help: "Fixes every chance.")
  var seed: UInt64 = 1
  @Flag(help: "Print altered text TAB intent, to train or measure on.")
  var tsv = false

  func validate() throws {
    if let count, count < 0 { throw ValidationError("--count wants a number of at least 0") }
    if slips < 0 { throw ValidationError("--slips wants a number of at least 0") }
  }

  func run() throws {
    let locations = try Locations()
    let examples = try TrainingData(paths: paths.isEmpty ? [locations.inHome("intents")] : paths).examples
    let tokenizer = try Tokenizer()
    let noise = TypingNoise(words: Set(examples.flatMap { tokenizer.utterance($0.text).tokens.map(\.text) }).sorted())
    var generator = SplitMix64(seed: seed, name: "augment")
    let chosen = count.map { Array(examples.shuffled(using: &generator).prefix($0)) } ?? examples
    for example in chosen {
      let altered = self.altered(example.text, tokenizer, noise, &generator)
      Output.line(
        tsv
          ? "\(TerminalText.oneLine(altered))\t\(TerminalText.oneLine(example.intent))"
          : TerminalText.oneLine("\(example.text)  →  \(altered)"))
    }
  }

  private func altered(_ text: String, _ tokenizer: Tokenizer, _ noise: TypingNoise, _ generator: inout SplitMix64) -> String {
    var scalars = Array(text.unicodeScalars)
    let tokens = tokenizer.utterance(text).tokens.shuffled(using: &generator)
    var done: [(span: Range<Int>, word: String)] = []
    for token in tokens where done.count < slips {
      if let word = noise.altered(token.text, using: &generator) { done.append((token.span, word)) }
    }
    for (span, word) in done.sorted(by: { $0.span.lowerBound > $1.span.lowerBound }) {
      scalars.replaceSubrange(span, with: Array(word.unicodeScalars))
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
