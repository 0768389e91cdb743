import Conversation

/// Which of the customer's orders is meant.
struct OrderResolver {
  /// Newest first.
  let orders: [Order]
  /// The statuses the business is about; empty is any.
  let statuses: [OrderStatus]

  private static let latest = [
    "last", "latest", "newest", "recent", "recently", "上一单", "最近", "最新", "刚下", "刚才", "刚刚", "上个订单", "上次",
  ]
  private static let oldest = ["oldest", "earliest", "最早", "第一次"]
  private static let statusWords: [OrderStatus: [String]] = [
    .pending: ["pending", "unshipped", "没发货", "未发货", "待发货", "还没发"],
    .processed: ["shipped", "transit", "processed", "在路上", "已发货", "发货的"],
    .delivered: ["delivered", "arrived", "received", "到货的", "收到的", "已收", "签收"],
    .cancelled: ["cancelled", "canceled", "取消的"],
  ]

  /// The orders the business can be about.
  var eligible: [Order] { statuses.isEmpty ? orders : orders.filter { statuses.contains($0.status) } }

  /// - Parameter mentions: what was said, oldest first; the latest word counts.
  func resolve(_ mentions: [Mention], choices: DialogueState.Choices?) -> Resolution<Order> {
    for mention in mentions.reversed() {
      let found = reading(mention, choices)
      if case .unsaid = found { continue }
      return found
    }
    // The only one it can be.
    if !statuses.isEmpty, eligible.count == 1 { return .found(eligible[0]) }
    if orders.count == 1 { return .found(orders[0]) }
    return .unsaid
  }

  /// Whether the number said last is none of the customer's orders.
  func namesUnknown(_ mentions: [Mention]) -> Bool {
    guard let last = mentions.last(where: { $0.entities.contains { $0.type == "order_id" } }) else { return false }
    return !last.entities.contains { entity in
      entity.type == "order_id" && orders.contains { Self.digits($0.id) == Self.digits(entity.value) }
    }
  }

  /// Numbers are read off first; then what the customer says of the order.
  func reading(_ mention: Mention, _ choices: DialogueState.Choices?) -> Resolution<Order> {
    let numbers = mention.entities.filter { $0.type == "order_id" }.map { Self.digits($0.value) }
    let named = numbers.compactMap { number in orders.first { Self.digits($0.id) == number } }
    if let order = named.last { return .found(order) }
    if mention.answering == .order, case .orders(let offered)? = choices, let number = Self.ordinal(mention),
      offered.indices.contains(number - 1)
    {
      return .found(offered[number - 1])
    }
    let words = Words(mention.tokens)
    // Of a list `the last one` may be its last or the latest.
    if mention.answering == .order, words.containsPhrase("last one") || words.containsPhrase("最后一个") { return .unsaid }
    let pool = eligible.isEmpty ? orders : eligible
    // By what is in it.
    let scored = pool.map { order in (order, order.items.map { Self.score($0, words) }.max() ?? 0) }
    let best = scored.map(\.1).max() ?? 0
    if best >= Words.named {
      let fitting = scored.filter { $0.1 >= best - 0.01 }.map(\.0)
      if fitting.count == 1 { return .found(fitting[0]) }
      // Several items named at once may be together in one order only.
      let counts = fitting.map { order in order.items.count { Self.score($0, words) >= Words.named } }
      if let most = counts.max(), counts.count(where: { $0 == most }) == 1, let i = counts.firstIndex(of: most) {
        return .found(fitting[i])
      }
      if words.containsAny(Self.latest), let first = fitting.first { return .found(first) }
      return .several(fitting)
    }
    // A piece of a Chinese name, of two characters or more, that only one order has.
    let near = scored.filter { $0.1 >= best / 2 }
    if Words.isHan(words.joined), best >= Self.piece, near.count == 1 { return .found(near[0].0) }
    // Named and none of the eligible: the flow says why it cannot be, or another takes over.
    let others = orders.filter { other in !pool.contains { $0.id == other.id } }
    let elsewhere = others.filter { order in order.items.contains { Self.score($0, words) >= Words.named } }
    if let order = elsewhere.first { return elsewhere.count == 1 ? .found(order) : .several(elsewhere) }
    if words.containsAny(Self.latest), let order = pool.first { return .found(order) }
    if words.containsAny(Self.oldest), let order = pool.last { return .found(order) }
    if mention.answering == .order {
      for (status, names) in Self.statusWords where words.containsAny(names) {
        let fitting = orders.filter { $0.status == status }
        if fitting.count == 1 { return .found(fitting[0]) }
        if !fitting.isEmpty { return .several(fitting) }
      }
    }
    return .unsaid
  }

  private static func score(_ item: OrderItem, _ words: Words) -> Double {
    ([item.name] + Language.allCases.map { item.name(in: $0) }).map(words.share).max() ?? 0
  }

  static func digits(_ id: String) -> String { id.filter { $0.isASCII && $0.isNumber } }

  private static let wordsInAChoice = 6
  /// The share of a name that two characters of it are worth at least, for names of up to six.
  private static let piece = 0.16

  /// The number in a short answer such as `2`, `the second one`, `第二个`.
  static func ordinal(_ mention: Mention) -> Int? {
    let numbers = mention.entities.filter { $0.type == "number" }.compactMap { Int($0.value) }
    return numbers.count == 1 && mention.tokens.count <= wordsInAChoice ? numbers[0] : nil
  }
}
