import Conversation

/// `products.csv`: a row a variant. `option:NAME` columns are its options; what is said of the product counts from its first row.
enum ProductTable {
  static func read(_ path: String, _ unit: Int, _ body: (Product) throws -> Void) throws {
    var products: [String: Product] = [:]
    var order: [String] = []
    try CSVRows.read(path, requiring: ["product_id", "name", "item_id", "price"]) { row in
      let id = try row.required("product_id")
      var product: Product
      if let known = products[id] {
        product = known
      } else {
        product = try self.product(id, row)
        order.append(id)
      }
      guard let price = try row.amount("price", unit) else { throw row.refuse("price", "is missing") }
      let stock = try row.count("stock")
      product.variants.append(
        Variant(
          itemID: try row.required("item_id"), options: row.values("option:"),
          isAvailable: try available(row) ?? stock.map { $0 > 0 } ?? true, price: price, stock: stock))
      products[id] = product
    }
    for id in order {
      guard var product = products[id] else { continue }
      product.variants.sort { $0.itemID < $1.itemID }
      try body(product)
    }
  }

  private static func product(_ id: String, _ row: CSVRows.Row) throws -> Product {
    var product = Product(id: id, name: try row.required("name"), variants: [])
    product.category = row["category"]
    product.brand = row["brand"]
    product.description = row["description"]
    let tags = row.list("tags")
    product.tags = tags.isEmpty ? nil : tags
    if let text = row["rating"] {
      guard let rating = Double(text), (0...5).contains(rating) else { throw row.refuse("rating", "not between 0 and 5") }
      product.rating = rating
    }
    func translated(_ column: String) -> [String: String]? {
      let words = row.values("\(column):")
      return words.isEmpty ? nil : words
    }
    product.names = translated("name")
    product.categoryNames = translated("category")
    product.descriptions = translated("description")
    return product
  }

  private static func available(_ row: CSVRows.Row) throws -> Bool? {
    switch row["available"]?.lowercased() {
    case nil: nil
    case "true"?, "yes"?, "y"?, "1"?, "是"?: true
    case "false"?, "no"?, "n"?, "0"?, "否"?: false
    case let other?: throw row.refuse("available", "neither yes nor no: \"\(other)\"")
    }
  }
}

/// `customers.csv`: a row a customer. `payment_methods` lists their ways to pay with `;` between, each its id, its source, and brand
/// and last four digits of a card or the balance of a gift card: `card_1 credit_card visa 4242; gc_7 gift_card 25.00; pp_2 paypal`.
enum CustomerTable {
  static func read(_ path: String, _ unit: Int, _ body: (Customer) throws -> Void) throws {
    try CSVRows.read(path, requiring: ["customer_id", "first_name", "last_name", "email", "zip"]) { row in
      try body(
        Customer(
          id: try row.required("customer_id"), givenName: try row.required("first_name"),
          familyName: try row.required("last_name"), email: try row.required("email"), address: row.address ?? row.emptyAddress,
          paymentMethods: try row.list("payment_methods").map { try method($0, unit, row) }.sorted { $0.id < $1.id },
          orders: []))
    }
  }

  private static func method(_ text: String, _ unit: Int, _ row: CSVRows.Row) throws -> PaymentMethod {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 2 else {
      throw row.refuse("payment_methods", "\"\(text)\" is no id and source such as pp_2 paypal")
    }
    let rest = Array(words.dropFirst(2))
    if words[1] == PaymentMethod.giftCard {
      guard rest.count == 1, let amount = Double(rest[0]) else {
        throw row.refuse("payment_methods", "\"\(text)\": a gift card is followed by its balance")
      }
      do throws(RecordForms.BadValue) {
        let balance = try RecordForms.minorUnits(amount, unit, "balance")
        return PaymentMethod(id: words[0], source: words[1], balance: balance)
      } catch {
        throw row.refuse("payment_methods", error.reason)
      }
    }
    let digits = rest.last.flatMap { $0.count == 4 && $0.allSatisfy(\.isNumber) ? $0 : nil }
    let brand = (digits == nil ? rest : rest.dropLast()).joined(separator: " ")
    return PaymentMethod(id: words[0], source: words[1], brand: brand.isEmpty ? nil : brand, lastFour: digits)
  }
}

/// `orders.csv`: a row an item, the rows of one order together. What an item is and costs, and where the order goes, is taken from
/// the catalogue and the customer where a row does not say it.
struct OrderTable {
  let customer: (String) throws -> Customer?
  let product: (_ itemID: String) throws -> Product?

