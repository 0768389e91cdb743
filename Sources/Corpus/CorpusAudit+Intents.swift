import Conversation
import Foundation

// What makes intents hard to tell from one another, and annotations that do not stand where words do.

extension CorpusAudit {
  /// Distinct words from which on a line with one word more or less is nearly the same.
  private static let longLine = 10
  /// Intents whose mean texts are more alike than this are one for a classifier: the cosine of their words' weights.
  private static let sameIntent = 0.93

  /// Nearly the same words, after the same kind of question, under two intents.
  mutating func findNearConflicts(_ lines: [Line]) {
    var first: [[Int]: Line] = [:]
    for line in lines where line.tokens.count > 1 {
      // A line and one with a word more share what is left without that word.
      var keys = [line.tokens]
      if line.tokens.count >= Self.longLine {
        keys += line.tokens.indices.map { index in
          var rest = line.tokens
          rest.remove(at: index)
          return rest
        }
      }
      let kind = line.example.question?.kind.rawValue.hashValue ?? 0
      let other = keys.lazy.compactMap { first[[kind] + $0] }
        .first { $0.example.intent != line.example.intent && $0.normal != line.normal }
      if let other {
        add(
          .warning, line.example.place,
          "\(Self.quoted(line.example.text)) under \(line.example.intent) has nearly the words of "
            + "\(Self.quoted(other.example.text)) under \(other.example.intent) at \(other.example.place)")
      }
      for key in keys { first[[kind] + key] = first[[kind] + key] ?? line }
    }
  }

  /// Pairs of intents that say nearly the same on the whole.
  mutating func findLikeIntents(_ lines: [Line]) {
    for (_, group) in Dictionary(grouping: lines, by: \.language).sorted(by: { $0.key?.rawValue ?? "" < $1.key?.rawValue ?? "" }
    ) {
      var frequency: [Int: Double] = [:]
      for line in group { for token in line.tokens { frequency[token, default: 0] += 1 } }
      let all = Double(group.count)
      let intents = Dictionary(grouping: group, by: \.example.intent).filter { $0.value.count >= Self.fewExamples }
        .sorted { $0.key < $1.key }
      let vectors = intents.map { _, part -> [Int: Double] in
        var vector: [Int: Double] = [:]
        for line in part {
          for token in line.tokens { vector[token, default: 0] += log(all / (frequency[token] ?? 1)) }
        }
        let length = vector.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
        return length > 0 ? vector.mapValues { $0 / length } : [:]
      }
      for i in vectors.indices {
        for j in vectors.indices where j > i {
          let cosine = vectors[i].sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * (vectors[j][$1.key] ?? 0) }
          if cosine > Self.sameIntent, let line = intents[j].value.first {
            add(
              .warning, line.example.place,
              "\(intents[j].key) is said in nearly the words of \(intents[i].key); join them, or write examples that tell them apart"
            )
          }
        }
      }
    }
  }

  /// Annotations with blanks at an end, or with an end inside a word.
  mutating func findBadSpans(_ lines: [Line]) {
    for line in lines where !line.example.annotations.isEmpty {
      let scalars = Array(line.example.text.unicodeScalars)
      func isLatin(_ i: Int) -> Bool {
        scalars.indices.contains(i) && scalars[i].value < 0x250 && scalars[i].properties.isAlphabetic
      }
      for annotation in line.example.annotations {
        let (start, end) = (annotation.span.lowerBound, annotation.span.upperBound)
        guard scalars.indices.contains(start), end <= scalars.count, start < end else { continue }
        let text = String(String.UnicodeScalarView(scalars[start..<end]))
        if scalars[start].properties.isWhitespace || scalars[end - 1].properties.isWhitespace {
          add(
            .warning, line.example.place,
            "the entity \(annotation.entity) \(Self.quoted(text)) has a blank at its end; leave it outside")
        } else if isLatin(start - 1) && isLatin(start) || isLatin(end - 1) && isLatin(end) {
          add(.warning, line.example.place, "the entity \(annotation.entity) \(Self.quoted(text)) cuts a word in two")
        }
      }
    }
  }
}
