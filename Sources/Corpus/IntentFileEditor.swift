import Foundation

/// Puts examples into a folder of Rasa YAML files and takes them out again, as a person would with an editor: of what stands
/// there, no byte changes. What comes of it is returned, and writing it is the caller's; each new content has been read back,
/// so that no edit can spoil a corpus.
package enum IntentFileEditor {
  /// Where examples of an intent go that no file has.
  package static let newIntentsFile = "reviewed.yml"

  /// A block of a file, by their indices.
  private struct Home {
    let file: Int
    let block: Int
  }

  /// The new contents, by path, of the files that change. Each example becomes the last line of a block of its intent, in the
  /// file that has most examples of the intent in the language of the text; that of an intent without a block goes into
  /// `reviewed.yml`. What its intent has already is left out.
  /// - Parameter language: the language of a text, by any name.
  package static func adding(
    _ examples: [(text: String, intent: String)], toFolder folder: String, language: (String) -> String
  ) throws(CorpusError) -> [String: String] {
    var files = try Self.files(in: folder)
    var known: Set<String> = []
    for file in files { known.formUnion(file.keys) }
    var homes: [String: Home?] = [:]
    var insertions: [Int: [Int: [String]]] = [:]
    var appended: [Int: [Example]] = [:]
    var added: [Int: [String]] = [:]
    for (text, intent) in examples {
      let text = writable(text)
      let key = IntentFile.key(text, intent)
      guard !text.isEmpty, known.insert(key).inserted else { continue }
      guard !intent.isEmpty, !intent.contains(where: \.isNewline) else {
        throw CorpusError(.init(file: folder), "an intent needs a name on one line")
      }
      let spoken = language(text)
      let slot = "\(spoken)\t\(intent)"
      let home: Home?
      if let found = homes[slot] {
        home = found
      } else {
        home = Self.home(of: intent, in: files, spoken: spoken, language)
        homes.updateValue(home, forKey: slot)
      }
      if let home {
        insertions[home.file, default: [:]][home.block, default: []].append(notation(text))
        added[home.file, default: []].append(key)
      } else {
        let index = try newIntentsIndex(&files, folder)
        appended[index, default: []].append(Example(text: text, intent: intent, place: .init(file: "")))
        added[index, default: []].append(key)
      }
    }
    var contents: [String: String] = [:]
    for (index, keys) in added {
      let file = files[index]
      let content = file.content(adding: insertions[index] ?? [:], appending: appended[index] ?? [])
      guard let new = try? IntentFile(content, path: file.path), new.keys.sorted() == (file.keys + keys).sorted() else {
        throw CorpusError(
          .init(file: file.path), "its form leaves no place for an example; write \"nlu:\" items with \"examples: |\" in it")
      }
      contents[file.path] = content
    }
    return contents
  }

  /// The new contents, by path, once examples that `adding` put there are gone. A file that holds nothing else is left with an
  /// empty content, and may be deleted. What is not there is passed over.
  package static func removing(
    _ examples: [(text: String, intent: String)], fromFolder folder: String
  ) throws(CorpusError) -> [String: String] {
    let files = try Self.files(in: folder)
    var removed: [Int: Set<Int>] = [:]
    for (text, intent) in examples {
      let line = notation(writable(text))
      search: for (index, file) in files.enumerated().reversed() {
        for block in file.blocks.reversed() where block.intent == intent {
          if let found = block.lines.last(where: { $0.notation == line && !(removed[index]?.contains($0.index) ?? false) }) {
            removed[index, default: []].insert(found.index)
            break search
          }
        }
      }
    }
    var contents: [String: String] = [:]
    for (index, lines) in removed {
      guard let content = files[index].content(removing: lines) else {
        throw CorpusError(.init(file: files[index].path), "its form does not allow an example to be taken out by program")
      }
      contents[files[index].path] = content
    }
    return contents
  }

  // MARK: one line

  /// A text as it can stand on a line of an `examples: |` block and be read back: on one line, without characters that YAML
  /// refuses, and with a space in what would else be read as an annotation (`[email](` becomes `[email] (`).
  package static func writable(_ text: String) -> String {
    let printable = String(String.UnicodeScalarView(text.unicodeScalars.map { isRefused($0) ? " " : $0 })).trimmed
    var scalars = printable.unicodeScalars
    // An accent without a letter would join the space after the hyphen.
    while let first = scalars.first, !" \(first)".hasPrefix(" ") { scalars.removeFirst() }
    let plain = String(scalars)
    if isRead(notation(plain), as: plain) { return plain }
    var spaced = String.UnicodeScalarView()
    for scalar in scalars {
      if spaced.last == "]", scalar == "(" || scalar == "{" { spaced.append(" ") }
      spaced.append(scalar)
    }
    return String(spaced)
  }

  private static func notation(_ text: String) -> String {
    AnnotatedText.format(Example(text: text, intent: "", place: .init(file: "")))
  }

  private static func isRead(_ line: String, as text: String) -> Bool {
    guard let (read, annotations) = try? AnnotatedText.parse(line, at: .init(file: "")) else { return false }
    return read == text && annotations.isEmpty
  }

  /// Line breaks in the eyes of YAML or of Rasa, and what is no printable character of YAML.
  private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  // MARK: files

  /// The files of a folder that a line may go into: the YAML below it, but hidden files, READMEs, compressed files and a shop's
  /// data.
  private static func files(in folder: String) throws(CorpusError) -> [IntentFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw CorpusError(.init(file: folder), "no such folder")
    }
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let shops = names.filter { $0.hasSuffix("/shop.yml") }.map { $0.dropLast("shop.yml".count) }
    var files: [IntentFile] = []
    for name in names.sorted() {
      let parts = name.split(separator: "/")
      guard let last = parts.last?.lowercased(), last.hasSuffix(".yml") || last.hasSuffix(".yaml"), !last.hasPrefix("readme"),
        !parts.contains(where: { $0.hasPrefix(".") }), !shops.contains(where: name.hasPrefix)
      else { continue }
      let path = inFolder(folder, name)
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      guard let text = String(validating: data, as: UTF8.self) else {
        throw CorpusError(.init(file: path), "not UTF-8; save the file in UTF-8 (iconv -t utf-8)")
      }
      files.append(try IntentFile(text, path: path))
    }
    return files
  }

  private static func inFolder(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The place in `files` of the file for new intents, an empty one if there is none.
  private static func newIntentsIndex(_ files: inout [IntentFile], _ folder: String) throws(CorpusError) -> Int {
    let path = inFolder(folder, newIntentsFile)
    if let index = files.firstIndex(where: { $0.path == path }) { return index }
    files.append(try IntentFile("", path: path))
    return files.count - 1
  }

  /// The file with most examples of an intent in a language, and in it the block with most of them; of equals the first.
  private static func home(
    of intent: String, in files: [IntentFile], spoken: String, _ language: (String) -> String
  ) -> Home? {
    var best: (home: Home, inLanguage: Int, all: Int)?
    for (index, file) in files.enumerated() {
      var (inLanguage, all) = (0, 0)
      var largest: (block: Int, count: Int)?
      for (number, block) in file.blocks.enumerated() where block.intent == intent && !block.lines.isEmpty {
        let count = block.lines.count { language(text(of: $0.notation)) == spoken }
        inLanguage += count
        all += block.lines.count
        if count > largest?.count ?? -1 { largest = (number, count) }
      }
      guard let largest else { continue }
      if let best, (inLanguage, all) <= (best.inLanguage, best.all) { continue }
      best = (Home(file: index, block: largest.block), inLanguage, all)
    }
    return best?.home
  }

  private static func text(of notation: String) -> String {
    (try? AnnotatedText.parse(notation, at: .init(file: "")))?.text ?? notation
  }
}
