import Conversation

/// What the shop allows: the effect of each write on the records, or why it is refused.
///
/// Pure: records in, records out. The order of the checks is part of the rules, since the first that fails is the answer.
package struct ShopRules: Sendable {
  /// The records as they would be, and what the customer has to be told.
  package struct Effect: Hashable, Sendable {
    package var order: Order?
    package var customer: Customer
    package var statement: Statement
  }

  /// Cancelling refunds every entry of the payment history, refunds among them, as the reference implementation of the retail
  /// benchmark does, instead of what each method has paid on balance.
  package let refundsEveryEntry: Bool
  /// Of orders that name none.
  private let currency: String

  package init(refundsEveryEntry: Bool = false, currency: String) {
    self.refundsEveryEntry = refundsEveryEntry
    self.currency = currency
  }

  /// - Parameters:
  ///   - order: the order the write is about, nil for none.
  ///   - customer: its owner, or the customer the write is about.
  ///   - products: the products of the order's items, by id; only exchanges and changes of items look at them.
  package func effect(of write: Write, order: Order?, customer: Customer, products: [String: Product])
    throws(ActionFailure) -> Effect
  {
    if case .modifyCustomerAddress(_, let address) = write {
      var effect = Effect(
        order: nil, customer: customer, statement: Statement(write: write, orderStatus: nil, currency: currency))
      effect.customer.address = address
      return effect
    }
    guard let order else { throw .orderNotFound }
    var effect = Effect(
      order: order, customer: customer,
      statement: Statement(write: write, orderStatus: order.status, currency: order.currency ?? currency))
    switch write {
    case .cancelOrder(_, let reason): try cancel(order, reason, &effect)
    case .modifyAddress(_, let address):
      guard order.status == .pending else { throw .notPendingToModify }
      effect.order?.address = address
    case .modifyPayment(_, let method): try modifyPayment(order, method, &effect)
    case .modifyItems(_, let items, let new, let method): try modifyItems(order, items, new, method, products, &effect)
    case .returnItems(_, let items, let method): try returnItems(order, items, method, &effect)
    case .exchangeItems(_, let items, let new, let method): try exchange(order, items, new, method, products, &effect)
    case .modifyCustomerAddress: break
    }
    return effect
  }

  private func cancel(_ order: Order, _ reason: String, _ effect: inout Effect) throws(ActionFailure) {
    guard order.status == .pending else { throw .notPendingToCancel }
    guard let reason = CancelReason(rawValue: reason) else { throw .invalidReason }
    let refunds =
      refundsEveryEntry
      ? order.payments.map { (methodID: $0.methodID, amount: $0.amount) } : order.netPayments.filter { $0.amount > 0 }
    for refund in refunds { move(.refund, refund.amount, refund.methodID, &effect) }
    effect.order?.status = .cancelled
    effect.order?.cancelReason = reason
    effect.statement.items = order.items
  }

  private func modifyPayment(_ order: Order, _ methodID: String, _ effect: inout Effect) throws(ActionFailure) {
    guard order.status == .pending else { throw .notPendingToModify }
    guard let method = effect.customer.paymentMethod(methodID) else { throw .paymentMethodNotFound }
    guard order.payments.count == 1, let paid = order.payments.first, paid.kind == .payment else {
      throw .notExactlyOnePayment
    }
    guard paid.methodID != methodID else { throw .samePaymentMethod }
    if method.isGiftCard, method.balance ?? 0 < paid.amount { throw .insufficientBalanceForOrder }
    move(.payment, paid.amount, methodID, &effect)
    move(.refund, paid.amount, paid.methodID, &effect)
  }

  private func modifyItems(
    _ order: Order, _ itemIDs: [String], _ newItemIDs: [String], _ methodID: String, _ products: [String: Product],
    _ effect: inout Effect
  ) throws(ActionFailure) {
    guard order.status == .pending else { throw .notPendingToModify }
    let lines = try replace(order, itemIDs, newItemIDs, products, &effect)
    let replacements = effect.statement.replacements
    let (_, difference) = try settle(replacements, methodID, effect.customer, else: .insufficientBalanceForItem)
    // An even exchange is written down as a refund of nothing.
    move(difference > 0 ? .payment : .refund, abs(difference), methodID, &effect)
    for (line, replacement) in zip(lines, replacements) { effect.order?.items[line] = replacement.new }
    effect.order?.status = .pendingItemModified
  }

  private func returnItems(_ order: Order, _ itemIDs: [String], _ methodID: String, _ effect: inout Effect)
    throws(ActionFailure)
  {
    guard order.status == .delivered else { throw .notDeliveredToReturn }
    guard let method = effect.customer.paymentMethod(methodID) else { throw .paymentMethodNotFound }
    guard method.isGiftCard || order.payments.first?.methodID == methodID else { throw .refundMethodNotAllowed }
    var rest = order.items
    for id in itemIDs {
      guard let i = rest.firstIndex(where: { $0.itemID == id }) else { throw .someItemNotFound }
      effect.statement.items.append(rest.remove(at: i))
    }
    // Money moves when the goods are back.
    let value = effect.statement.items.reduce(0) { $0 + $1.price }
    effect.statement.movements = [.init(kind: .refund, amount: value, method: method)]
    effect.order?.status = .returnRequested
    effect.order?.returnRequest = .init(items: itemIDs.sorted(), methodID: methodID)
  }

  private func exchange(
    _ order: Order, _ itemIDs: [String], _ newItemIDs: [String], _ methodID: String, _ products: [String: Product],
    _ effect: inout Effect
  ) throws(ActionFailure) {
    guard order.status == .delivered else { throw .notDeliveredToExchange }
    _ = try replace(order, itemIDs, newItemIDs, products, &effect)
    let (method, difference) = try settle(
      effect.statement.replacements, methodID, effect.customer, else: .insufficientBalanceForDifference)
    if difference != 0 {
      // Money moves when the goods are back.
      effect.statement.movements = [
        .init(kind: difference > 0 ? .payment : .refund, amount: abs(difference), method: method)
      ]
    }
    effect.order?.status = .exchangeRequested
    effect.order?.exchangeRequest = .init(
      items: itemIDs.sorted(), newItems: newItemIDs.sorted(), methodID: methodID, priceDifference: difference)
  }

  /// The way to pay or be paid the difference, and how much that is: above 0 the customer pays.
  private func settle(
    _ replacements: [Statement.Replacement], _ methodID: String, _ customer: Customer, else failure: ActionFailure
  ) throws(ActionFailure) -> (PaymentMethod, Int) {
    guard let method = customer.paymentMethod(methodID) else { throw .paymentMethodNotFound }
    let difference = replacements.reduce(0) { $0 + $1.new.price - $1.old.price }
    if method.isGiftCard, method.balance ?? 0 < difference { throw failure }
    return (method, difference)
  }

  /// States each item with what takes its place, another available variant of the same product, and gives the lines of the order
  /// they stand in. Of two lines with one item id the first is taken first, and each once.
  private func replace(
    _ order: Order, _ itemIDs: [String], _ newItemIDs: [String], _ products: [String: Product], _ effect: inout Effect
  ) throws(ActionFailure) -> [Int] {
    var lines: [Int] = []
    for id in itemIDs {
      guard let line = order.items.indices.first(where: { order.items[$0].itemID == id && !lines.contains($0) }) else {
        throw .itemNotFound(id)
      }
      lines.append(line)
    }
    guard itemIDs.count == newItemIDs.count else { throw .itemCountsDiffer }
    for (line, newID) in zip(lines, newItemIDs) {
      let old = order.items[line]
      guard let variant = products[old.productID]?.variant(newID), variant.isAvailable else {
        throw .newItemUnavailable(newID)
      }
      var new = old
      new.itemID = newID
      new.price = variant.price
      new.options = variant.options
      effect.statement.replacements.append(.init(old: old, new: new))
    }
    return lines
  }

  /// Writes money down in the order's history; a gift card's balance follows at once.
  private func move(_ kind: Payment.Kind, _ amount: Int, _ methodID: String, _ effect: inout Effect) {
    effect.order?.payments.append(.init(kind: kind, amount: amount, methodID: methodID))
    guard let i = effect.customer.paymentMethods.firstIndex(where: { $0.id == methodID }) else { return }
    let method = effect.customer.paymentMethods[i]
    if amount > 0 { effect.statement.movements.append(.init(kind: kind, amount: amount, method: method)) }
    if method.isGiftCard {
      effect.customer.paymentMethods[i].balance = (method.balance ?? 0) + (kind == .refund ? amount : -amount)
    }
  }
}
