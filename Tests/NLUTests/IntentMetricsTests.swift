import Conversation
import Corpus
import NLU
import Testing

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
