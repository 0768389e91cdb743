import ArgumentParser
import Corpus
import Foundation
import NLU
import Neural
import Text

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Search for settings that suit a corpus better than the default ones.",
    discussion: """
      Tries learning rates, hidden sizes, dropouts and rates of altered texts by cross-validation; a trial that falls behind the best by
      two points after a part is given up. Each trial is written to --results as it ends, and a search that was broken off goes on from
      there. The best is written to --output, for train --settings. What is won is often less than what another seed does: the table says
      how far the parts of the default lie apart.

      EXAMPLES:
        steward tune my-intents/ --trials 12 --output best.json
        steward train --intents my-intents/ --model mine --settings best.json
      """)

  @Argument(help: "Files or folders (default: intents/).")
  var paths: [String] = []
  @Option(help: "Settings to try, the default among them.")
  var trials = 12
  @Option(help: "Parts of the cross-validation.")
  var parts = 3
  @Option(help: "Passes over the examples (default: by their number).")
  var epochs: Int?
  @Option(help: "Where trials are kept, as JSON Lines.")
  var results = "tune.jsonl"
  @Option(name: [.short, .long], help: "Write the best settings here.")
  var output: String?
  @Option(help: "Fixes every chance.")
  var seed: UInt64 = 1
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print the trials as JSON Lines, best first.")
  var json = false

  /// A trial, whole or given up.
  private struct Trial: Codable {
    let settings: IntentTrainer.Adjustment
    /// Of what was searched: another corpus, another seed or other parts are another search.
    let search: String
    /// The accuracy on each part that was measured.
    let accuracies: [Double]
    let isWhole: Bool

    var mean: Double { accuracies.reduce(0, +) / Double(max(accuracies.count, 1)) }
  }

  private static let hopeless = 0.02

  func validate() throws {
    if !(1...1000).contains(trials) { throw ValidationError("--trials wants a number from 1 to 1000") }
    if !(2...20).contains(parts) { throw ValidationError("--parts wants a number from 2 to 20") }
  }

  /// Settings that a search wrote.
  static func read(_ path: String) throws -> IntentTrainer.Adjustment {
    let text = try InputFile(path: path).allText()
    guard let settings = try? JSONDecoder().decode(IntentTrainer.Adjustment.self, from: Data(text.utf8)) else {
      throw Failure("\(path): no settings as steward tune --output writes them")
    }
    if let hidden = settings.hidden, !(16...4096).contains(hidden) || hidden % 16 != 0 {
      throw Failure("\(path): \"hidden\" wants a multiple of 16 up to 4096")
    }
    let shares = [settings.dropout, settings.noise].compactMap(\.self)
    guard shares.allSatisfy({ (0..<1).contains($0) }), settings.rate.map({ $0 > 0 && $0 < 1 }) ?? true else {
      throw Failure("\(path): \"rate\", \"dropout\" and \"noise\" want numbers between 0 and 1")
    }
    return settings
  }

  func run() throws {
    let paths = paths.isEmpty ? [try Locations().inHome("intents")] : paths
    let data = try TrainingData(paths: paths)
    guard !data.examples.isEmpty else { throw Failure("\(paths.joined(separator: " ")): no examples in it") }
    let search = "\(Model.dataHash(data)) \(parts) \(epochs ?? 0) \(seed)"
    var done = try readTrials().filter { $0.search == search }
    var validation = CrossValidation(
      parts: parts, epochs: epochs, seed: seed, threads: threads ?? Parallel.processors, tokenizer: try Tokenizer())
    var bar = ProgressBar()
    for (i, settings) in candidates().enumerated() where !done.contains(where: { $0.settings == settings }) {
      validation.adjustment = settings
      let best = done.filter(\.isWhole).max { $0.mean < $1.mean }
      var accuracies: [Double] = []
      for part in 0..<parts {
        accuracies.append(
          try validation.accuracy(data.examples, part: part) {
            bar.update(
              (Double(i) + (Double(part) + $0) / Double(parts)) / Double(trials),
              "trial \(i + 1)/\(trials), part \(part + 1)/\(parts)")
          })
        // Against the best on the same parts, which are not equally hard.
        let bar = best.map { $0.accuracies.prefix(accuracies.count).reduce(0, +) / Double(accuracies.count) } ?? 0
        if accuracies.reduce(0, +) / Double(accuracies.count) < bar - Self.hopeless { break }
      }
      let trial = Trial(settings: settings, search: search, accuracies: accuracies, isWhole: accuracies.count == parts)
      done.append(trial)
      try append(trial)
    }
    bar.end()
    let order = done.sorted { ($0.isWhole ? 1 : 0, $0.mean) > ($1.isWhole ? 1 : 0, $1.mean) }
    if let output, let best = order.first { try AtomicFile.write(Data(try JSONForms.line(best.settings).utf8), to: output) }
    show(order)
  }

  /// The default, and draws from a grid.
  private func candidates() -> [IntentTrainer.Adjustment] {
    var grid: [IntentTrainer.Adjustment] = []
    for rate in [nil, 1e-3, 2e-3, 5e-3] as [Float?] {
      for hidden in [nil, 64, 96, 160, 192] as [Int?] {
        for dropout in [nil, 0.3, 0.4, 0.6] as [Float?] {
          for noise in [nil, 0, 0.1, 0.35] as [Float?] {
            var settings = IntentTrainer.Adjustment()
            (settings.rate, settings.hidden, settings.dropout, settings.noise) = (rate, hidden, dropout, noise)
            grid.append(settings)
          }
        }
      }
    }
    var generator = SplitMix64(seed: seed, name: "tune")
    return Array(([grid[0]] + grid.dropFirst().shuffled(using: &generator)).prefix(trials))
  }

  private func readTrials() throws -> [Trial] {
    guard FileManager.default.fileExists(atPath: results) else { return [] }
    let file = try InputFile(path: results)
    var trials: [Trial] = []
    while let (number, line) = try file.nextText() {
      if line.allSatisfy(\.isWhitespace) { continue }
      // A last line cut short by a stop is a trial to make again.
      guard let trial = try? JSONDecoder().decode(Trial.self, from: Data(line.utf8)) else {
        Output.note("steward: \(results):\(number): no trial; left out")
        continue
      }
      trials.append(trial)
    }
    return trials
  }

  private func append(_ trial: Trial) throws {
    let before = FileManager.default.fileExists(atPath: results) ? try InputFile(path: results).allText() : ""
    let all = before + (try JSONForms.line(trial)) + "\n"
    try AtomicFile.write(Data(all.utf8), to: results)
  }

  private func show(_ trials: [Trial]) {
    if json {
      for trial in trials { if let line = try? JSONForms.line(trial) { Output.line(line) } }
      return
    }
    func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "default" }
    Output.line("accuracy  spread     rate  hidden  dropout    noise")
    for trial in trials {
      let spread = (trial.accuracies.max() ?? 0) - (trial.accuracies.min() ?? 0)
      let figures =
        Table.right("\(decimal(trial.mean * 100, 2))%", 8) + Table.right(decimal(spread * 100, 2), 8)
        + Table.right(text(trial.settings.rate), 9) + Table.right(text(trial.settings.hidden), 8)
        + Table.right(text(trial.settings.dropout), 9) + Table.right(text(trial.settings.noise), 9)
      Output.line(figures + (trial.isWhole ? "" : "  given up after \(trial.accuracies.count)"))
    }
  }
}
