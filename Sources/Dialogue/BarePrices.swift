import Conversation
import Text

/// Bounds of a price without a currency, "between 40 and 60", "under 100", 100到200之间: where products are looked for, numbers with
/// nothing after them that they could count are prices.
struct BarePrices: Hashable, Sendable {
  var least: String?
  var greatest: String?
  /// What of the text was read, in Unicode scalars.
  var spans: [Range<Int>]

  /// Nil where the message has no such bounds, or names a price outright.
  init?(_ mention: Mention) {
    guard !mention.entities.contains(where: { $0.type == "price_range" || $0.type == "money" }) else { return nil }
    let scalars = Array(mention.text.unicodeScalars)
    func text(_ range: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[range.clamped(to: scalars.indices)])).lowercased()
    }
    let numbers = mention.entities.filter { $0.type == "number" }.sorted { $0.span.lowerBound < $1.span.lowerBound }
    for (number, next) in zip(numbers, numbers.dropFirst()) where number.span.upperBound <= next.span.lowerBound {
      let (before, after) = (text(0..<number.span.lowerBound), text(next.span.upperBound..<scalars.count))
      let gap = text(number.span.upperBound..<next.span.lowerBound).filter { !$0.isWhitespace }
      let isEnglish = Self.english.contains(gap) && Self.opening.contains(where: { Self.ends(before, with: $0) })
      let isChinese = Self.chinese.contains(gap) && (Self.countsNothing(after) || Self.closing.contains(where: after.hasPrefix))
      guard isEnglish && Self.countsNothing(after) || isChinese else { continue }
      let isRising = (Double(number.value) ?? 0) <= (Double(next.value) ?? 0)
      self.init(isRising ? number.value : next.value, isRising ? next.value : number.value, [number.span, next.span])
      return
    }
    for number in numbers where Self.countsNothing(text(number.span.upperBound..<scalars.count)) {
      let before = text(0..<number.span.lowerBound)
      if Self.most.contains(where: { Self.ends(before, with: $0) }) {
        self.init(nil, number.value, [number.span])
        return
      }
      if Self.least.contains(where: { Self.ends(before, with: $0) }) {
        self.init(number.value, nil, [number.span])
        return
      }
    }
    return nil
  }

  private init(_ least: String?, _ greatest: String?, _ spans: [Range<Int>]) {
    (self.least, self.greatest, self.spans) = (least, greatest, spans)
  }

  private static let english: Set<String> = ["and", "to", "-", "–"]
  private static let opening = ["between", "from"]
  private static let chinese: Set<String> = ["到", "至", "-", "~", "～", "—"]
  private static let closing = ["之间", "的", "左右"]
  private static let most = ["under", "below", "less than", "up to", "at most", "no more than", "max", "maximum", "不超过", "低于"]
  private static let least = ["over", "above", "more than", "at least", "no less than", "高于", "不低于"]

  private static let stars: Set<String> = ["star", "stars", "星"]

  private static func ends(_ text: String, with words: String) -> Bool {
    let trimmed = text.reversed().drop { $0.isWhitespace }
    guard trimmed.starts(with: words.reversed()) else { return false }
    return trimmed.dropFirst(words.count).first.map { !($0.isLetter && $0.isASCII) } ?? true
  }

  /// Whether what follows a number is no thing or unit that it is the number of.
  private static func countsNothing(_ after: String) -> Bool {
    guard let first = after.first(where: { !$0.isWhitespace }) else { return true }
    guard first.isLetter || first.isNumber || "\"”'%％".contains(first) else { return !"°-–—~".contains(first) }
    let word = after.drop { $0.isWhitespace }.prefix { $0.isLetter }
    let isSpaced = after.first?.isWhitespace ?? false
    return isSpaced && StopWords.contains(String(word)) && !Self.stars.contains(String(word))
  }
}
