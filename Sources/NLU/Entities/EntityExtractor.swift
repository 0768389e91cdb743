import Conversation
import Corpus
import Text

/// Finds the pieces of information in an utterance, by what was learnt from annotations, by the corpus's patterns and phrases, and by
/// `PatternEntities`.
///
/// Of finds that overlap one stays: first identifiers (e-mail address, order number, postcode, telephone number), whose form leaves no
/// doubt; then what was learnt, since a corpus's own types are what its owner wants; then the corpus's patterns; then the rest. Of one
/// source the longer, then the one further left.
package struct EntityExtractor: Sendable {
  package let tags: EntityTags
  package let hints: EntityHints
  /// What is found before anything was learnt; the classifier masks its identifiers.
  package let patterns: PatternEntities
  private let regexes: [(type: String, expression: RegularExpression)]

  package init(tags: EntityTags, hints: EntityHints) {
    self.tags = tags
    self.hints = hints
    patterns = PatternEntities(
      catalogue: CatalogueWords(hints.lookups.mapValues { Dictionary($0.map { ($0, $0) }) { first, _ in first } }))
    regexes = hints.regexes.sorted { $0.key < $1.key }.flatMap { type, patterns in
      patterns.compactMap { pattern in RegularExpression(pattern).map { (type, $0) } }
    }
  }

  /// All entities of an utterance, in text order, not overlapping.
  /// - Parameters:
  ///   - found: what `patterns` found.
  ///   - encoded: the text as the classifier read it.
  ///   - prediction: the classifier's tags for it.
  package func entities(
    in utterance: Utterance, found: [Entity], encoded: EncodedText, _ prediction: IntentClassifier.Prediction
  ) -> [Entity] {
    var sources: [[Entity]] = [[], learnt(utterance, encoded, prediction), matched(utterance), []]
    for entity in found.map(standard) { sources[entity.isIdentifier ? 0 : 3].append(entity) }
    var kept: [Entity] = []
    for source in sources {
      let ordered = source.sorted { ($1.span.count, $0.span.lowerBound) < ($0.span.count, $1.span.lowerBound) }
      for entity in ordered where !kept.contains(where: { $0.span.overlaps(entity.span) }) { kept.append(entity) }
    }
    return kept.sorted { $0.span.lowerBound < $1.span.lowerBound }
  }

  private func learnt(
    _ utterance: Utterance, _ encoded: EncodedText, _ prediction: IntentClassifier.Prediction
  ) -> [Entity] {
    tags.stretches(prediction.tags).compactMap { units, label in
      let first = encoded.tokens[units.lowerBound].lowerBound
      let span = utterance.span(of: first..<encoded.tokens[units.upperBound - 1].upperBound)
      // Where the middle of a very long text was left out, what stands on both sides of the gap is no one entity.
      let isWhole = units.dropFirst().allSatisfy { encoded.tokens[$0].lowerBound == encoded.tokens[$0 - 1].upperBound }
      guard !span.isEmpty, isWhole else { return nil }
      // As sure as of its least sure word.
      let confidence = prediction.tagProbabilities[units].min() ?? 0
      return entity(
        label.type, span, utterance, role: label.role, group: label.group,
        confidence: confidence.isFinite ? Double(confidence) : 0, "EntityTagger")
    }
  }

  private func matched(_ utterance: Utterance) -> [Entity] {
    regexes.flatMap { type, expression in
      expression.matches(in: utterance.text).map { entity(type, $0, utterance, confidence: 1, "RegularExpression") }
    }
  }

  /// With the value that the corpus names for its words.
  private func standard(_ entity: Entity) -> Entity {
    guard let value = hints.synonyms[EntityHints.key(entity.text)] else { return entity }
    return Entity(
      type: entity.type, span: entity.span, text: entity.text, value: value, confidence: entity.confidence,
      extractor: entity.extractor)
  }

  private func entity(
    _ type: String, _ span: Range<Int>, _ utterance: Utterance, role: String? = nil, group: String? = nil,
    confidence: Double, _ extractor: String
  ) -> Entity {
    let text = utterance.substring(span)
    return Entity(
      type: type, span: span, text: text, value: hints.synonyms[EntityHints.key(text)] ?? text, confidence: confidence,
      extractor: extractor, role: role, group: group)
  }
}
