import Conversation
import Foundation
import Yams

/// Everything read from a set of corpus files.
package struct TrainingData: Sendable {
  package var examples: [Example] = []
  package var script = Script()
  package var hints = EntityHints()
  /// Where flows and replies stand, by name and key.
  package private(set) var places: [String: SourcePlace] = [:]

  /// Reads files, folders (recursively, in name order) and standard input (`-`). A file's form is known by its ending, or else by its
  /// first line; a YAML document says by its top-level keys what it is.
  package init(paths: [String]) throws(CorpusError) {
    for path in paths {
      if path == "-" {
        try read(path)
        continue
      }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw CorpusError(.init(file: path), "no such file or folder")
      }
      if isFolder.boolValue {
        for file in Self.files(in: path) where try !Self.isForSelector(file) { try read(file) }
      } else {
        try read(path)
      }
    }
  }

  /// Whether a file beside examples is what a response selector learns from: conversations, or questions with their passages.
  private static func isForSelector(_ path: String) throws(CorpusError) -> Bool {
    if path.hasSuffix("/\(ConversationCorpus.questionsFile)") { return true }
    guard Form(path: path) == .jsonLines else { return false }
    let first = try InputFile(path: path).peekLine()
    return first.contains("\"turns\"") || first.contains("\"messages\"")
  }

  /// The corpus files below a folder. Hidden files and READMEs are passed over.
  private static func files(in folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    // Beside texts a corpus may hold a shop's data, in a folder of its own.
    let shops = names.filter { $0.hasSuffix("/shop.yml") }.map { $0.dropLast("shop.yml".count) }
    return names.filter { name in
      if shops.contains(where: name.hasPrefix) { return false }
      let parts = name.split(separator: "/")
      guard let last = parts.last, !parts.contains(where: { $0.hasPrefix(".") }) else { return false }
      return !last.uppercased().hasPrefix("README") && Form(path: name) != nil
    }
    .sorted().map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
  }

  private enum Form {
    case yaml, tabSeparated, commaSeparated, jsonLines, json

    init?(path: String) {
      var name = path.lowercased()
      if name.hasSuffix(".gz") { name.removeLast(3) }
      switch name.split(separator: ".").last {
      case "yml", "yaml": self = .yaml
      case "tsv": self = .tabSeparated
      case "csv": self = .commaSeparated
      case "jsonl": self = .jsonLines
      case "json": self = .json
      default: return nil
      }
    }

    /// What a first line looks like.
    init?(firstLine line: String) {
      if line.hasPrefix("{") {
        self = .json
      } else if line.contains("\t") {
        self = .tabSeparated
      } else if line.hasPrefix("#") || ["version:", "nlu:", "responses:", "flows:"].contains(where: line.hasPrefix) {
        self = .yaml
      } else if CommaSeparated.isHeader(line) {
        self = .commaSeparated
      } else {
        return nil
      }
    }
  }

  private mutating func read(_ path: String) throws(CorpusError) {
    let file = try InputFile(path: path)
    let firstLine = try file.peekLine()
    guard let form = Form(path: path) ?? Form(firstLine: firstLine) else {
      throw CorpusError(
        .init(file: file.name),
        "unknown kind of file; known are .yml, .tsv (text TAB intent), .csv (with a header), .jsonl and .json, also with .gz"
      )
    }
    switch form {
    case .tabSeparated: examples += try TabSeparated.examples(file)
    case .commaSeparated: examples += try CommaSeparated.examples(file)
    case .jsonLines: examples += try JSONLines.examples(file)
    case .json: examples += try JSONDocument.examples(file)
    case .yaml: try readYAML(YAMLDocument(text: try file.allText(), file: file.name))
    }
  }

  private mutating func readYAML(_ document: YAMLDocument) throws(CorpusError) {
    guard let root = document.root else { return }
    var known = false
    for (key, keyNode, value) in try document.mapping(root, "the document") {
      switch key {
      case "nlu":
        examples += try RasaYAML.examples(document, value, hints: &hints)
        known = true
      case "responses":
        let responses = try RasaYAML.responses(document, value)
        try script.responses.merge(responses, document, keyNode, "response")
        for (name, node, _) in try document.mapping(value, "responses") { places[name] = document.place(node) }
        known = true
      case "flows":
        let flows = try FlowYAML.flows(document, value)
        try script.flows.merge(flows, document, keyNode, "flow")
        for (name, node, _) in try document.mapping(value, "flows") { places[name] = document.place(node) }
        known = true
      default: break
      }
    }
    if !known {
      throw CorpusError(.init(file: document.file), "no \"nlu\", \"responses\" or \"flows\" at the top level")
    }
  }

  /// Texts that, after the same kind of question, stand under two intents, each as an error at the second place: what a classifier learns from them is chance.
  package var conflicts: [CorpusError] {
    var first: [String: Example] = [:]
    var conflicts: [CorpusError] = []
    for example in examples {
      let key = "\(example.question?.kind.rawValue ?? "")\t\(example.text)"
      guard let other = first[key] else {
        first[key] = example
        continue
      }
      if other.intent != example.intent {
        conflicts.append(
          CorpusError(
            example.place,
            "\"\(example.text.prefix(60))\" is \(example.intent) here and \(other.intent) at \(other.place); keep one of them"))
      }
    }
    return conflicts
  }

  /// Examples as one `nlu:` document.
  package static func yaml(_ examples: [Example]) -> String { RasaYAML.format(examples) }
}

extension Dictionary where Key == String {
  fileprivate mutating func merge(
    _ other: [String: Value], _ document: YAMLDocument, _ node: Node, _ what: String
  ) throws(CorpusError) {
    for (key, value) in other {
      guard updateValue(value, forKey: key) == nil else {
        throw CorpusError(document.place(node), "\(what) \"\(key)\" is already defined in another file; rename one")
      }
    }
  }
}
