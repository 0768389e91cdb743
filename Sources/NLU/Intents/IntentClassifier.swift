import Conversation
import Foundation
import Neural
import Text

/// A trained intent classifier: one network or several, and the linear part beside them.
package struct IntentClassifier: Sendable {
  /// What a text was classified as.
  package struct Prediction: Sendable {
    /// The ten likeliest intents with their calibrated probabilities, best first. Where there is an out-of-scope class, its share is
    /// missing from the sum.
    package let ranking: [IntentScore]
    /// How much this looks like one of the intents at all, 0 to 1; below one half it is rejected.
    package let inScopeScore: Double
    /// One a unit of the encoded text.
    package let attention: [Float]
    /// The entity tag of each unit and its probability; empty without a tagger.
    package let tags: [Int]
    package let tagProbabilities: [Float]

    package var isRejected: Bool { inScopeScore < 0.5 }

    package init(
      ranking: [IntentScore], inScopeScore: Double, attention: [Float], tags: [Int] = [], tagProbabilities: [Float] = []
    ) {
      self.ranking = ranking
      self.inScopeScore = inScopeScore
      self.attention = attention
      self.tags = tags
      self.tagProbabilities = tagProbabilities
    }
  }

  /// What the parts say of a text, before calibration.
  package struct Evidence: Sendable {
    /// log P of each class, the mean over the networks.
    let logProbabilities: [Float]
    /// The linear part's margins of each class.
    let margins: [Float]
    /// log Σ exp of the logits, the mean over the networks (Liu et al., 2020): low for what is unlike the training texts.
    let energy: Float
    /// The first network's, one a unit.
    let attention: [Float]
    /// The most likely tags by the mean of the networks' scores, and their probabilities.
    let tags: [Int]
    let tagProbabilities: [Float]

    package init(
      logProbabilities: [Float], margins: [Float], energy: Float, attention: [Float] = [], tags: [Int] = [],
      tagProbabilities: [Float] = []
    ) {
      self.logProbabilities = logProbabilities
      self.margins = margins
      self.energy = energy
      self.attention = attention
      self.tags = tags
      self.tagProbabilities = tagProbabilities
    }
  }

  /// Labels by index. The out-of-scope class, if any, is the last.
  package let intents: [String]
  package let hasOutOfScopeClass: Bool
  package let encoder: TextEncoder
  package let networks: [JointNetwork]
  package let linear: LinearClassifier
  package var calibration: Calibration

  /// The vectors learnt without labels, which all parts share.
  private var vectors: Matrix { networks[0].vectors.table }

  /// The vectors learnt without labels, with their words.
  package var wordVectors: WordVectors {
    let rows = (1..<max(vectors.rows, 1)).filter { row in vectors.withRow(row) { $0.contains { $0 != 0 } } }
    return WordVectors(words: rows.map { encoder.vocabulary.words[$0] }, table: vectors.gathered(rows))
  }

  package func predict(_ texts: [EncodedText]) -> [Prediction] { evidence(texts).map(prediction) }

  func evidence(_ texts: [EncodedText]) -> [Evidence] {
    let outputs = networks.map { $0.output(texts) }
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
      let (tags, tagProbabilities) = decoded(outputs, Array(start..<start + text.units.count))
      start += text.units.count
      return Evidence(
        logProbabilities: sum, margins: linear.margins(text, vectors: vectors), energy: energy, attention: attention,
        tags: tags, tagProbabilities: tagProbabilities)
    }
  }

  /// The tags of some rows: the networks' scores and transitions, each their mean.
  private func decoded(_ outputs: [JointNetwork.Output], _ rows: [Int]) -> (tags: [Int], probabilities: [Float]) {
    guard let first = networks.first?.dense.tagger, let emissions = outputs.first?.emissions else { return ([], []) }
    if networks.count == 1 { return first.field.decode(emissions.gathered(rows)) }
    var field = first.field.zeros
    var mean = Matrix(zeros: rows.count, emissions.columns)
    let share = 1 / Float(networks.count)
    for (network, output) in zip(networks, outputs) {
      guard let tagger = network.dense.tagger, let emissions = output.emissions else { continue }
      mean.add(emissions.gathered(rows), scaledBy: share)
      field.add(tagger.field)
    }
    field.scale(by: share)
    return field.decode(mean)
  }

  func prediction(_ evidence: Evidence) -> Prediction {
    calibration.prediction(evidence, intents: intents, hasOutOfScopeClass: hasOutOfScopeClass)
  }
}
