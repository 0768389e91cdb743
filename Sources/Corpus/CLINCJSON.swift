/// CLINC150's form: `{"train": [[text, intent], …], "val": …, "test": …, "oos_train": [[text, "oos"], …], …}`.
///
/// All lists together are one corpus; what is out of scope there is `out_of_scope` here. https://github.com/clinc/oos-eval
enum CLINCJSON {
  private static let lists: Set<String> = ["train", "val", "test", "oos_train", "oos_val", "oos_test"]

  /// Whether a document is of this form: a list of the known name, or one of lists.
  static func fits(_ document: JSONDocument) -> Bool {
    document.root.members?.contains { lists.contains($0.key) || isOfLists($0.value) } ?? false
  }

  private static func isOfLists(_ node: JSONDocument.Node) -> Bool { node.elements?.first?.elements != nil }

  static func examples(_ document: JSONDocument) throws(CorpusError) -> [Example] {
    var examples: [Example] = []
    for (key, node) in try document.members(document.root, "the document") where lists.contains(key) || isOfLists(node) {
      for item in try document.elements(node, "\"\(key)\"") {
        let pair = try document.elements(item, "an example")
        guard pair.count == 2 else {
          throw CorpusError(document.place(item), "an example is [text, intent], two parts and not \(pair.count)")
        }
        let text = try document.text(pair[0], "an example's text")
        let label = try document.text(pair[1], "an example's intent")
        guard !label.trimmed.isEmpty else {
          throw CorpusError(document.place(item), "an example without an intent; name one or drop the line")
        }
        let isOutOfScope = label == "oos" || key.hasPrefix("oos_")
        examples.append(Example(text: text, intent: isOutOfScope ? "out_of_scope" : label, place: document.place(item)))
      }
    }
    return examples
  }
}

/// A JSON text walked with the line each value begins on and with keys in the order written, so that every complaint names its
/// line. Foundation's readers keep neither.
struct JSONDocument {
  struct Node {
    enum Content {
      case object([(key: String, value: Node)])
      case list([Node])
      case text(String)
      /// A number, a truth value or null.
      case other
    }

    let content: Content
    let line: Int

    /// nil unless it is an object.
    var members: [(key: String, value: Node)]? {
      if case .object(let members) = content { members } else { nil }
    }

    /// nil unless it is a list.
    var elements: [Node]? {
      if case .list(let elements) = content { elements } else { nil }
    }

    /// nil unless it is a text.
    var text: String? {
      if case .text(let text) = content { text } else { nil }
    }
  }

  let file: String
  let root: Node

  init(text: String, file: String) throws(CorpusError) {
    var scanner = JSONScanner(text, file: file)
    self.file = file
    root = try scanner.document()
  }

  /// The examples of a file in any of the JSON forms: a record a line, CLINC150's or SNIPS'.
  static func examples(_ file: InputFile) throws(CorpusError) -> [Example] {
    if isRecord(try file.peekLine()) { return try JSONLines.examples(file) }
    let document = try JSONDocument(text: try file.allText(), file: file.name)
    if SNIPSJSON.fits(document) { return try SNIPSJSON.examples(document) }
    if CLINCJSON.fits(document) { return try CLINCJSON.examples(document) }
    throw CorpusError(
      .init(file: file.name),
      "neither CLINC150's form {\"train\": [[text, intent], …]} nor SNIPS' {INTENT: [{\"data\": [{\"text\": …}]}]}; "
        + "a file with a record {\"text\", \"intent\"} a line ends in .jsonl")
  }

  /// Whether a line alone is an example.
  private static func isRecord(_ line: String) -> Bool {
    guard let members = (try? JSONDocument(text: line, file: ""))?.root.members else { return false }
    return members.contains { ["text", "intent"].contains($0.key) && $0.value.text != nil }
  }

  func place(_ node: Node) -> SourcePlace { SourcePlace(file: file, line: node.line) }

  func members(_ node: Node, _ what: String) throws(CorpusError) -> [(key: String, value: Node)] {
    guard let members = node.members else { throw CorpusError(place(node), "\(what) must be an object {key: value}") }
    return members
  }

  func elements(_ node: Node, _ what: String) throws(CorpusError) -> [Node] {
    guard let elements = node.elements else { throw CorpusError(place(node), "\(what) must be a list [item, …]") }
    return elements
  }

