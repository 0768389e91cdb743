import Conversation
import Corpus
import Foundation
import NLU

/// Puts an intent evaluation into the form of the HTML report.
struct IntentReport {
  let metrics: IntentMetrics
  let judgments: [IntentMetrics.Judgment]
  var title = "Intents"
  var facts: [(String, String)] = []
  var mistakes: [HTMLReport.Mistake] = []
  var trainingCurve: [HTMLReport.Point] = []
  var learningCurve: [HTMLReport.Point] = []
  /// Figures beside those of the intents.
  var more: [HTMLReport.Figure] = []

  init(_ metrics: IntentMetrics, _ judgments: [IntentMetrics.Judgment]) {
    self.metrics = metrics
    self.judgments = judgments
  }

  private static let greatestMistakes = 500

  /// With the mistakes, their tokens' attention beside them.
  init(_ metrics: IntentMetrics, _ outcomes: [IntentEvaluation.Outcome], interpreter: Interpreter?) {
    self.init(metrics, outcomes.map { .init($0.example, $0.prediction, language: $0.language) })
    let wrong = outcomes.filter { !$0.example.isOutOfScope && $0.prediction.ranking.first?.name != $0.example.intent }
      .sorted { ($0.prediction.ranking.first?.confidence ?? 0) > ($1.prediction.ranking.first?.confidence ?? 0) }
    mistakes = wrong.prefix(Self.greatestMistakes).map { outcome in
      var tokens: [(token: String, weight: Float)] = []
      if let interpretation = interpreter?.interpret(outcome.example.text) {
        tokens = zip(interpretation.utterance.tokens, interpretation.attention).map { token, weight in
          (token: interpretation.utterance.substring(token.span), weight: weight)
        }
      }
      let best = outcome.prediction.ranking.first
      return HTMLReport.Mistake(
        text: outcome.example.text, label: outcome.example.intent, predicted: best?.name ?? "none",
        confidence: best?.confidence ?? 0, attention: tokens)
    }
  }

  /// Pairs of a label and another intent predicted for it, most frequent first.
  static func confusions(_ judgments: [IntentMetrics.Judgment]) -> [(label: String, predicted: String, count: Int)] {
    var counts: [[String]: Int] = [:]
    for judgment in judgments where !judgment.isOutOfScope && !judgment.isRight {
      counts[[judgment.label, judgment.best.first ?? "none"], default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key.joined(separator: "\t")) < ($0.value, $1.key.joined(separator: "\t")) }
      .map { ($0.key[0], $0.key[1], $0.value) }
  }

  func write(to path: String) throws {
    func interval(_ name: String) -> ClosedRange<Double>? {
      metrics.intervals[name].flatMap { $0.count == 2 && $0[0] <= $0[1] ? $0[0]...$0[1] : nil }
    }
    var figures: [HTMLReport.Figure] = [
      .init(name: "accuracy", value: metrics.accuracy, interval: interval("accuracy"), isShare: true),
      .init(name: "macro F1", value: metrics.macroF1, interval: interval("macro_f1"), isShare: true),
      .init(name: "weighted F1", value: metrics.weightedF1, interval: nil, isShare: true),
      .init(name: "among the first three", value: metrics.top3Accuracy, interval: nil, isShare: true),
      .init(name: "calibration error", value: metrics.ece, interval: nil, isShare: true),
    ]
    if let outside = metrics.outOfScope {
      figures.append(.init(name: "out of scope, AUROC", value: outside.auroc, interval: nil, isShare: true))
      figures.append(.init(name: "out of scope, rejected", value: outside.recall, interval: nil, isShare: true))
    }
    let inScope = judgments.filter { !$0.isOutOfScope }
    let report = HTMLReport(
      title: title, facts: facts + [("texts", String(metrics.n)), ("intervals", "95%, bootstrap")],
      figures: (metrics.n == 0 ? [] : figures) + more,
      perIntent: metrics.perIntent.sorted { $0.key < $1.key }.map {
        (name: $0.key, precision: $0.value.precision, recall: $0.value.recall, f1: $0.value.f1, support: $0.value.support)
      },
      confusions: Self.confusions(judgments).map { .init(label: $0.label, predicted: $0.predicted, count: $0.count) },
      rightConfidences: inScope.filter(\.isRight).map(\.confidence),
      wrongConfidences: inScope.filter { !$0.isRight }.map(\.confidence),
      reliability: metrics.reliability.map { .init(confidence: $0.confidence, accuracy: $0.accuracy, count: $0.count) },
      trainingCurve: trainingCurve, learningCurve: learningCurve, mistakes: mistakes)
    try AtomicFile.write(Data(report.html.utf8), to: path)
  }
}
