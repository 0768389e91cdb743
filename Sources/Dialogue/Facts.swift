import Conversation
import Text

/// Everything a wording may name in one state. What is not known is `none`, for `select`.
struct Facts {
  let writer: ReplyWriter
  let state: DialogueState
  let now: Timestamp

  /// Everything a wording may have a place for.
  static let names: Set<String> = [
    "above", "address1", "address2", "amount", "answer", "answer_language", "answered", "asked", "available", "balance",
    "balances", "below", "brand", "carrier", "change", "choices", "city", "count", "country", "customer_address", "delivered",
    "all_shown", "description", "details", "eta", "fit", "goes_with", "heading", "highest", "item", "items", "kind",
    "known_customer",
    "last_four", "late", "like_last", "method", "movement_to", "movements", "moves", "name", "new", "new_address", "new_price",
    "offers", "old", "old_price", "option", "option_lines", "options", "order", "order_address", "orders", "other", "paid",
    "paid_with", "personal", "placed", "price", "prices", "product", "rating", "read_as", "reason", "refund_days", "refunds",
    "replacements", "return_days", "several", "shipped", "shop", "shop_currency", "shop_email", "shop_hours", "shop_phone",
    "source", "stage", "state", "status", "today", "total", "tracking", "unknown_currency", "value", "values", "zip",
  ]

  typealias Arguments = [String: MessagePattern.Argument]

  private var language: Language { state.language }
  private var shop: ReplyWriter.Shop { writer.shop }

  var arguments: Arguments {
    var arguments: Arguments = [
      "shop": .text(shop.names[language] ?? ""), "shop_email": optional(shop.email), "shop_phone": optional(shop.phone),
      "shop_hours": optional(shop.hours[language]), "name": .text(customerName), "refund_days": .text(shop.refundDays),
      "return_days": .number(Double(shop.returnWindow ?? 0)), "choices": .text(lines(choices)),
    ]
    arguments.merge(state.slots.order.map(describe) ?? [:]) { $1 }
    if let statement = state.proposal?.statement { arguments.merge(describe(statement)) { $1 } }
    if let result = state.result { arguments.merge(describe(result)) { $1 } }
    if let answer = state.answer {
      arguments["answer"] = .text(answer.text)
      arguments["heading"] = .text(answer.heading)
      arguments["answer_language"] = .text(answer.language == language ? "same" : answer.language.rawValue)
    }
    if let customer = state.customer { arguments["customer_address"] = .text(address(customer.address)) }
    if case .variants(_, let position)? = state.choices, let order = state.slots.order, order.items.indices.contains(position) {
      arguments["item"] = .text(order.items[position].name(in: language))
    }
    return arguments
  }

  /// Answers to choose from.
  var buttons: [Reply.Button] {
    if state.awaitingConfirmation {
      return [ReplyKey.yes, .no].map {
        let word = piece($0, [:])
        return Reply.Button(title: word, payload: word)
      }
    }
    return choices.enumerated().map { i, line in Reply.Button(title: line, payload: String(i + 1)) }
  }

  private func piece(_ key: ReplyKey, _ arguments: Arguments) -> String {
    writer.text(key.rawValue, language, arguments, variant: 0)
  }

  private func list(_ items: [String]) -> String { ListText.format(items, language: language) }

  private func lines(_ choices: [String]) -> String {
    choices.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
  }

  // MARK: choices

  /// What is offered, a line each.
  private var choices: [String] {
    switch state.choices {
    case .orders(let orders)?: orders.map { piece(.orderLine, describe($0)) }
    case .items(let positions)?:
      positions.compactMap { i in
        state.slots.order.flatMap { order in
          order.items.indices.contains(i) ? piece(.itemLine, describe(order.items[i], currency(order))) : nil
        }
      }
    case .methods(let methods)?: methods.map { piece(.methodLine, describe($0)) }
    case .reasons(let reasons)?: reasons.map { piece(.reasonLine, ["reason": .text(keyword($0.rawValue))]) }
    case .variants(let variants, let position)?:
      variants.map { variant in
        let item = state.slots.order.flatMap { $0.items.indices.contains(position) ? $0.items[position] : nil }
        let product = item.flatMap { state.products[$0.productID] }
        return piece(
          .variantLine,
          [
            "options": .text(options(variant.options, product?.translation(language))),
            "price": money(variant.price, shop.currency),
          ])
      }
    case .intents(let intents)?: intents.map { writer.text(Script.title(of: $0), language, [:], variant: 0) }
    case nil: []
    }
  }

