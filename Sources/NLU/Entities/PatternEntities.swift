import Conversation

/// Information that has a form of its own, found in the text before any word is cut: e-mail addresses, order numbers, postcodes,
/// small numbers.
///
/// Patterns are tried in the order of `kinds`; where two finds overlap, the one of the earlier pattern stays, and of one pattern the
/// one further left.
package struct PatternEntities: Sendable {
  /// No message of a customer holds more; what is beyond is noise.
  private static let greatestCount = 64

  package init() {}

  /// The finds in text order, not overlapping. Spans count Unicode scalars of the text as written.
  package func entities(in utterance: Utterance) -> [Entity] {
    let text = PlainText(utterance.text)
    var taken: [(type: String, span: Range<Int>, value: String)] = []
    var isTaken = [Bool](repeating: false, count: text.count)
    func take(_ type: String, _ finds: [(Range<Int>, String)]) {
      for (span, value) in finds where !isTaken[span].contains(true) {
        taken.append((type, span, value))
        for i in span { isTaken[i] = true }
      }
    }
    take("email", text.emails())
    take("order_id", text.orderNumbers())
    take("postcode", text.postcodes())
    take("number", text.numbers() + NumberWords.finds(in: utterance))
    return taken.sorted { $0.span.lowerBound < $1.span.lowerBound }.prefix(Self.greatestCount).map {
      Entity(
        type: $0.type, span: $0.span, text: utterance.substring($0.span), value: $0.value, confidence: 1,
        extractor: "PatternEntities")
    }
  }
}

/// A text as one byte a Unicode scalar: ASCII as it is, full-width forms as the ASCII they widen, anything else as `other`.
private struct PlainText {
  private static let other: UInt8 = 0x01
  private let bytes: [UInt8]

  init(_ text: String) {
    bytes = text.unicodeScalars.map { scalar in
      switch scalar.value {
      case 0x21...0x7E, 0x20, 0x09: UInt8(scalar.value)
      case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFEE0)
      case 0x3000: 0x20
      default: Self.other
      }
    }
  }

  var count: Int { bytes.count }

  private func byte(_ i: Int) -> UInt8 { bytes.indices.contains(i) ? bytes[i] : Self.other }
  private func isDigit(_ i: Int) -> Bool { (0x30...0x39).contains(byte(i)) }
  private func isLetter(_ i: Int) -> Bool { (0x41...0x5A).contains(byte(i) & 0xDF) && byte(i) > 0x40 }
  private func isAlphanumeric(_ i: Int) -> Bool { isDigit(i) || isLetter(i) }
  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The runs of digits that no letter or digit touches on either side.
  private func digitRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var i = 0
    while i < bytes.count {
      guard isDigit(i) else {
        i += 1
        continue
      }
      var end = i
      while isDigit(end) { end += 1 }
      runs.append(i..<end)
      i = end
    }
    return runs
  }

  private func isFree(_ range: Range<Int>) -> Bool {
    !isAlphanumeric(range.lowerBound - 1) && !isAlphanumeric(range.upperBound)
  }

  /// `local@domain.tld`, in lower case. The local part has RFC 5322's common characters.
  func emails() -> [(Range<Int>, String)] {
    func isLocal(_ i: Int) -> Bool { isAlphanumeric(i) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte(i)) }
    func isDomain(_ i: Int) -> Bool { isAlphanumeric(i) || byte(i) == UInt8(ascii: ".") || byte(i) == UInt8(ascii: "-") }
    var finds: [(Range<Int>, String)] = []
    for at in bytes.indices where bytes[at] == UInt8(ascii: "@") {
      var start = at
      while start > 0, isLocal(start - 1) { start -= 1 }
      while start < at, !isAlphanumeric(start), byte(start) != UInt8(ascii: "_") { start += 1 }
      var end = at + 1
      while isDomain(end) { end += 1 }
      while end > at + 1, !isAlphanumeric(end - 1) { end -= 1 }
      let labels = text(at + 1..<end).split(separator: ".", omittingEmptySubsequences: false)
      guard start < at, end - start <= 254, labels.count >= 2,
        !labels.contains(where: { $0.isEmpty || $0.first == "-" || $0.last == "-" }), let top = labels.last, top.count >= 2,
        top.allSatisfy(\.isLetter)
      else { continue }
      finds.append((start..<end, text(start..<end).lowercased()))
    }
    return finds
  }

  /// `#W2378156`, `w2378156`, `2378156`, `#10023`, `#A-1042`: after a `#` up to three letters, perhaps a hyphen, and three to twelve
  /// digits; without it a W and digits, or seven digits alone. The value is in upper case, without the `#`.
  func orderNumbers() -> [(Range<Int>, String)] {
    var finds: [(Range<Int>, String)] = []
    for run in digitRuns() where !isAlphanumeric(run.upperBound) {
      var start = run.lowerBound
      if byte(start - 1) == UInt8(ascii: "-"), isLetter(start - 2) { start -= 1 }
      var letters = start
      while letters > 0, isLetter(letters - 1) { letters -= 1 }
      let prefix = letters..<start
      let hash = byte(letters - 1) == UInt8(ascii: "#")
      let isW = prefix.count == 1 && byte(letters) & 0xDF == UInt8(ascii: "W")
      if hash, prefix.count <= 3, (3...12).contains(run.count) {
        finds.append((letters - 1..<run.upperBound, text(letters..<run.upperBound).uppercased()))
      } else if isW, (5...12).contains(run.count), !isAlphanumeric(letters - 1) {
        finds.append((letters..<run.upperBound, text(letters..<run.upperBound).uppercased()))
      } else if run.count == 7, isFree(run), byte(run.lowerBound - 1) != UInt8(ascii: "-") {
        finds.append((run, text(run)))
      }
    }
    return finds
  }

  /// Five digits (US; nine as `12345-6789`), six (China, India), `SW1A 1AA` (UK), `K1A 0B1` (Canada), in upper case.
  func postcodes() -> [(Range<Int>, String)] {
    var finds: [(Range<Int>, String)] = []
    for run in digitRuns() where run.count == 5 || run.count == 6 {
      guard isFree(run) else { continue }
      var end = run.upperBound
      if run.count == 5, byte(end) == UInt8(ascii: "-"), (1...4).allSatisfy({ isDigit(end + $0) }), !isAlphanumeric(end + 5) {
        end += 5
      }
      finds.append((run.lowerBound..<end, text(run.lowerBound..<run.upperBound)))
    }
    // Two groups, the first beginning with a letter, the second digit-letter-letter or digit-letter-digit.
    for gap in bytes.indices where bytes[gap] == 0x20 {
      var start = gap
      while start > 0, isAlphanumeric(start - 1), gap - start < 4 { start -= 1 }
      let first = start..<gap
      let isUK = isDigit(gap + 1) && isLetter(gap + 2) && isLetter(gap + 3)
      let isCanada = isDigit(gap + 1) && isLetter(gap + 2) && isDigit(gap + 3)
      guard (2...4).contains(first.count), !isAlphanumeric(start - 1), isLetter(start), first.contains(where: isDigit),
        isUK || (isCanada && first.count == 3), !isAlphanumeric(gap + 4)
      else { continue }
      finds.append((start..<gap + 4, text(start..<gap + 4).uppercased()))
    }
    return finds
  }

  /// Whole numbers of up to four digits that stand alone.
  func numbers() -> [(Range<Int>, String)] {
    digitRuns().filter { $0.count <= 4 && isFree($0) }.map { ($0, text($0)) }
  }
}
