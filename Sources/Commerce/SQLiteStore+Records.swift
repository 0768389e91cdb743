import Conversation
import Foundation
import GRDB

/// Reads orders out of their tables.
///
/// JSON columns are taken apart by SQLite's own functions, which are several times as fast as decoding them here.
struct OrderReader {
  private let db: Database
  /// Sums of what is within this never overflow.
  private static let greatestAmount: UInt = 1_000_000_000_000_000

  init(_ db: Database) {
    self.db = db
  }

  func order(_ id: String) throws -> Order? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT id, customer_id, status, address->>'address1', address->>'address2', address->>'city', address->>'country',
            address->>'state', address->>'zip', placed_at, shipped_at, delivered_at, estimated_delivery, carrier, currency,
            version, cancel_reason, return_items, return_payment_method_id, exchange_items, exchange_new_items,
            exchange_payment_method_id, exchange_price_difference
          FROM customer_order WHERE id = ?
          """), arguments: [id])
    guard let row else { return nil }
    let statusText: String = row[2]
    guard let status = OrderStatus(rawValue: statusText) else {
      throw StoreError.unavailable("order \(id) has the unknown status \"\(statusText)\"")
    }
    var returnRequest: Order.ReturnRequest?
    if let items: String = row[17] {
      returnRequest = .init(items: try Self.list(items), methodID: row[18] ?? "")
    }
    var exchangeRequest: Order.ExchangeRequest?
    if let items: String = row[19] {
      exchangeRequest = .init(
        items: try Self.list(items), newItems: try Self.list(row[20] ?? "[]"), methodID: row[21] ?? "",
        priceDifference: row[22] ?? 0)
    }
    return Order(
      id: row[0], customerID: row[1],
      address: Address(
        address1: row[3] ?? "", address2: row[4], city: row[5] ?? "", country: row[6] ?? "", state: row[7] ?? "",
        zip: row[8] ?? ""),
      items: try items(id), fulfillments: try fulfillments(id), status: status, payments: try payments(id),
      cancelReason: (row[16] as String?).flatMap(CancelReason.init(rawValue:)), returnRequest: returnRequest,
      exchangeRequest: exchangeRequest,
      dates: .init(placed: row[9], shipped: row[10], delivered: row[11], estimatedDelivery: row[12]), carrier: row[13],
      currency: row[14], version: row[15])
  }

  private func items(_ id: String) throws -> [OrderItem] {
    var items: [OrderItem] = []
    var last: Int?
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT i.position, i.item_id, i.product_id, i.name, i.price, o.key, o.value, p.names, p.option_names, p.option_values
          FROM order_item i LEFT JOIN json_each(i.options) o LEFT JOIN product p ON p.id = i.product_id
          WHERE i.order_id = ? ORDER BY i.position
          """), arguments: [id])
    while let row = try rows.next() {
      let position: Int = row[0]
      let price: Int = row[4]
      guard price.magnitude <= Self.greatestAmount else {
        throw StoreError.unavailable("order \(id): an amount beyond all bounds")
      }
      if position != last {
        last = position
        items.append(
          OrderItem(
            name: row[3], productID: row[2], itemID: row[1], price: row[4], options: [:],
            translations: try translations(row[7], row[8], row[9])))
      }
      if let name: String = row[5], let value: String = row[6] { items[items.count - 1].options[name] = value }
    }
    return items
  }

  private func translations(_ names: String?, _ optionNames: String?, _ optionValues: String?) throws -> [Language:
    OrderItem.Translation]
  {
    guard let names, names != "{}" || optionValues != "{}" else { return [:] }
    let decoded = try Self.decode([String: String].self, names)
    let decodedNames = try Self.decode([String: [String: String]].self, optionNames ?? "{}")
    let decodedValues = try Self.decode([String: [String: String]].self, optionValues ?? "{}")
    var translations: [Language: OrderItem.Translation] = [:]
    for language in Language.allCases where decoded[language.rawValue] != nil || decodedValues[language.rawValue] != nil {
      translations[language] = .init(
        name: decoded[language.rawValue], optionNames: decodedNames[language.rawValue] ?? [:],
        optionValues: decodedValues[language.rawValue] ?? [:])
    }
    return translations
  }

  private func fulfillments(_ id: String) throws -> [Fulfillment] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT tracking_ids, item_ids FROM fulfillment WHERE order_id = ? ORDER BY position"),
      arguments: [id]
    ).map { Fulfillment(trackingIDs: try Self.list($0[0]), itemIDs: try Self.list($0[1])) }
  }

  private func payments(_ id: String) throws -> [Payment] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT type, amount, payment_method_id FROM payment WHERE order_id = ? ORDER BY position"),
      arguments: [id]
    ).map { row in
      let amount: Int = row[1]
      guard amount.magnitude <= Self.greatestAmount else {
        throw StoreError.unavailable("order \(id): an amount beyond all bounds")
      }
      return Payment(kind: row[0] == "refund" ? .refund : .payment, amount: amount, methodID: row[2])
    }
  }

  /// A JSON list of ids. What has no escapes, which is nearly all, is cut at its quotes.
  static func list(_ json: String) throws -> [String] {
    if json == "[]" { return [] }
    if json.hasPrefix("[\""), json.hasSuffix("\"]"), !json.utf8.contains(UInt8(ascii: "\\")) {
      return json.dropFirst(2).dropLast(2).components(separatedBy: "\",\"")
    }
    return try decode([String].self, json)
  }

  static func decode<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
    do {
      return try JSONDecoder().decode(T.self, from: Data(json.utf8))
    } catch {
      throw StoreError.unavailable("the store holds damaged JSON")
    }
  }
}

