import Conversation
import Foundation
import GRDB

/// A shop's data in one SQLite file.
package final class SQLiteStore: Sendable {
  /// A store that cannot be opened or used; one line.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  private let database: DatabaseQueue
  package let settings: ShopSettings

  /// Opens the store at `path`, which must exist.
  package convenience init(path: String) throws(Unusable) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Unusable(description: "\(path): no such store; make it with steward store init")
    }
    try self.init(opening: path)
  }

  private init(opening path: String) throws(Unusable) {
    do {
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(5)
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

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "not a store of steward"
  }

  // MARK: making

  /// Makes the store at `path` of the files in `folder`, in one piece: an interrupted or refused import leaves what was there.
  package static func create(path: String, from folder: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    if !parent.isEmpty, (try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)) == nil {
      throw Unusable(description: "\(parent): the folder for the store cannot be made; name another place with --store")
    }
    let temporary = "\(path).\(getpid()).tmp"
    func removeTemporary() { for suffix in ["", "-wal", "-shm"] { unlink(temporary + suffix) } }
    removeTemporary()
    defer { removeTemporary() }
    do {
      let store = try SQLiteStore(opening: temporary)
      try store.load(folder)
      // Everything into the one file before it gets its name.
      try store.database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try store.database.close()
    }
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    guard rename(temporary, path) == 0 else {
      throw Unusable(description: "\(path): \(String(cString: strerror(errno)))")
    }
  }

  /// Takes over the files of a folder, all or nothing.
  private func load(_ folder: String) throws {
    let settings = try ShopSettings.read(in: folder)
    let products = try StoreFiles.records(StoreFiles.Product.self, in: folder, ["products.json"])
    let customers = try StoreFiles.records(StoreFiles.Customer.self, in: folder, ["customers.json", "users.json"])
    let orders = try StoreFiles.records(StoreFiles.Order.self, in: folder, ["orders.json"])
    let interactions = try Self.interactions("\(folder)/interactions.tsv")
    try database.write { db in
      try db.execute(sql: "INSERT INTO setting VALUES('shop', ?)", arguments: [Self.json(settings)])
      for (id, product) in products { try Self.insert(product, id: id, db) }
      for (id, customer) in customers { try Self.insert(customer, id: id, db) }
      var positions: [String: Int] = [:]
      for (_, customer) in customers { for (i, id) in customer.orders.enumerated() { positions[id] = i } }
      let known = Set(customers.map(\.0))
      for (id, order) in orders {
        guard known.contains(order.user_id) else {
          throw ImportError(file: "\(folder)/orders.json", reason: "\(id).user_id: no customer \"\(order.user_id)\"")
        }
        guard let position = positions[id] else {
          throw ImportError(file: "\(folder)/orders.json", reason: "\(id): not among the orders of \(order.user_id)")
        }
        try Self.insert(order, id: id, position: position, db)
      }
      for fields in interactions {
        try db.execute(
          literal: "INSERT INTO interaction VALUES(\(fields[0]), \(fields[1]), \(fields[2]), \(fields[3]), \(fields[4]))")
      }
    }
  }

  private static func interactions(_ path: String) throws(ImportError) -> [[String]] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    var rows: [[String]] = []
    for (i, line) in String(decoding: data, as: UTF8.self).split(separator: "\n").enumerated() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5, Double(fields[3]) != nil else {
        throw ImportError(file: "\(path):\(i + 1)", reason: "not customer, product, event, weight, time with TABs between")
      }
      rows.append(fields)
    }
    return rows
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func minorUnits(_ amount: Double) -> Int { Int((amount * 100).rounded()) }

  private static func insert(_ product: StoreFiles.Product, id: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO product VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        id, product.name, json(product.names ?? [:]), product.category, product.brand, product.description,
        json(product.descriptions ?? [:]), json(product.tags ?? []), product.rating, json(product.option_names ?? [:]),
        json(product.option_values ?? [:]),
      ])
    for (itemID, variant) in product.variants.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO variant VALUES(?, ?, ?, ?, ?, ?)",
        arguments: [itemID, id, json(variant.options), variant.available, minorUnits(variant.price), variant.stock])
    }
  }

  private static func insert(_ customer: StoreFiles.Customer, id: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO customer VALUES(?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        id, customer.name.first_name, customer.name.last_name, customer.email, customer.email.lowercased(),
        postcodeKey(customer.address.zip), json(customer.address),
      ])
    for (methodID, method) in customer.payment_methods.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO payment_method VALUES(?, ?, ?, ?, ?, ?)",
        arguments: [id, methodID, method.source, method.brand, method.last_four, method.balance.map(minorUnits)])
    }
  }

  private static func insert(_ order: StoreFiles.Order, id: String, position: Int, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO customer_order VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        id, order.user_id, position, order.status, json(order.address), order.placed_at, order.shipped_at,
        order.delivered_at, order.estimated_delivery, order.carrier, order.currency,
      ])
    for (i, item) in order.items.enumerated() {
      try db.execute(
        sql: "INSERT INTO order_item VALUES(?, ?, ?, ?, ?, ?, ?)",
        arguments: [id, i, item.item_id, item.product_id, item.name, minorUnits(item.price), json(item.options)])
    }
    for (i, fulfillment) in order.fulfillments.enumerated() {
      try db.execute(
        sql: "INSERT INTO fulfillment VALUES(?, ?, ?, ?)",
        arguments: [id, i, json(fulfillment.tracking_id), json(fulfillment.item_ids)])
    }
    for (i, payment) in order.payment_history.enumerated() {
      try db.execute(
        sql: "INSERT INTO payment VALUES(?, ?, ?, ?, ?)",
        arguments: [id, i, payment.transaction_type, minorUnits(payment.amount), payment.payment_method_id])
    }
  }

  /// A postcode as it is compared: upper case, without spaces.
  static func postcodeKey(_ postcode: String) -> String { postcode.uppercased().filter { !$0.isWhitespace } }

  // MARK: reading

  /// The customer with this e-mail address, case ignored.
  func customer(email: String) throws -> CustomerSummary? {
    try database.read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM customer WHERE email_key = ? ORDER BY id", arguments: [email.lowercased()])
        .map(Self.customer)
    }
  }

  func customer(id: String) throws -> CustomerSummary? {
    try database.read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM customer WHERE id = ?", arguments: [id]).map(Self.customer)
    }
  }

  /// Everyone living at a postcode.
  func customers(postcode: String) throws -> [CustomerSummary] {
    try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM customer WHERE postcode = ? ORDER BY id", arguments: [Self.postcodeKey(postcode)]
      ).map(Self.customer)
    }
  }

  /// A customer's orders, newest first: by the time they were placed where it is known, else by the customer's list.
  func orders(customer: String, limit: Int) throws -> [OrderSummary] {
    try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM customer_order WHERE customer_id = ? ORDER BY placed_at DESC, position DESC LIMIT ?",
        arguments: [customer, limit]
      ).map { try Self.order($0, db) }
    }
  }

  /// The ids of a customer's orders.
  func orderIDs(customer: String) throws -> [String] {
    try database.read { db in
      try String.fetchAll(
        db, sql: "SELECT id FROM customer_order WHERE customer_id = ? ORDER BY position", arguments: [customer])
    }
  }

  /// An order of this customer.
  func order(id: String, customer: String) throws -> OrderSummary? {
    try database.read { db in
      try Row.fetchOne(
        db, sql: "SELECT * FROM customer_order WHERE id = ? AND customer_id = ?", arguments: [id, customer]
      ).map { try Self.order($0, db) }
    }
  }

  /// How many records there are of each kind, by table.
  package func counts() throws -> [String: Int] {
    try database.read { db in
      var counts: [String: Int] = [:]
      for table in ["product", "variant", "customer", "customer_order", "interaction"] {
        counts[table] = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)")
      }
      return counts
    }
  }

  private static func customer(_ row: Row) -> CustomerSummary {
    CustomerSummary(id: row["id"], givenName: row["given_name"], familyName: row["family_name"])
  }

  private static func order(_ row: Row, _ db: Database) throws -> OrderSummary {
    let id: String = row["id"]
    let items = try Row.fetchAll(
      db,
      sql: """
        SELECT order_item.name, product.names FROM order_item LEFT JOIN product ON product.id = order_item.product_id
        WHERE order_id = ? ORDER BY position
        """, arguments: [id])
    var names: [Language: [String]] = [:]
    for item in items {
      let name: String = item["name"]
      let translations = (item["names"] as String?).flatMap(Self.dictionary) ?? [:]
      for language in Language.allCases { names[language, default: []].append(translations[language.rawValue] ?? name) }
    }
    let tracking = try String.fetchAll(
      db, sql: "SELECT tracking_ids FROM fulfillment WHERE order_id = ? ORDER BY position", arguments: [id]
    ).flatMap { (try? JSONDecoder().decode([String].self, from: Data($0.utf8))) ?? [] }
    return OrderSummary(
      id: id, status: row["status"], itemNames: names, placedAt: moment(row["placed_at"]), shippedAt: moment(row["shipped_at"]),
      deliveredAt: moment(row["delivered_at"]), estimatedDelivery: moment(row["estimated_delivery"]), carrier: row["carrier"],
      trackingIDs: tracking)
  }

  private static func dictionary(_ json: String) -> [String: String]? {
    try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))
  }

  /// An ISO 8601 moment; a date alone is noon UTC of that day, which is the same day in nearly every time zone.
  static func moment(_ text: String?) -> Timestamp? {
    guard let text else { return nil }
    let full = text.count == 10 ? text + "T12:00:00Z" : text
    return (try? Date(full, strategy: .iso8601)).map { Timestamp(seconds: $0.timeIntervalSince1970) }
  }
}
