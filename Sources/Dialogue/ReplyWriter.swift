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
    /// An ISO 4217 code.
    package let currency: String
    /// Business days a refund takes, by whether it goes to a gift card; empty where the shop does not say.
    package let refundDays: String
    package let returnWindow: Int?

    package init(
      names: [Language: String], timeZone: String, email: String, phone: String, hours: [Language: String],
      currency: String = "USD",
      refundDays: String = "", returnWindow: Int? = nil
    ) {
      self.currency = currency
      self.refundDays = refundDays
      self.returnWindow = returnWindow
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
  let shop: Shop
  /// Patterns already parsed. Filled as they are needed: a conversation uses few of them.
  private let parsed = Mutex<[PatternKey: MessagePattern]>([:])

  package init(script: Script, shop: Shop) {
    self.script = script
    self.shop = shop
  }

  /// The reply `key` in this state, at the time `now`. `variant` picks among its wordings.
  package func reply(_ key: String, _ state: DialogueState, now: Timestamp, variant: Int) -> Reply {
    let facts = Facts(writer: self, state: state, now: now)
    let text = text(key, state.language, facts.arguments, variant: variant)
    return Reply(
      key: key, text: text, buttons: state.hasAsked && state.pendingReplies.isEmpty ? facts.buttons : [],
      items: showsProducts(key) ? facts.items : [])
  }

  /// Whether a reply names the products that were looked up.
  private func showsProducts(_ key: String) -> Bool {
    script.responses[key]?.first?.patterns.values.contains { $0.contains("{offers}") || $0.contains("{details}") } ?? false
  }

  func text(_ key: String, _ language: Language, _ arguments: [String: MessagePattern.Argument], variant: Int) -> String {
    guard let templates = script.responses[key], !templates.isEmpty else { return "" }
    let template = templates[variant % templates.count]
    for language in [language] + Language.allCases {
      if let pattern = template[language], let parsed = message(pattern, language) { return parsed.format(arguments) }
    }
    return ""
  }

  /// An amount as a customer reads it: "$12.50", in Chinese "US$12.50". A currency that is no ISO 4217 code is written as none (XXX):
  /// it becomes part of a pattern.
  func text(_ money: Money, _ language: Language) -> String {
    let isCode = money.currency.utf8.count == 3 && money.currency.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    let pattern = "{amount, number, ::currency/\(isCode ? money.currency : "XXX")}"
    return message(pattern, language)?.format(["amount": .number(money.decimal)]) ?? ""
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
}
