import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Testing
import Text

/// The figures against hand-made cases; the expected values were worked out with scikit-learn's definitions.
@Suite struct IntentMetricsTests {
  private func outcome(_ label: String, _ ranking: [(String, Double)]) -> IntentEvaluation.Outcome {
    .init(
      example: Example(text: "t", intent: label, place: .init(file: "f")), language: .english,
      prediction: .init(
        ranking: ranking.map { IntentScore(name: $0.0, confidence: $0.1) }, inScopeScore: ranking.first?.1 ?? 0,
        attention: []))
  }

  @Test func precisionRecallAndAverages() {
    let metrics = IntentMetrics([
      outcome("a", [("a", 0.9), ("b", 0.1)]), outcome("a", [("b", 0.6), ("a", 0.4)]), outcome("b", [("b", 0.8), ("a", 0.2)]),
      outcome("c", [("b", 0.5), ("a", 0.3), ("c", 0.2)]),
    ])
    #expect(metrics.n == 4 && metrics.accuracy == 0.5 && metrics.top3Accuracy == 1)
    #expect(metrics.perIntent["a"] == IntentMetrics.PerIntent(precision: 1, recall: 0.5, f1: 2.0 / 3, support: 2))
    #expect(
      metrics.perIntent["b"].map { abs($0.precision - 1.0 / 3) < 1e-12 && $0.recall == 1 && abs($0.f1 - 0.5) < 1e-12 } == true)
    #expect(metrics.perIntent["c"] == IntentMetrics.PerIntent(precision: 0, recall: 0, f1: 0, support: 1))
    #expect(abs(metrics.macroF1 - (2.0 / 3 + 0.5) / 3) < 1e-12)
    #expect(abs(metrics.weightedF1 - (2 * 2.0 / 3 + 0.5) / 4) < 1e-12)
    // Four bins of one text each: |0.9 − 1| + |0.6 − 0| + |0.8 − 1| + |0.5 − 0|, over 4.
    #expect(abs(metrics.ece - 0.35) < 1e-12)
    #expect(metrics.outOfScope == nil)
  }

  @Test func outOfScopeByRanks() {
    let metrics = IntentMetrics([
      outcome("a", [("a", 0.9)]), outcome("a", [("a", 0.7)]), outcome("a", [("a", 0.4)]),
      outcome("oos", [("a", 0.4)]), outcome("out_of_scope", [("a", 0.8)]),
    ])
    #expect(metrics.n == 3 && metrics.accuracy == 1)
    // Pairs: 0.4 loses to 0.9 and 0.7 and ties with 0.4; 0.8 loses to 0.9 alone: (2.5 + 1) / 6.
    #expect(metrics.outOfScope.map { abs($0.auroc - 3.5 / 6) < 1e-12 } == true)
    #expect(metrics.outOfScope?.recall == 0.5)
    #expect(metrics.outOfScope?.fpr95 == 1)
    #expect(metrics.outOfScope.map { abs($0.inScopeAccuracyAfterRejection - 2.0 / 3) < 1e-12 } == true)
  }

  @Test func nothingToMeasureIsZeroNotATrap() {
    #expect(IntentMetrics([]).accuracy == 0)
    #expect(IntentMetrics([outcome("oos", [])]).outOfScope?.n == 1)
  }
}

/// The figures of some hundred random predictions as scikit-learn has them; `Golden/metrics.py` made the file.
@Suite struct GoldenMetricsTests {
  private struct Golden: Decodable {
    struct Row: Decodable {
      let label: String
      let predicted: String
      let confidence: Double
      let score: Double
    }
    let rows: [Row]
    let accuracy: Double
    let macro_f1: Double
    let weighted_f1: Double
    let micro_f1: Double
    let auroc: Double
    let per_intent: [String: [Double]]
  }

