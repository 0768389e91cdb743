import Conversation
import Foundation
import Neural

/// What turns the parts' evidence into probabilities and a decision; fitted on texts that the parts were not trained on.
///
///     P = softmax(network · log P_networks + linear · margins)
///
/// Two weights do what a temperature does for one part (Guo et al., 2017), and say how much each part is to be believed. What is left
/// of doubt and overconfidence is taken from the greatest probability p by a line in its log odds (Platt, 1999):
///
///     log(p' / (1 - p')) = slope · log(p / (1 - p)) + offset
package struct Calibration: Codable, Hashable, Sendable {
  package var network: Float = 1
  /// Where nothing can be held out, what most corpora come to.
  package var linear: Float = 2
  package var slope: Double = Self.usualSlope
  package var offset: Double = 0
  /// Of the energy and of the support over texts in scope, where no class of strangers is learnt.
  package var energyMean: Float = 0
  package var energyDeviation: Float = 1
  package var supportMean: Float = 0
  package var supportDeviation: Float = 1
  /// Evidence of being in scope below this rejects a text.
  package var threshold: Double = 0

  /// Of nothing known: a text passes unless the class of strangers, where there is one, is the likeliest.
  package init(hasOutOfScopeClass: Bool) {
    if !hasOutOfScopeClass { threshold = Self.everything }
  }

  /// A threshold that no evidence falls below.
  private static let everything = -1e9

  /// Whether all of it are numbers that make sense; a model file may hold anything.
  var isUsable: Bool {
    [network, linear, energyMean, supportMean, energyDeviation, supportDeviation].allSatisfy(\.isFinite) && network >= 0
      && linear >= 0 && slope.isFinite && slope > 0 && offset.isFinite && energyDeviation > 0 && supportDeviation > 0
      && threshold.isFinite
  }

  /// What the evidence for a text comes to.
  package func prediction(
    _ evidence: IntentClassifier.Evidence, intents: [String], hasOutOfScopeClass: Bool
  ) -> IntentClassifier.Prediction {
    let probabilities = probabilities(evidence)
    let best = Self.best(probabilities[..<(intents.count - (hasOutOfScopeClass ? 1 : 0))])
    let confidences = confidences(best.map { Double(probabilities[$0]) })
    let ranking = zip(best, confidences).map { IntentScore(name: intents[$0], confidence: $1) }
    return .init(
      ranking: ranking,
      inScopeScore: inScopeScore(evidence, probabilities, hasOutOfScopeClass: hasOutOfScopeClass),
      attention: evidence.attention, tags: evidence.tags, tagProbabilities: evidence.tagProbabilities)
  }

  private static let rankingLength = 10

  /// The indices of the greatest values, greatest first, of equal ones the first first: one pass instead of a sort.
  private static func best(_ values: ArraySlice<Float>) -> [Int] {
    var best: [Int] = []
    for (i, value) in zip(values.indices, values) {
      if best.count == rankingLength, let last = best.last, value <= values[last] { continue }
      let place = best.firstIndex { value > values[$0] } ?? best.count
      best.insert(i, at: place)
      if best.count > rankingLength { best.removeLast() }
    }
    return best
  }

  /// The probabilities of a ranking, best first, with the best one set right; the others share what it leaves, and the order stays.
  private func confidences(_ ranking: [Double]) -> [Double] {
    guard let top = ranking.first, let odds = Self.logOdds(top) else { return ranking }
    let wanted = 1 / (1 + exp(-(slope * odds + offset)))
    let second = ranking.dropFirst().first ?? 0
    let share = max(0, min((1 - wanted) / (1 - top), 1 / (1 - top + second)))
    return [1 - share * (1 - top)] + ranking.dropFirst().map { $0 * share }
  }

  /// nil where there is nothing left to doubt.
  private static func logOdds(_ probability: Double) -> Double? {
    probability > 0 && probability < 1 ? log(probability / (1 - probability)) : nil
  }

  private func probabilities(_ evidence: IntentClassifier.Evidence) -> [Float] {
    var probabilities = zip(evidence.logProbabilities, evidence.margins).map { network * $0 + linear * $1 }
    probabilities.withUnsafeMutableBufferPointer { _ = Kernels.best.softmax($0) }
    // The weights of a hostile model file may overflow; what is no number is no probability.
    for i in probabilities.indices where !probabilities[i].isFinite { probabilities[i] = 0 }
    return probabilities
  }

  /// How much a text looks like one of the intents: above 0.5 it passes.
  private func inScopeScore(_ evidence: IntentClassifier.Evidence, _ probabilities: [Float], hasOutOfScopeClass: Bool) -> Double
  {
    let score = 1 / (1 + exp(threshold - inScopeEvidence(evidence, probabilities, hasOutOfScopeClass: hasOutOfScopeClass)))
    return score.isFinite ? score : 0
  }

  /// Without examples of what is out of scope: how much energy and support, which counts four times, stand above the usual, in standard
  /// deviations. With them the log odds against the class they are.
  private func inScopeEvidence(
    _ evidence: IntentClassifier.Evidence, _ probabilities: [Float], hasOutOfScopeClass: Bool
  ) -> Double {
    guard hasOutOfScopeClass, let outside = probabilities.last else {
      let energy = (evidence.energy - energyMean) / energyDeviation
      let support = (Self.support(evidence) - supportMean) / supportDeviation
      return Double(energy + Self.supportWeight * support)
    }
    return log(Double(max(1 - outside, 1e-7) / max(outside, 1e-7)))
  }

  /// How far the linear part bears out what the network believes: log Σ P_network · exp(4 · margin). A stranger may look to the network
  /// like one intent and share its words with another; then it has little. Of the public corpora's strangers (other domains, and intents
  /// left out of training) it tells those of other domains best, the energy those of left-out intents; so both count.
  private static func support(_ evidence: IntentClassifier.Evidence) -> Float {
    var scores = zip(evidence.logProbabilities, evidence.margins).map { $0 + marginScale * $1 }
    return scores.withUnsafeMutableBufferPointer { Kernels.best.softmax($0) }
  }

  /// Chosen on the validation parts of five public corpora; anything from 1 to 8 tells strangers nearly as well.
  private static let marginScale: Float = 4
  private static let supportWeight: Float = 4

  /// A text the parts did not learn from.
  package struct HeldOut: Sendable {
    package let evidence: IntentClassifier.Evidence
    /// Its class.
    let label: Int
    let isOutOfScope: Bool

    package init(evidence: IntentClassifier.Evidence, label: Int, isOutOfScope: Bool) {
      self.evidence = evidence
      self.label = label
      self.isOutOfScope = isOutOfScope
    }
  }

  /// Fits the weights by the likelihood of in-scope texts, then the threshold: with out-of-scope texts where the mean of the two shares
  /// judged rightly is greatest while 95% of the in-scope texts pass, without them where 97% do.
  package init(_ texts: [HeldOut], hasOutOfScopeClass: Bool) {
    self.init(hasOutOfScopeClass: hasOutOfScopeClass)
    let inScope = texts.filter { !$0.isOutOfScope }
    guard !inScope.isEmpty else { return }
    fitWeights(inScope)
    fitLine(inScope, hasOutOfScopeClass: hasOutOfScopeClass)
    if !hasOutOfScopeClass {
      (energyMean, energyDeviation) = Self.moments(inScope.map(\.evidence.energy))
      (supportMean, supportDeviation) = Self.moments(inScope.map { Self.support($0.evidence) })
    }
    func evidence(_ text: HeldOut) -> Double {
      inScopeEvidence(text.evidence, probabilities(text.evidence), hasOutOfScopeClass: hasOutOfScopeClass)
    }
    let passing = inScope.map(evidence).sorted()
    let rejected = texts.filter(\.isOutOfScope).map(evidence).sorted()
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

  private mutating func fitWeights(_ texts: [HeldOut]) {
    var best = Double.infinity
    // A direction between the parts, and how far to go in it.
    for ratio in [0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12] as [Float] {
      let scores = texts.map { text in zip(text.evidence.logProbabilities, text.evidence.margins).map { $0 + ratio * $1 } }
      for step in 0...40 {
        let scale = Float(0.2 * pow(20, Double(step) / 40))
        var loss = 0.0
        for (text, score) in zip(texts, scores) {
          var scaled = score.map { $0 * scale }
          let target = scaled[text.label]
          loss += scaled.withUnsafeMutableBufferPointer { Double(Kernels.best.softmax($0) - target) }
        }
        if loss < best { (best, network, linear) = (loss, scale, scale * ratio) }
      }
    }
  }

  /// What the slope comes to on most corpora, whatever their size: the greatest of many probabilities is always a little too sure.
  private static let usualSlope = 0.75
  /// How firmly slope and offset are held near the usual ones: for the slope as much as some hundreds of texts say, for the offset as much
  /// as a thousand. Chosen on ten corpora of ten texts an intent.
  private static let priorWeight = 100.0

  /// Slope and offset of the greatest in-scope probability's log odds, by Newton's method on the likelihood of its being right, with a
  /// prior that keeps them near the usual ones where few texts speak.
  private mutating func fitLine(_ texts: [HeldOut], hasOutOfScopeClass: Bool) {
    let answers: [(odds: Double, isRight: Bool)] = texts.compactMap { text in
      let probabilities = probabilities(text.evidence).dropLast(hasOutOfScopeClass ? 1 : 0)
      guard let top = Self.best(probabilities).first, let odds = Self.logOdds(Double(probabilities[top])) else { return nil }
      return (odds, top == text.label)
    }
    let prior = Self.priorWeight
    for _ in 0..<20 {
      var (gradient, hessian) = ((prior * (slope - Self.usualSlope), prior * offset), (prior, 0.0, prior))
      for (odds, isRight) in answers {
        let p = 1 / (1 + exp(-(slope * odds + offset)))
        let error = p - (isRight ? 1 : 0)
        let weight = p * (1 - p)
        gradient.0 += error * odds
        gradient.1 += error
        hessian.0 += weight * odds * odds
        hessian.1 += weight * odds
        hessian.2 += weight
      }
      let determinant = hessian.0 * hessian.2 - hessian.1 * hessian.1
      slope -= (hessian.2 * gradient.0 - hessian.1 * gradient.1) / determinant
      offset -= (hessian.0 * gradient.1 - hessian.1 * gradient.0) / determinant
    }
    // A slope that would turn the order round, or leave no doubt at all, says that the texts were too few.
    if !(0.2...3 ~= slope) || abs(offset) > 3 { (slope, offset) = (Self.usualSlope, 0) }
  }

  /// So that one or two texts held out make no step of themselves.
  private static let leastDeviation: Float = 0.1

  private static func moments(_ values: [Float]) -> (mean: Float, deviation: Float) {
    let mean = values.reduce(0, +) / Float(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
    return (mean, max(variance.squareRoot(), leastDeviation))
  }
}
