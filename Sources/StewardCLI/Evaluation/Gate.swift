import Corpus
import Foundation
import NLU
import Text

/// Examples that decide whether a new model may take the place of another. They are read before the training, which is long.
struct Gate {
  private let examples: [Example]
  private let before: Model?

  /// - Parameter path: where the new model goes; what it is compared with is the model there, or else the current one.
  init(_ data: String, replacing path: String, _ locations: Locations) throws {
    examples = try TrainingData(paths: [data]).examples
    guard !examples.isEmpty else { throw Failure("\(data): no examples in it") }
    guard let earlier = FileManager.default.fileExists(atPath: path) ? path : try? locations.model(flag: nil) else {
      Output.note("steward: no earlier model to compare with; the new one will be kept")
      before = nil
      return
    }
    do {
      before = try Model(path: earlier)
    } catch {
      Output.note("steward: nothing to compare with, the new model will be kept: \(TerminalText.oneLine("\(error)"))")
      before = nil
    }
  }

  private static let named = 5

  /// Fails when the new model is worse.
  func pass(_ model: Model, _ tokenizer: Tokenizer, _ threads: Int) throws {
    guard let before else { return }
    let comparison = ModelComparison(
      examples, a: before.intents, b: model.intents, tokenizer: tokenizer, threads: threads)
    let figures =
      "\(decimal(comparison.accuracy_b * 100, 2))% of \(comparison.n) right, \(decimal(comparison.accuracy_a * 100, 2))% before "
      + "(McNemar's p = \(decimal(comparison.p_value, 3)))"
    if comparison.accuracy_b >= comparison.accuracy_a { return Output.note("steward: passed the gate: \(figures)") }
    let losses = comparison.losses.prefix(Self.named).map { "\($0.name) \($0.part.right_a) → \($0.part.right_b)" }
    throw Failure(
      "the new model is worse and was not kept: \(figures); most lost: \(TerminalText.oneLine(losses.joined(separator: ", ")))")
  }
}
