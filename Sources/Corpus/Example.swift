/// A text with its label: one line of an intent corpus.
package struct Example: Hashable, Sendable {
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
  package let place: SourcePlace

  package init(text: String, intent: String, annotations: [Annotation] = [], place: SourcePlace) {
    self.text = text
    self.intent = intent
    self.annotations = annotations
    self.place = place
  }

  /// The labels under which corpora keep texts that belong to no intent.
  private static let outOfScopeLabels: Set<String> = ["out_of_scope", "oos", "nlu_fallback"]

  package var isOutOfScope: Bool { Example.outOfScopeLabels.contains(intent) }
}
