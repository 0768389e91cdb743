/// What a corpus says about entities beside its examples: standard forms, lists of phrases, patterns.
package struct EntityHints: Codable, Hashable, Sendable {
  /// Words as customers write them (see `key`) → the value they stand for.
  package var synonyms: [String: String] = [:]
  /// Entity type → phrases that are one.
  package var lookups: [String: [String]] = [:]
  /// Entity type → regular expressions whose matches are one.
  package var regexes: [String: [String]] = [:]

  package init() {}

  /// How a text is looked up among the synonyms.
  package static func key(_ text: String) -> String { text.lowercased() }

  /// These hints and the standard forms that annotations name (`[nyc](city:New York)`).
  package func adding(_ examples: [Example]) -> EntityHints {
    var hints = self
    for example in examples {
      let scalars = Array(example.text.unicodeScalars)
      for annotation in example.annotations {
        guard let value = annotation.value else { continue }
        let text = String(String.UnicodeScalarView(scalars[annotation.span]))
        if text != value { hints.synonyms[Self.key(text)] = value }
      }
    }
    return hints
  }
}
