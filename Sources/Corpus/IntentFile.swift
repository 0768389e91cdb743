import Yams

/// A Rasa YAML file as its lines stand, with the blocks of it that a line can be put into or taken out of.
///
/// YAML says what the file means, the bytes say how it is written: a block is one `examples: |` text, found through the parser
/// and read line by line. Lists and quoted texts have no block.
struct IntentFile {
  /// A literal text of examples.
  struct Block {
    let intent: String
    /// The line of `- intent:` and that of `examples: |` where they follow each other, and nothing else belongs to the item.
    let head: [Int]
    let lines: [Line]
  }

  /// An example: its place among the file's lines from 0, and what stands after the hyphen.
  struct Line {
    let index: Int
    let notation: String
  }

  let path: String
  let blocks: [Block]
  /// Text and intent of each example of the file, those outside blocks too.
  let keys: [String]
  /// Each with its line end.
  private let lines: [ArraySlice<UInt8>]
  /// The spaces before the hyphen of an item of `nlu`.
  private let itemIndentation: Int

  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  static func key(_ text: String, _ intent: String) -> String { "\(intent)\t\(text)" }

  init(_ text: String, path: String) throws(CorpusError) {
    let bytes = Array(text.utf8)
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let document = try YAMLDocument(text: String(decoding: body, as: UTF8.self), file: path)
    let lines = Self.lines(of: bytes)
    var hints = EntityHints()
    var keys: [String] = []
    var blocks: [Block] = []
    var indentation = 0
    if let root = document.root {
      for (key, _, nlu) in try document.mapping(root, "the document") where key == "nlu" {
        for example in try RasaYAML.examples(document, nlu, hints: &hints) where example.question == nil {
          keys.append(Self.key(example.text, example.intent))
        }
        for item in try document.sequence(nlu, "nlu") {
          indentation = max(0, (item.mark?.column ?? 1) - 3)
          if let block = Self.block(try document.mapping(item, "an item of nlu"), lines) { blocks.append(block) }
        }
      }
    }
    self.path = path
    self.lines = lines
    self.keys = keys
    self.blocks = blocks
    itemIndentation = indentation
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  /// The block of an item, where it is a literal text and stands where the parser says.
  private static func block(
    _ entries: [(key: String, keyNode: Node, value: Node)], _ lines: [ArraySlice<UInt8>]
  ) -> Block? {
    guard let intent = entries.first(where: { $0.key == "intent" })?.value.scalar?.string,
      let examples = entries.first(where: { $0.key == "examples" }), examples.value.scalar?.style == .literal,
      let header = examples.value.mark.map({ $0.line - 1 }), lines.indices.contains(header),
      text(lines[header]).trimmed.hasPrefix("examples:")
    else { return nil }
    // What belongs to the literal text stands further right than its key.
    var least = examples.keyNode.mark?.column ?? 1
    var isFirst = true
    var found: [Line] = []
    for index in lines.indices.dropFirst(header + 1) {
      let line = lines[index]
      let spaces = line.prefix { $0 == space }.count
      guard line.contains(where: { $0 != space && $0 != newline && $0 != carriageReturn }) else { continue }
      if spaces < least { break }
      if isFirst { (least, isFirst) = (spaces, false) }
      let item = line.drop { $0 == space || $0 == tab }
      if item.starts(with: [UInt8(ascii: "-"), space]) {
        found.append(Line(index: index, notation: text(item.dropFirst(2)).trimmed))
      }
    }
    let isWhole = header > 0 && entries.count == 2 && text(lines[header - 1]).trimmed.hasPrefix("- intent:")
    return Block(intent: intent, head: isWhole ? [header - 1, header] : [], lines: found.filter { !$0.notation.isEmpty })
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: changes

  /// The content with lines at the end of blocks (by block index, in the notation of `AnnotatedText`) and with items at the end
  /// of all.
  func content(adding notations: [Int: [String]], appending examples: [Example]) -> String {
    var insertions: [Int: [String]] = [:]
    for (block, notations) in notations {
      if let last = blocks[block].lines.last { insertions[last.index] = notations }
    }
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      bytes += line
      guard let notations = insertions[index] else { continue }
      let isOpen = line.last != Self.newline
      for notation in notations {
        if isOpen { bytes += lineEnd }
        bytes += line.prefix { $0 == Self.space || $0 == Self.tab }
        bytes += "- \(notation)".utf8
        if !isOpen { bytes += lineEnd }
      }
    }
    if examples.isEmpty { return String(decoding: bytes, as: UTF8.self) }
    let document = RasaYAML.format(examples)
    guard lines.contains(where: { line in line.contains { $0 > Self.space } }) else { return document }
    if let last = bytes.last, last != Self.newline { bytes += lineEnd }
    // Without the lines that open a document.
    for item in document.dropFirst(RasaYAML.format([]).count).split(separator: "\n") {
      bytes += [UInt8](repeating: Self.space, count: itemIndentation)
      bytes += item.utf8
      bytes += lineEnd
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As the file ends its lines.
  private var lineEnd: [UInt8] {
    guard let first = lines.first, first.last == Self.newline else { return [Self.newline] }
    return first.dropLast().last == Self.carriageReturn ? [Self.carriageReturn, Self.newline] : [Self.newline]
  }

  /// The content without some lines of its blocks, and without the items that lose their last example; empty when nothing else
  /// is in the file. nil when that would not be a file of the examples that are left.
  func content(removing indices: Set<Int>) -> String? {
    var whole = indices
    for block in blocks where !block.lines.isEmpty && block.lines.allSatisfy({ indices.contains($0.index) }) {
      whole.formUnion(block.head)
    }
    if lines.indices.allSatisfy({ whole.contains($0) || Self.opens(lines[$0]) }) { return "" }
    for removed in [whole, indices] {
      let left = lines.indices.filter { !removed.contains($0) }.flatMap { lines[$0] }
      let content = String(decoding: left, as: UTF8.self)
      if let file = try? IntentFile(content, path: path), file.keys.count == keys.count - indices.count { return content }
    }
    return nil
  }

  /// Whether a line is blank or one of those that open a document.
  private static func opens(_ line: ArraySlice<UInt8>) -> Bool {
    let text = Self.text(line).trimmed
    return text.isEmpty || text == "nlu:" || text.hasPrefix("version:")
  }
}