  // MARK: records

  /// How the customer is called: by the given name, in Chinese by the whole name.
  private var customerName: String {
    guard let customer = state.customer else { return "" }
    let isHan = customer.familyName.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    return isHan ? customer.familyName + customer.givenName : customer.givenName
  }

  /// A word of the records as `select` can name it: `pending (item modified)` is `pending_item_modified`.
  private func keyword(_ text: String) -> String {
    text.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
  }

  private func currency(_ order: Order) -> String { order.currency ?? shop.currency }

  private func money(_ minorUnits: Int, _ currency: String) -> MessagePattern.Argument {
    .text(writer.text(Money(minorUnits: minorUnits, currency: currency), language))
  }

  private func date(_ moment: String?) -> MessagePattern.Argument {
    let moment = moment.flatMap(Timestamp.init(iso:))
    return .text(
      moment.map { DateText.format($0, skeleton: "MMMMd", language: language, timeZone: shop.timeZone) } ?? "none")
  }

  private func optional(_ text: String?) -> MessagePattern.Argument { .text(text.flatMap { $0.isEmpty ? nil : $0 } ?? "none") }

  private func describe(_ order: Order) -> Arguments {
    let names = order.items.map { $0.name(in: language) }
    return [
      "order": .text(order.id), "status": .text(keyword(order.status.rawValue)),
      "late": .text(Shipment.isLate(order.dates.estimatedDelivery, now) ? "yes" : "no"), "items": .text(list(names)),
      "count": .number(Double(names.count)), "placed": date(order.dates.placed), "shipped": date(order.dates.shipped),
      "delivered": date(order.dates.delivered), "eta": date(order.dates.estimatedDelivery), "carrier": optional(order.carrier),
      "tracking": optional(order.trackingIDs.first), "total": money(order.total, currency(order)),
      "order_address": .text(address(order.address)),
      "details": .text(
        order.items.map { piece(.itemLine, describe($0, currency(order))) }.map { "- \($0)" }.joined(separator: "\n")),
      "paid_with": .text(
        order.payments.first.flatMap { state.customer?.paymentMethod($0.methodID) }.map { piece(.method, describe($0)) }
          ?? "none"),
    ]
  }

  private func describe(_ item: OrderItem, _ currency: String) -> Arguments {
    [
      "item": .text(item.name(in: language)), "options": optional(options(item.options, item.translations[language])),
      "price": money(item.price, currency),
    ]
  }

  /// `color: blue, size: L`, by the options' names in order, in the customer's language where the catalogue has it.
  private func options(_ options: [String: String], _ words: OrderItem.Translation?) -> String {
    let parts = options.sorted { $0.key < $1.key }.map { name, value in
      words?.optionValues[value] ?? value
    }
    return language == .chinese ? parts.joined(separator: "、") : parts.joined(separator: ", ")
  }

  private func describe(_ method: PaymentMethod) -> Arguments {
    [
      "source": .text(method.source), "brand": optional(method.brand?.capitalised), "last_four": optional(method.lastFour),
      "method": .text(method.id), "balance": method.balance.map { money($0, shop.currency) } ?? .text("none"),
    ]
  }

  private func address(_ address: Address) -> String {
    piece(
      .address,
      [
        "address1": .text(address.address1), "address2": optional(address.address2), "city": .text(address.city),
        "state": optional(address.state), "zip": .text(address.zip), "country": optional(address.country),
      ])
  }

  // MARK: statements and results

  private func describe(_ statement: Statement) -> Arguments {
    var arguments: Arguments = [
      "movements": .text(list(statement.movements.map { movement($0, statement.currency) })),
      "refunds": .text(
        list(statement.movements.filter { $0.kind == .refund }.map { movement($0, statement.currency) })),
      "moves": .text(statement.movements.first?.kind.rawValue ?? "none"),
      "movement_to": optional(statement.movements.first?.method.source),
    ]
    if !statement.items.isEmpty {
      arguments["items"] = .text(list(statement.items.map { piece(.item, describe($0, statement.currency)) }))
    }
    if !statement.replacements.isEmpty {
      arguments["replacements"] = .text(
        statement.replacements.map { replacement in
          let old = describe(replacement.old, statement.currency)
          let new = describe(replacement.new, statement.currency)
          return "- "
            + piece(
              .replacement,
              [
                "item": old["item"], "old": old["options"], "new": new["options"], "old_price": old["price"],
                "new_price": new["price"],
              ]
              .compactMapValues(\.self))
        }.joined(separator: "\n"))
    }
    switch statement.write {
    case .modifyAddress(_, let new), .modifyCustomerAddress(_, let new): arguments["new_address"] = .text(address(new))
    case .cancelOrder(_, let reason): arguments["reason"] = .text(keyword(reason))
    default: break
    }
    if let method = state.slots.method { arguments["method"] = .text(piece(.method, describe(method))) }
    return arguments
  }

