/// Text TAB intent, a line each; no header, no quoting, the last TAB splits.
enum TabSeparated {
  static func examples(_ file: InputFile) throws(CorpusError) -> [Example] {
    var examples: [Example] = []
    while let (number, line) = try file.nextText() {
      if line.trimmed.isEmpty { continue }
      let place = SourcePlace(file: file.name, line: number)
      guard let tab = line.lastIndex(of: "\t") else {
        throw CorpusError(place, "no TAB between text and intent")
      }
      let (text, intent) = (line[..<tab].trimmed, line[line.index(after: tab)...].trimmed)
      guard !intent.isEmpty else { throw CorpusError(place, "no intent after the TAB") }
      examples.append(Example(text: text, intent: intent, place: place))
    }
    return examples
  }
}
