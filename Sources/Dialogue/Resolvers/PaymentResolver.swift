import Conversation

/// Which of the customer's ways to pay is meant.
struct PaymentResolver {
  let methods: [PaymentMethod]
  /// The one the order was paid with.
  let original: String?
  /// Whether an only way to pay may be taken without a word.
  var takesTheOnlyOne = true
  /// Known, and not to be offered: they can be named all the same, to be told why not.
  var unoffered: Set<String> = []

  private static let words: [String: [String]] = [
    "gift_card": ["gift card", "giftcard", "gift", "store credit", "礼品卡", "购物卡", "代金卡"],
    "paypal": ["paypal", "贝宝"],
    "credit_card": ["credit card", "card", "credit", "visa", "mastercard", "amex", "debit", "信用卡", "银行卡", "万事达"],
    "alipay": ["alipay", "支付宝"],
  ]
  private static let rejections = ["instead", "rather", "not", "而不是", "不用", "不要"]
  private static let originals = ["original", "same", "originally", "paid", "原路", "原来", "原支付", "一样", "付款的", "当时"]

  func resolve(_ mentions: [Mention], choices: DialogueState.Choices?) -> Resolution<PaymentMethod> {
    for mention in mentions.reversed() {
      let found = reading(mention, choices)
      if case .unsaid = found { continue }
      return found
    }
    let others = methods.filter { !unoffered.contains($0.id) }
    return others.count == 1 && takesTheOnlyOne ? .found(others[0]) : .unsaid
  }

  func reading(_ mention: Mention, _ choices: DialogueState.Choices?) -> Resolution<PaymentMethod> {
    let folded = mention.text.lowercased()
    if let method = methods.first(where: { folded.contains($0.id.lowercased()) }) { return .found(method) }
    if let method = methods.first(where: { method in method.lastFour.map { mention.tokens.contains($0) } ?? false }) {
      return .found(method)
    }
    if mention.answering == .paymentMethod, case .methods(let offered)? = choices, let number = OrderResolver.ordinal(mention),
      offered.indices.contains(number - 1)
    {
      return .found(offered[number - 1])
    }
    // Of `my card instead of PayPal` only the card is meant.
    let meant = mention.tokens.firstIndex { Self.rejections.contains($0) }.flatMap { $0 > 0 ? mention.tokens[..<$0] : nil }
    let words = Words(meant ?? mention.tokens[...])
    // A brand says more than `card`.
    let branded = methods.filter { method in method.brand.map { words.contains($0.lowercased()) } ?? false }
    if branded.count == 1 { return .found(branded[0]) }
    var fitting: [PaymentMethod] = []
    for source in ["gift_card", "paypal", "alipay", "credit_card"] {
      guard let names = Self.words[source], names.contains(where: words.containsPhrase) else { continue }
      let of = methods.filter { $0.source == source }
      if !of.isEmpty {
        fitting = of
        break
      }
    }
    if fitting.count == 1 { return .found(fitting[0]) }
    if fitting.count > 1 { return .several(fitting) }
    if mention.answering == .paymentMethod || folded.contains("original"), words.containsAny(Self.originals),
      let method = methods.first(where: { $0.id == original })
    {
      return .found(method)
    }
    return .unsaid
  }
}
