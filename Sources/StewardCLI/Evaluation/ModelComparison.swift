import Conversation
import Corpus
import NLU
import Text

/// Two models on the same texts: which is better, whether that may be chance, and what changed.
struct ModelComparison: Encodable {
  struct PerIntent: Encodable {
    let support: Int
    /// Texts of the intent that each gets right.
    let right_a: Int
    let right_b: Int
  }
  struct Change: Encodable {
    let text: String
    let label: String
    let a: String
    let b: String
  }

  let n: Int
  let accuracy_a: Double
  let accuracy_b: Double
  let both_right: Int
  let only_a: Int
  let only_b: Int
  let both_wrong: Int
  /// Of McNemar's exact test.
  let p_value: Double
  let per_intent: [String: PerIntent]
  /// Texts that exactly one gets right.
  let changed: [Change]

  /// What counts is the answer a customer gets: a rejected text is out of scope, whatever ranks first.
  init(_ examples: [Example], a: IntentClassifier, b: IntentClassifier, tokenizer: Tokenizer, threads: Int) {
    func answers(_ classifier: IntentClassifier) -> [String] {
      IntentEvaluation(tokenizer: tokenizer, classifier: classifier, threads: threads).outcomes(examples).map { outcome in
        if outcome.prediction.isRejected {
          return outcome.example.isOutOfScope ? outcome.example.intent : Interpretation.outOfScope
        }
        return outcome.prediction.ranking.first?.name ?? Interpretation.outOfScope
      }
    }
    let (first, second) = (answers(a), answers(b))
    var counts = (both: 0, a: 0, b: 0, none: 0)
    var perIntent: [String: (support: Int, a: Int, b: Int)] = [:]
    var changed: [Change] = []
    for (example, answers) in zip(examples, zip(first, second)) {
      let right = (answers.0 == example.intent, answers.1 == example.intent)
      perIntent[example.intent, default: (0, 0, 0)].support += 1
      if right.0 { perIntent[example.intent, default: (0, 0, 0)].a += 1 }
      if right.1 { perIntent[example.intent, default: (0, 0, 0)].b += 1 }
      switch right {
      case (true, true): counts.both += 1
      case (true, false): counts.a += 1
      case (false, true): counts.b += 1
      case (false, false): counts.none += 1
      }
      if right.0 != right.1 {
        changed.append(Change(text: example.text, label: example.intent, a: answers.0, b: answers.1))
      }
    }
    n = examples.count
    let all = Double(max(n, 1))
    accuracy_a = Double(counts.both + counts.a) / all
    accuracy_b = Double(counts.both + counts.b) / all
    (both_right, only_a, only_b, both_wrong) = (counts.both, counts.a, counts.b, counts.none)
    p_value = McNemar(onlyFirst: counts.a, onlySecond: counts.b).p
    per_intent = perIntent.mapValues { PerIntent(support: $0.support, right_a: $0.a, right_b: $0.b) }
    self.changed = changed
  }

  /// Intents by how much the second model changed them, the greatest loss first.
  var losses: [(name: String, part: PerIntent)] {
    per_intent.filter { $0.value.right_a != $0.value.right_b }
      .sorted { ($0.value.right_b - $0.value.right_a, $0.key) < ($1.value.right_b - $1.value.right_a, $1.key) }
      .map { ($0.key, $0.value) }
  }
}
