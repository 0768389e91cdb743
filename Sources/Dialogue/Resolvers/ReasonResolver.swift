import Conversation

/// Which of the reasons a shop accepts the customer has for cancelling.
struct ReasonResolver {
  private static let mistake = [
    "mistake", "accident", "accidentally", "wrong", "twice", "duplicate", "error", "misclicked", "mistakenly", "下错", "拍错", "买错",
    "误拍", "错了", "手滑", "点错", "重复", "选错", "弄错",
  ]
  private static let unneeded = [
    "no longer", "longer need", "don't need", "dont need", "not need", "unnecessary", "changed my mind", "change my mind",
    "elsewhere", "don't want", "dont want", "not want", "cheaper", "too expensive", "不需要", "不想要", "不要了", "用不上", "用不着",
    "改主意", "买到了", "别处", "太贵", "不需",
  ]

  func resolve(_ mentions: [Mention], choices: DialogueState.Choices?) -> Resolution<CancelReason> {
    for mention in mentions.reversed() {
      if mention.answering == .reason, case .reasons(let offered)? = choices, let number = OrderResolver.ordinal(mention),
        offered.indices.contains(number - 1)
      {
        return .found(offered[number - 1])
      }
      let words = Words(mention.tokens)
      let folded = mention.text.lowercased().replacing("’", with: "'")
      if Self.unneeded.contains(where: { folded.contains($0) }) { return .found(.noLongerNeeded) }
      if Self.mistake.contains(where: { Words.isHan($0) ? folded.contains($0) : words.contains($0) }) {
        return .found(.orderedByMistake)
      }
    }
    return .unsaid
  }
}
