import Conversation
import Foundation
import Neural
import Text

/// A trained intent classifier: one network or several, and the linear part beside them.
package struct IntentClassifier: Sendable {
  /// What a text was classified as.
  package struct Prediction: Sendable {
    /// The trained intents with their calibrated probabilities, best first. Where there is an out-of-scope class, its share is missing
    /// from the sum.
    package let ranking: [IntentScore]
    /// How much this looks like one of the intents at all, 0 to 1; below one half it is rejected.
    package let inScopeScore: Double
    /// One a unit of the encoded text.
    package let attention: [Float]

    package var isRejected: Bool { inScopeScore < 0.5 }

    package init(ranking: [IntentScore], inScopeScore: Double, attention: [Float]) {
      self.ranking = ranking
      self.inScopeScore = inScopeScore
      self.attention = attention
    }
  }

  /// What the parts say of a text, before calibration.
  struct Evidence: Sendable {
    /// log P of each class, the mean over the networks.
    let logProbabilities: [Float]
    /// The linear part's margins of each class.
    let margins: [Float]
    /// log Σ exp of the logits, the mean over the networks (Liu et al., 2020): low for what is unlike the training texts.
    let energy: Float
    /// The first network's, one a unit.
    let attention: [Float]
  }

  /// Labels by index. The out-of-scope class, if any, is the last.
  package let intents: [String]
  package let hasOutOfScopeClass: Bool
  package let encoder: TextEncoder
  package let networks: [IntentNetwork]
  package let linear: LinearClassifier
  package var calibration: Calibration

  /// The vectors learnt without labels, which all parts share.
  private var vectors: Matrix { networks[0].vectors.table }

  package func predict(_ texts: [EncodedText]) -> [Prediction] { evidence(texts).map(prediction) }

  func evidence(_ texts: [EncodedText]) -> [Evidence] {
    let outputs = networks.map { $0.logits(texts) }
    var start = 0
    return texts.enumerated().map { row, text in
      var sum = [Float](repeating: 0, count: intents.count)
      var energy: Float = 0
      for output in outputs {
        var logits = output.logits.withRow(row) { Array($0) }
        let total = logits.withUnsafeMutableBufferPointer { Kernels.best.softmax($0) }
        energy += total / Float(outputs.count)
        output.logits.withRow(row) { row in
          for i in sum.indices { sum[i] += (row[i] - total) / Float(outputs.count) }
        }
      }
      let attention = outputs.first.map { Array($0.attention[start..<start + text.units.count]) } ?? []
      start += text.units.count
      return Evidence(
        logProbabilities: sum, margins: linear.margins(text, vectors: vectors), energy: energy, attention: attention)
    }
  }

  func prediction(_ evidence: Evidence) -> Prediction {
    calibration.prediction(evidence, intents: intents, hasOutOfScopeClass: hasOutOfScopeClass)
  }
}
