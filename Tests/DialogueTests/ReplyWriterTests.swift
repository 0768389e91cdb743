import Conversation
import Dialogue
import Testing

@Suite struct ReplyWriterTests {
  private func reply(_ english: String, _ state: DialogueState, variant: Int = 0) -> String {
    reply(english, "好", state, variant: variant)
  }

  private func reply(_ english: String, _ chinese: String, _ state: DialogueState, variant: Int = 0) -> String {
    let script = Script(responses: [
      "utter_a": [.init(patterns: ["en": english, "zh": chinese]), .init(patterns: ["en": "second", "zh": "第二"])]
    ])
    let shop = ReplyWriter.Shop(names: [.english: "Shop"], timeZone: "America/New_York", email: "e", phone: "p", hours: [:])
    return ReplyWriter(script: script, shop: shop).reply(
      "utter_a", state, now: Timestamp(seconds: 1_763_700_000), variant: variant
    ).text
  }

  private func order(
    _ id: String = "#W1", status: OrderStatus = .pending, items: [String] = ["Mug"], eta: String? = nil
  ) -> Order {
    Order(
      id: id, customerID: "c", address: Self.address,
      items: items.map { OrderItem(name: $0, productID: "p", itemID: $0, price: 100, options: [:]) }, status: status,
      payments: [], dates: .init(estimatedDelivery: eta))
  }

  private static let address = Address(address1: "1 Road", address2: nil, city: "X", country: "Y", state: "Z", zip: "1")

  @Test func fillsInWhatIsKnownInTheCustomersLanguage() {
    var state = DialogueState(language: .english)
    // 2025-11-14T00:00:00Z is the evening before in New York.
    state.slots.order = order(items: ["Mug", "Lamp", "Hat"], eta: "2025-11-14T00:00:00Z")
    #expect(reply("{shop}: {order} ({items}) by {eta}", state) == "Shop: #W1 (Mug, Lamp, and Hat) by November 13")
    state.language = .chinese
    #expect(reply("x", "{order}（{items}）{eta}前", state) == "#W1（Mug、Lamp和Hat）11月13日前")
  }

  @Test func choosesByStatusAndByWhatIsMissing() {
    var state = DialogueState(language: .english)
    state.slots.order = order(status: .pendingItemModified)
    #expect(
      reply("{status, select, pending_item_modified {changed} other {no}} {eta, select, none {no date} other {date}}", state)
        == "changed no date")
  }

  @Test func whatACustomerOrTheStoreSaysIsNeverAPattern() {
    var state = DialogueState(language: .english)
    state.customer = Customer(
      id: "c", givenName: "{order} %s {0} '", familyName: "X", email: "", address: Self.address, paymentMethods: [], orders: [])
    state.slots.order = order("{shop} {name}", items: ["{email, select, other {x}}"])
    #expect(reply("{name}: {order} {items}", state) == "{order} %s {0} ': {shop} {name} {email, select, other {x}}")
  }

  @Test func variantsTakeTurns() {
    let state = DialogueState(language: .english)
    #expect(
      reply("first", state) == "first" && reply("first", state, variant: 1) == "second"
        && reply("first", state, variant: 2) == "first")
  }

  @Test func anUnknownKeyIsSilent() {
    let shop = ReplyWriter.Shop(names: [:], timeZone: "UTC", email: "", phone: "", hours: [:])
    #expect(
      ReplyWriter(script: Script(), shop: shop).reply(
        "utter_x", DialogueState(language: .chinese), now: Timestamp(seconds: 0), variant: 5
      ).text.isEmpty)
  }
}
