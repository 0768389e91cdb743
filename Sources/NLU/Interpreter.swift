import Conversation
import Text

/// Utterance → Interpretation: what was meant, by a trained model and the patterns.
package struct Interpreter: Sendable {
  private let tokenizer: Tokenizer
  private let classifier: IntentClassifier
  private let extractor: EntityExtractor
  private let selector: (selector: ResponseSelector, reader: MessageReader)?

  package init(
    tokenizer: Tokenizer, classifier: IntentClassifier, extractor: EntityExtractor, selector: ResponseSelector? = nil
  ) {
    self.selector = selector.map { ($0, $0.reader(tokenizer)) }
    self.tokenizer = tokenizer
    self.classifier = classifier
    self.extractor = extractor
  }

  /// - Parameters:
  ///   - question: what the text comes after, where that is known.
  ///   - history: what was said before, oldest first, for questions that lean on it.
  ///   - today: the day relative dates count from; without it they are found, but their value is their text.
  package func interpret(
    _ text: String, after question: QuestionKind? = nil, history: [Message] = [], today: Day? = nil
  ) -> Interpretation {
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
      attention: spread(prediction.attention, encoded, over: utterance.tokens.count),
      answer: answer(utterance, intent, history))
  }

  /// What the shop's knowledge says, where the intent leaves room for it.
  private func answer(
    _ utterance: Utterance, _ intent: IntentScore, _ history: [Message]
  ) -> KnowledgeAnswer? {
    guard let (selector, reader) = selector, let language = utterance.language,
      intent.name == Interpretation.outOfScope || intent.name.hasPrefix("faq/")
    else { return nil }
    let turns = history.suffix(Self.remembered) + [.init(isAgent: false, text: utterance.text)]
    return selector.answer(
      ResponseSelector.context(Array(turns), reader), language, isStrange: intent.name == Interpretation.outOfScope, reader)
  }

  private static let remembered = 6

  /// Attention by token: a unit's share goes evenly to the tokens it stands for.
  private func spread(_ attention: [Float], _ encoded: EncodedText, over count: Int) -> [Float] {
    var result = [Float](repeating: 0, count: count)
    for (share, tokens) in zip(attention, encoded.tokens) where share.isFinite {
      for token in tokens { result[token] += share / Float(tokens.count) }
    }
    return result
  }
}
