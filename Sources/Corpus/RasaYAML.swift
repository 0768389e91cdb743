import Conversation
import Text
import Yams

/// The Rasa NLU training-data format 3.1: `nlu:` items of `intent` and `examples`, and `responses:` with Rasa's `translation`.
/// https://legacy-docs-oss.rasa.com/docs/rasa/training-data-format/
enum RasaYAML {
  /// The examples under `nlu:`; synonyms, regexes and lookup tables go to `hints`.
  static func examples(
    _ document: YAMLDocument, _ nlu: Node, hints: inout EntityHints
  ) throws(CorpusError) -> [Example] {
    var examples: [Example] = []
    for item in try document.sequence(nlu, "nlu") {
      let entries = try document.mapping(item, "an item of nlu")
      guard let intentNode = entries.first(where: { $0.key == "intent" })?.value else {
        try add(entries, document, to: &hints)
        continue
      }
      let intent = try document.text(intentNode, "intent")
      guard !intent.isEmpty, !intent.contains(where: \.isNewline) else {
        throw CorpusError(document.place(intentNode), "an intent needs a name on one line")
      }
      guard let block = entries.first(where: { $0.key == "examples" })?.value else {
        throw CorpusError(
          document.place(item), "intent \"\(intent)\" has no examples; add \"examples: |\" and lines \"- text\"")
      }
      for (line, place, question) in try lines(document, block) {
        let (text, annotations) = try AnnotatedText.parse(line, at: place)
        examples.append(Example(text: text, intent: intent, annotations: annotations, question: question, place: place))
      }
    }
    return examples
  }

  private static func add(
    _ entries: [(key: String, keyNode: Node, value: Node)], _ document: YAMLDocument, to hints: inout EntityHints
  ) throws(CorpusError) {
    guard let (kind, _, nameNode) = entries.first(where: { ["synonym", "regex", "lookup"].contains($0.key) }),
      let block = entries.first(where: { $0.key == "examples" })?.value
    else { return }
    let name = try document.text(nameNode, kind)
    for (line, place, _) in try lines(document, block) {
      switch kind {
      case "synonym": hints.synonyms[EntityHints.key(line)] = name
      case "lookup": hints.lookups[name, default: []].append(line)
      default:
        if let problem = RegularExpression.problem(line) { throw CorpusError(place, "regex \"\(name)\": \(problem)") }
        hints.regexes[name, default: []].append(line)
      }
    }
  }

