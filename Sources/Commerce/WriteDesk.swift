import Conversation
import Foundation

/// Where writes are made, whoever asks: the rules on fresh records, the change and its event in one transaction.
struct WriteDesk: Sendable {
  let store: any Store
  let rules: ShopRules

  /// The records an event keeps, before and after.
  private struct Records: Codable {
    var order: RecordForms.OrderForm?
    var order_version: Int?
    let customer: RecordForms.CustomerForm
    let customer_id: String
  }

  /// The records as a write left them, and as it found them where it was made just now.
  struct Outcome {
    let order: Order?
    let customer: Customer
    var before: (order: Order?, customer: Customer)?
  }

  /// Two writes that meet are tried again on the records the first one left.
  private static let tries = 20

  /// What a write would do to the records as they are now.
  func effect(of write: Write) throws -> ShopRules.Effect { try prepare(write).effect }

  /// Makes a write. Throws `ActionFailure` when the rules refuse it or it is no longer what was stated, `StoreError` when the store
  /// fails; then nothing has changed.
  /// - Parameters:
  ///   - stated: what the customer said yes to, and of which version of the order; nil at the operator's door.
  ///   - token: spent by the write. Spent already, it gives the result it gave then.
  func carryOut(_ write: Write, stated: Proposal?, actor: String, token: String?, now: Timestamp) throws -> Outcome {
    for _ in 0..<Self.tries {
      do {
        let (order, customer, effect) = try prepare(write)
        if let stated, stated.statement != effect.statement || stated.orderVersion != order?.version {
          throw ActionFailure.changedMeanwhile
        }
        var done = effect
        if effect.order != nil { done.order?.version += 1 }
        if effect.customer != customer { done.customer.version += 1 }
        let event = StoreEvent(
          at: now, actor: actor, action: write.name, arguments: try Self.json(write.arguments), token: token,
          before: try json(order, customer), after: try json(done.order, done.customer))
        try store.commit(
          StoreChange(
            order: effect.order, customer: effect.customer == customer ? nil : effect.customer, event: event))
        return Outcome(order: done.order, customer: done.customer, before: (order, customer))
      } catch StoreError.conflict {
        continue
      } catch StoreError.alreadyDone(let event) {
        return try outcome(of: event, write)
      }
    }
    throw ActionFailure.changedMeanwhile
  }

  private func prepare(_ write: Write) throws -> (order: Order?, customer: Customer, effect: ShopRules.Effect) {
    var order: Order?
    var customer: Customer?
    var products: [String: Product] = [:]
    if let id = write.orderID {
      guard let found = try store.order(id: id) else { throw ActionFailure.orderNotFound }
      order = found
      customer = try store.customer(id: found.customerID)
      switch write {
      case .modifyItems, .exchangeItems:
        for id in Set(found.items.map(\.productID)) { products[id] = try store.product(id: id) }
      default: break
      }
    } else if case .modifyCustomerAddress(let id, _) = write {
      customer = try store.customer(id: id)
    }
    guard let customer else { throw ActionFailure.customerNotFound }
    return (order, customer, try rules.effect(of: write, order: order, customer: customer, products: products))
  }

  // MARK: events

  private var currency: String { store.settings.currencyCode }

  private func json(_ order: Order?, _ customer: Customer) throws -> String {
    try Self.json(
      Records(
        order: order.map { RecordForms.OrderForm($0, shopCurrency: currency) }, order_version: order?.version,
        customer: RecordForms.CustomerForm(customer, Money.unit(currency)), customer_id: customer.id))
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The result a token once gave to this actor, if it was spent.
  func outcome(ofToken token: String, _ write: Write, actor: String) throws -> Outcome? {
    guard let event = try store.event(token: token), event.actor == actor else { return nil }
    return try outcome(of: event, write)
  }

  /// The result an event once gave, if it is of this write.
  private func outcome(of event: StoreEvent, _ write: Write) throws -> Outcome {
    guard event.action == write.name, event.arguments == (try Self.json(write.arguments)) else {
      throw ActionFailure.notConfirmed
    }
    let records = try OrderReader.decode(Records.self, event.after)
    do {
      var order = try records.order?.record(shopCurrency: currency)
      // As long as nothing has happened since, the record itself says it best.
      if let id = order?.id, let current = try store.order(id: id), current.version == records.order_version { order = current }
      return Outcome(order: order, customer: try records.customer.record(records.customer_id, Money.unit(currency)))
    } catch is RecordForms.BadValue {
      throw StoreError.unavailable("the log of events is damaged")
    }
  }
}
