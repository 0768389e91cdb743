import Conversation
import Text

/// Utterance → Interpretation: what was meant, by a trained model and the patterns.
package struct Interpreter: Sendable {
  private let tokenizer: Tokenizer
  private let classifier: IntentClassifier
  private let extractor: EntityExtractor

  package init(tokenizer: Tokenizer, classifier: IntentClassifier, extractor: EntityExtractor) {
    self.tokenizer = tokenizer
    self.classifier = classifier
    self.extractor = extractor
  }

  /// - Parameters:
  ///   - question: what the text comes after, where that is known.
  ///   - today: the day relative dates count from; without it they are found, but their value is their text.
  package func interpret(_ text: String, after question: QuestionKind? = nil, today: Day? = nil) -> Interpretation {
    let utterance = tokenizer.utterance(text)
    let found = extractor.patterns.entities(in: utterance, today: today)
    guard !utterance.tokens.isEmpty else {
      return Interpretation(
        utterance: utterance, intent: IntentScore(name: Interpretation.outOfScope, confidence: 1), ranking: [],
        entities: [], attention: [])
    }
    let encoded = classifier.encoder.encode(utterance, found, after: question)
    let prediction = classifier.predict([encoded])[0]
    let intent =
      if let best = prediction.ranking.first, !prediction.isRejected {
        best
      } else {
        IntentScore(name: Interpretation.outOfScope, confidence: 1 - prediction.inScopeScore)
      }
    return Interpretation(
      utterance: utterance, intent: intent, ranking: prediction.ranking,
      entities: extractor.entities(in: utterance, found: found, encoded: encoded, prediction),
      attention: spread(prediction.attention, encoded, over: utterance.tokens.count))
  }

  /// Attention by token: a unit's share goes evenly to the tokens it stands for.
  private func spread(_ attention: [Float], _ encoded: EncodedText, over count: Int) -> [Float] {
    var result = [Float](repeating: 0, count: count)
    for (share, tokens) in zip(attention, encoded.tokens) where share.isFinite {
      for token in tokens { result[token] += share / Float(tokens.count) }
    }
    return result
  }
}