  /// The items of an `examples` block: a literal text of `- ` lines, or a list of texts or of mappings with `text:` and, where it
  /// answers a question, `metadata: {asked: KIND, question: TEXT}`.
  private static func lines(
    _ document: YAMLDocument, _ block: Node
  ) throws(CorpusError) -> [(String, SourcePlace, Example.Question?)] {
    var result: [(String, SourcePlace, Example.Question?)] = []
    if let scalar = block.scalar {
      let first = (block.mark?.line ?? 0) + (scalar.style == .literal ? 1 : 0)
      for (offset, raw) in scalar.string.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let line = raw.drop { $0 == " " || $0 == "\t" }
        if line.isEmpty || line.hasPrefix("#") { continue }
        let place = SourcePlace(file: document.file, line: first + offset)
        guard line == "-" || line.hasPrefix("- ") else {
          throw CorpusError(place, "an example starts with \"- \": \(line.prefix(40))")
        }
        let text = line.dropFirst(2).trimmed
        if !text.isEmpty { result.append((text, place, nil)) }
      }
      return result
    }
    for item in try document.sequence(block, "examples") {
      let fields = item.mapping == nil ? [] : try document.mapping(item, "an example")
      let node = fields.first { $0.key == "text" }?.value ?? item
      let text = try document.text(node, "an example's text")
      // In quotation marks a text is as it stands; under `text: |` Rasa allows one "- " in front.
      let style = node.scalar?.style
      let isQuoted = style == .doubleQuoted || style == .singleQuoted
      let line = isQuoted ? text : (text.hasPrefix("- ") ? text.dropFirst(2) : text[...]).trimmed
      if line.isEmpty, !isQuoted { continue }
      var asked: Example.Question?
      if let metadata = fields.first(where: { $0.key == "metadata" })?.value { asked = try question(document, metadata) }
      result.append((line, document.place(node), asked))
    }
    return result
  }

  /// The question that an example's metadata names; metadata of other programs is passed over.
  private static func question(_ document: YAMLDocument, _ metadata: Node) throws(CorpusError) -> Example.Question? {
    guard metadata.mapping != nil else { return nil }
    var texts: [String: String] = [:]
    for (key, _, value) in try document.mapping(metadata, "metadata") where key == "asked" || key == "question" {
      texts[key] = try document.text(value, key)
    }
    return try Example.Question(asked: texts["asked"], text: texts["question"], at: document.place(metadata))
  }

  /// The wordings under `responses:`.
  static func responses(_ document: YAMLDocument, _ node: Node) throws(CorpusError) -> [String: [ResponseTemplate]] {
    var result: [String: [ResponseTemplate]] = [:]
    for (key, keyNode, value) in try document.mapping(node, "responses") {
      guard key.hasPrefix("utter_") else {
        throw CorpusError(document.place(keyNode), "the key of a response starts with \"utter_\": \(key)")
      }
      var variants: [ResponseTemplate] = []
      for variant in try document.sequence(value, key) {
        var patterns: [String: String] = [:]
        for (name, _, field) in try document.mapping(variant, "a variant of \(key)") {
          switch name {
          case "text": patterns[Language.english.rawValue] = try document.text(field, "text").trimmed
          case "translation":
            for (code, _, translation) in try document.mapping(field, "translation") {
              patterns[code] = try document.text(translation, "a translation").trimmed
            }
          default: break
          }
        }
        guard !patterns.isEmpty else { throw CorpusError(document.place(variant), "a variant of \(key) has no \"text\"") }
        variants.append(ResponseTemplate(patterns: patterns))
      }
      guard !variants.isEmpty else { throw CorpusError(document.place(keyNode), "\(key) has no wording; add \"- text: …\"") }
      result[key] = variants
    }
    return result
  }

  /// `nlu:` text that `examples` reads back as the same examples, grouped by intent in the order given.
  package static func format(_ examples: [Example]) -> String {
    var order: [String] = []
    var groups: [String: [Example]] = [:]
    for example in examples {
      if groups[example.intent] == nil { order.append(example.intent) }
      groups[example.intent, default: []].append(example)
    }
    var result = "version: \"3.1\"\nnlu:\n"
    for intent in order {
      let group = groups[intent] ?? []
      let lines = group.map { (text: AnnotatedText.format($0), question: $0.question) }
      let plain = lines.filter { $0.question == nil && isPlain($0.text) }
      if !plain.isEmpty {
        result += "- intent: \(quoted(intent))\n  examples: |\n"
        for line in plain { result += "    - \(line.text)\n" }
      }
      if plain.count == group.count { continue }
      result += "- intent: \(quoted(intent))\n  examples:\n"
      for line in lines where line.question != nil || !isPlain(line.text) {
        result += "  - text: \(scalar(line.text))\n"
        guard let question = line.question else { continue }
        result += "    metadata:\n      asked: \(question.kind.rawValue)\n"
        if let text = question.text { result += "      question: \(scalar(text))\n" }
      }
    }
    return result
  }

  /// Whether a line of a literal text gives this text back: it is not trimmed away, and YAML takes every character as it is.
  private static func isPlain(_ text: String) -> Bool {
    let line = "- \(text)"
    let read = line.hasPrefix("- ") ? line.dropFirst(2).trimmed : ""
    return !text.isEmpty && read.utf8.elementsEqual(text.utf8)
      && text.unicodeScalars.allSatisfy { $0 == "\t" || !needsEscape($0) }
  }

  /// Line ends, and what YAML does not call printable.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// A text in double quotes.
  private static func scalar(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where needsEscape(character):
        result += "\\u" + String(character.value + 0x1_0000, radix: 16).dropFirst()
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "/" || $0 == "-") }
    let isWord = text.first?.isLetter ?? false
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain, isWord, !reserved { return text }
    return scalar(text)
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
