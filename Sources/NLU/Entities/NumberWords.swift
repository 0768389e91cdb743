import Conversation

/// Small numbers and positions in words: `two`, `second`, `第二个`, `两`.
enum NumberWords {
  private static let english: [String: Int] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
  ]
  private static let chinese: [Character: Int] = [
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
  ]

  /// Spans and values of the number words of an utterance. "One" counts only alone or after "number", 一 only alone or after 第: in
  /// "the last one" and 最后一个 it is a pronoun.
  static func finds(in utterance: Utterance) -> [(Range<Int>, String)] {
    let words = utterance.tokens.filter { $0.kind != .symbol }
    var finds: [(Range<Int>, String)] = []
    for (i, token) in words.enumerated() {
      let before = i > 0 ? words[i - 1].text : nil
      if let value = english[token.text] {
        guard token.text != "one" || words.count == 1 || before == "number" else { continue }
        finds.append((token.span, String(value)))
      } else if token.kind == .ideograph, let value = ordinal(token.text) {
        guard value > 1 || token.text.hasPrefix("第") || words.count == 1 || before == "第" else { continue }
        finds.append((token.span, String(value)))
      }
    }
    return finds
  }

  /// The value of a Chinese numeral, alone, after 第, or before a measure word, as the segmenter leaves them.
  private static func ordinal(_ word: String) -> Int? {
    var rest = word[...]
    if rest.first == "第" { rest = rest.dropFirst() }
    guard let first = rest.first, let value = chinese[first] else { return nil }
    let after = rest.dropFirst()
    return after.isEmpty || after == "个" || after == "件" || after == "单" || after == "笔" ? value : nil
  }
}
