import Conversation
import Corpus
import NLU
import Neural
import Text

/// Measures what a corpus is worth without a test set: each part is judged by a model that learnt from the others.
struct CrossValidation {
  let parts: Int
  var epochs: Int?
  let seed: UInt64
  let threads: Int
  let tokenizer: Tokenizer
  var adjustment = IntentTrainer.Adjustment()

  struct CurvePoint {
    let examplesPerIntent: Double
    let accuracy: Double
  }

  private func folds(_ examples: [Example]) throws -> [[Int]] {
    let folds = Split.folds(
      examples, count: parts, language: { tokenizer.utterance($0).language },
      generator: { SplitMix64(seed: seed, name: "cross-validation \($0)") })
    guard folds.allSatisfy({ !$0.isEmpty }) else {
      throw Failure("\(examples.count) examples are too few for \(parts) parts")
    }
    return folds
  }

  /// An outcome for each example, in their order.
  func outcomes(_ examples: [Example], progress: (Double, String) -> Void) throws -> [IntentEvaluation.Outcome] {
    var results = [IntentEvaluation.Outcome?](repeating: nil, count: examples.count)
    for (i, fold) in try folds(examples).enumerated() {
      let held = Set(fold)
      let rest = examples.indices.filter { !held.contains($0) }.map { examples[$0] }
      let outcomes = try judged(rest, fold.map { examples[$0] }) {
        progress((Double(i) + $0) / Double(parts), "part \(i + 1)/\(parts)")
      }
      for (place, outcome) in zip(fold, outcomes) { results[place] = outcome }
    }
    return results.compactMap(\.self)
  }

  /// The accuracy on one part alone.
  func accuracy(_ examples: [Example], part: Int, progress: (Double) -> Void) throws -> Double {
    let held = Set(try folds(examples)[part])
    let rest = examples.indices.filter { !held.contains($0) }.map { examples[$0] }
    return IntentMetrics(try judged(rest, held.sorted().map { examples[$0] }, progress: progress)).accuracy
  }

  /// The entities found in each example, in their order.
  func entityOutcomes(_ data: TrainingData, progress: (Double, String) -> Void) throws -> [EntityEvaluation.Outcome] {
    let examples = data.examples
    var results = [EntityEvaluation.Outcome?](repeating: nil, count: examples.count)
    for (i, fold) in try folds(examples).enumerated() {
      let held = Set(fold)
      let rest = examples.indices.filter { !held.contains($0) }.map { examples[$0] }
      var trainer = IntentTrainer(epochs: epochs, seed: seed, threads: threads)
      trainer.adjustment = adjustment
      let trained = try trainer.train(rest, tokenizer: tokenizer) {
        progress((Double(i) + $0.fraction) / Double(parts), "part \(i + 1)/\(parts)")
      }
      let interpreter = Interpreter(
        tokenizer: tokenizer, classifier: trained.classifier,
        extractor: EntityExtractor(tags: trained.tags, hints: data.hints.adding(rest)))
      let outcomes = EntityEvaluation(interpreter: interpreter, threads: threads).outcomes(fold.map { examples[$0] })
      for (place, outcome) in zip(fold, outcomes) { results[place] = outcome }
    }
    return results.compactMap(\.self)
  }

  /// Accuracy on the first part, learning from shares of the others.
  func curve(_ examples: [Example], shares: [Double], progress: (Double, String) -> Void) throws -> [CurvePoint] {
    let held = try folds(examples)[0]
    let outside = Set(held)
    let rest = examples.indices.filter { !outside.contains($0) }.map { examples[$0] }
    return try shares.sorted().enumerated().map { i, share in
      let part =
        share >= 1
        ? rest
        : Split(
          rest, testShare: share, language: { tokenizer.utterance($0).language },
          generator: { SplitMix64(seed: seed, name: "curve \($0)") }
        ).test
      let outcomes = try judged(part, held.map { examples[$0] }) {
        progress((Double(i) + $0) / Double(shares.count), "learning curve, share \(decimal(share, 2))")
      }
      let intents = Set(part.filter { !$0.isOutOfScope }.map(\.intent)).count
      return CurvePoint(
        examplesPerIntent: Double(part.count) / Double(max(intents, 1)), accuracy: IntentMetrics(outcomes).accuracy)
    }
  }

  private func judged(_ train: [Example], _ test: [Example], progress: (Double) -> Void) throws -> [IntentEvaluation.Outcome] {
    var trainer = IntentTrainer(epochs: epochs, seed: seed, threads: threads)
    trainer.adjustment = adjustment
    let classifier = try trainer.train(train, tokenizer: tokenizer) { progress($0.fraction) }.classifier
    return IntentEvaluation(tokenizer: tokenizer, classifier: classifier, threads: threads).outcomes(test)
  }
}
