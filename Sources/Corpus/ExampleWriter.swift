/// The forms examples are read from and written in.
package enum ExampleFormat: String, CaseIterable, Sendable {
  /// Rasa NLU YAML 3.1.
  case rasa
  /// Text TAB intent, a line each.
  case tsv
  /// RFC 4180, with the header `text,intent`.
  case csv
  /// A record a line.
  case jsonl
  /// CLINC150's JSON.
  case clinc
  /// SNIPS' JSON.
  case snips

  /// The parts of an example beside text and intent that a form has a place for.
  fileprivate var holdsEntities: Bool {
    switch self {
    case .rasa, .jsonl, .snips: true
    case .tsv, .csv, .clinc: false
    }
  }

  fileprivate var holdsQuestions: Bool { self == .rasa || self == .jsonl }
}

/// Writes examples so that reading gives them back, as far as the form can hold them.
package enum ExampleWriter {
  /// Examples as a file of a form, in the order given; Rasa's and SNIPS' forms put those of an intent together, CLINC150's
  /// those out of scope last. An example the form cannot hold at all is an error; what it drops of others, `losses` tells.
  package static func text(_ examples: [Example], as format: ExampleFormat) throws(CorpusError) -> String {
    for example in examples {
      if let problem = Self.problem(example, format) {
        throw CorpusError(example.place, "cannot be written as \(format.rawValue): \(problem): \"\(shown(example.text))\"")
      }
    }
    switch format {
    case .rasa: return RasaYAML.format(examples)
    case .tsv: return examples.map { "\($0.text)\t\($0.intent)\n" }.joined()
    case .csv: return "text,intent\n" + examples.map { "\(field($0.text)),\(field($0.intent))\n" }.joined()
    case .jsonl: return examples.map { record($0) + "\n" }.joined()
    case .clinc: return clinc(examples)
    case .snips: return snips(examples)
    }
  }

  /// What of these examples a form does not keep, a line for each kind; empty when it keeps everything.
  package static func losses(_ examples: [Example], as format: ExampleFormat) -> [String] {
    var losses: [String] = []
    func note(_ one: String, _ many: String, _ isLost: (Example) -> Bool) {
      let count = examples.count(where: isLost)
      if count > 0 { losses.append(count == 1 ? "1 example \(one)" : "\(count) examples \(many)") }
    }
    let name = format.rawValue
    if !format.holdsEntities {
      note("loses its entities: \(name) has none", "lose their entities: \(name) has none") { !$0.annotations.isEmpty }
    } else if format == .snips {
      let what = "values, roles or groups of entities: \(name) has none"
      note("loses \(what)", "lose \(what)") { example in
        example.annotations.contains { $0.value != nil || $0.role != nil || $0.group != nil }
      }
    }
    if !format.holdsQuestions {
      note(
        "loses the question it answers: \(name) has none", "lose the questions they answer: \(name) has none"
      ) { $0.question != nil }
    }
    switch format {
    case .tsv:
      let what = "blanks at the ends of text or intent: \(name) is read without"
      note("loses \(what)", "lose \(what)") { hasBlankEnds($0.text) || hasBlankEnds($0.intent) }
    case .csv:
      let what = "carriage returns before line feeds: \(name) is read without"
      note("loses \(what)", "lose \(what)") { hasCarriageReturn($0.text) || hasCarriageReturn($0.intent) }
    case .clinc:
      let what = "label out_of_scope: \(name) has one name for that"
      note("gets the \(what)", "get the \(what)") { $0.isOutOfScope && $0.intent != "out_of_scope" }
    case .rasa, .jsonl, .snips: break
    }
    return losses
  }

  private static func hasBlankEnds(_ text: String) -> Bool { text.trimmed.utf8.count != text.utf8.count }

  private static func hasCarriageReturn(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == (0x0D, 0x0A) }
  }

  /// What keeps an example out of a form; nil when it fits.
  private static func problem(_ example: Example, _ format: ExampleFormat) -> String? {
    if format != .jsonl, example.intent.trimmed.isEmpty { return "it has no intent" }
    switch format {
    case .rasa: if example.intent.contains(where: \.isNewline) { return "the intent has a line end; rename it" }
    case .tsv:
      if hasLineEnd(example.text) { return "the text has a line end; write csv or jsonl" }
      if hasLineEnd(example.intent) { return "the intent has a line end; write csv or jsonl" }
      if example.intent.utf8.contains(UInt8(ascii: "\t")) { return "the intent has a TAB; write csv or jsonl" }
    case .csv, .jsonl, .clinc, .snips: break
    }
    guard format.holdsEntities else { return nil }
    var position = 0
    let length = example.text.unicodeScalars.count
    for annotation in example.annotations {
      let span = annotation.span
      guard !span.isEmpty, span.lowerBound >= position, span.upperBound <= length else {
        return "entity \"\(annotation.entity)\" at \(span.lowerBound)..\(span.upperBound) is empty, outside the text or over "
          + "another"
      }
      position = span.upperBound
    }
    return nil
  }

  private static func hasLineEnd(_ text: String) -> Bool { text.utf8.contains { $0 == 0x0A || $0 == 0x0D } }

  /// The beginning of a text, on one line.
  private static func shown(_ text: String) -> String { String(text.prefix(60).map { $0.isNewline ? " " : $0 }) }

  // MARK: CSV

  private static func field(_ text: String) -> String {
    let special = Array("\",\n\r".utf8)
    if !text.isEmpty, !hasBlankEnds(text), !text.utf8.contains(where: { special.contains($0) }) { return text }
    return quoted(text) { $0 == "\"" ? "\"\"" : nil }
  }

  // MARK: JSON

  private static func record(_ example: Example) -> String {
    var members = ["\"text\":\(json(example.text))", "\"intent\":\(json(example.intent))"]
    if !example.annotations.isEmpty {
      members.append("\"entities\":[\(example.annotations.map(entity).joined(separator: ","))]")
    }
    if let question = example.question {
      let text = question.text.map { ",\"question\":\(json($0))" } ?? ""
      members.append("\"metadata\":{\"asked\":\(json(question.kind.rawValue))\(text)}")
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func entity(_ annotation: Example.Annotation) -> String {
    var members = ["\"entity\":\(json(annotation.entity))"]
    members.append("\"start\":\(annotation.span.lowerBound),\"end\":\(annotation.span.upperBound)")
    for (key, text) in [("value", annotation.value), ("role", annotation.role), ("group", annotation.group)] {
      if let text { members.append("\"\(key)\":\(json(text))") }
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func clinc(_ examples: [Example]) -> String {
    func list(_ part: [Example]) -> String {
      let pairs = part.map { "\n    [\(json($0.text)), \(json($0.isOutOfScope ? "oos" : $0.intent))]" }
      return pairs.isEmpty ? "[]" : "[\(pairs.joined(separator: ","))\n  ]"
    }
    let (inside, outside) = (examples.filter { !$0.isOutOfScope }, examples.filter(\.isOutOfScope))
    return "{\n  \"train\": \(list(inside)),\n  \"oos_train\": \(list(outside))\n}\n"
  }

  private static func snips(_ examples: [Example]) -> String {
    var order: [String] = []
    var groups: [String: [Example]] = [:]
    for example in examples {
      if groups[example.intent] == nil { order.append(example.intent) }
      groups[example.intent, default: []].append(example)
    }
    let intents = order.map { intent in
      let lines = (groups[intent] ?? []).map { "\n    {\"data\": [\(pieces($0).joined(separator: ", "))]}" }
      return "\n  \(json(intent)): [\(lines.joined(separator: ","))\n  ]"
    }
    return "{\(intents.joined(separator: ","))\n}\n"
  }

  /// A text cut where entities begin and end.
  private static func pieces(_ example: Example) -> [String] {
    let scalars = Array(example.text.unicodeScalars)
    func text(_ range: Range<Int>) -> String { "\"text\": \(json(String(String.UnicodeScalarView(scalars[range]))))" }
    var pieces: [String] = []
    var position = 0
    for annotation in example.annotations {
      let span = annotation.span
      if position < span.lowerBound { pieces.append("{\(text(position..<span.lowerBound))}") }
      pieces.append("{\(text(span)), \"entity\": \(json(annotation.entity))}")
      position = span.upperBound
    }
    if position < scalars.count { pieces.append("{\(text(position..<scalars.count))}") }
    return pieces
  }

  private static func json(_ text: String) -> String {
    quoted(text) { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case _ where scalar.value < 0x20: "\\u00\(String(scalar.value + 0x100, radix: 16).dropFirst())"
      default: nil
      }
    }
  }

  /// A text in quotation marks, with what `escape` gives in place of a character. By scalars: a combining mark hides none.
  private static func quoted(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
    var result = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      if let escaped = escape(scalar) {
        result.append(contentsOf: escaped.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    result.append("\"")
    return String(result)
  }
}
