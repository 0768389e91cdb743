import Foundation

/// Text without labels, from files of any kind, in memory that does not grow with them.
///
/// `.tsv`: the columns but the last, which is a label. JSON and JSON Lines: every string of two words or more, at any depth. YAML of
/// this project: the examples and wordings. Anything else: its lines. Bytes that are not UTF-8 are replaced, bad JSON lines are read as
/// lines: nothing in a text is worth stopping for.
package enum UnlabelledText {
  private static let endings: Set<String> = ["txt", "tsv", "csv", "json", "jsonl", "yml", "yaml", "md"]
  /// A JSON document beyond this is read line by line.
  private static let greatestDocument = 1 << 28

  /// The files below `paths`: folders recursively, without hidden files, READMEs and folders named `test`.
  package static func files(_ paths: [String]) throws(CorpusError) -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard path == "-" || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw CorpusError(.init(file: path), "no such file or folder")
      }
      guard isFolder.boolValue else {
        files.append(path)
        continue
      }
      let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      files += names.filter { name in
        let parts = name.split(separator: "/")
        let isHidden = parts.contains { $0.hasPrefix(".") } || parts.dropLast().contains("test")
        return !isHidden && !(parts.last ?? "").uppercased().hasPrefix("README") && endings.contains(ending(name))
      }
      .sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
    return files
  }

  private static func ending(_ path: String) -> String {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    return name.split(separator: "/").last?.split(separator: ".").dropFirst().last.map(String.init) ?? ""
  }

  /// Hands the texts of a file over in batches of about `batchSize`.
  package static func read(_ path: String, batchSize: Int, _ body: ([String]) throws -> Void) throws {
    let file = try InputFile(path: path)
    var batch: [String] = []
    func add(_ text: some StringProtocol) throws {
      let text = text.trimmed
      if text.isEmpty { return }
      batch.append(text)
      if batch.count >= batchSize {
        try body(batch)
        batch.removeAll(keepingCapacity: true)
      }
    }
    func addLine(_ bytes: [UInt8]) throws {
      if bytes.first == UInt8(ascii: "{"), let texts = strings(Data(bytes)) {
        for text in texts { try add(text) }
      } else {
        try add(String(decoding: bytes, as: UTF8.self))
      }
    }
    switch ending(path) {
    case "yml", "yaml":
      if let data = try? TrainingData(paths: [path]) {
        for example in data.examples { try add(example.text) }
        for response in data.script.responses.values.lazy.flatMap(\.self) {
          for pattern in response.patterns.values { try add(pattern) }
        }
      }
    case "tsv":
      while let (_, bytes) = try file.nextLine() {
        let line = String(decoding: bytes, as: UTF8.self)
        try add(line.lastIndex(of: "\t").map { line[..<$0] } ?? line[...])
      }
    case "json":
      var lines: [[UInt8]] = []
      var size = 0
      while size < greatestDocument, let (_, bytes) = try file.nextLine() {
        lines.append(bytes)
        size += bytes.count + 1
      }
      if size < greatestDocument, let texts = strings(Data(lines.joined(separator: [0x0A]))) {
        for text in texts { try add(text) }
      } else {
        // A value a line, or too much for one.
        for bytes in lines { try addLine(bytes) }
        while let (_, bytes) = try file.nextLine() { try addLine(bytes) }
      }
    default:
      while let (_, bytes) = try file.nextLine() { try addLine(bytes) }
    }
    if !batch.isEmpty { try body(batch) }
  }

  /// The strings of a JSON value that hold two words or more, in the order of sorted keys; nil when it is no JSON.
  private static func strings(_ data: Data) -> [String]? {
    guard let root = try? JSONSerialization.jsonObject(with: data) else { return nil }
    var result: [String] = []
    var stack: [Any] = [root]
    while let value = stack.popLast() {
      switch value {
      case let text as String:
        if text.contains(" ") || text.unicodeScalars.contains(where: { $0.value >= 0x3400 }) { result.append(text) }
      case let list as [Any]: stack += list.reversed()
      case let object as [String: Any]: stack += object.sorted { $0.key > $1.key }.map(\.value)
      default: break
      }
    }
    return result
  }
}
