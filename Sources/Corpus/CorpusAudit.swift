import Conversation
import Text

/// What is wrong or doubtful in a set of examples, beside what keeps it from being read.
package struct CorpusAudit: Sendable {
  /// A finding at its place.
  package struct Finding: Sendable, CustomStringConvertible {
    package enum Severity: String, Sendable {
      /// Teaches chance.
      case error
      /// Teaches less than it seems to.
      case warning
    }

    package let severity: Severity
    package let place: SourcePlace
    package let message: String

    package var description: String { "\(place): \(severity.rawValue): \(message)" }
  }

  package private(set) var findings: [Finding] = []

  /// Token sets more alike than this are the same line twice: Jaccard's index, shared tokens over all tokens.
  private static let nearDuplicate = 0.9
  /// Fewer examples of an intent in a language than this teach little.
  static let fewExamples = 10

  /// An example as it is compared.
  struct Line {
    let example: Example
    let language: Language?
    /// Token texts in order, joined.
    let normal: String
    /// The same with entities and numbers put out of sight; nil where there are none.
    let frame: String?
    /// Sorted hashes of the distinct tokens.
    let tokens: [Int]
  }

  package init(_ examples: [Example], tokenizer: Tokenizer) {
    let lines = examples.map { Self.line($0, tokenizer) }
    findConflicts(lines)
    findNearConflicts(lines)
    findLikeIntents(lines)
    findBadSpans(lines)
    for (_, group) in Dictionary(grouping: lines, by: \.example.intent).sorted(by: { $0.key < $1.key }) {
      // The same answer to two kinds of question is no repetition.
      for part in Dictionary(grouping: group, by: \.example.question?.kind).values { findRepetitions(part) }
    }
    findFew(lines)
    findings.sort { ($0.place.file, $0.place.line ?? 0) < ($1.place.file, $1.place.line ?? 0) }
  }

  private static func line(_ example: Example, _ tokenizer: Tokenizer) -> Line {
    let utterance = tokenizer.utterance(example.text)
    var frame: [String] = []
    var isFramed = false
    for token in utterance.tokens {
      if let annotation = example.annotations.first(where: { $0.span.overlaps(token.span) }) {
        isFramed = true
        if frame.last != "[\(annotation.entity)]" { frame.append("[\(annotation.entity)]") }
      } else if token.text.contains(where: \.isNumber) {
        isFramed = true
        frame.append("[number]")
      } else {
        frame.append(token.text)
      }
    }
    // What is nothing but an entity is an answer, and answers differ only in it.
    let hasWords = frame.contains { !$0.hasPrefix("[") && $0.contains(where: \.isLetter) }
    let words = utterance.tokens.filter { $0.kind != .symbol }
    let compared = words.isEmpty ? utterance.tokens : words
    return Line(
      example: example, language: utterance.language, normal: compared.map(\.text).joined(separator: " "),
      frame: isFramed && hasWords ? frame.joined(separator: " ") : nil, tokens: Set(compared.map(\.text.hashValue)).sorted())
  }

  mutating func add(_ severity: Finding.Severity, _ place: SourcePlace, _ message: String) {
    findings.append(Finding(severity: severity, place: place, message: message))
  }

  static func quoted(_ text: String) -> String { "\"\(text.prefix(60))\"" }

  /// The same words, after the same kind of question, under two intents.
  private mutating func findConflicts(_ lines: [Line]) {
    var first: [String: Line] = [:]
    for line in lines {
      let key = "\(line.example.question?.kind.rawValue ?? "")\t\(line.normal)"
      guard let other = first.updateValue(first[key] ?? line, forKey: key) else { continue }
      if other.example.intent != line.example.intent {
        add(
          .error, line.example.place,
          "\(Self.quoted(line.example.text)) is \(line.example.intent) here and \(other.example.intent) at \(other.example.place); "
            + "keep one of them")
      }
    }
  }

  /// Lines of one intent that say the same.
  private mutating func findRepetitions(_ lines: [Line]) {
    var frames: [String: Line] = [:]
    for (i, line) in lines.enumerated() {
      if let frame = line.frame {
        if let other = frames[frame] {
          add(
            .warning, line.example.place,
            "\(Self.quoted(line.example.text)) differs only in an entity or number from line \(other.example.place); drop one")
          continue
        }
        frames[frame] = line
      }
      for other in lines[..<i] where Self.areAlike(line.tokens, other.tokens) {
        add(
          .warning, line.example.place,
          "\(Self.quoted(line.example.text)) is nearly \(Self.quoted(other.example.text)) at \(other.example.place); drop one")
        break
      }
    }
  }

  private static func areAlike(_ a: [Int], _ b: [Int]) -> Bool {
    let (few, many) = (min(a.count, b.count), max(a.count, b.count))
    guard many > 0, Double(few) > nearDuplicate * Double(many) else { return false }
    return similarity(a, b) > nearDuplicate
  }

  /// Jaccard's index of two sorted lists.
  private static func similarity(_ a: [Int], _ b: [Int]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        shared += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let all = a.count + b.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }

  private mutating func findFew(_ lines: [Line]) {
    let groups = Dictionary(grouping: lines) { line in "\(line.example.intent)\t\(line.language?.rawValue ?? "")" }
    let languages = Set(lines.compactMap(\.language))
    for intent in Set(lines.map(\.example.intent)).sorted() {
      for language in languages.sorted(by: { $0.rawValue < $1.rawValue }) {
        let group = groups["\(intent)\t\(language.rawValue)"] ?? []
        if group.count < Self.fewExamples,
          let place = (group.first ?? lines.first { $0.example.intent == intent })?.example.place
        {
          add(
            .warning, place,
            "\(intent) has \(group.count) \(group.count == 1 ? "example" : "examples") in \(language.rawValue); write at least \(Self.fewExamples)"
          )
        }
      }
    }
  }

  // MARK: figures

  /// How varied the examples of a language are.
  package struct Spread: Codable, Sendable {
    package let examples: Int
    package let intents: Int
    package let entities: Int
    /// Tokens an example: a tenth, half and nine tenths have no more, and the longest.
    package let lengths: [Int]
    /// Distinct tokens over all tokens.
    package let typeTokenRatio: Double
    /// The mean of Jaccard's index over all pairs of an intent, the mean of that over intents.
    package let similarityWithinIntent: Double

    enum CodingKeys: String, CodingKey {
      case examples, intents, entities, lengths
      case typeTokenRatio = "type_token_ratio"
      case similarityWithinIntent = "similarity_within_intent"
    }
  }

  package static func spread(_ examples: [Example], tokenizer: Tokenizer) -> [String: Spread] {
    let lines = examples.map { (line: line($0, tokenizer), tokens: tokenizer.utterance($0.text).tokens) }
    return Dictionary(grouping: lines) { $0.line.language?.rawValue ?? "none" }.mapValues { group in
      let lengths = group.map(\.tokens.count).sorted()
      func quantile(_ share: Double) -> Int { lengths[min(lengths.count - 1, Int(Double(lengths.count) * share))] }
      let all = group.flatMap { $0.tokens.map(\.text) }
      var means: [Double] = []
      let intents = Dictionary(grouping: group, by: \.line.example.intent)
      for (_, part) in intents.sorted(by: { $0.key < $1.key }) where part.count > 1 {
        var sum = 0.0
        for (i, one) in part.enumerated() {
          for other in part[..<i] { sum += similarity(one.line.tokens, other.line.tokens) }
        }
        means.append(sum / Double(part.count * (part.count - 1) / 2))
      }
      return Spread(
        examples: group.count, intents: intents.count, entities: group.reduce(0) { $0 + $1.line.example.annotations.count },
        lengths: [quantile(0.1), quantile(0.5), quantile(0.9), lengths.last ?? 0],
        typeTokenRatio: all.isEmpty ? 0 : Double(Set(all).count) / Double(all.count),
        similarityWithinIntent: means.isEmpty ? 0 : means.reduce(0, +) / Double(means.count))
    }
  }
}
