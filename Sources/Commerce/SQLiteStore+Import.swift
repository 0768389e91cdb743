import Conversation
import Corpus
import Foundation
import GRDB

extension SQLiteStore {
  /// Takes over a shop's files as the content of the store at `path`: all of it, or nothing.
  ///
  /// A new store is made beside its place and gets its name when it is whole; the content of one that is there is replaced in one
  /// transaction, which other processes see before or after, never in between. The log of events is kept.
  /// - Parameter keepsExisting: leaves a store alone that another process has made in the meantime.
  package static func importFiles(from folder: String, to path: String, keepsExisting: Bool = false) throws {
    let files = try ShopFiles(folder: folder)
    if FileManager.default.fileExists(atPath: path) {
      if keepsExisting { return }
      let store = try SQLiteStore(path: path)
      try store.load(files)
      return
    }
    let parent = (path as NSString).deletingLastPathComponent
    if !parent.isEmpty, (try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)) == nil {
      throw Unusable(description: "\(parent): the folder for the store cannot be made; name another place with --store")
    }
    let temporary = "\(path).\(getpid()).tmp"
    func removeTemporary() { for suffix in ["", "-wal", "-shm"] { unlink(temporary + suffix) } }
    removeTemporary()
    defer { removeTemporary() }
    // What a killed process left beside a store that is gone belongs to no store any more, and would be taken for this one's.
    for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    do {
      let store = try SQLiteStore(opening: temporary, isDurable: false)
      try store.load(files)
      // Everything into the one file before it gets its name, and onto the disk.
      try store.database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try store.database.close()
      let descriptor = open(temporary, O_RDONLY)
      fsync(descriptor)
      close(descriptor)
    }
    // A link, unlike a rename, never takes the place of a store made in the meantime.
    if link(temporary, path) == 0 { return }
    let number = errno
    if number == EEXIST, keepsExisting { return }
    throw Unusable(description: "\(path): \(String(cString: strerror(number)))")
  }

  /// Replaces the shop's records by those of the files, in one transaction.
  private func load(_ files: ShopFiles) throws {
    do {
      try database.write { db in
        // Versions go on, so that whoever has read a record before the import cannot write it back after.
        let version = try Int.fetchOne(
          db,
          sql: """
            SELECT max(coalesce((SELECT max(version) FROM customer), 0), coalesce((SELECT max(version) FROM customer_order), 0)) + 1
            """)
        for table in [
          "payment", "fulfillment", "order_item", "customer_order", "payment_method", "customer", "variant", "product",
          "interaction", "setting",
        ] {
          try db.execute(sql: "DELETE FROM \(table)")
        }
        try Loading(files: files, db: db, version: version ?? 1).run()
        try RecordWriter(db).add(
          StoreEvent(
            at: Timestamp(seconds: Date().timeIntervalSince1970), actor: "operator", action: "import", arguments: "{}",
            token: nil,
            before: "{}", after: "{}"))
      }
    } catch let error as DatabaseError {
      throw Unusable(description: Self.reason(error))
    }
  }
}

/// One import: reads the files in the order their references need.
private struct Loading {
  let files: ShopFiles
  let db: Database
  let version: Int

  func run() throws {
    let writer = RecordWriter(db)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try db.execute(
      sql: "INSERT INTO setting VALUES('shop', ?)",
      arguments: [String(decoding: try encoder.encode(files.settings), as: UTF8.self)])
    try files.products { product in
      try refusingDuplicates(files.productsPath, product.id, "an id of the product or of a variant") {
        try writer.insert(product)
      }
    }
    // By order: whose list it stands in (by hash, which is enough to tell owners apart), and where.
    var positions: [String: (owner: Int, position: Int32)] = [:]
    try files.customers { customer in
      var customer = customer
      customer.version = version
      try refusingDuplicates(files.customersPath, customer.id, "the id of the customer") { try writer.insert(customer) }
      for (i, id) in customer.orders.enumerated() {
        if positions.updateValue((customer.id.hashValue, Int32(clamping: i)), forKey: id) != nil {
          throw ImportError(
            file: files.customersPath, key: customer.id, reason: "orders: \(id) is listed twice, here or by another customer")
        }
      }
    }
    let table = OrderTable(
      customer: { try CustomerReader(db).customers("id", $0).first },
      product: { itemID in
        let id = try String.fetchOne(
          db.cachedStatement(sql: "SELECT product_id FROM variant WHERE id = ?"), arguments: [itemID])
        return try id.flatMap { try ProductReader(db).product($0) }
      })
    var next: Int32 = 0
    try files.orders(table) { order in
      func refuse(_ reason: String) -> ImportError { ImportError(file: files.ordersPath, key: order.id, reason: reason) }
      let isKnown = try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS(SELECT 1 FROM customer WHERE id = ?)"), arguments: [order.customerID])
      guard isKnown == true else { throw refuse("user_id: no customer \"\(order.customerID)\"") }
      for id in Set(order.payments.map(\.methodID)) {
        let isTheirs = try Bool.fetchOne(
          db.cachedStatement(sql: "SELECT EXISTS(SELECT 1 FROM payment_method WHERE customer_id = ? AND id = ?)"),
          arguments: [order.customerID, id])
        guard isTheirs == true else { throw refuse("payment_history: \"\(id)\" is no payment method of \(order.customerID)") }
      }
      var position = next
      if files.customersListOrders {
        guard let listed = positions.removeValue(forKey: order.id), listed.owner == order.customerID.hashValue else {
          throw refuse("not among the orders of \(order.customerID), or there twice")
        }
        position = listed.position
      }
      next += 1
      var order = order
      order.version = version
      try refusingDuplicates(files.ordersPath, order.id, "the id of the order") {
        try writer.insert(order, position: Int(position))
      }
    }
    if let missing = positions.keys.min() {
      throw ImportError(file: files.ordersPath, key: missing, reason: "a customer lists this order, and it is not there")
    }
    try files.interactions { fields in
      try db.cachedStatement(sql: "INSERT INTO interaction VALUES(?, ?, ?, ?, ?)").execute(
        arguments: StatementArguments(fields))
    }
  }

  private func refusingDuplicates(_ path: String, _ id: String, _ what: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw ImportError(file: path, key: id, reason: "\(what) is there twice")
    }
  }
}
