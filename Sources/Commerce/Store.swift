import Conversation

/// Where a shop's records are kept.
///
/// Operations the services need, no query language: SQLite is one way, a scratch copy in memory another. Every method may throw
/// `StoreError`.
package protocol Store: Sendable {
  var settings: ShopSettings { get }

  func customer(id: String) throws -> Customer?
  /// Everyone with this e-mail address, case ignored, by id.
  func customers(email: String) throws -> [Customer]
  /// Everyone living at a postcode, case and spaces ignored, by id.
  func customers(postcode: String) throws -> [Customer]

  func order(id: String) throws -> Order?
  /// The ids of a customer's orders, oldest first.
  func orderIDs(customer: String) throws -> [String]
  /// A customer's orders that fit, newest first: by the time they were placed where it is known, else by the customer's list.
  func orders(customer: String, matching filter: OrderFilter, limit: Int) throws -> [Order]

  func product(id: String) throws -> Product?
  func product(itemID: String) throws -> Product?
  /// By name.
  func productTypes() throws -> [ProductType]
  /// All products, by id.
  func products() throws -> [Product]

  /// What a customer did with products, oldest first.
  func interactions(customer: String) throws -> [StoredInteraction]
  func add(_ interaction: StoredInteraction) throws

  /// Makes a change in one piece, or throws and makes none: `conflict` when a record is no longer the version the change was made
  /// of, `alreadyDone` when the change's token has been used.
  func commit(_ change: StoreChange) throws
  /// The event a token was spent on.
  func event(token: String) throws -> StoreEvent?
}

/// Something a customer did with a product.
package struct StoredInteraction: Hashable, Sendable {
  let customer: String
  let product: String
  /// `view`, `cart`, `purchase`, …; `not_interested`, and `forget`, before which nothing counts.
  let event: String
  let weight: Double
  let time: String
}

/// A change to the records, and who made it: written together or not at all.
package struct StoreChange: Sendable {
  /// The records as they shall be, each with the version it was read at.
  let order: Order?
  let customer: Customer?
  let event: StoreEvent
}

/// What happened: an entry of the log that is only ever added to.
package struct StoreEvent: Hashable, Sendable {
  package let at: Timestamp
  /// `customer ID` or `operator`.
  package let actor: String
  package let action: String
  /// JSON, as are the records before and after.
  package let arguments: String
  /// Spent by this event; nil at the operator's door.
  package let token: String?
  package let before: String
  package let after: String
}

package enum StoreError: Error, Hashable {
  /// A record has moved on since it was read.
  case conflict
  /// The token was spent on this event.
  case alreadyDone(StoreEvent)
  /// One line on why the store cannot be read or written.
  case unavailable(String)
}
