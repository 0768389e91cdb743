import Corpus
import SwiftCSV

/// Reads a CSV file (RFC 4180, header first) some rows at a time, whatever the size of the file.
struct CSVRows {
  /// A row by column, and the line it begins on. A column that is absent or empty is nil.
  struct Row {
    fileprivate let columns: [String: Int]
    fileprivate let fields: [String]
    let file: String
    let line: Int

    subscript(column: String) -> String? {
      guard let i = columns[column], i < fields.count else { return nil }
      let text = fields[i].trimming
      return text.isEmpty ? nil : text
    }

    /// Values of all columns whose name begins so, by the rest of the name.
    func values(_ prefix: String) -> [String: String] {
      var values: [String: String] = [:]
      for column in columns.keys where column.hasPrefix(prefix) {
        if let value = self[column] { values[String(column.dropFirst(prefix.count))] = value }
      }
      return values
    }

    func required(_ column: String) throws(ImportError) -> String {
      guard let text = self[column] else { throw refuse(column, "is missing") }
      return text
    }

    func list(_ column: String) -> [String] {
      (self[column] ?? "").split(separator: ";").map(\.trimming).filter { !$0.isEmpty }
    }

    /// An amount of money in minor units.
    func amount(_ column: String, _ unit: Int) throws(ImportError) -> Int? {
      guard let text = self[column] else { return nil }
      let isPlain = text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
      guard isPlain, let number = Double(text) else { throw refuse(column, "no number such as 12.50: \"\(text)\"") }
      do throws(RecordForms.BadValue) {
        return try RecordForms.minorUnits(number, unit, column)
      } catch {
        throw refuse(column, error.reason)
      }
    }

    func count(_ column: String) throws(ImportError) -> Int? {
      guard let text = self[column] else { return nil }
      guard let number = Int(text), (0...1_000_000_000).contains(number) else {
        throw refuse(column, "no whole number: \"\(text)\"")
      }
      return number
    }

    func refuse(_ column: String, _ reason: String) -> ImportError {
      ImportError(file: file, line: line, key: column, reason: reason)
    }
  }

  private static let rowsAtATime = 500
  private static let longestRecord = 1 << 20

  static func read(_ path: String, requiring required: [String], _ body: (Row) throws -> Void) throws {
    let file = try InputFile(path: path)
    guard let (_, header) = try record(file) else {
      throw ImportError(file: path, reason: "empty; the first line should name the columns \(required.joined(separator: ", "))")
    }
    var columns: [String: Int] = [:]
    for (i, name) in try fields([header], path, 1)[0].enumerated() where !name.trimming.isEmpty {
      if columns.updateValue(i, forKey: name.trimming) != nil {
        throw ImportError(file: path, line: 1, reason: "two columns \"\(name.trimming)\"")
      }
    }
    let width = try fields([header], path, 1)[0].count
    for name in required where columns[name] == nil {
      throw ImportError(file: path, line: 1, reason: "no column \"\(name)\"")
    }
    while true {
      var records: [String] = []
      var lines: [Int] = []
      while records.count < rowsAtATime, let (line, text) = try record(file) {
        if text.trimming.isEmpty { continue }
        records.append(text)
        lines.append(line)
      }
      guard let first = lines.first else { return }
      for (line, fields) in zip(lines, try fields(records, path, first)) {
        guard fields.count == width else {
          throw ImportError(
            file: path, line: line,
            reason: "\(fields.count) fields under \(width) columns; a comma inside a field wants quotation marks around it")
        }
        try body(Row(columns: columns, fields: fields, file: path, line: line))
      }
    }
  }

  /// The next record: a line, or several when a quoted field spans them.
  private static func record(_ file: InputFile) throws -> (line: Int, text: String)? {
    guard let (line, first) = try file.nextText() else { return nil }
    var text = first
    var quotes = text.utf8.count { $0 == 0x22 }
    while !quotes.isMultiple(of: 2) {
      guard let (_, more) = try file.nextText() else {
        throw ImportError(file: file.name, line: line, reason: "a quotation mark is not closed")
      }
      text += "\n" + more
      guard text.utf8.count <= longestRecord else {
        throw ImportError(file: file.name, line: line, reason: "a quotation mark is not closed")
      }
      quotes += more.utf8.count { $0 == 0x22 }
    }
    if line == 1, text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    return (line, text)
  }

  private static func fields(_ records: [String], _ path: String, _ line: Int) throws -> [[String]] {
    do {
      // The parser takes the first record for the header, and what it keeps of the others it makes equally wide; read row by row they
      // are as they stand.
      let table = try EnumeratedCSV(
        string: "x\n" + records.joined(separator: "\n") + "\n", delimiter: .comma, loadColumns: false)
      var rows: [[String]] = []
      try table.enumerateAsArray(startAt: 1, rowLimit: nil) { rows.append($0) }
      guard rows.count == records.count else {
        throw ImportError(file: path, line: line, reason: "quotation marks that do not match, here or in the lines after")
      }
      return rows
    } catch let error as CSVParseError {
      let message =
        switch error {
        case .generic(let message), .quotation(let message): message
        }
      throw ImportError(file: path, line: line, reason: "\(message) (here or in the lines after)")
    }
  }
}

extension StringProtocol {
  /// Without white space at the ends.
  fileprivate var trimming: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part = part.dropFirst() }
    while part.last?.isWhitespace == true { part = part.dropLast() }
    return String(part)
  }
}
