import Conversation
import Foundation
import GRDB

extension SQLiteStore {
  /// What is wrong with the records: damaged pages, references to nothing, sums of money that cannot be, statuses that contradict
  /// the rest. One line each; empty when all is well.
  package func problems() throws -> [String] {
    var problems: [String] = []
    try database.read { db in
      for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where line != "ok" {
        problems.append("the file: \(line)")
      }
      for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
        problems.append("\(row[0] as String? ?? "?"): a reference to nothing in \(row[2] as String? ?? "?")")
      }
      for row in try Row.fetchAll(
        db,
        sql:
          "SELECT customer_id, id, balance FROM payment_method WHERE source = 'gift_card' AND (balance IS NULL OR balance < 0)")
      {
        problems.append("customer \(row[0] as String): gift card \(row[1] as String): no balance, or one below 0")
      }
      let reader = OrderReader(db)
      let ids = try String.fetchCursor(db, sql: "SELECT id FROM customer_order ORDER BY id")
      while let id = try ids.next() {
        do {
          guard let order = try reader.order(id) else { continue }
          let methods = try Set(
            String.fetchAll(
              db.cachedStatement(sql: "SELECT id FROM payment_method WHERE customer_id = ?"), arguments: [order.customerID]))
          problems += order.contradictions(methods: methods).map { "order \(id): \($0)" }
        } catch StoreError.unavailable(let reason) {
          problems.append("order \(id): \(reason)")
        } catch let error as DatabaseError {
          problems.append("order \(id): \(Self.reason(error))")
        }
      }
    }
    return problems
  }
}

extension Order {
  /// What in an order cannot be true together.
  func contradictions(methods: Set<String>) -> [String] {
    var found: [String] = []
    if items.isEmpty { found.append("no items") }
    for payment in payments where !methods.contains(payment.methodID) {
      found.append("payment method \(payment.methodID) is not one of the customer's")
    }
    if payments.first?.kind != .payment { found.append("the payment history does not begin with a payment") }
    let paid = payments.reduce(0) { $0 + ($1.kind == .payment ? $1.amount : -$1.amount) }
    // A cancellation at the benchmark's door may refund more than was paid.
    switch status {
    case .cancelled:
      if paid > 0 { found.append("cancelled, and \(paid) minor units not refunded") }
    default:
      if paid != total { found.append("\(paid) minor units paid on balance, and the items come to \(total)") }
    }
    if (cancelReason != nil) && status != .cancelled { found.append("a reason to cancel, and the status \(status.rawValue)") }
    if (returnRequest != nil) != (status == .returnRequested) { found.append("return request and status disagree") }
    if (exchangeRequest != nil) != (status == .exchangeRequested) { found.append("exchange request and status disagree") }
    var rest = items.map(\.itemID)
    for id in (returnRequest?.items ?? []) + (exchangeRequest?.items ?? []) {
      guard let i = rest.firstIndex(of: id) else {
        found.append("item \(id) is asked to go back, and is not in the order")
        continue
      }
      rest.remove(at: i)
    }
    if let exchangeRequest, exchangeRequest.items.count != exchangeRequest.newItems.count {
      found.append("\(exchangeRequest.items.count) items exchanged for \(exchangeRequest.newItems.count)")
    }
    let known = Set(items.map(\.itemID))
    for fulfillment in fulfillments where status != .pendingItemModified {
      for id in fulfillment.itemIDs where !known.contains(id) { found.append("item \(id) was sent, and is not in the order") }
    }
    return found
  }
}
