import Conversation
import Text

/// Bounds of a price without a currency, "between 40 and 60", "under 100", 100到200之间: where products are looked for, numbers of ten
/// and more that count nothing else are prices.
struct BarePrices: Hashable, Sendable {
  var least: String?
  var greatest: String?
  /// What of the text was read, in Unicode scalars.
  var span: Range<Int>

  /// Nil where the message has no such bounds, names a price outright, or speaks of stars or ages.
  init?(_ mention: Mention) {
    guard !mention.entities.contains(where: { $0.type == "price_range" || $0.type == "money" }),
      !mention.tokens.contains(where: Self.otherScales.contains)
    else { return nil }
    let scalars = Array(mention.text.unicodeScalars)
    func text(_ range: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[range.clamped(to: scalars.indices)])).lowercased()
    }
    let numbers = mention.entities.filter { $0.type == "number" }.sorted { $0.span.lowerBound < $1.span.lowerBound }
    for (number, next) in zip(numbers, numbers.dropFirst()) where number.span.upperBound <= next.span.lowerBound {
      let (before, after) = (text(0..<number.span.lowerBound), text(next.span.upperBound..<scalars.count))
      let gap = text(number.span.upperBound..<next.span.lowerBound).filter { !$0.isWhitespace }
      let isEnglish = Self.english.contains(gap) && Self.opening.contains { Self.ends(before, with: $0) }
      let isChinese = Self.chinese.contains(gap) && Self.closing.contains(where: after.hasPrefix)
      guard isEnglish && Self.countsNothing(after) || isChinese, let (low, high) = Self.ordered(number, next) else { continue }
      self.init(low, high, number.span.lowerBound..<next.span.upperBound)
      return
    }
    for number in numbers where Self.countsNothing(text(number.span.upperBound..<scalars.count)) && Self.isPrice(number) {
      let before = text(0..<number.span.lowerBound)
      // The longest fits: 不低于 ends with 低于.
      let bound = Self.bounds.filter { Self.ends(before, with: $0.words) }.max { $0.words.count < $1.words.count }
      guard let bound else { continue }
      self.init(bound.isMost ? nil : number.value, bound.isMost ? number.value : nil, number.span)
      return
    }
    return nil
  }

  private init(_ least: String?, _ greatest: String?, _ span: Range<Int>) {
    (self.least, self.greatest, self.span) = (least, greatest, span)
  }

  private static let english: Set<String> = ["and", "to", "-", "–"]
  private static let opening = ["between", "from"]
  private static let chinese: Set<String> = ["到", "至", "-", "~", "～", "—"]
  private static let closing = ["之间", "左右"]
  private static let bounds: [(words: String, isMost: Bool)] =
    ["under", "below", "less than", "up to", "at most", "no more than", "not more than", "not over", "不超过", "低于", "不高于"].map {
      ($0, true)
    }
    + ["over", "above", "more than", "at least", "no less than", "not less than", "not under", "超过", "高于", "不低于"].map {
      ($0, false)
    }
  /// Words of messages whose bounds are those of something else.
  private static let otherScales: Set<String> = [
    "star", "stars", "rated", "rating", "ratings", "age", "ages", "aged", "year", "years", "old", "kid", "kids", "child",
    "children",
    "size", "sizes", "星", "评分", "岁", "码", "尺码", "号",
  ]
  /// After these a number counts what comes next, or was counted already.
  private static let counting: Set<String> = ["of", "in", "on", "at", "per"]

  private static func isPrice(_ number: Entity) -> Bool { (Double(number.value) ?? 0) >= 10 }

  private static func ordered(_ one: Entity, _ other: Entity) -> (String, String)? {
    let (low, high) = (Double(one.value) ?? 0) <= (Double(other.value) ?? 0) ? (one, other) : (other, one)
    return isPrice(high) ? (low.value, high.value) : nil
  }

  private static func ends(_ text: String, with words: String) -> Bool {
    let trimmed = text.reversed().drop { $0.isWhitespace }
    guard trimmed.starts(with: words.reversed()) else { return false }
    return trimmed.dropFirst(words.count).first.map { !($0.isLetter && $0.isASCII) } ?? true
  }

  /// Whether what follows a number is no thing or unit that it is the number of.
  private static func countsNothing(_ after: String) -> Bool {
    guard let first = after.first(where: { !$0.isWhitespace }) else { return true }
    guard first.isLetter || first.isNumber || "\"”'%％".contains(first) else { return !"°-–—~".contains(first) }
    let word = String(after.drop { $0.isWhitespace }.prefix { $0.isLetter })
    let isSpaced = after.first?.isWhitespace ?? false
    // 300的: the thing itself follows, and 300 is what it costs.
    return after.hasPrefix("的") || isSpaced && StopWords.contains(word) && !counting.contains(word)
  }
}
