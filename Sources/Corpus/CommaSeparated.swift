/// Comma-separated values (RFC 4180): a header that names a column of texts and one of intents, then an example a row.
///
/// A field in quotation marks is taken as it stands, line breaks included (each read as a line feed); one without them loses
/// the white space at its ends. Other columns are passed over.
enum CommaSeparated {
  /// What corpora call the column of texts and that of intents; where a header has several, the one named first here counts.
  private static let textColumns = ["text", "utterance", "query", "instruction"]
  private static let intentColumns = ["intent", "label", "category"]
  /// A quoted field beyond this many bytes is one that nobody closed.
  private static let longestField = 1 << 20

  /// Whether a line is the header of such a file.
  static func isHeader(_ line: String) -> Bool {
    let names = line.split(separator: ",").map { $0.trimmed.replacing("\"", with: "").lowercased() }
    return textColumns.contains { names.contains($0) } && intentColumns.contains { names.contains($0) }
  }

  static func examples(_ file: InputFile) throws(CorpusError) -> [Example] {
    guard let (first, header) = try row(file) else {
      throw CorpusError(.init(file: file.name), "empty; the first line should name the columns, such as text,intent")
    }
    let names = header.map { $0.trimmed.lowercased() }
    let textColumn = try column(textColumns, "text", in: names, .init(file: file.name, line: first))
    let intentColumn = try column(intentColumns, "intent", in: names, .init(file: file.name, line: first))
    var examples: [Example] = []
    while let (line, fields) = try row(file) {
      // A blank line.
      if fields.count == 1, fields[0].isEmpty { continue }
      let place = SourcePlace(file: file.name, line: line)
      guard fields.count == names.count else {
        throw CorpusError(
          place,
          "\(fields.count) \(fields.count == 1 ? "field" : "fields") under \(names.count) columns; "
            + "a comma inside a field wants quotation marks around the field")
      }
      let intent = fields[intentColumn]
      guard !intent.trimmed.isEmpty else {
        throw CorpusError(place, "no intent in the column \"\(names[intentColumn])\"; fill it in or drop the row")
      }
      examples.append(Example(text: fields[textColumn], intent: intent, place: place))
    }
    return examples
  }

  private static func column(
    _ known: [String], _ what: String, in names: [String], _ place: SourcePlace
  ) throws(CorpusError) -> Int {
    for name in known {
      if let i = names.firstIndex(of: name) { return i }
    }
    throw CorpusError(place, "no column with the \(what)s; name one of them \(known.joined(separator: ", "))")
  }

  /// The next row's fields and the line it begins on; a quoted field may go on over several lines.
  private static func row(_ file: InputFile) throws(CorpusError) -> (line: Int, fields: [String])? {
    guard let (line, first) = try file.nextText() else { return nil }
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    var current = line
    var bytes = Array(first.utf8)
    var fields: [String] = []
    var i = 0
    while true {
      if i < bytes.count, bytes[i] == quote {
        let opened = current
        var field: [UInt8] = []
        var isOpen = true
        i += 1
        while isOpen {
          if i == bytes.count {
            guard field.count <= longestField, let (number, more) = try file.nextText() else {
              throw CorpusError(
                .init(file: file.name, line: opened), "a quotation mark is not closed; add the missing \" at the field's end")
            }
            field.append(UInt8(ascii: "\n"))
            bytes = Array(more.utf8)
            current = number
            i = 0
          } else if bytes[i] != quote {
            field.append(bytes[i])
            i += 1
          } else if i + 1 < bytes.count, bytes[i + 1] == quote {
            field.append(quote)
            i += 2
          } else {
            isOpen = false
            i += 1
          }
        }
        guard i == bytes.count || bytes[i] == comma else {
          throw CorpusError(
            .init(file: file.name, line: current),
            "words after a closing quotation mark; a mark inside a quoted field is written twice (\"\")")
        }
        fields.append(String(decoding: field, as: UTF8.self))
      } else {
        let end = bytes[i...].firstIndex(of: comma) ?? bytes.count
        guard !bytes[i..<end].contains(quote) else {
          throw CorpusError(
            .init(file: file.name, line: current),
            "a quotation mark inside a field without such marks; put marks around the field and write this one twice (\"\")")
        }
        fields.append(String(decoding: bytes[i..<end], as: UTF8.self).trimmed)
        i = end
      }
      if i == bytes.count { return (line, fields) }
      i += 1
    }
  }
}