  func read(_ path: String, _ currency: String, _ body: (Order) throws -> Void) throws {
    var rows: [CSVRows.Row] = []
    func flush() throws {
      if let first = rows.first { try body(try order(rows, first, currency)) }
      rows = []
    }
    try CSVRows.read(path, requiring: ["order_id", "customer_id", "status", "item_id"]) { row in
      let id = try row.required("order_id")
      if let first = rows.first, first["order_id"] != id { try flush() }
      rows.append(row)
    }
    try flush()
  }

  private func order(_ rows: [CSVRows.Row], _ first: CSVRows.Row, _ shopCurrency: String) throws -> Order {
    let unit = Money.unit(shopCurrency)
    if let currency = first["currency"], currency != shopCurrency {
      throw first.refuse("currency", "\"\(currency)\" is not the shop's, which is \(shopCurrency)")
    }
    for row in rows.dropFirst() {
      for column in ["customer_id", "status", "placed_at", "payment_method_id"] {
        if let value = row[column], value != first[column] {
          throw row.refuse(column, "differs from the first row of order \(first["order_id"] ?? "")")
        }
      }
    }
    let customerID = try first.required("customer_id")
    guard let customer = try customer(customerID) else { throw first.refuse("customer_id", "no customer \"\(customerID)\"") }
    let statusText = try first.required("status")
    guard let status = OrderStatus(rawValue: statusText) else {
      let known = OrderStatus.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw first.refuse("status", "unknown \"\(statusText)\"; there are \(known)")
    }
    if status == .returnRequested || status == .exchangeRequested {
      throw first.refuse(
        "status", "a table does not say what is to go back; write orders.json for orders that are \(statusText)")
    }
    let items = try rows.flatMap { try self.items($0, unit) }
    let total = items.reduce(0) { $0 + $1.price }
    guard
      let methodID = first["payment_method_id"] ?? (customer.paymentMethods.count == 1 ? customer.paymentMethods[0].id : nil)
    else { throw first.refuse("payment_method_id", "is missing") }
    guard customer.paymentMethod(methodID) != nil else {
      throw first.refuse("payment_method_id", "\"\(methodID)\" is not one of the customer's")
    }
    let paid = total
    var payments = [Payment(kind: .payment, amount: paid, methodID: methodID)]
    if status == .cancelled { payments.append(Payment(kind: .refund, amount: paid, methodID: methodID)) }
    var dates: [String: String] = [:]
    for column in ["placed_at", "shipped_at", "delivered_at", "estimated_delivery"] {
      guard let text = first[column] else { continue }
      guard Timestamp(iso: text) != nil else {
        throw first.refuse(column, "no date or time such as 2026-11-21T09:30:00Z: \"\(text)\"")
      }
      dates[column] = text
    }
    let tracking = first.list("tracking_ids")
    return Order(
      id: try first.required("order_id"), customerID: customerID, address: first.address ?? customer.address, items: items,
      fulfillments: tracking.isEmpty ? [] : [Fulfillment(trackingIDs: tracking, itemIDs: items.map(\.itemID))],
      status: status, payments: payments,
      dates: .init(
        placed: dates["placed_at"], shipped: dates["shipped_at"], delivered: dates["delivered_at"],
        estimatedDelivery: dates["estimated_delivery"]), carrier: first["carrier"], currency: first["currency"])
  }

  private func items(_ row: CSVRows.Row, _ unit: Int) throws -> [OrderItem] {
    let id = try row.required("item_id")
    let product = try product(id)
    let variant = product?.variant(id)
    guard let name = row["name"] ?? product?.name, let productID = row["product_id"] ?? product?.id else {
      throw row.refuse("item_id", "\"\(id)\" is not in the catalogue, so the row needs name, product_id and price")
    }
    guard let price = try row.amount("price", unit) ?? variant?.price else { throw row.refuse("price", "is missing") }
    let options = row.values("option:")
    let item = OrderItem(
      name: name, productID: productID, itemID: id, price: price, options: options.isEmpty ? variant?.options ?? [:] : options)
    let quantity = try row.count("quantity") ?? 1
    guard (1...1000).contains(quantity) else { throw row.refuse("quantity", "not between 1 and 1000") }
    return Array(repeating: item, count: quantity)
  }
}

extension CSVRows.Row {
  /// The address the row has, or nil when it has none.
  fileprivate var address: Address? { self["address1"] == nil && self["city"] == nil ? nil : emptyAddress }

  fileprivate var emptyAddress: Address {
    Address(
      address1: self["address1"] ?? "", address2: self["address2"] ?? "", city: self["city"] ?? "",
      country: self["country"] ?? "", state: self["state"] ?? "", zip: self["zip"] ?? "")
  }
}
