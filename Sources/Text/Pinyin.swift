import CText

/// How Han characters are pronounced, by ICU's Han-Latin transliterator.
package final class Pinyin {
  private let handle: OpaquePointer

  /// Nil when ICU has no such data here.
  package init?() {
    guard let handle = ct_pinyin_open() else { return nil }
    self.handle = handle
  }

  deinit {
    ct_pinyin_close(handle)
  }

  /// The character's most common reading without its tone (`退` → `tui`); nil for what has none.
  package func sound(of character: Unicode.Scalar) -> String? {
    var buffer = [CChar](repeating: 0, count: 32)
    let length = Int(ct_pinyin_sound(handle, Int32(character.value), &buffer, Int32(buffer.count)))
    return length > 0 ? String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
