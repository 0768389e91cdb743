/// An intent and how sure the classifier is of it.
package struct IntentScore: Hashable, Codable, Sendable {
  package let name: String
  /// A calibrated probability, 0 to 1.
  package let confidence: Double

  package init(name: String, confidence: Double) {
    self.name = name
    self.confidence = confidence
  }
}

/// A piece of information found in an utterance.
package struct Entity: Hashable, Sendable {
  /// Its type: `order_id`, `email`, `postcode`, `number`, …
  package let type: String
  /// Where it stands in the original text, in Unicode scalars.
  package let span: Range<Int>
  /// The text as written.
  package let text: String
  /// The text in its standard form (`w2378156` has the value `W2378156`).
  package let value: String
  /// 0 to 1.
  package let confidence: Double
  /// Who found it.
  package let extractor: String
  /// The part it plays where a message has several of a type (`from`, `to`), and which of several belong together.
  package let role: String?
  package let group: String?

  /// Types whose form alone says what they are.
  private static let identifiers: Set<String> = ["email", "order_id", "postcode", "phone"]

  /// Whether this is an e-mail address, order number, postcode or telephone number.
  package var isIdentifier: Bool { Entity.identifiers.contains(type) }

  package init(
    type: String, span: Range<Int>, text: String, value: String, confidence: Double, extractor: String, role: String? = nil,
    group: String? = nil
  ) {
    self.role = role
    self.group = group
    self.type = type
    self.span = span
    self.text = text
    self.value = value
    self.confidence = confidence
    self.extractor = extractor
  }
}

/// A passage of the shop's knowledge that answers a question, whole and as written.
package struct KnowledgeAnswer: Hashable, Sendable {
  package let text: String
  /// The heading it stands under.
  package let heading: String
  /// Where it stands: file and heading.
  package let source: String
  /// The language it is written in, which may not be the question's.
  package let language: Language
  /// 0 to 1: its share among the passages looked at.
  package let confidence: Double

  package init(text: String, heading: String, source: String, language: Language, confidence: Double) {
    self.text = text
    self.heading = heading
    self.source = source
    self.language = language
    self.confidence = confidence
  }
}

/// What was meant by an utterance.
package struct Interpretation: Sendable {
  /// The intent of everything the classifier would not answer.
  package static let outOfScope = "out_of_scope"

  package let utterance: Utterance
  /// The intent taken; `out_of_scope` for a rejected text.
  package let intent: IntentScore
  /// The trained intents, best first, at most ten.
  package let ranking: [IntentScore]
  /// In text order, not overlapping.
  package let entities: [Entity]
  /// The share of the classifier's attention each token got, one for each token, summing to 1 (or empty).
  package let attention: [Float]
  /// What the shop's knowledge says to it; looked for where the intent is a question with a fixed answer or none at all, and nil where
  /// nothing fits surely enough.
  package let answer: KnowledgeAnswer?

  package init(
    utterance: Utterance, intent: IntentScore, ranking: [IntentScore], entities: [Entity], attention: [Float],
    answer: KnowledgeAnswer? = nil
  ) {
    self.answer = answer
    self.utterance = utterance
    self.intent = intent
    self.ranking = ranking
    self.entities = entities
    self.attention = attention
  }

  /// The first entity of a type.
  package func entity(_ type: String) -> Entity? { entities.first { $0.type == type } }
}
