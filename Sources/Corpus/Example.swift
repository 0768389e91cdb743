import Conversation

/// A text with its label: one line of an intent corpus.
package struct Example: Hashable, Sendable {
  /// The question of the agent's that a text answers.
  package struct Question: Hashable, Sendable {
    package let kind: QuestionKind
    /// As the agent put it, where that is on record; for the reader, nothing is learnt from it.
    package let text: String?

    package init(kind: QuestionKind, text: String? = nil) {
      self.kind = kind
      self.text = text
    }

    /// What an example's metadata says of it: nothing without a kind.
    init?(asked: String?, text: String?, at place: SourcePlace) throws(CorpusError) {
      guard let asked else { return nil }
      guard let kind = QuestionKind(rawValue: asked) else {
        let known = QuestionKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw CorpusError(place, "\"asked: \(asked)\" is no kind of question; known are \(known)")
      }
      self.init(kind: kind, text: text)
    }
  }

  /// A stretch of the text that is a piece of information.
  package struct Annotation: Hashable, Sendable {
    package let entity: String
    /// In Unicode scalars of the text.
    package let span: Range<Int>
    /// The standard form, where it is not the text itself.
    package let value: String?
    package let role: String?
    package let group: String?

    package init(entity: String, span: Range<Int>, value: String? = nil, role: String? = nil, group: String? = nil) {
      self.entity = entity
      self.span = span
      self.value = value
      self.role = role
      self.group = group
    }
  }

  package let text: String
  package let intent: String
  /// In text order.
  package let annotations: [Annotation]
  /// nil where the text speaks for itself.
  package let question: Question?
  package let place: SourcePlace

  package init(
    text: String, intent: String, annotations: [Annotation] = [], question: Question? = nil, place: SourcePlace
  ) {
    self.text = text
    self.intent = intent
    self.annotations = annotations
    self.question = question
    self.place = place
  }

  /// The labels under which corpora keep texts that belong to no intent.
  private static let outOfScopeLabels: Set<String> = ["out_of_scope", "oos", "nlu_fallback"]

  package var isOutOfScope: Bool { Example.outOfScopeLabels.contains(intent) }
}
