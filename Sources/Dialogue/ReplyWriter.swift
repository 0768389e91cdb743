import Conversation
import Synchronization
import Text

/// Words a reply: picks the variant, fills in what is known, in the customer's language.
package final class ReplyWriter: Sendable {
  /// What the shop says of itself.
  package struct Shop: Sendable {
    package let names: [Language: String]
    package let timeZone: String
    package let email: String
    package let phone: String
    package let hours: [Language: String]

    package init(names: [Language: String], timeZone: String, email: String, phone: String, hours: [Language: String]) {
      self.names = names
      self.timeZone = timeZone
      self.email = email
      self.phone = phone
      self.hours = hours
    }
  }

  private struct PatternKey: Hashable {
    let pattern: String
    let language: Language
  }

  private let script: Script
  private let shop: Shop
  /// Patterns already parsed. Filled as they are needed: a conversation uses few of them.
  private let parsed = Mutex<[PatternKey: MessagePattern]>([:])

  package init(script: Script, shop: Shop) {
    self.script = script
    self.shop = shop
  }

  /// The reply `key` in this state, at the time `now`. `variant` picks among its wordings.
  package func reply(_ key: String, _ state: DialogueState, now: Timestamp, variant: Int) -> Reply {
    Reply(text: text(key, state.language, arguments(state, now), variant: variant))
  }

  private func text(_ key: String, _ language: Language, _ arguments: [String: MessagePattern.Argument], variant: Int) -> String
  {
    guard let templates = script.responses[key], !templates.isEmpty else { return "" }
    let template = templates[variant % templates.count]
    for language in [language] + Language.allCases {
      if let pattern = template[language], let parsed = message(pattern, language) { return parsed.format(arguments) }
    }
    return ""
  }

  private func message(_ pattern: String, _ language: Language) -> MessagePattern? {
    parsed.withLock { parsed in
      let key = PatternKey(pattern: pattern, language: language)
      if let known = parsed[key] { return known }
      let message = try? MessagePattern(pattern, language: language)
      parsed[key] = message
      return message
    }
  }

  /// Everything a wording may name. What is not known is `none`, for `select`.
  private func arguments(_ state: DialogueState, _ now: Timestamp) -> [String: MessagePattern.Argument] {
    var arguments: [String: MessagePattern.Argument] = [
      "shop": .text(shop.names[state.language] ?? ""), "shop_email": .text(shop.email), "shop_phone": .text(shop.phone),
      "shop_hours": .text(shop.hours[state.language] ?? ""), "name": .text(address(state)),
    ]
    arguments.merge(state.order.map { describe($0, state.language, now: now) } ?? [:]) { $1 }
    let choices = state.choices ?? []
    arguments["orders"] = .text(
      choices.enumerated().map { i, order in
        let line = describe(order, state.language, now: now).merging(["number": .number(Double(i + 1))]) { $1 }
        return text(ReplyKey.orderLine.rawValue, state.language, line, variant: 0)
      }.joined(separator: "\n"))
    return arguments
  }

  /// How the customer is called: by the given name, in Chinese by the whole name.
  private func address(_ state: DialogueState) -> String {
    guard let customer = state.customer else { return "" }
    let isHan = customer.familyName.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    return isHan ? customer.familyName + customer.givenName : customer.givenName
  }

  /// A status as `select` can name it: `pending (item modified)` is `pending_item_modified`.
  private func keyword(_ status: OrderStatus) -> String {
    status.rawValue.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
  }

  private func describe(_ order: Order, _ language: Language, now: Timestamp) -> [String: MessagePattern.Argument] {
    func date(_ moment: String?) -> MessagePattern.Argument {
      let moment = moment.flatMap(Timestamp.init(iso:))
      return .text(moment.map { DateText.format($0, skeleton: "MMMMd", language: language, timeZone: shop.timeZone) } ?? "none")
    }
    let names = order.items.map { $0.name(in: language) }
    return [
      "order": .text(order.id), "status": .text(keyword(order.status)),
      "late": .text(order.dates.estimatedDelivery.flatMap(Timestamp.init(iso:)).map { $0 < now } ?? false ? "yes" : "no"),
      "items": .text(ListText.format(names, language: language)), "count": .number(Double(names.count)),
      "placed": date(order.dates.placed), "shipped": date(order.dates.shipped), "delivered": date(order.dates.delivered),
      "eta": date(order.dates.estimatedDelivery), "carrier": .text(order.carrier ?? "none"),
      "tracking": .text(order.trackingIDs.first ?? "none"),
    ]
  }
}