  func text(_ node: Node, _ what: String) throws(CorpusError) -> String {
    guard let text = node.text else { throw CorpusError(place(node), "\(what) must be a text in quotation marks") }
    return text
  }
}

/// Reads one JSON value (RFC 8259).
private struct JSONScanner {
  /// Nothing is nested deeper; what is would only exhaust the stack.
  private static let greatestDepth = 64
  private static let blanks = Array(" \t\r\n".utf8)

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1

  init(_ text: String, file: String) {
    // Without what is blank at the end, an end that comes too early is told with the last line.
    var bytes = Array(text.utf8)
    while let last = bytes.last, Self.blanks.contains(last) { bytes.removeLast() }
    self.bytes = bytes
    self.file = file
  }

  /// The whole text as a value.
  mutating func document() throws(CorpusError) -> JSONDocument.Node {
    let node = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else {
      throw error("something stands after the value's end; a file with a value a line ends in .jsonl")
    }
    return node
  }

  private func error(_ message: String) -> CorpusError { CorpusError(.init(file: file, line: line), "not JSON: \(message)") }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.blanks.contains(bytes[position]) {
      if bytes[position] == 0x0A { line += 1 }
      position += 1
    }
  }

  /// Steps over a character, if it comes next.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(CorpusError) -> JSONDocument.Node {
    guard depth < Self.greatestDepth else { throw error("values within values, \(Self.greatestDepth) deep") }
    skipBlanks()
    let begin = line
    if skip("\"") { return .init(content: .text(try string()), line: begin) }
    if skip("[") {
      var elements: [JSONDocument.Node] = []
      if skip("]") { return .init(content: .list([]), line: begin) }
      repeat { elements.append(try value(depth: depth + 1)) } while skip(",")
      guard skip("]") else { throw missing("a comma or \"]\"") }
      return .init(content: .list(elements), line: begin)
    }
    if skip("{") {
      var members: [(key: String, value: JSONDocument.Node)] = []
      if skip("}") { return .init(content: .object([]), line: begin) }
      repeat {
        guard skip("\"") else { throw missing("a key in quotation marks") }
        let key = try string()
        guard skip(":") else { throw missing("a colon after a key") }
        let node = try value(depth: depth + 1)
        members.append((key, node))
      } while skip(",")
      guard skip("}") else { throw missing("a comma or \"}\"") }
      return .init(content: .object(members), line: begin)
    }
    try word()
    return .init(content: .other, line: begin)
  }

  private func missing(_ what: String) -> CorpusError {
    error(position < bytes.count ? "\(what) is missing" : "the file ends within a value; is it complete?")
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(CorpusError) {
    let start = position
    while position < bytes.count, !",:]}[{\" \t\r\n".utf8.contains(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    let mayBeNumber = word.first.map { "-0123456789".contains($0) } ?? false
    guard ["true", "false", "null"].contains(word) || (mayBeNumber && Double(word) != nil) else {
      position = start
      throw missing("a value")
    }
  }

  /// A text, whose opening mark has been read.
  private mutating func string() throws(CorpusError) -> String {
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"):
        let scalar = try escaped()
        result.append(contentsOf: String(Character(scalar)).utf8)
      case 0..<0x20: throw error("a text is not closed on its line, or holds a control character")
      default: result.append(byte)
      }
    }
    throw error("the file ends within a text; is it complete?")
  }

  /// The character that stands behind a backslash.
  private mutating func escaped() throws(CorpusError) -> Unicode.Scalar {
    guard position < bytes.count else { throw error("the file ends within a text; is it complete?") }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "u"): break
    default: throw error("an unknown escape; a backslash itself is written twice")
    }
    var value = try unit()
    // Beyond U+FFFF a character is two units of UTF-16.
    if (0xD800..<0xDC00).contains(value), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let low = try unit()
      if (0xDC00..<0xE000).contains(low) { value = 0x1_0000 + ((value - 0xD800) << 10) + (low - 0xDC00) }
    }
    guard let scalar = Unicode.Scalar(value) else { throw error("half a character: \\u\(String(value, radix: 16)) alone") }
    return scalar
  }

  /// Four hexadecimal digits.
  private mutating func unit() throws(CorpusError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits belong behind \\u") }
    position += 4
    return value
  }
}
