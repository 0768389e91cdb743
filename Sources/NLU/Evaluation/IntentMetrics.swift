import Conversation
import Corpus
import Neural

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

  /// What was made of a text with a label: all that the figures need, and little enough to keep for a million texts.
  package struct Judgment: Sendable {
    package let label: String
    package let isOutOfScope: Bool
    /// The likeliest intents, at most three, best first.
    package let best: [String]
    /// How sure the classifier is of the first.
    package let confidence: Double
    package let inScopeScore: Double
    package let isRejected: Bool
    package let language: String?

    package init(_ example: Example, _ prediction: IntentClassifier.Prediction, language: Language?) {
      label = example.intent
      isOutOfScope = example.isOutOfScope
      best = prediction.ranking.prefix(3).map(\.name)
      confidence = prediction.ranking.first?.confidence ?? 0
      inScopeScore = prediction.inScopeScore
      isRejected = prediction.isRejected
      self.language = language?.rawValue
    }

    package var isRight: Bool { best.first == label }
  }

  /// A bin of the reliability diagram: how sure, and how often right.
  package struct Bin: Codable, Hashable, Sendable {
    package let confidence: Double
    package let accuracy: Double
    package let count: Int
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
  /// F1 over all texts together, which for one label a text is the accuracy.
  package let microF1: Double
  /// The bins of `ece` that hold something.
  package let reliability: [Bin]
  /// 95% intervals of `accuracy` and `macro_f1`, by the bootstrap (Efron, 1979).
  package let intervals: [String: [Double]]

  enum CodingKeys: String, CodingKey {
    case n, accuracy, ece, reliability, intervals
    case macroF1 = "macro_f1"
    case microF1 = "micro_f1"
    case weightedF1 = "weighted_f1"
    case top3Accuracy = "top3_accuracy"
    case perIntent = "per_intent"
    case perLanguage = "per_language"
    case outOfScope = "out_of_scope"
  }

  package init(_ outcomes: [IntentEvaluation.Outcome]) {
    self.init(outcomes.map { Judgment($0.example, $0.prediction, language: $0.language) })
  }

  package init(_ judgments: [Judgment], seed: UInt64 = 1) {
    let inScope = judgments.filter { !$0.isOutOfScope }
    n = inScope.count
    accuracy = Self.share(inScope.count(where: \.isRight), n)
    microF1 = accuracy
    top3Accuracy = Self.share(inScope.count { $0.best.contains($0.label) }, n)
    reliability = Self.bins(inScope)
    ece =
      n == 0 ? 0 : reliability.reduce(0) { $0 + abs($1.confidence - $1.accuracy) * Double($1.count) } / Double(n)

    var numbers: [String: Int] = [:]
    func number(_ name: String) -> Int {
      if let known = numbers[name] { return known }
      numbers[name] = numbers.count
      return numbers.count - 1
    }
    let pairs = inScope.map { (label: number($0.label), predicted: $0.best.first.map(number) ?? -1) }
    let names = numbers.sorted { $0.value < $1.value }.map(\.key)
    let counts = Counts(pairs.lazy, classes: names.count)
    var perIntent: [String: PerIntent] = [:]
    for (i, name) in names.enumerated() {
      perIntent[name] = PerIntent(
        precision: Self.share(counts.hits[i], counts.predicted[i]), recall: Self.share(counts.hits[i], counts.support[i]),
        f1: counts.f1(i), support: counts.support[i])
    }
    self.perIntent = perIntent
    // Summed in name order, so that the last digits do not depend on a dictionary's.
    let inOrder = perIntent.sorted { $0.key < $1.key }.map(\.value)
    macroF1 = inOrder.isEmpty ? 0 : inOrder.reduce(0) { $0 + $1.f1 } / Double(inOrder.count)
    weightedF1 = n == 0 ? 0 : inOrder.reduce(0) { $0 + $1.f1 * Double($1.support) } / Double(n)
    intervals = Self.intervals(pairs, classes: names.count, seed: seed)

    var languages: [String: (n: Int, right: Int)] = [:]
    for judgment in inScope {
      guard let language = judgment.language else { continue }
      languages[language, default: (0, 0)].n += 1
      if judgment.isRight { languages[language, default: (0, 0)].right += 1 }
    }
    perLanguage = languages.mapValues { PerLanguage(n: $0.n, accuracy: Self.share($0.right, $0.n)) }

    let outside = judgments.filter(\.isOutOfScope)
    if outside.isEmpty {
      outOfScope = nil
    } else {
      let scores = inScope.map(\.inScopeScore).sorted()
      let outsideScores = outside.map(\.inScopeScore)
      let passMark = scores.isEmpty ? 0 : scores[Int(Double(scores.count) * 0.05)]
      outOfScope = OutOfScope(
        n: outside.count, auroc: Self.auroc(scores, outsideScores),
        fpr95: Self.share(outsideScores.count { $0 >= passMark }, outside.count),
        recall: Self.share(outside.count(where: \.isRejected), outside.count),
        inScopeAccuracyAfterRejection: Self.share(inScope.count { !$0.isRejected && $0.isRight }, n))
    }
  }

  /// How often each class is the label, is predicted, and is both.
  private struct Counts {
    var hits: [Int]
    var predicted: [Int]
    var support: [Int]

    init(_ pairs: some Sequence<(label: Int, predicted: Int)>, classes: Int) {
      hits = [Int](repeating: 0, count: classes)
      (predicted, support) = (hits, hits)
      for (label, guess) in pairs {
        support[label] += 1
        if guess >= 0 { predicted[guess] += 1 }
        if guess == label { hits[label] += 1 }
      }
    }

    func f1(_ i: Int) -> Double {
      let all = predicted[i] + support[i]
      return all == 0 ? 0 : 2 * Double(hits[i]) / Double(all)
    }
  }

  private static let resamples = 1_000
  /// Texts drawn in all, so that a large set takes no longer than a small one; large sets need fewer resamples for narrow intervals.
  private static let draws = 5_000_000
  private static let leastResamples = 100

  private static func intervals(_ pairs: [(label: Int, predicted: Int)], classes: Int, seed: UInt64) -> [String: [Double]] {
    guard pairs.count > 1 else { return [:] }
    var generator = SplitMix64(seed: seed, name: "bootstrap")
    let rounds = min(resamples, max(leastResamples, draws / pairs.count))
    var (accuracies, macros): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      let drawn = (0..<pairs.count).lazy.map { _ in
        pairs[Int(((generator.next() >> 32) &* UInt64(pairs.count)) >> 32)]
      }
      let counts = Counts(drawn, classes: classes)
      accuracies.append(share(counts.hits.reduce(0, +), pairs.count))
      // Classes that a resample happens not to hold are not counted in it.
      let there = (0..<classes).filter { counts.support[$0] + counts.predicted[$0] > 0 }
      macros.append(there.reduce(0) { $0 + counts.f1($1) } / Double(max(there.count, 1)))
    }
    func middle(_ values: [Double]) -> [Double] {
      let sorted = values.sorted()
      return [sorted[rounds / 40], sorted[rounds - 1 - rounds / 40]]
    }
    return ["accuracy": middle(accuracies), "macro_f1": middle(macros)]
  }

  private static func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

  private static func bins(_ judgments: [Judgment]) -> [Bin] {
    var bins = [(count: Int, confidence: Double, right: Int)](repeating: (0, 0, 0), count: 15)
    for judgment in judgments {
      let bin = min(14, max(0, Int(judgment.confidence * 15)))
      bins[bin].count += 1
      bins[bin].confidence += judgment.confidence
      bins[bin].right += judgment.isRight ? 1 : 0
    }
    return bins.filter { $0.count > 0 }.map {
      Bin(confidence: $0.confidence / Double($0.count), accuracy: Double($0.right) / Double($0.count), count: $0.count)
    }
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