  @Test func agreeWithScikitLearn() throws {
    let url = try #require(Bundle.module.url(forResource: "metrics", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    let metrics = IntentMetrics(
      golden.rows.map { row in
        IntentEvaluation.Outcome(
          example: Example(text: "t", intent: row.label, place: .init(file: "f")), language: nil,
          prediction: .init(
            ranking: [IntentScore(name: row.predicted, confidence: row.confidence)], inScopeScore: row.score, attention: []))
      })
    func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-9 }
    #expect(close(metrics.accuracy, golden.accuracy) && close(metrics.microF1, golden.micro_f1))
    #expect(close(metrics.macroF1, golden.macro_f1) && close(metrics.weightedF1, golden.weighted_f1))
    #expect(metrics.outOfScope.map { close($0.auroc, golden.auroc) } == true)
    #expect(metrics.perIntent.count == golden.per_intent.count)
    for (name, expected) in golden.per_intent {
      let own = try #require(metrics.perIntent[name])
      #expect(close(own.precision, expected[0]) && close(own.recall, expected[1]) && close(own.f1, expected[2]), "\(name)")
      #expect(own.support == Int(expected[3]))
    }
    let interval = try #require(metrics.intervals["accuracy"])
    #expect(interval[0] < golden.accuracy && golden.accuracy < interval[1])
    // The normal approximation of a share's deviation is close with so many texts.
    let deviation = (golden.accuracy * (1 - golden.accuracy) / 400).squareRoot()
    #expect(abs((interval[1] - interval[0]) - 3.92 * deviation) < 0.01)
  }

  @Test func mcNemarIsExact() {
    // scipy.stats.binomtest(min, sum, 0.5), SciPy 1.17.1
    for (a, b, p) in [(3, 11, 0.0573730468750), (10, 10, 1), (1, 0, 1), (0, 0, 1)] as [(Int, Int, Double)] {
      #expect(abs(McNemar(onlyFirst: a, onlySecond: b).p - p) < 1e-9, "\(a) \(b)")
      #expect(McNemar(onlyFirst: a, onlySecond: b).p == McNemar(onlyFirst: b, onlySecond: a).p)
    }
  }
}

@Suite struct LabelErrorTests {
  private static let intents = URL(filePath: #filePath).appending(path: "../../../intents/en").standardizedFileURL.path

  @Test func findsPlantedErrors() throws {
    let tokenizer = try Tokenizer()
    var examples: [Example] = []
    for file in ["orders.yml", "after_sale.yml", "service.yml", "delivery.yml"] {
      let path = "\(Self.intents)/\(file)"
      if FileManager.default.fileExists(atPath: path) { examples += try TrainingData(paths: [path]).examples }
    }
    try #require(examples.count > 2_000)
    var generator = SplitMix64(seed: 11)
    examples = Array(examples.shuffled(using: &generator).prefix(4_000))
    let intents = Set(examples.map(\.intent)).sorted()
    let planted = Set(examples.indices.shuffled(using: &generator).prefix(examples.count / 20))
    for i in planted {
      let old = examples[i]
      let other = intents.filter { $0 != old.intent }.randomElement(using: &generator) ?? old.intent
      examples[i] = Example(text: old.text, intent: other, place: old.place)
    }
    let found = LabelErrors(examples, tokenizer: tokenizer, seed: 1, threads: 2)
    let first = Set(found.order.prefix(examples.count / 10))
    let share = Double(first.intersection(planted).count) / Double(planted.count)
    #expect(share >= 0.7, "\(share)")
    #expect(found.order.count == examples.count)
    let suspected = Set(found.suspects.map(\.index))
    #expect(Double(suspected.intersection(planted).count) >= 0.5 * Double(planted.count))
    #expect(found.suspects.allSatisfy { $0.suggested != examples[$0.index].intent })
  }

  @Test func littleDataIsNoTrouble() throws {
    let tokenizer = try Tokenizer()
    #expect(LabelErrors([], tokenizer: tokenizer, seed: 1, threads: 1).suspects.isEmpty)
    let few = (0..<12).map { Example(text: "text \($0)", intent: "only", place: .init(file: "f")) }
    #expect(LabelErrors(few, tokenizer: tokenizer, seed: 1, threads: 1).order.isEmpty)
  }
}
