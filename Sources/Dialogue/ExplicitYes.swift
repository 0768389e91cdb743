import Conversation

/// Whether words agree to what was stated, without a condition, a doubt or a question: only then something is changed.
///
/// The classifier says that they sound like a yes; this looks for what makes a yes less than one.
enum ExplicitYes {
  private static let leastConfidence = 0.6
  private static let longest = 12
  /// Conditions, doubts, refusals, and questions back.
  private static let reservations = [
    "but", "if", "unless", "not", "no", "don't", "dont", "wait", "hold", "maybe", "perhaps", "think", "later", "instead",
    "except", "are", "is", "will",
    "how", "what", "when", "why", "which", "can", "could", "does", "do you", "first", "cancel the other", "actually", "guess",
    "stop", "never",
    "不", "别", "等", "如果", "但", "先", "吗", "么", "再", "可是", "不过", "要是", "还没", "也许", "可能", "应该吧", "怎么", "多少", "为什么", "算了",
  ]
  /// Words that hold a reservation's word and are none.
  private static let harmless = [
    "没问题", "不用改", "不用了解", "no problem", "do not worry", "that is right", "that is correct", "this is right", "it is right",
    "everything is right", "all is well",
  ]

  private static let yes: Set<String> = ["yes", "yeah", "yep", "yup", "sure", "ok", "okay", "correct", "right", "please", "y"]
  private static let chineseYes = ["是", "对", "好", "可以", "确认", "行", "嗯", "没错", "同意"]

  /// Whether the words begin with a yes and take nothing of it back.
  static func begins(_ mention: Mention) -> Bool {
    guard let first = mention.tokens.first(where: { $0.contains(where: \.isLetter) }) else { return false }
    guard yes.contains(first) || chineseYes.contains(where: first.hasPrefix) else { return false }
    return isGiven(mention, IntentScore(name: "", confidence: 1))
  }

  static func isGiven(_ mention: Mention, _ intent: IntentScore) -> Bool {
    guard intent.confidence >= leastConfidence, mention.tokens.count <= longest else { return false }
    var folded = mention.text.lowercased().replacing("’", with: "'")
    guard !folded.contains("?"), !folded.contains("？") else { return false }
    for phrase in harmless { folded = folded.replacing(phrase, with: " ") }
    let words = Words(folded.split { !$0.isLetter && $0 != "'" }.map(String.init))
    let spoken = Set(folded.split { !$0.isLetter && $0 != "'" }.map(String.init))
    return !reservations.contains {
      Words.isHan($0) ? folded.contains($0) : $0.contains(" ") ? words.containsPhrase($0) : spoken.contains($0)
    }
  }
}
