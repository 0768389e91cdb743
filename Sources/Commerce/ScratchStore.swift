import Conversation
import Synchronization

/// A store in memory that begins as another and keeps every change to itself: what would happen, without it happening.
package final class ScratchStore: Store {
  private struct Changes {
    var orders: [String: Order] = [:]
    var customers: [String: Customer] = [:]
    var eventsByToken: [String: StoreEvent] = [:]
    var interactions: [StoredInteraction] = []
  }

  private let base: any Store
  private let changes = Mutex(Changes())

  package init(_ base: any Store) {
    self.base = base
  }

  package var settings: ShopSettings { base.settings }

  /// Whether the records of two scratch copies of one store differ from it in the same way. How often a record was written does not
  /// count.
  package func hasSameChanges(as other: ScratchStore) -> Bool {
    func final(_ changes: Changes) -> ([String: Order], [String: Customer]) {
      (
        changes.orders.mapValues { order in
          var order = order
          order.version = 0
          return order
        },
        changes.customers.mapValues { customer in
          var customer = customer
          customer.version = 0
          return customer
        }
      )
    }
    let (mine, theirs) = (final(changes.withLock { $0 }), final(other.changes.withLock { $0 }))
    func same<T: Equatable>(_ a: T?, _ b: T?, _ original: @autoclosure () -> T?) -> Bool {
      if a == b { return true }
      let base = original()
      return (a ?? base) == (b ?? base)
    }
    for id in Set(mine.0.keys).union(theirs.0.keys) {
      var base = try? self.base.order(id: id)
      base?.version = 0
      if !same(mine.0[id], theirs.0[id], base) { return false }
    }
    for id in Set(mine.1.keys).union(theirs.1.keys) {
      var base = try? self.base.customer(id: id)
      base?.version = 0
      if !same(mine.1[id], theirs.1[id], base) { return false }
    }
    return true
  }

  private func current(_ customer: Customer) -> Customer { changes.withLock { $0.customers[customer.id] } ?? customer }
  private func current(_ order: Order) -> Order { changes.withLock { $0.orders[order.id] } ?? order }

  package func customer(id: String) throws -> Customer? { try base.customer(id: id).map(current) }
  package func customers(email: String) throws -> [Customer] { try base.customers(email: email).map(current) }

  /// An address may have changed, so both those who lived here and those who moved here are looked at.
  package func customers(postcode: String) throws -> [Customer] {
    let key = SQLiteStore.postcodeKey(postcode)
    let moved = changes.withLock { $0.customers.values.filter { SQLiteStore.postcodeKey($0.address.zip) == key } }
    let stayed = try base.customers(postcode: postcode).map(current).filter { SQLiteStore.postcodeKey($0.address.zip) == key }
    return (moved + stayed.filter { one in !moved.contains { $0.id == one.id } }).sorted { $0.id < $1.id }
  }

  package func order(id: String) throws -> Order? { try base.order(id: id).map(current) }
  package func orderIDs(customer: String) throws -> [String] { try base.orderIDs(customer: customer) }

  package func orders(customer: String, matching filter: OrderFilter, limit: Int) throws -> [Order] {
    let all = try base.orders(customer: customer, matching: OrderFilter(), limit: .max).map(current)
    return Array(all.filter(filter.accepts).prefix(limit))
  }

  package func product(id: String) throws -> Product? { try base.product(id: id) }
  package func product(itemID: String) throws -> Product? { try base.product(itemID: itemID) }
  package func productTypes() throws -> [ProductType] { try base.productTypes() }

  package func products() throws -> [Product] { try base.products() }

  package func interactions(customer: String) throws -> [StoredInteraction] {
    try base.interactions(customer: customer) + changes.withLock { $0.interactions.filter { $0.customer == customer } }
  }

  package func add(_ interaction: StoredInteraction) throws { changes.withLock { $0.interactions.append(interaction) } }

  package func event(token: String) throws -> StoreEvent? {
    try changes.withLock { $0.eventsByToken[token] } ?? base.event(token: token)
  }

  package func commit(_ change: StoreChange) throws {
    let order = try change.order.map { try (new: $0, version: base.order(id: $0.id)?.version) }
    let customer = try change.customer.map { try (new: $0, version: base.customer(id: $0.id)?.version) }
    try changes.withLock { changes in
      if let token = change.event.token, let event = changes.eventsByToken[token] { throw StoreError.alreadyDone(event) }
      if let order, order.new.version != changes.orders[order.new.id]?.version ?? order.version { throw StoreError.conflict }
      if let customer, customer.new.version != changes.customers[customer.new.id]?.version ?? customer.version {
        throw StoreError.conflict
      }
      if var order = order?.new {
        order.version += 1
        changes.orders[order.id] = order
      }
      if var customer = customer?.new {
        customer.version += 1
        changes.customers[customer.id] = customer
      }
      if let token = change.event.token { changes.eventsByToken[token] = change.event }
    }
  }
}
