/// What of a customer's words may be kept: e-mail addresses, numbers that name a person, an order or an account, and whatever
/// else was found in them give way to marks, so that a log or a corpus tells how people speak and not who they are.
///
/// When in doubt it masks: a price of five digits lost from a log costs nothing. Every character is read a fixed number of
/// times, and there is no regular expression, because this runs on every message.
package enum PersonalData {
  /// A stretch that gives way to the name of what it is.
  private struct Mark {
    var range: Range<Int>
    var kind: String
    /// Of the find that gave the kind.
    var length: Int
  }

  /// Fewer digits in a row than this name nobody.
  private static let shortestNumber = 5
  /// So many separators in a row still belong to a number: `(021) - 555`.
  private static let greatestGap = 3

  /// The text with `[kind]` in place of each span (in Unicode scalars; spans that overlap become one, of the longest one's
  /// kind), with `[email]` in place of whatever looks like an e-mail address, and with `•` for each digit of a number of five
  /// digits and more. Spaces, hyphens, dots, plus signs and brackets between its digits do not end a number.
  package static func masked(_ text: String, spans: [(range: Range<Int>, kind: String)]) -> String {
    let scalars = Array(text.unicodeScalars)
    var marks = emails(scalars).map { Mark(range: $0, kind: "email", length: $0.count) }
    for (range, kind) in spans {
      let range = range.clamped(to: 0..<scalars.count)
      if !range.isEmpty { marks.append(Mark(range: range, kind: kind, length: range.count)) }
    }
    var isHidden = numbers(scalars)
    for i in spelled(scalars) + houses(scalars) { isHidden[i] = true }
    var result = String.UnicodeScalarView()
    var position = 0
    for mark in merged(marks) {
      for i in position..<mark.range.lowerBound { result.append(isHidden[i] ? "•" : scalars[i]) }
      result.append(contentsOf: "[\(mark.kind)]".unicodeScalars)
      position = mark.range.upperBound
    }
    for i in position..<scalars.count { result.append(isHidden[i] ? "•" : scalars[i]) }
    return String(result)
  }

  /// In text order, those that overlap as one.
  private static func merged(_ marks: [Mark]) -> [Mark] {
    var result: [Mark] = []
    for mark in marks.sorted(by: { ($0.range.lowerBound, $1.length, $0.kind) < ($1.range.lowerBound, $0.length, $1.kind) }) {
      guard var last = result.last, mark.range.lowerBound < last.range.upperBound else {
        result.append(mark)
        continue
      }
      last.range = last.range.lowerBound..<max(last.range.upperBound, mark.range.upperBound)
      if mark.length > last.length { (last.kind, last.length) = (mark.kind, mark.length) }
      result[result.count - 1] = last
    }
    return result
  }

  // MARK: e-mail addresses

  /// The stretches around an @ that look like an address: letters on both sides, or, with a dot in the domain, words of any
  /// script and a space beside the @.
  private static func emails(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for at in scalars.indices where isAt(scalars[at]) {
      let isSpacedBefore = at > 0 && isSpace(scalars[at - 1])
      let isSpacedAfter = at + 1 < scalars.count && isSpace(scalars[at + 1])
      let (end, first) = (isSpacedBefore ? at - 1 : at, isSpacedAfter ? at + 2 : at + 1)
      var isPlain = !isSpacedBefore && !isSpacedAfter
      var start = end
      while start > 0, isLocal(scalars[start - 1]) { start -= 1 }
      if start == end {
        isPlain = false
        while start > 0, isWord(scalars[start - 1]) { start -= 1 }
      }
      var stop = first
      while stop < scalars.count, isDomain(scalars[stop]) { stop += 1 }
      if stop == first {
        isPlain = false
        while stop < scalars.count, isWord(scalars[stop]) || isDot(scalars[stop]) { stop += 1 }
      }
      while stop > first, !isWord(scalars[stop - 1]) { stop -= 1 }
      guard start < end, first < stop else { continue }
      if isPlain || scalars[first..<stop].contains(where: isDot) { result.append(start..<stop) }
    }
    return result
  }

  private static func isAt(_ scalar: Unicode.Scalar) -> Bool { scalar == "@" || scalar == "\u{FF20}" }

  private static func isDot(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "\u{FF0E}" }

  /// A letter or digit of any script.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
  }

  /// A letter or digit of a script that puts spaces between words, so that it is known where an address ends: not Han, kana,
  /// Hangul.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x00...0x7F: false
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: true
    // Accents may stand beside their letter.
    case 0x300...0x36F: true
    case 0x80..<0x2E80: isWord(scalar)
    default: false
    }
  }

  /// What may stand before the @ (RFC 5322's atom, without what would swallow the word before it).
  private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || isDot(scalar) || "_+-%&'*=~^!#$\u{FF3F}\u{FF0B}\u{FF0D}".unicodeScalars.contains(scalar)
  }

  private static func isDomain(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || isDot(scalar) || scalar == "-" || scalar == "_" || scalar == "\u{FF0D}"
  }

  // MARK: numbers

  /// For each scalar whether it is a digit of a number that is long enough to be hidden.
  private static func numbers(_ scalars: [Unicode.Scalar]) -> [Bool] {
    var isHidden = [Bool](repeating: false, count: scalars.count)
    var run: [Int] = []
    var gap = 0
    func end() {
      if run.count >= shortestNumber { for i in run { isHidden[i] = true } }
      run.removeAll(keepingCapacity: true)
      gap = 0
    }
    for (i, scalar) in scalars.enumerated() {
      if isDigit(scalar) {
        run.append(i)
        gap = 0
      } else if run.isEmpty || isInvisible(scalar) {
        continue
      } else if gap < greatestGap, isSeparator(scalar) {
        gap += 1
      } else {
        end()
      }
    }
    end()
    return isHidden
  }

  /// So many digits in words name somebody; fewer may be an amount.
  private static let shortestSpelled = 7
  private static let spelledDigits = Set("零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖".unicodeScalars)

  /// Places of digits written as words, one after the other: 一三八零零…
  private static func spelled(_ scalars: [Unicode.Scalar]) -> [Int] {
    var result: [Int] = []
    var run: [Int] = []
    for i in 0...scalars.count {
      if i < scalars.count, spelledDigits.contains(scalars[i]) {
        run.append(i)
      } else {
        if run.count >= shortestSpelled { result += run }
        run = []
      }
    }
    return result
  }

  private static let streets: Set<String> = [
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "terrace", "way", "court", "ct", "boulevard",
    "blvd",
    "place", "pl", "square", "close", "crescent", "quay", "quayside", "highway", "hwy",
  ]
  private static let dwellings: Set<String> = ["apt", "apartment", "unit", "suite", "flat", "room", "floor", "no", "#"]
  private static let houseMarks = Set("号號室楼樓栋棟幢弄巷".unicodeScalars)
  /// A street's name has at most so many words before the word for a street.
  private static let wordsOfAStreet = 3

  /// Places of the digits of house numbers: before a street's name, after a word for a dwelling, before 号, 室, 楼 and the like.
  private static func houses(_ scalars: [Unicode.Scalar]) -> [Int] {
    var words: [(text: String, range: Range<Int>)] = []
    var start: Int?
    for i in 0...scalars.count {
      if i < scalars.count, isLetter(scalars[i]) || scalars[i] == "#" {
        start = start ?? i
      } else if let first = start {
        words.append((String(String.UnicodeScalarView(scalars[first..<i])).lowercased(), first..<i))
        start = nil
      }
    }
    func digits(_ range: Range<Int>) -> [Int] { range.filter { isDigit(scalars[$0]) } }
    var result: [Int] = []
    for (place, word) in words.enumerated() where word.text.contains(where: \.isNumber) {
      let after = words[(place + 1)...].prefix(wordsOfAStreet + 1).dropFirst()
      let isBeforeStreet = after.contains { streets.contains($0.text) }
      let isAfterDwelling = place > 0 && dwellings.contains(words[place - 1].text)
      if isBeforeStreet || isAfterDwelling { result += digits(word.range) }
    }
    for (i, scalar) in scalars.enumerated()
    where houseMarks.contains(scalar) || scalar == "单" && i + 1 < scalars.count && scalars[i + 1] == "元" {
      var j = i
      while j > 0, isDigit(scalars[j - 1]) || spelledDigits.contains(scalars[j - 1]) || scalars[j - 1] == "十" {
        j -= 1
        result.append(j)
      }
    }
    return result
  }

  /// A decimal digit of any script, full-width ones among them.
  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (0x30...0x39).contains(scalar.value) : scalar.properties.numericType == .decimal
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // ( ) * + , - . / : [ ] _ | ·
    case 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x5B, 0x5D, 0x5F, 0x7C, 0xB7, 0x2022: true
    // Hyphens, dashes and the minus sign.
    case 0x2010...0x2015, 0x2212: true
    // The same in full width.
    case 0xFF08, 0xFF09, 0xFF0B, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF0F, 0xFF1A, 0xFF3B, 0xFF3D, 0x3001: true
    default: isSpace(scalar)
    }
  }

  /// Marks without width, which somebody may have put between digits.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF: true
    default: false
    }
  }
}
