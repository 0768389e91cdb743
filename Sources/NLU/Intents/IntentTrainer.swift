import Conversation
import Corpus
import Neural
import Text

/// Makes an intent classifier of a corpus.
package struct IntentTrainer: Sendable {
  /// What the corpus cannot be used for.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  /// How far training is: `pass` 1 of 2 learns without a tenth of the texts, to measure and calibrate; pass 2 learns from all.
  package struct Progress: Sendable {
    package let pass: Int
    package let passes: Int
    package let training: NetworkTraining.Progress

    /// The share of all work done.
    package var fraction: Double { (Double(pass - 1) + training.fraction) / Double(passes) }
  }

  /// What was learnt, and how well it did on the held-out tenth.
  package struct Result: Sendable {
    package let classifier: IntentClassifier
    package let heldOut: IntentMetrics?
    package let settings: NetworkTraining.Settings
  }

  package var epochs: Int?
  package var seed: UInt64
  package var threads: Int

  package init(epochs: Int? = nil, seed: UInt64, threads: Int) {
    self.epochs = epochs
    self.seed = seed
    self.threads = threads
  }

  private static let buckets = 8192
  private static let heldOutShare = 0.1

  package func train(
    _ examples: [Example], tokenizer: Tokenizer, progress: (Progress) -> Void
  ) throws(Unusable) -> Result {
    guard let first = examples.first else {
      throw Unusable(description: "the corpus has no examples; add \"nlu:\" items or text TAB intent lines")
    }
    let inScope = Set(examples.filter { !$0.isOutOfScope }.map(\.intent)).sorted()
    guard !inScope.isEmpty else {
      throw Unusable(description: "\(first.place.file): every example is out of scope; add examples of at least one intent")
    }
    var settings = NetworkTraining.Settings(examples: examples.count)
    if let epochs { settings.epochs = epochs }

    let split = Split(
      examples, testShare: Self.heldOutShare, language: { tokenizer.utterance($0).language },
      generator: { SplitMix64(seed: seed, name: $0) })
    let measured = split.test.contains { !$0.isOutOfScope }
    var calibration = Calibration()
    var heldOut: IntentMetrics?
    let passes = measured ? 2 : 1
    if measured {
      var trial = fit(split.train, inScope, settings, tokenizer) {
        progress(Progress(pass: 1, passes: passes, training: $0))
      }
      trial.calibration = trial.fittedCalibration(split.test, tokenizer: tokenizer, threads: threads)
      calibration = trial.calibration
      let evaluator = IntentEvaluation(tokenizer: tokenizer, classifier: trial, threads: threads)
      heldOut = IntentMetrics(evaluator.outcomes(split.test))
    }
    var classifier = fit(examples, inScope, settings, tokenizer) {
      progress(Progress(pass: passes, passes: passes, training: $0))
    }
    classifier.calibration = calibration
    return Result(classifier: classifier, heldOut: heldOut, settings: settings)
  }

  /// One training run, uncalibrated.
  private func fit(
    _ examples: [Example], _ inScope: [String], _ settings: NetworkTraining.Settings, _ tokenizer: Tokenizer,
    progress: (NetworkTraining.Progress) -> Void
  ) -> IntentClassifier {
    let hasOutOfScope = examples.contains(where: \.isOutOfScope)
    let intents = hasOutOfScope ? inScope + [Interpretation.outOfScope] : inScope
    let indices = Dictionary(uniqueKeysWithValues: intents.enumerated().map { ($1, $0) })
    let patterns = PatternEntities()
    let read = examples.map { example in
      let utterance = tokenizer.utterance(example.text)
      return (utterance: utterance, entities: patterns.entities(in: utterance))
    }
    let vocabulary = Vocabulary(counting: read.map { TextEncoder.units($0, $1).map(\.word) }, minimumCount: 2)
    let encoder = TextEncoder(vocabulary: vocabulary, subwords: Subwords(buckets: Self.buckets, lengths: 2...5))
    var generator = SplitMix64(seed: seed, name: "weights")
    let network = IntentNetwork(
      .init(words: vocabulary.count, subwords: Self.buckets, intents: intents.count), using: &generator)
    let training = NetworkTraining(settings: settings, seed: seed, threads: threads)
    let trained = training.run(
      network, texts: read.map { encoder.encode($0, $1) },
      labels: examples.map { indices[$0.isOutOfScope ? Interpretation.outOfScope : $0.intent] ?? 0 }, progress: progress)
    return IntentClassifier(
      intents: intents, hasOutOfScopeClass: hasOutOfScope, encoder: encoder, network: trained, calibration: Calibration())
  }
}

extension IntentClassifier {
  /// The calibration that held-out examples ask for.
  fileprivate func fittedCalibration(_ examples: [Example], tokenizer: Tokenizer, threads: Int) -> Calibration {
    let evaluation = IntentEvaluation(tokenizer: tokenizer, classifier: self, threads: threads)
    let indices = Dictionary(uniqueKeysWithValues: intents.enumerated().map { ($1, $0) })
    return Calibration(
      classifier: self, logits: evaluation.logits(examples),
      labels: examples.map { indices[$0.isOutOfScope ? Interpretation.outOfScope : $0.intent] ?? 0 },
      isOutOfScope: examples.map(\.isOutOfScope))
  }
}
