import Commerce
import Conversation
import Neural

/// Draws goals a shop can fulfil from the records of its store.
struct GoalDrawer {
  let store: any Store
  let customers: [String]
  let language: Language
  let now: Timestamp

  private static let tries = 200

  /// A goal that its own actions fulfil; nil when the store has no such customer.
  func draw(_ number: Int, _ random: inout SplitMix64) throws -> Goal? {
    for _ in 0..<Self.tries {
      guard let customer = try store.customer(id: customers[random.below(customers.count)]), !customer.orders.isEmpty,
        isHan(customer.familyName) == (language == .chinese)
      else { continue }
      let kind = Goal.Errand.Kind.allCases[random.below(Goal.Errand.Kind.allCases.count)]
      guard let order = try store.order(id: customer.orders[random.below(customer.orders.count)]),
        let (errand, call) = try errand(kind, order, customer, &random), try works(call, order, customer)
      else { continue }
      let usesEmail = random.below(2) == 0
      return Goal(
        id: "drawn_\(number)", customerID: customer.id,
        name: PersonName(given: customer.givenName, family: customer.familyName),
        email: usesEmail ? customer.email : nil, postcode: usesEmail ? nil : customer.address.zip, errands: [errand],
        actions: [call])
    }
    return nil
  }

  private func isHan(_ text: String) -> Bool { text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }

  /// Whether the shop does it for this customer today.
  private func works(_ call: ToolCall, _ order: Order, _ customer: Customer) throws -> Bool {
    var touched = ToolDesk.Touched()
    let outcome = ToolDesk(store: ScratchStore(store), isBenchmark: false).call(
      call.name, call.arguments, now: now, touched: &touched)
    guard case .result = outcome else { return false }
    guard order.status == .delivered, let days = store.settings.return_window_days,
      let delivered = order.dates.delivered.flatMap(Timestamp.init(iso:))
    else { return true }
    return now.seconds <= delivered.seconds + Double(days) * 86_400
  }

  private func errand(_ kind: Goal.Errand.Kind, _ order: Order, _ customer: Customer, _ random: inout SplitMix64)
    throws
    -> (Goal.Errand, ToolCall)?
  {
    var errand = Goal.Errand(kind: kind)
    errand.orderID = order.id
    let id = JSONValue.string(order.id)
    func method(_ allowed: (PaymentMethod) -> Bool) -> PaymentMethod? {
      let fitting = customer.paymentMethods.filter(allowed)
      return fitting.isEmpty ? nil : fitting[random.below(fitting.count)]
    }
    func name(_ item: OrderItem) -> String { item.name(in: language) }
    func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
    switch kind {
    case .cancel:
      errand.reason = random.below(2) == 0 ? "no longer needed" : "ordered by mistake"
      return (errand, ToolCall(name: "cancel_pending_order", arguments: ["order_id": id, "reason": .string(errand.reason)]))
    case .address, .profile:
      let address = newAddress(customer, &random)
      errand.address = address
      var arguments: [String: JSONValue] = [
        "address1": .string(address.address1), "address2": .string(address.address2 ?? ""), "city": .string(address.city),
        "state": .string(address.state), "country": .string(address.country), "zip": .string(address.zip),
      ]
      arguments[kind == .address ? "order_id" : "user_id"] = kind == .address ? id : .string(customer.id)
      return (
        errand, ToolCall(name: kind == .address ? "modify_pending_order_address" : "modify_user_address", arguments: arguments)
      )
    case .payment:
      guard let method = method({ $0.id != order.payments.first?.methodID }) else { return nil }
      errand.method = method.id
      return (
        errand,
        ToolCall(name: "modify_pending_order_payment", arguments: ["order_id": id, "payment_method_id": .string(method.id)])
      )
    case .sendBack:
      guard let method = method({ $0.isGiftCard || $0.id == order.payments.first?.methodID }) else { return nil }
      let items = distinct(order).shuffled(using: &random).prefix(1 + random.below(2))
      errand.method = method.id
      errand.items = items.map { Goal.Item(name: name($0)) }
      return (
        errand,
        ToolCall(
          name: "return_delivered_order_items",
          arguments: ["order_id": id, "item_ids": texts(items.map(\.itemID)), "payment_method_id": .string(method.id)])
      )
    case .items, .exchange:
      let all = distinct(order)
      guard !all.isEmpty, let method = method({ _ in true }) else { return nil }
      let item = all[random.below(all.count)]
      guard let product = try store.product(id: item.productID) else { return nil }
      let others = product.variants.filter { $0.isAvailable && $0.itemID != item.itemID }
      guard !others.isEmpty else { return nil }
      let variant = others[random.below(others.count)]
      let changed = variant.options.filter { item.options[$0.key] != $0.value }
      // What differs has to say which variant is meant.
      let alike = product.variants.filter { candidate in
        candidate.isAvailable && candidate.itemID != item.itemID && changed.allSatisfy { candidate.options[$0.key] == $0.value }
      }
      guard alike.count == 1 else { return nil }
      let words = product.translation(language)
      errand.method = method.id
      errand.items = [
        Goal.Item(
          name: name(item),
          wanted: Dictionary(
            changed.map { (words.optionNames[$0.key] ?? $0.key, words.optionValues[$0.value] ?? $0.value) },
            uniquingKeysWith: { first, _ in first }))
      ]
      return (
        errand,
        ToolCall(
          name: kind == .items ? "modify_pending_order_items" : "exchange_delivered_order_items",
          arguments: [
            "order_id": id, "item_ids": texts([item.itemID]), "new_item_ids": texts([variant.itemID]),
            "payment_method_id": .string(method.id),
          ])
      )
    }
  }

  /// Items whose name tells them from all others of the order.
  private func distinct(_ order: Order) -> [OrderItem] {
    order.items.filter { item in order.items.count { $0.productID == item.productID } == 1 }
  }

  private func newAddress(_ customer: Customer, _ random: inout SplitMix64) -> Address {
    let number = 1 + random.below(900)
    if customer.address.country == "中国" {
      return Address(
        address1: ["中山路", "人民路", "解放大道", "建设街"][random.below(4)] + "\(number)号", address2: "", city: customer.address.city,
        country: "中国",
        state: customer.address.state, zip: customer.address.zip)
    }
    return Address(
      address1: "\(number) " + ["Maple Street", "Lake Avenue", "Hillside Road", "Station Lane"][random.below(4)],
      address2: random.below(2) == 0 ? "" : "Suite \(1 + random.below(300))", city: customer.address.city,
      country: customer.address.country,
      state: customer.address.state, zip: customer.address.zip)
  }
}
