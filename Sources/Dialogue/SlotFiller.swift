import Conversation

/// Fills slots from what was said: the one place that knows which resolver reads which slot.
struct SlotFiller {
  /// What is to be done about a slot.
  enum Outcome {
    case filled(DialogueState)
    /// Something has to be looked up first.
    case needs(Action)
    /// The customer has to be asked, and offered these.
    case ask(DialogueState.Choices?)
    /// The number that was said is none of the customer's.
    case unknownOrder
    /// There is nothing it could be.
    case impossible
  }

  private let script: Script

  private static let offered = 6
  private static let pointers = [
    "that order", "this order", "same order", "the order", "cancel it", "return it", "change it", "exchange it", "track it",
    "it arrive", "it come",
    "it get here", "it be here", "is it", "for it", "这单", "那单", "这个订单", "该订单", "这笔", "它什么时候", "什么时候到",
  ]
  private static let lookedUp = 50

  init(script: Script) {
    self.script = script
  }

  /// Reads a slot off the mentions of the state.
  func fill(_ slot: SlotName, statuses: [OrderStatus], _ state: DialogueState) -> Outcome {
    fill(slot, statuses, state, state.mentions)
  }

  /// Reads a slot off one mention alone, whatever it holds now; nil when the mention says nothing of it.
  func revised(_ slot: SlotName, statuses: [OrderStatus], _ state: DialogueState, by mention: Mention) -> DialogueState? {
    var open = state
    switch slot {
    case .customer: return nil
    case .order: open.slots.order = nil
    case .items: open.slots.items = nil
    case .variants: open.slots.variants = nil
    case .paymentMethod: open.slots.method = nil
    case .address: open.slots.address = nil
    case .reason: open.slots.reason = nil
    }
    // What needs no words (an only item, an only card) is no revision.
    guard says(slot, statuses, open, mention), case .filled(var revised) = fill(slot, statuses, open, [mention]) else {
      return nil
    }
    guard revised.slots != state.slots else { return nil }
    if slot == .order { (revised.slots.items, revised.slots.variants) = (nil, nil) }
    if slot == .items { revised.slots.variants = nil }
    return revised
  }

  /// Whether a mention speaks of what a slot asks for, even if it leaves it open.
  func touches(_ slot: SlotName, statuses: [OrderStatus], _ state: DialogueState, _ mention: Mention) -> Bool {
    func speaks<T>(_ resolution: Resolution<T>?) -> Bool {
      switch resolution {
      case .found?, .several?: true
      case .unsaid?, nil: false
      }
    }
    return switch slot {
    case .order: speaks(OrderResolver(orders: state.orders ?? [], statuses: statuses).reading(mention, state.choices))
    case .items:
      speaks(
        state.slots.order.map { ItemResolver(order: $0).reading(mention, state.choices, wantsInstead: wantsInstead(state)) })
    case .paymentMethod: speaks(payment(state).reading(mention, state.choices))
    case .customer, .variants, .address, .reason: false
    }
  }

  /// Whether a mention by itself fills a slot that no mention would leave open.
  private func says(_ slot: SlotName, _ statuses: [OrderStatus], _ state: DialogueState, _ mention: Mention) -> Bool {
    switch slot {
    case .customer: return false
    case .order:
      if case .found = OrderResolver(orders: state.orders ?? [], statuses: []).reading(mention, state.choices) { return true }
      return false
    case .items:
      guard let order = state.slots.order else { return false }
      if case .found = ItemResolver(order: order).reading(mention, state.choices, wantsInstead: wantsInstead(state)) {
        return true
      }
      return false
    case .paymentMethod:
      if case .found = payment(state).reading(mention, state.choices) { return true }
      return false
    case .variants, .address, .reason: return true
    }
  }

  private func fill(_ slot: SlotName, _ statuses: [OrderStatus], _ state: DialogueState, _ mentions: [Mention]) -> Outcome {
    var state = state
    switch slot {
    case .customer:
      return state.customer == nil ? .ask(nil) : .filled(state)
    case .order:
      guard let orders = state.orders else { return .needs(.listOrders(OrderFilter(), limit: Self.lookedUp)) }
      let resolver = OrderResolver(orders: orders, statuses: statuses)
      if state.slots.order == nil, let last = state.lastOrder, refers(mentions) {
        state.slots.order = orders.first { $0.id == last.id }
      }
      if state.slots.order != nil { return .filled(state) }
      if resolver.namesUnknown(mentions) { return .unknownOrder }
      switch resolver.resolve(mentions, choices: state.choices) {
      case .found(let order): state.slots.order = order
      case .several(let several): return .ask(.orders(Array(several.prefix(Self.offered))))
      case .unsaid:
        let offered = resolver.eligible.isEmpty ? [] : Array(resolver.eligible.prefix(Self.offered))
        return offered.isEmpty ? .impossible : .ask(.orders(offered))
      }
    case .items:
      guard let order = state.slots.order else { return .impossible }
      if state.slots.items != nil { return .filled(state) }
      switch ItemResolver(order: order).resolve(mentions, choices: state.choices, wantsInstead: wantsInstead(state)) {
      case .found(let items): state.slots.items = items
      case .several(let several): return .ask(.items(several.flatMap(\.self)))
      case .unsaid: return .ask(.items(Array(order.items.indices)))
      }
    case .variants:
      return variants(state, mentions)
    case .paymentMethod:
      if state.slots.method != nil { return .filled(state) }
      switch payment(state).resolve(mentions, choices: state.choices) {
      case .found(let method): state.slots.method = method
      case .several(let several): return .ask(.methods(several))
      case .unsaid:
        let methods = payment(state).methods.filter { !payment(state).unoffered.contains($0.id) }
        return methods.isEmpty ? .impossible : .ask(.methods(methods))
      }
    case .address:
      if state.slots.address != nil { return .filled(state) }
      guard let customer = state.customer else { return .impossible }
      let resolver = AddressResolver(
        current: state.slots.order?.address ?? customer.address, profile: state.slots.order == nil ? nil : customer.address,
        orders: state.orders ?? [])
      guard case .found(let address) = resolver.resolve(mentions) else { return .ask(nil) }
      state.slots.address = address
    case .reason:
      if state.slots.reason != nil { return .filled(state) }
      guard case .found(let reason) = ReasonResolver().resolve(mentions, choices: state.choices) else {
        return .ask(.reasons(CancelReason.allCases))
      }
      state.slots.reason = reason
    }
    return .filled(state)
  }

