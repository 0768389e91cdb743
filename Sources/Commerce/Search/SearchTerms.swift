import Conversation
import Text

/// Turns text into the terms that are searched: the tokens of both languages, English ones without their ending, numbers together with
/// their unit, whatever way it is written.
package struct SearchTerms: Sendable {
  let tokenizer: Tokenizer

  package init(tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
  }

  /// Terms and the words they come from, in order.
  package struct Term: Hashable, Sendable {
    package let stem: String
    package let word: String
  }

  /// The terms of a query: without the words that say nothing of what is looked for, unless it has no others.
  func query(_ text: String) -> [Term] {
    let all = terms(text)
    let telling = all.filter { !StopWords.contains($0.word) }
    return telling.isEmpty ? all : telling
  }

  package func terms(_ text: String) -> [Term] {
    let tokens = tokenizer.utterance(text).tokens.map(\.text)
    var terms: [Term] = []
    var i = 0
    while i < tokens.count {
      let token = tokens[i]
      if Self.isNumber(token), i + 1 < tokens.count, let unit = Self.units[tokens[i + 1]] {
        terms.append(Term(stem: token + unit, word: token + tokens[i + 1]))
        i += 2
        continue
      }
      i += 1
      if let split = Self.measured(token) {
        terms.append(Term(stem: split, word: token))
      } else if token.contains(where: { $0.isLetter || $0.isNumber }) {
        terms.append(Term(stem: Self.stem(token), word: token))
      }
    }
    return terms
  }

  private static func isNumber(_ token: String) -> Bool {
    token.contains { $0.isNumber } && token.allSatisfy { $0.isNumber || $0 == "." || $0 == "," }
  }

  /// `1tb`, `27in`: a number with its unit in one token.
  private static func measured(_ token: String) -> String? {
    let digits = token.prefix { $0.isNumber || $0 == "." }
    guard !digits.isEmpty, digits.count < token.count, let unit = units[String(token.dropFirst(digits.count))] else {
      return nil
    }
    return digits + unit
  }

  /// Units by the ways they are written.
  private static let units: [String: String] = {
    let ways: [String: [String]] = [
      "inch": ["inch", "inches", "in", "\"", "”", "''", "英寸", "寸", "吋"], "cm": ["cm", "centimetre", "centimeter", "厘米", "公分"],
      "mm": ["mm", "毫米"], "m": ["m", "metre", "meter", "metres", "meters", "米"], "ft": ["ft", "feet", "foot", "英尺"],
      "tb": ["tb", "terabyte", "太字节"], "gb": ["gb", "gigabyte", "gigabytes"], "mb": ["mb", "megabyte"],
      "kg": ["kg", "kilo", "kilos", "kilogram", "公斤", "千克"], "g": ["g", "gram", "grams", "克"],
      "ml": ["ml", "millilitre", "milliliter", "毫升"], "l": ["l", "litre", "liter", "litres", "liters", "升"],
      "w": ["w", "watt", "watts", "瓦"], "v": ["v", "volt", "volts", "伏"], "mah": ["mah", "毫安"],
      "mp": ["mp", "megapixel", "megapixels"],
      "hz": ["hz", "hertz", "赫兹"], "ghz": ["ghz"], "oz": ["oz", "ounce", "ounces", "盎司"],
      "lb": ["lb", "lbs", "pound", "pounds", "磅"],
    ]
    return Dictionary(ways.flatMap { unit, words in words.map { ($0, unit) } }, uniquingKeysWith: { first, _ in first })
  }()

  /// An English word without the ending of its plural (the S stemmer of Harman, 1991), of `-ing` or of `-ed` after a stem of four letters
  /// and more; other words as they are.
  static func stem(_ word: String) -> String {
    guard word.utf8.count > 3, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
    if word.hasSuffix("ies"), !word.hasSuffix("eies"), !word.hasSuffix("aies") { return word.dropLast(3) + "y" }
    if word.hasSuffix("es"), ["aes", "ees", "oes"].allSatisfy({ !word.hasSuffix($0) }) {
      return ["ches", "shes", "sses", "xes"].contains { word.hasSuffix($0) }
        ? String(word.dropLast(2)) : String(word.dropLast(1))
    }
    if word.hasSuffix("s"), !word.hasSuffix("us"), !word.hasSuffix("ss") { return String(word.dropLast()) }
    if word.utf8.count > 6, word.hasSuffix("ing") { return String(word.dropLast(3)) }
    if word.utf8.count > 5, word.hasSuffix("ed") { return String(word.dropLast(2)) }
    return word
  }
}
