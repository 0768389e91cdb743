import Glibc

/// Where the program speaks: results to standard output, everything else to standard error, line by line.
enum Output {
  /// A line of results. It leaves at once, so that a program at the other end of a pipe is not kept waiting.
  static func line(_ text: String) {
    write(text + "\n", to: STDOUT_FILENO)
  }

  /// A line for the person who runs the program.
  static func note(_ text: String) {
    write(text + "\n", to: STDERR_FILENO)
  }

  /// Text without a line end, on standard error.
  static func progress(_ text: String) {
    write(text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count, let base = bytes.baseAddress {
        let count = Glibc.write(descriptor, base + offset, bytes.count - offset)
        if count < 0 {
          if errno == EINTR { continue }
          // Nobody reads on: the reader has what it wanted, or there is nowhere left to complain.
          _exit(descriptor == STDOUT_FILENO ? 1 : 0)
        }
        offset += count
      }
    }
  }

  /// Whether a stream is a terminal that wants colours.
  static func hasColour(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && getenv("NO_COLOR") == nil && getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false
  }
}

/// A few SGR colours, or none.
struct Style {
  let isOn: Bool

  func dim(_ text: String) -> String { wrap(text, "2") }
  func bold(_ text: String) -> String { wrap(text, "1") }
  func cyan(_ text: String) -> String { wrap(text, "36") }
  func green(_ text: String) -> String { wrap(text, "32") }

  /// A background of one of four depths, by weight 0 to 1.
  func heat(_ text: String, _ weight: Float) -> String {
    let shades = ["48;5;236", "48;5;94", "48;5;130", "48;5;166"]
    return wrap(text, shades[min(shades.count - 1, max(0, Int(weight * Float(shades.count))))])
  }

  private func wrap(_ text: String, _ code: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