/// Reads customers out of their tables.
struct CustomerReader {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// Customers by id; `column` is one of the indexed ones.
  func customers(_ column: String, _ value: String) throws -> [Customer] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, given_name, family_name, email, address->>'address1', address->>'address2', address->>'city',
            address->>'country', address->>'state', address->>'zip', version
          FROM customer WHERE \(column) = ? ORDER BY id
          """), arguments: [value]
    ).map { row in
      let id: String = row[0]
      return Customer(
        id: id, givenName: row[1], familyName: row[2], email: row[3],
        address: Address(
          address1: row[4] ?? "", address2: row[5], city: row[6] ?? "", country: row[7] ?? "", state: row[8] ?? "",
          zip: row[9] ?? ""),
        paymentMethods: try paymentMethods(id), orders: try orderIDs(id), version: row[10])
    }
  }

  func orderIDs(_ customer: String) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM customer_order WHERE customer_id = ? ORDER BY position"),
      arguments: [customer])
  }

  private func paymentMethods(_ customer: String) throws -> [PaymentMethod] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT id, source, brand, last_four, balance FROM payment_method WHERE customer_id = ? ORDER BY id"),
      arguments: [customer]
    ).map { PaymentMethod(id: $0[0], source: $0[1], brand: $0[2], lastFour: $0[3], balance: $0[4]) }
  }
}

/// Reads products out of their tables.
struct ProductReader {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  func product(_ id: String) throws -> Product? {
    let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM product WHERE id = ?"), arguments: [id])
    guard let row else { return nil }
    func words<T: Decodable & Collection>(_ column: String, _ type: T.Type) throws -> T? {
      let json: String = row[column] ?? "{}"
      if json == "{}" || json == "[]" { return nil }
      return try OrderReader.decode(T.self, json)
    }
    let variants = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT id, options, available, price, stock FROM variant WHERE product_id = ? ORDER BY id"), arguments: [id]
    ).map {
      Variant(
        itemID: $0[0], options: try OrderReader.decode([String: String].self, $0[1]), isAvailable: $0[2], price: $0[3],
        stock: $0[4])
    }
    var product = Product(id: row["id"], name: row["name"], variants: variants)
    product.category = row["category"]
    product.brand = row["brand"]
    product.description = row["description"]
    product.rating = row["rating"]
    product.tags = try words("tags", [String].self)
    product.names = try words("names", [String: String].self)
    product.categoryNames = try words("category_names", [String: String].self)
    product.descriptions = try words("descriptions", [String: String].self)
    product.optionNames = try words("option_names", [String: [String: String]].self)
    product.optionValues = try words("option_values", [String: [String: String]].self)
    return product
  }
}

/// Writes records into their tables.
struct RecordWriter {
  private let db: Database
  private let encoder = JSONEncoder()

  init(_ db: Database) {
    self.db = db
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  private func json(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  // MARK: new records

  func insert(_ product: Product) throws {
    try execute(
      """
      INSERT INTO product(id, name, names, category, brand, description, descriptions, tags, rating, option_names,
        option_values, category_names) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        product.id, product.name, json(product.names ?? [:]), product.category, product.brand, product.description,
        json(product.descriptions ?? [:]), json(product.tags ?? []), product.rating, json(product.optionNames ?? [:]),
        json(product.optionValues ?? [:]), json(product.categoryNames ?? [:]),
      ])
    for variant in product.variants {
      try execute(
        "INSERT INTO variant VALUES(?, ?, ?, ?, ?, ?)",
        [variant.itemID, product.id, json(variant.options), variant.isAvailable, variant.price, variant.stock])
    }
  }

  func insert(_ customer: Customer) throws {
    try execute(
      """
      INSERT INTO customer(id, given_name, family_name, email, email_key, postcode, address, version)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        customer.id, customer.givenName, customer.familyName, customer.email, customer.email.lowercased(),
        SQLiteStore.postcodeKey(customer.address.zip), json(customer.address), customer.version,
      ])
    for method in customer.paymentMethods {
      try execute(
        "INSERT INTO payment_method VALUES(?, ?, ?, ?, ?, ?)",
        [customer.id, method.id, method.source, method.brand, method.lastFour, method.balance])
    }
  }

  func insert(_ order: Order, position: Int) throws {
    try execute(
      """
      INSERT INTO customer_order(id, customer_id, position, status, address, placed_at, shipped_at, delivered_at,
        estimated_delivery, carrier, currency, version, cancel_reason, return_items, return_payment_method_id, exchange_items,
        exchange_new_items, exchange_payment_method_id, exchange_price_difference)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        order.id, order.customerID, position, order.status.rawValue, json(order.address), order.dates.placed,
        order.dates.shipped, order.dates.delivered, order.dates.estimatedDelivery, order.carrier, order.currency,
        order.version, order.cancelReason?.rawValue, order.returnRequest.map { try json($0.items) },
        order.returnRequest?.methodID, order.exchangeRequest.map { try json($0.items) },
        order.exchangeRequest.map { try json($0.newItems) }, order.exchangeRequest?.methodID,
        order.exchangeRequest?.priceDifference,
      ])
    try insertItems(order)
    for (i, fulfillment) in order.fulfillments.enumerated() {
      try execute(
        "INSERT INTO fulfillment VALUES(?, ?, ?, ?)",
        [order.id, i, json(fulfillment.trackingIDs), json(fulfillment.itemIDs)])
    }
    try insertPayments(order, from: 0)
  }

  private func insertItems(_ order: Order) throws {
    for (i, item) in order.items.enumerated() {
      try execute(
        "INSERT INTO order_item VALUES(?, ?, ?, ?, ?, ?, ?)",
        [order.id, i, item.itemID, item.productID, item.name, item.price, json(item.options)])
    }
  }

  private func insertPayments(_ order: Order, from start: Int) throws {
    for (i, payment) in order.payments.enumerated().dropFirst(start) {
      try execute(
        "INSERT INTO payment VALUES(?, ?, ?, ?, ?)",
        [order.id, i, payment.kind.rawValue, payment.amount, payment.methodID])
    }
  }

  // MARK: changes

  func update(_ order: Order) throws {
    try execute(
      """
      UPDATE customer_order SET status = ?, address = ?, cancel_reason = ?, return_items = ?, return_payment_method_id = ?,
        exchange_items = ?, exchange_new_items = ?, exchange_payment_method_id = ?, exchange_price_difference = ?,
        version = version + 1
      WHERE id = ? AND version = ?
      """,
      [
        order.status.rawValue, json(order.address), order.cancelReason?.rawValue,
        order.returnRequest.map { try json($0.items) },
        order.returnRequest?.methodID, order.exchangeRequest.map { try json($0.items) },
        order.exchangeRequest.map { try json($0.newItems) }, order.exchangeRequest?.methodID,
        order.exchangeRequest?.priceDifference, order.id, order.version,
      ])
    guard db.changesCount == 1 else { throw StoreError.conflict }
    try execute("DELETE FROM order_item WHERE order_id = ?", [order.id])
    try insertItems(order)
    // The history of payments only grows.
    let written =
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT COUNT(*) FROM payment WHERE order_id = ?"), arguments: [order.id]) ?? 0
    try insertPayments(order, from: written)
  }

  func update(_ customer: Customer) throws {
    try execute(
      "UPDATE customer SET address = ?, postcode = ?, version = version + 1 WHERE id = ? AND version = ?",
      [json(customer.address), SQLiteStore.postcodeKey(customer.address.zip), customer.id, customer.version])
    guard db.changesCount == 1 else { throw StoreError.conflict }
    for method in customer.paymentMethods where method.isGiftCard {
      try execute(
        "UPDATE payment_method SET balance = ? WHERE customer_id = ? AND id = ?", [method.balance, customer.id, method.id])
    }
  }

  func add(_ event: StoreEvent) throws {
    try execute(
      "INSERT INTO event(at, actor, action, arguments, token, before, after) VALUES(?, ?, ?, ?, ?, ?, ?)",
      [event.at.description, event.actor, event.action, event.arguments, event.token, event.before, event.after])
  }
}