  private func movement(_ movement: Statement.Movement, _ currency: String) -> String {
    piece(
      .movement,
      [
        "amount": money(movement.amount, currency), "kind": .text(movement.kind.rawValue),
        "source": .text(movement.method.source),
        "method": .text(piece(.method, describe(movement.method))), "refund_days": .text(shop.refundDays),
      ])
  }

  private func describe(_ result: ActionResult) -> Arguments {
    switch result {
    case .refund(let refund):
      return [
        "stage": .text(refund.stage.rawValue), "movements": .text(list(refund.movements.map { movement($0, refund.currency) })),
        "movement_to": optional(refund.movements.first?.method.source),
      ]
    case .giftCards(let cards, let currency):
      return [
        "count": .number(Double(cards.count)),
        "balances": .text(
          list(
            cards.map { card in writer.text(Money(minorUnits: card.balance ?? 0, currency: currency), language) }
          )),
      ]
    case .prices(let prices, let currency):
      return [
        "prices": .text(
          prices.map { price in
            "- "
              + piece(
                .priceLine,
                [
                  "item": .text(price.item.name(in: language)), "paid": money(price.item.price, currency),
                  "today": price.today.map { money($0, currency) } ?? .text("none"),
                  "change": .text(
                    price.today.map { $0 < price.item.price ? "less" : $0 > price.item.price ? "more" : "same" } ?? "none"),
                ])
          }.joined(separator: "\n"))
      ]
    case .orders(let orders):
      return [
        "count": .number(Double(orders.count)),
        "orders": .text(orders.map { "- " + piece(.orderLine, describe($0)) }.joined(separator: "\n")),
      ]
    case .offers(let offers): return describe(offers)
    default: return [:]
    }
  }

  // MARK: products

  /// The products shown by the last look at the catalogue.
  var items: [Reply.Item] {
    guard case .offers(let offers)? = state.result else { return [] }
    return offers.offers.map { offer in
      Reply.Item(
        itemID: offer.itemID, name: offer.product.name(in: language),
        price: Money(minorUnits: offer.price, currency: offers.currency).decimal,
        options: offer.product.variant(offer.itemID)?.options ?? [:])
    }
  }

  private func describe(_ offers: ProductOffers) -> Arguments {
    let query = state.shopping.request.query
    var arguments: Arguments = [
      "count": .number(Double(offers.offers.count)), "total": .number(Double(offers.total)),
      "fit": .text(offers.isRelaxed ? "near" : "exact"), "personal": .text(offers.isPersonal ? "yes" : "no"),
      "known_customer": .text(state.customer == nil ? "no" : "yes"),
      "all_shown": .text(state.shopping.hasSeenMore ? "yes" : "no"),
      "like_last": .text(state.shopping.request.anchor == .likeLastPurchase ? "yes" : "no"),
      "offers": .text(
        offers.offers.enumerated().map { "\($0 + 1). \(piece(.offerLine, describe($1, offers.currency)))" }
          .joined(separator: "\n")),
      "details": .text(offers.offers.map { piece(.productDetails, details($0, offers)) }.joined(separator: "\n\n")),
      "below": query.greatestPrice.map { money($0, offers.currency) } ?? .text("none"),
      "above": query.leastPrice.map { money($0, offers.currency) } ?? .text("none"),
      "unknown_currency": optional(query.unknownCurrency), "shop_currency": .text(offers.currency),
      "read_as": .text(offers.repaired.isEmpty ? "none" : list(offers.repaired.map(\.read))),
      "goes_with": .text(offers.goesWith.isEmpty ? "none" : list(offers.goesWith.map { $0.name(in: language) })),
      "asked": .text(state.shopping.asked.isEmpty ? "none" : state.shopping.asked.joined(separator: " ")),
      "answered": .text(isAnswered(offers) ? "yes" : "no"),
    ]
    if let product = offers.offers.first?.product { arguments["product"] = .text(product.name(in: language)) }
    return arguments
  }

