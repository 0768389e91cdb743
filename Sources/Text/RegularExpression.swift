import CText
import Synchronization

/// A regular expression in ICU's syntax, for patterns that come with a corpus. Upper and lower case are one. Safe to share between
/// threads; a pattern that takes too long on a text finds nothing in it.
/// Syntax: https://unicode-org.github.io/icu/userguide/strings/regexp.html
package final class RegularExpression: Sendable {
  /// Used by one thread at a time: only ever touched under the lock.
  private struct Handle: @unchecked Sendable {
    let regex: OpaquePointer
  }

  private let handle: Mutex<Handle>
  private static let greatestCount = 64

  /// Nil for what ICU cannot read.
  package init?(_ pattern: String) {
    var error = [CChar](repeating: 0, count: 64)
    guard let regex = ct_regex_open(pattern, 1, &error, Int32(error.count)) else { return nil }
    handle = Mutex(Handle(regex: regex))
  }

  deinit {
    handle.withLock { ct_regex_close($0.regex) }
  }

  /// What is wrong with a pattern; nil when nothing is.
  package static func problem(_ pattern: String) -> String? {
    var error = [CChar](repeating: 0, count: 64)
    guard let regex = ct_regex_open(pattern, 1, &error, Int32(error.count)) else {
      return "not a regular expression ("
        + String(decoding: error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) + ")"
    }
    ct_regex_close(regex)
    return nil
  }

  /// The matches in a text, in its Unicode scalars, at most 64, none empty.
  package func matches(in text: String) -> [Range<Int>] {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress, bytes.count < Int(Int32.max) / 4 else { return [] }
      var spans = [Int32](repeating: 0, count: 2 * Self.greatestCount)
      let count = base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
        handle.withLock { ct_regex_find($0.regex, text, Int32(bytes.count), &spans, Int32(Self.greatestCount)) }
      }
      return (0..<Int(count)).map { Int(spans[2 * $0])..<Int(spans[2 * $0 + 1]) }
    }
  }
}