  /// Whether the only order that a mention names is the one in hand.
  func namesSameOrder(_ mention: Mention, _ state: DialogueState) -> Bool {
    mention.entities.contains { $0.type == "order_id" } && state.slots.order != nil && !namesAnotherOrder(mention, state)
  }

  /// Whether a mention has the number of an order other than the one spoken of.
  func namesAnotherOrder(_ mention: Mention, _ state: DialogueState) -> Bool {
    mention.entities.contains { entity in
      entity.type == "order_id" && OrderResolver.digits(entity.value) != state.slots.order.map { OrderResolver.digits($0.id) }
    }
  }

  /// Whether the words go on about the order spoken of last.
  private func refers(_ mentions: [Mention]) -> Bool {
    guard let first = mentions.first, !mentions.contains(where: { $0.entities.contains { $0.type == "order_id" } }) else {
      return false
    }
    let words = Words(first.tokens)
    return Self.pointers.contains(where: words.containsPhrase)
  }

  /// What the business under way changes in the end; nil when it changes nothing.
  private func write(_ state: DialogueState) -> FlowWrite? {
    for step in state.active.flatMap({ script.flows[$0.name] })?.steps ?? [] {
      if case .write(let write, _, _) = step { return write }
    }
    return nil
  }

  /// Whether something is wanted for something else.
  private func wantsInstead(_ state: DialogueState) -> Bool {
    let write = write(state)
    return write == .exchangeItems || write == .modifyItems
  }

  private func payment(_ state: DialogueState) -> PaymentResolver {
    var methods = state.customer?.paymentMethods ?? []
    let original = state.slots.order?.payments.first?.methodID
    // Money goes back only to where it came from, or to a gift card.
    let write = write(state)
    if write == .returnItems { methods.removeAll { !$0.isGiftCard && $0.id != original } }
    methods.removeAll { state.slots.refusedMethods.contains($0.id) }
    var resolver = PaymentResolver(methods: methods, original: original)
    resolver.takesTheOnlyOne = state.slots.refusedMethods.isEmpty
    if write == .modifyPayment, let original { resolver.unoffered = [original] }
    return resolver
  }

  /// One item after the other.
  private func variants(_ state: DialogueState, _ mentions: [Mention]) -> Outcome {
    var state = state
    guard let order = state.slots.order, let items = state.slots.items else { return .impossible }
    var variants = state.slots.variants ?? []
    while variants.count < items.count {
      let position = items[variants.count]
      guard order.items.indices.contains(position) else { return .impossible }
      let item = order.items[position]
      guard let product = state.products[item.productID] else { return .needs(.productDetails(id: item.productID)) }
      let resolver = VariantResolver(item: item, product: product)
      if resolver.available.isEmpty { return .impossible }
      let relevant = mentions.compactMap { self.part(of: $0, about: position, order, items, state.choices) }
      switch resolver.resolve(relevant, choices: state.choices) {
      case .found(let variant): variants.append(variant.itemID)
      case .several(let several):
        state.slots.variants = variants
        return .ask(.variants(Array(several.prefix(Self.offered)), item: position))
      case .unsaid:
        state.slots.variants = variants
        return .ask(.variants(Array(resolver.available.prefix(Self.offered)), item: position))
      }
    }
    state.slots.variants = variants
    return .filled(state)
  }

  /// The part of a mention that is about one of several items: from its name to the next item's.
  private func part(
    of mention: Mention, about position: Int, _ order: Order, _ items: [Int], _ choices: DialogueState.Choices?
  ) -> Mention? {
    if mention.answering == .variants, case .variants(_, let asked)? = choices { return asked == position ? mention : nil }
    guard items.count > 1 else { return mention }
    func start(_ position: Int) -> Int? {
      let heads = Set(
        Language.allCases.flatMap { Words.parts(order.items[position].name(in: $0)).suffix(1) }
          + Words.parts(order.items[position].name).suffix(1))
      return mention.tokens.firstIndex { token in
        heads.contains(Words.stem(token)) || heads.contains { Words.isHan($0) && token.count > 1 && $0.hasSuffix(token) }
      }
    }
    guard let begin = start(position) else { return nil }
    let end = items.filter { $0 != position }.compactMap(start).filter { $0 > begin }.min() ?? mention.tokens.count
    return mention.tokens(begin..<end)
  }
}

extension Mention {
  /// The same with only some of its tokens.
  func tokens(_ range: Range<Int>) -> Mention { Mention(self, tokens: Array(tokens[range])) }
}
