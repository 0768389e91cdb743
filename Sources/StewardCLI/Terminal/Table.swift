/// Columns of a report in a terminal.
enum Table {
  /// A name from the data, filtered, at least `width` wide with a space after it.
  static func left(_ text: String, _ width: Int) -> String {
    let name = TerminalText.oneLine(text)
    return name + String(repeating: " ", count: max(1, width - TerminalText.width(name)))
  }

  static func right(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
}
