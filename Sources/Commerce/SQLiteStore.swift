import Conversation
import Foundation
import GRDB

/// A shop's data in one SQLite file, in WAL mode: several processes may read and write it at once.
package final class SQLiteStore: Store {
  /// A store that cannot be opened or used; one line.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  let database: DatabaseQueue
  package let settings: ShopSettings

  /// How long a write waits for those of other processes.
  private static let patience: TimeInterval = 20

  /// Opens the store at `path`, which must exist.
  package convenience init(path: String) throws(Unusable) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Unusable(description: "\(path): no such store; make it with steward store init")
    }
    try self.init(opening: path)
  }

  /// - Parameter isDurable: whether a finished write is on the disk and not only with the operating system.
  init(opening path: String, isDurable: Bool = true) throws(Unusable) {
    do {
      if let tables = Self.tables(path), !tables.isEmpty, !tables.contains("grdb_migrations") {
        throw Unusable(description: "\(path): a database, but not a store of steward")
      }
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(Self.patience)
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA synchronous = \(isDurable ? "FULL" : "OFF")")
      }
      database = try DatabaseQueue(path: path, configuration: configuration)
      // A store of a later steward has tables this one does not know.
      guard try database.read(Self.migrator.hasBeenSuperseded) == false else {
        throw Unusable(description: "\(path): made by a newer steward")
      }
      if try !database.read(Self.migrator.hasCompletedMigrations) { try Self.migrator.migrate(database) }
      let text = try database.read { try String.fetchOne($0, sql: "SELECT value FROM setting WHERE name = 'shop'") }
      settings = try text.map { try JSONDecoder().decode(ShopSettings.self, from: Data($0.utf8)) } ?? ShopSettings()
    } catch let error as Unusable {
      throw error
    } catch {
      throw Unusable(description: "\(path): \(Self.reason(error))")
    }
  }

  /// The tables of a database that is there, without touching it; nil when it cannot be read so.
  private static func tables(_ path: String) -> [String]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    var configuration = Configuration()
    configuration.readonly = true
    guard let database = try? DatabaseQueue(path: path, configuration: configuration) else { return nil }
    return try? database.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") }
  }

  static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "not a store of steward"
  }

  /// Reads in one transaction, so that what belongs together is of one moment.
  private func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try database.unsafeRead { db in
        var result: Result<T, any Error>?
        try db.inTransaction(.deferred) {
          result = Result { try body(db) }
          return .commit
        }
        guard let result else { throw StoreError.unavailable("nothing was read") }
        return try result.get()
      }
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.unavailable(Self.reason(error))
    }
  }

  /// Reads by a key from outside. SQLite would take a text with a NUL for what stands before it, so such a key names nothing.
  private func read<T>(by key: String, _ body: (Database) throws -> T?) throws -> T? {
    key.utf8.contains(0) ? nil : try read(body)
  }

  // MARK: customers

  package func customer(id: String) throws -> Customer? {
    try read(by: id) { db in try CustomerReader(db).customers("id", id).first }
  }

  package func customers(email: String) throws -> [Customer] {
    try read(by: email) { db in try CustomerReader(db).customers("email_key", email.lowercased()) } ?? []
  }

  package func customers(postcode: String) throws -> [Customer] {
    try read(by: postcode) { db in try CustomerReader(db).customers("postcode", Self.postcodeKey(postcode)) } ?? []
  }

  /// A postcode as it is compared: upper case, without spaces.
  static func postcodeKey(_ postcode: String) -> String { postcode.uppercased().filter { !$0.isWhitespace } }

  // MARK: orders

  package func order(id: String) throws -> Order? {
    try read(by: id) { db in try OrderReader(db).order(id) }
  }

  package func orderIDs(customer: String) throws -> [String] {
    try read { db in try CustomerReader(db).orderIDs(customer) }
  }

  package func orders(customer: String, matching filter: OrderFilter, limit: Int) throws -> [Order] {
    try read { db in
      let ids = try String.fetchAll(
        db.cachedStatement(
          sql: "SELECT id FROM customer_order WHERE customer_id = ? ORDER BY placed_at DESC, position DESC"),
        arguments: [customer])
      let reader = OrderReader(db)
      var orders: [Order] = []
      for id in ids where orders.count < limit {
        if let order = try reader.order(id), filter.accepts(order) { orders.append(order) }
      }
      return orders
    }
  }

  // MARK: products

  package func product(id: String) throws -> Product? {
    try read(by: id) { db in try ProductReader(db).product(id) }
  }

  package func product(itemID: String) throws -> Product? {
    try read(by: itemID) { db in
      let id = try String.fetchOne(
        db.cachedStatement(sql: "SELECT product_id FROM variant WHERE id = ?"), arguments: [itemID])
      return try id.flatMap { try ProductReader(db).product($0) }
    }
  }

  package func productTypes() throws -> [ProductType] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT name, id FROM product ORDER BY name, id").map { .init(name: $0[0], id: $0[1]) }
    }
  }

  package func products() throws -> [Product] {
    try read { db in
      let reader = ProductReader(db)
      return try String.fetchAll(db, sql: "SELECT id FROM product ORDER BY id").compactMap(reader.product)
    }
  }

  package func interactions(customer: String) throws -> [StoredInteraction] {
    try read { db in
      try Row.fetchAll(
        db.cachedStatement(sql: "SELECT * FROM interaction WHERE customer_id = ? ORDER BY time, rowid"), arguments: [customer]
      ).map {
        StoredInteraction(customer: $0[0], product: $0[1], event: $0[2], weight: $0[3], time: $0[4])
      }
    }
  }

  package func add(_ interaction: StoredInteraction) throws {
    do {
      try database.write { db in
        if interaction.event == Interest.forget {
          try db.execute(sql: "DELETE FROM interaction WHERE customer_id = ?", arguments: [interaction.customer])
        }
        try db.execute(
          sql: "INSERT INTO interaction VALUES(?, ?, ?, ?, ?)",
          arguments: [interaction.customer, interaction.product, interaction.event, interaction.weight, interaction.time])
      }
    } catch {
      throw StoreError.unavailable(Self.reason(error))
    }
  }

  /// Every customer's id, in order.
  package func customerIDs() throws -> [String] {
    try read { db in try String.fetchAll(db, sql: "SELECT id FROM customer ORDER BY id") }
  }

  /// How many records there are of each kind, by table.
  package func counts() throws -> [String: Int] {
    try read { db in
      var counts: [String: Int] = [:]
      for table in ["product", "variant", "customer", "customer_order", "interaction", "event"] {
        counts[table] = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)")
      }
      return counts
    }
  }

  // MARK: writing

  package func commit(_ change: StoreChange) throws {
    do {
      try database.write { db in
        if let token = change.event.token, let event = try Self.event(token: token, db) {
          throw StoreError.alreadyDone(event)
        }
        let writer = RecordWriter(db)
        if let order = change.order { try writer.update(order) }
        if let customer = change.customer { try writer.update(customer) }
        try writer.add(change.event)
      }
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.unavailable(Self.reason(error))
    }
  }

  package func event(token: String) throws -> StoreEvent? {
    try read { db in try Self.event(token: token, db) }
  }

  private static func event(token: String, _ db: Database) throws -> StoreEvent? {
    try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM event WHERE token = ?"), arguments: [token]).map(event)
  }

  /// The log of everything that was changed, oldest first.
  package func events() throws -> [StoreEvent] {
    try read { db in try Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY id").map(Self.event) }
  }

  private static func event(_ row: Row) -> StoreEvent {
    StoreEvent(
      at: (row["at"] as String?).flatMap(Timestamp.init(iso:)) ?? Timestamp(seconds: 0), actor: row["actor"],
      action: row["action"], arguments: row["arguments"], token: row["token"], before: row["before"], after: row["after"])
  }
}