  private var isGoesWith: Bool { if case .goesWith = state.shopping.request.anchor { true } else { false } }

  private func describe(_ offer: ProductOffer, _ currency: String) -> Arguments {
    var arguments: Arguments = [
      "name": .text(offer.product.name(in: language)), "brand": optional(offer.product.brand),
      "price": money(offer.price, currency), "rating": .text(offer.product.rating.map(Self.stars) ?? "none"),
      "several": .text(Set(offer.product.variants.map(\.price)).count > 1 ? "yes" : "no"),
      "available": .text(offer.product.variant(offer.itemID)?.isAvailable ?? false ? "yes" : "no"),
      "options": optional(
        options(offer.product.variant(offer.itemID)?.options ?? [:], offer.product.translation(language))),
    ]
    let (reason, other): (String, Product?) =
      switch offer.reason {
      case .found: ("found", nil)
      case .popular: ("popular", nil)
      case .suits: ("suits", nil)
      case .because(let product): (isGoesWith ? "goes_with" : "because", product)
      case .boughtWith(let product): ("bought_with", product)
      case .similar(let product): ("similar", product)
      }
    arguments["reason"] = .text(reason)
    arguments["other"] = .text(other?.name(in: language) ?? "none")
    return arguments
  }

  /// Stars with a decimal at most: 4, 4.5.
  private static func stars(_ rating: Double) -> String {
    let tenths = Int((rating * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }

  /// What the catalogue says of a product: its text, its options with what of them is there, its prices.
  private func details(_ offer: ProductOffer, _ offers: ProductOffers) -> Arguments {
    let product = offer.product
    var arguments = describe(offer, offers.currency)
    let there = product.variants.filter(\.isAvailable)
    let prices = (there.isEmpty ? product.variants : there).map(\.price)
    arguments["description"] = optional(product.descriptions?[language.rawValue] ?? product.description)
    arguments["price"] = money(prices.min() ?? offer.price, offers.currency)
    arguments["highest"] = money(prices.max() ?? offer.price, offers.currency)
    arguments["several"] = .text(prices.min() == prices.max() ? "no" : "yes")
    arguments["available"] = .text(there.isEmpty ? "no" : "yes")
    let words = product.translation(language)
    var values: [String: [String]] = [:]
    for variant in product.variants {
      for (name, value) in variant.options where !(values[name]?.contains(value) ?? false) {
        values[name, default: []].append(value)
      }
    }
    let lines = values.sorted { $0.key < $1.key }.map { name, values in
      let there = values.map { value in
        let isThere = there.contains { $0.options[name] == value }
        let word = words.optionValues[value] ?? value
        return isThere ? word : piece(.soldOutValue, ["value": .text(word)])
      }
      return piece(.optionLine, ["option": .text(words.optionNames[name] ?? name), "values": .text(list(there))])
    }
    arguments["option_lines"] = .text(lines.isEmpty ? "none" : lines.joined(separator: "\n"))
    return arguments
  }

  /// Whether the catalogue has a word of what was asked about a product.
  private func isAnswered(_ offers: ProductOffers) -> Bool {
    guard let product = offers.offers.first?.product, !state.shopping.asked.isEmpty else { return true }
    var texts = [product.name, product.brand ?? "", product.description ?? "", product.category ?? ""] + (product.tags ?? [])
    for words in [product.names, product.descriptions, product.categoryNames] { texts += (words ?? [:]).values }
    for variant in product.variants { texts += Array(variant.options.keys) + Array(variant.options.values) }
    for words in (product.optionValues ?? [:]).values { texts += words.values }
    let said = Words(texts.flatMap { [$0.lowercased()] + Words.parts($0) })
    return state.shopping.asked.contains { said.contains($0) || said.joined.contains($0) && Words.isHan($0) }
  }
}

extension Shipment {
  /// Whether a delivery expected then is late.
  static func isLate(_ expected: String?, _ now: Timestamp) -> Bool {
    expected.flatMap(Timestamp.init(iso:)).map { $0 < now } ?? false
  }
}

extension String {
  /// `visa` → `Visa`.
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
