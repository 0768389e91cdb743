/// Bad input: what is wrong, where, and what to do about it, on one line.
package struct CorpusError: Error, Hashable, Sendable, CustomStringConvertible {
  package let place: SourcePlace
  /// What is wrong and what to do.
  package let message: String

  package init(_ place: SourcePlace, _ message: String) {
    self.place = place
    self.message = message
  }

  package var description: String { "\(place): \(message)" }
}

/// A place in an input: `file`, `file:line` or `file:line:column`, counted from 1.
package struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int?
  package let column: Int?

  package init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String {
    [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
  }
}
