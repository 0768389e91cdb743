/// A moment, as seconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let seconds: Double

  package init(seconds: Double) {
    self.seconds = seconds
  }

  /// Reads ISO 8601: `2026-11-21`, `2026-11-21T09:30:00Z`, `2026-11-21T09:30:00.5+08:00`; nil for any other form.
  ///
  /// A date alone is noon UTC of that day, which is the same day in nearly every time zone.
  package init?(iso text: String) {
    let bytes = Array(text.utf8.prefix(40))
    guard bytes.count >= 10, let day = Day(iso: String(decoding: bytes[..<10], as: UTF8.self)) else { return nil }
    let midnight = Double(day.daysSinceEpoch) * 86_400
    if bytes.count == 10 {
      self.init(seconds: midnight + 43_200)
      return
    }
    var position = 10
    func digits(_ count: Int) -> Int? {
      guard position + count <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[position..<position + count] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      position += count
      return value
    }
    func skip(_ characters: String) -> UInt8? {
      guard position < bytes.count, characters.utf8.contains(bytes[position]) else { return nil }
      position += 1
      return bytes[position - 1]
    }
    guard skip("Tt ") != nil, let hour = digits(2), hour < 24, skip(":") != nil, let minute = digits(2), minute < 60 else {
      return nil
    }
    var seconds = 0.0
    if skip(":") != nil {
      guard let second = digits(2), second <= 60 else { return nil }
      seconds = Double(second)
      if skip(".,") != nil {
        var place = 0.1
        while let digit = digits(1) {
          seconds += Double(digit) * place
          place /= 10
        }
      }
    }
    var offset = 0
    switch skip("Zz+-") {
    case UInt8(ascii: "+")?, UInt8(ascii: "-")?:
      let sign = bytes[position - 1] == UInt8(ascii: "+") ? 1 : -1
      guard let hours = digits(2), hours < 24 else { return nil }
      _ = skip(":")
      offset = sign * (hours * 3600 + (digits(2) ?? 0) * 60)
    case nil where position < bytes.count: return nil
    default: break
    }
    guard position == bytes.count else { return nil }
    self.init(seconds: midnight + Double(hour * 3600 + minute * 60) + seconds - Double(offset))
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }
}

extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC, whole seconds: `2026-11-21T09:30:00Z`.
  package var description: String {
    let day = Day(self)
    let second = Int(seconds - Double(day.daysSinceEpoch) * 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }
}
