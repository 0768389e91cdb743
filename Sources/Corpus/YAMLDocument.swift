import Yams

/// A YAML document walked with its places, so that every complaint names line and column.
struct YAMLDocument {
  let file: String
  let root: Node?

  init(text: String, file: String) throws(CorpusError) {
    self.file = file
    guard Self.aliases(in: text) <= Self.greatestAliases else {
      throw CorpusError(.init(file: file), "more than \(Self.greatestAliases) uses of an alias (*name); write the parts out")
    }
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(error, file: file)
    } catch {
      throw CorpusError(.init(file: file), "not YAML: \(error)")
    }
  }

  /// Aliases of aliases grow without bound when they are followed; no honest corpus has many.
  private static let greatestAliases = 40

  /// How often anchors (`&name`) are named again (`*name`).
  private static func aliases(in text: String) -> Int {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return 0 }
    var anchors = Set<Substring>()
    var uses: [Substring: Int] = [:]
    for word in text.split(whereSeparator: { $0.isWhitespace || ",[]{}:?".contains($0) }) {
      if word.first == "&" { anchors.insert(word.dropFirst()) }
      if word.first == "*" { uses[word.dropFirst(), default: 0] += 1 }
    }
    return anchors.reduce(0) { $0 + (uses[$1] ?? 0) }
  }

  private static func error(_ error: YamlError, file: String) -> CorpusError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      CorpusError(.init(file: file, line: mark.line, column: mark.column), "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      CorpusError(
        .init(file: file, line: context.mark.line, column: context.mark.column),
        "the key \"\(duplicates.first ?? "?")\" occurs twice; join or rename them")
    default: CorpusError(.init(file: file), "not YAML: \(error)".replacing("\n", with: " "))
    }
  }

  func place(_ node: Node) -> SourcePlace { SourcePlace(file: file, line: node.mark?.line, column: node.mark?.column) }

  func mapping(_ node: Node, _ what: String) throws(CorpusError) -> [(key: String, keyNode: Node, value: Node)] {
    guard let mapping = node.mapping else { throw CorpusError(place(node), "\(what) must be a mapping (key: value)") }
    var result: [(key: String, keyNode: Node, value: Node)] = []
    for (key, value) in mapping {
      guard let name = key.string else { throw CorpusError(place(key), "a key of \(what) must be a text") }
      result.append((name, key, value))
    }
    return result
  }

  func sequence(_ node: Node, _ what: String) throws(CorpusError) -> [Node] {
    guard let sequence = node.sequence else { throw CorpusError(place(node), "\(what) must be a list (- item)") }
    return Array(sequence)
  }

  func text(_ node: Node, _ what: String) throws(CorpusError) -> String {
    guard let scalar = node.scalar else { throw CorpusError(place(node), "\(what) must be a text") }
    return scalar.string
  }
}
