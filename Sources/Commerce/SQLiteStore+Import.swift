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
        for table in [
          "payment", "fulfillment", "order_item", "customer_order", "payment_method", "customer", "variant", "product",
          "interaction", "setting",
        ] {
          try db.execute(sql: "DELETE FROM \(table)")
        }
        try Loading(files: files, db: db).run()
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

  func run() throws {
    let writer = RecordWriter(db)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try db.execute(
      sql: "INSERT INTO setting VALUES('shop', ?)",
      arguments: [String(decoding: try encoder.encode(files.settings), as: UTF8.self)])
    try files.products { product in try refusingDuplicates("product", product.id) { try writer.insert(product) } }
    var positions: [String: Int32] = [:]
    try files.customers { customer in
      try refusingDuplicates("customer", customer.id) { try writer.insert(customer) }
      for (i, id) in customer.orders.enumerated() {
        if positions.updateValue(Int32(clamping: i), forKey: id) != nil {
          throw ImportError(
            file: files.ordersPath, key: id, reason: "listed twice by customers, the second time by \(customer.id)")
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
      var position = next
      if files.customersListOrders {
        guard let listed = positions.removeValue(forKey: order.id) else {
          throw refuse("not among the orders of \(order.customerID)")
        }
        position = listed
      }
      next += 1
      try refusingDuplicates("order", order.id) { try writer.insert(order, position: Int(position)) }
    }
    if let missing = positions.keys.min() {
      throw ImportError(file: files.ordersPath, key: missing, reason: "a customer lists this order, and it is not there")
    }
    try files.interactions { fields in
      try db.cachedStatement(sql: "INSERT INTO interaction VALUES(?, ?, ?, ?, ?)").execute(
        arguments: StatementArguments(fields))
    }
  }

  private func refusingDuplicates(_ kind: String, _ id: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw ImportError(
        file: kind == "order" ? files.ordersPath : "\(kind)s", key: id,
        reason: "the \(kind) or one of its parts is there twice (\(error.message ?? "constraint"))")
    }
  }
}
