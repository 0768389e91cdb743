import Conversation
import Corpus

/// The tags of the entity tagger: 0 outside, then for each label one for its first word and one for the words after it (IOB2, Tjong
/// Kim Sang and Veenstra, 1999).
package struct EntityTags: Codable, Hashable, Sendable {
  /// What an annotation says a stretch of text is.
  package struct Label: Codable, Hashable, Sendable {
    package let type: String
    package let role: String?
    package let group: String?

    package init(type: String, role: String? = nil, group: String? = nil) {
      self.type = type
      self.role = role
      self.group = group
    }
  }

  /// In the order of their names.
  package let labels: [Label]

  package static let outside = 0

  package init(labels: [Label]) {
    self.labels = labels
  }

  /// The labels a corpus annotates.
  package init(_ examples: [Example]) {
    let all = Set(examples.lazy.flatMap(\.annotations).map(\.label))
    labels = all.sorted { ($0.type, $0.role ?? "", $0.group ?? "") < ($1.type, $1.role ?? "", $1.group ?? "") }
  }

  /// None where nothing is annotated.
  package var count: Int { labels.isEmpty ? 0 : 1 + 2 * labels.count }

  private func first(_ label: Int) -> Int { 1 + 2 * label }

  /// The tag of each unit of an annotated text. A unit belongs to the annotation it overlaps.
  package func tags(_ annotations: [Example.Annotation], units: [TextUnit], in utterance: Utterance) -> [Int] {
    var tags = [Int](repeating: Self.outside, count: units.count)
    for annotation in annotations {
      guard let label = labels.firstIndex(of: annotation.label) else { continue }
      var isFirst = true
      for (i, unit) in units.enumerated() where utterance.span(of: unit.tokens).overlaps(annotation.span) {
        tags[i] = isFirst ? first(label) : first(label) + 1
        isFirst = false
      }
    }
    return tags
  }

  /// The stretches that tags mark: their units and labels. A word "after the first" with no first before it begins one itself.
  package func stretches(_ tags: [Int]) -> [(units: Range<Int>, label: Label)] {
    var result: [(units: Range<Int>, label: Label)] = []
    for (i, tag) in tags.enumerated() where tag != Self.outside && (tag - 1) / 2 < labels.count {
      let label = labels[(tag - 1) / 2]
      if tag % 2 == 0, let last = result.last, last.units.upperBound == i, last.label == label {
        result[result.count - 1].units = last.units.lowerBound..<i + 1
      } else {
        result.append((i..<i + 1, label))
      }
    }
    return result
  }
}

extension Example.Annotation {
  package var label: EntityTags.Label { .init(type: entity, role: role, group: group) }
}

extension Utterance {
  /// The scalars that some tokens cover.
  package func span(of tokens: Range<Int>) -> Range<Int> {
    guard !tokens.isEmpty, tokens.upperBound <= self.tokens.count else { return 0..<0 }
    return self.tokens[tokens.lowerBound].span.lowerBound..<self.tokens[tokens.upperBound - 1].span.upperBound
  }
}
