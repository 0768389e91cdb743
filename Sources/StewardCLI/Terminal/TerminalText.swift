/// Text from customers, files and the database on its way to a terminal: nothing in it may steer the terminal.
enum TerminalText {
  /// Line feeds stay; other controls (C0, DEL, C1), line and paragraph separators, and marks that reorder what stands around them
  /// become the replacement character; a tab becomes a space.
  static func filtered(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0) || $0 == "\t" }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar == "\t" ? " " : isUnsafe(scalar) ? "\u{FFFD}" : scalar
        }))
  }

  /// On one line: line breaks become ` · `.
  static func oneLine(_ text: String) -> String {
    filtered(text.split(separator: "\n").joined(separator: " · "))
  }

  /// The columns a text takes in a terminal: two for what East Asian fonts draw wide (Unicode Standard Annex 11, its common ranges).
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.value {
      case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: width
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6,
        0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        width + 2
      default: width + 1
      }
    }
  }

  /// JSON with every such character written as an escape; inside JSON they only occur in strings, where that means the same.
  static func filtered(json: String) -> String {
    guard json.unicodeScalars.contains(where: isUnsafe) else { return json }
    var result = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      if isUnsafe(scalar) {
        let hex = String(scalar.value, radix: 16)
        result.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
