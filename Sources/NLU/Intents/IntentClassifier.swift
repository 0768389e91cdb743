import Conversation
import Foundation
import Neural
import Text

/// A trained intent classifier.
package struct IntentClassifier: Sendable {
  /// What a text was classified as.
  package struct Prediction: Sendable {
    /// The trained intents with their calibrated probabilities, best first. Where the network has an out-of-scope class, its share
    /// is missing from the sum.
    package let ranking: [IntentScore]
    /// How much this looks like one of the intents, 0 to 1: with an out-of-scope class the probability that it is not that, without
    /// one the greatest probability of any intent. Doubt between two intents is no sign of a text outside both.
    package let inScopeScore: Double
    package let isRejected: Bool
    /// One a unit of the encoded text.
    package let attention: [Float]

    package init(ranking: [IntentScore], inScopeScore: Double, isRejected: Bool, attention: [Float]) {
      self.ranking = ranking
      self.inScopeScore = inScopeScore
      self.isRejected = isRejected
      self.attention = attention
    }
  }

  /// Labels by index. The out-of-scope class, if any, is the last.
  package let intents: [String]
  package let hasOutOfScopeClass: Bool
  package let encoder: TextEncoder
  package let network: IntentNetwork
  package var calibration: Calibration

  package func predict(_ text: EncodedText) -> Prediction {
    let (logits, attention) = network.logits([text])
    return prediction(logits.values, attention: attention)
  }

  func prediction(_ logits: [Float], attention: [Float]) -> Prediction {
    var probabilities = logits.map { $0 / calibration.temperature }
    probabilities.withUnsafeMutableBufferPointer { _ = Kernels.best.softmax($0) }
    // The weights of a hostile model file may overflow; what is no number is no probability.
    for i in probabilities.indices where !probabilities[i].isFinite { probabilities[i] = 0 }
    let inScope = hasOutOfScopeClass ? intents.count - 1 : intents.count
    let ranking = (0..<inScope).sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }
      .map { IntentScore(name: intents[$0], confidence: Double(probabilities[$0])) }
    let score = hasOutOfScopeClass ? 1 - Double(probabilities[inScope]) : ranking.first?.confidence ?? 0
    return Prediction(
      ranking: ranking, inScopeScore: score, isRejected: score < calibration.threshold, attention: attention)
  }
}

/// What turns logits into confidences and a decision; fitted on held-out texts.
package struct Calibration: Codable, Hashable, Sendable {
  /// Logits are divided by it (Guo et al., 2017).
  package var temperature: Float = 1
  /// A text with a lower in-scope score is out of scope.
  package var threshold: Double = 0

  package init() {}

  /// Fits the temperature by the likelihood of in-scope texts, then the threshold: with out-of-scope texts where the mean of the
  /// two shares judged rightly is greatest while 95% of the in-scope texts pass, without them where 97% do.
  /// - Parameters:
  ///   - logits: one row a text.
  ///   - labels: one a text; `outOfScope` texts are told by `isOutOfScope`.
  init(classifier: IntentClassifier, logits: Matrix, labels: [Int], isOutOfScope: [Bool]) {
    let rows = (0..<logits.rows).map { row in logits.withRow(row) { Array($0) } }
    let inScope = labels.indices.filter { !isOutOfScope[$0] }
    guard !inScope.isEmpty else { return }
    var best = Double.infinity
    for step in 0...60 {
      let candidate = Float(0.25 * pow(16, Double(step) / 60))
      var loss = 0.0
      for i in inScope {
        var scaled = rows[i].map { $0 / candidate }
        let target = scaled[labels[i]]
        loss += scaled.withUnsafeMutableBufferPointer { Double(Kernels.best.softmax($0) - target) }
      }
      if loss < best { (best, temperature) = (loss, candidate) }
    }
    var calibrated = classifier
    calibrated.calibration = self
    let scores = rows.map { calibrated.prediction($0, attention: []).inScopeScore }
    let passing = inScope.map { scores[$0] }.sorted()
    let rejected = labels.indices.filter { isOutOfScope[$0] }.map { scores[$0] }.sorted()
    if rejected.isEmpty {
      threshold = passing[Int(Double(passing.count) * 0.03)]
      return
    }
    // To turn a customer away wrongly is worse than to misunderstand one in twenty strangers.
    let greatest = passing[Int(Double(passing.count) * 0.05)]
    var bestBalance = -1.0
    for candidate in rejected.map(\.nextUp) + [greatest] where candidate <= greatest {
      let passed = Double(passing.count { $0 >= candidate }) / Double(passing.count)
      let caught = Double(rejected.count { $0 < candidate }) / Double(rejected.count)
      if passed + caught > bestBalance { (bestBalance, threshold) = (passed + caught, candidate) }
    }
  }
}
