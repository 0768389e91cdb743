import Conversation

/// How well intents were recognised. The keys of its JSON form are the command line's contract.
package struct IntentMetrics: Codable, Hashable, Sendable {
  package struct PerIntent: Codable, Hashable, Sendable {
    package let precision: Double
    package let recall: Double
    package let f1: Double
    package let support: Int

    package init(precision: Double, recall: Double, f1: Double, support: Int) {
      self.precision = precision
      self.recall = recall
      self.f1 = f1
      self.support = support
    }
  }

  /// How well texts outside every intent were told from the others.
  package struct OutOfScope: Codable, Hashable, Sendable {
    package let n: Int
    /// The chance that a random in-scope text scores higher than a random out-of-scope one; a tie counts half.
    package let auroc: Double
    /// The share of out-of-scope texts that pass where 95% of the in-scope texts pass.
    package let fpr95: Double
    /// The share of out-of-scope texts rejected.
    package let recall: Double
    /// The share of in-scope texts neither rejected nor mistaken.
    package let inScopeAccuracyAfterRejection: Double

    enum CodingKeys: String, CodingKey {
      case n, auroc, fpr95, recall
      case inScopeAccuracyAfterRejection = "in_scope_accuracy_after_rejection"
    }
  }

  /// The in-scope figures of one language.
  package struct PerLanguage: Codable, Hashable, Sendable {
    package let n: Int
    package let accuracy: Double
  }

  /// In-scope texts.
  package let n: Int
  /// The share of them whose best intent is the label, before rejection.
  package let accuracy: Double
  package let macroF1: Double
  package let weightedF1: Double
  /// Expected calibration error, 15 equal-width bins of the best intent's probability (Naeini et al., 2015).
  package let ece: Double
  package let top3Accuracy: Double
  package let perIntent: [String: PerIntent]
  package let perLanguage: [String: PerLanguage]
  package let outOfScope: OutOfScope?

  enum CodingKeys: String, CodingKey {
    case n, accuracy, ece
    case macroF1 = "macro_f1"
    case weightedF1 = "weighted_f1"
    case top3Accuracy = "top3_accuracy"
    case perIntent = "per_intent"
    case perLanguage = "per_language"
    case outOfScope = "out_of_scope"
  }

  package init(_ outcomes: [IntentEvaluation.Outcome]) {
    let inScope = outcomes.filter { !$0.example.isOutOfScope }
    let right = inScope.map { $0.prediction.ranking.first?.name == $0.example.intent }
    n = inScope.count
    accuracy = Self.share(right.count(where: \.self), n)
    top3Accuracy = Self.share(
      inScope.count { outcome in outcome.prediction.ranking.prefix(3).contains { $0.name == outcome.example.intent } }, n)
    ece = Self.calibrationError(zip(inScope.map { $0.prediction.ranking.first?.confidence ?? 0 }, right).map { ($0, $1) })

    var (truePositives, predicted, support): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
    for (outcome, isRight) in zip(inScope, right) {
      support[outcome.example.intent, default: 0] += 1
      if let name = outcome.prediction.ranking.first?.name { predicted[name, default: 0] += 1 }
      if isRight { truePositives[outcome.example.intent, default: 0] += 1 }
    }
    var perIntent: [String: PerIntent] = [:]
    for name in Set(support.keys).union(predicted.keys) {
      let hits = truePositives[name] ?? 0
      let precision = Self.share(hits, predicted[name] ?? 0)
      let recall = Self.share(hits, support[name] ?? 0)
      let f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
      perIntent[name] = PerIntent(precision: precision, recall: recall, f1: f1, support: support[name] ?? 0)
    }
    self.perIntent = perIntent
    // Summed in name order, so that the last digits do not depend on a dictionary's.
    let inOrder = perIntent.sorted { $0.key < $1.key }.map(\.value)
    macroF1 = inOrder.isEmpty ? 0 : inOrder.reduce(0) { $0 + $1.f1 } / Double(inOrder.count)
    weightedF1 = n == 0 ? 0 : inOrder.reduce(0) { $0 + $1.f1 * Double($1.support) } / Double(n)

    var languages: [String: (n: Int, right: Int)] = [:]
    for (outcome, isRight) in zip(inScope, right) {
      guard let language = outcome.language?.rawValue else { continue }
      languages[language, default: (0, 0)].n += 1
      if isRight { languages[language, default: (0, 0)].right += 1 }
    }
    perLanguage = languages.mapValues { PerLanguage(n: $0.n, accuracy: Self.share($0.right, $0.n)) }

    let outside = outcomes.filter(\.example.isOutOfScope)
    if outside.isEmpty {
      outOfScope = nil
    } else {
      let scores = inScope.map(\.prediction.inScopeScore).sorted()
      let outsideScores = outside.map(\.prediction.inScopeScore)
      let passMark = scores.isEmpty ? 0 : scores[Int(Double(scores.count) * 0.05)]
      outOfScope = OutOfScope(
        n: outside.count, auroc: Self.auroc(scores, outsideScores),
        fpr95: Self.share(outsideScores.count { $0 >= passMark }, outside.count),
        recall: Self.share(outside.count(where: \.prediction.isRejected), outside.count),
        inScopeAccuracyAfterRejection: Self.share(
          zip(inScope, right).count { !$0.prediction.isRejected && $1 }, n))
    }
  }

  private static func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

  private static func calibrationError(_ pairs: [(confidence: Double, isRight: Bool)]) -> Double {
    var bins = [(count: Int, confidence: Double, right: Int)](repeating: (0, 0, 0), count: 15)
    for pair in pairs {
      let bin = min(14, max(0, Int(pair.confidence * 15)))
      bins[bin].count += 1
      bins[bin].confidence += pair.confidence
      bins[bin].right += pair.isRight ? 1 : 0
    }
    guard !pairs.isEmpty else { return 0 }
    return bins.reduce(0) { $0 + abs($1.confidence - Double($1.right)) } / Double(pairs.count)
  }

  /// By ranks: the Mann-Whitney statistic over the number of pairs. `high` is sorted.
  private static func auroc(_ high: [Double], _ low: [Double]) -> Double {
    guard !high.isEmpty, !low.isEmpty else { return 0 }
    var wins = 0.0
    for score in low {
      let atMost = high.partitionPoint { $0 > score }
      let below = high.partitionPoint { $0 >= score }
      wins += Double(high.count - atMost) + 0.5 * Double(atMost - below)
    }
    return wins / (Double(high.count) * Double(low.count))
  }
}

extension Array {
  /// The first index at which `belongsAfter` holds, in an array where it holds from some index on.
  fileprivate func partitionPoint(_ belongsAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
