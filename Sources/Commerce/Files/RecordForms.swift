import Conversation

/// The records as the shop's files write them: JSON objects with these keys. Unknown keys are passed over.
///
/// Money stands in files as a decimal number of the currency's unit; `unit` is how many minor units that is.
enum RecordForms {
  /// A value that is no amount of money, or the like; names the field.
  struct BadValue: Error {
    let field: String
    let reason: String
  }

  /// More than any shop turns over; keeps sums far from overflow.
  private static let greatestAmount = 1e12

  static func minorUnits(_ amount: Double, _ unit: Int, _ field: String, mayBeNegative: Bool = false) throws(BadValue) -> Int {
    let scaled = amount * Double(unit)
    guard scaled.isFinite, abs(scaled) <= greatestAmount, mayBeNegative || scaled >= 0 else {
      throw BadValue(field: field, reason: "no amount of money: \(amount)")
    }
    guard abs(scaled - scaled.rounded()) < 1e-3 else {
      throw BadValue(field: field, reason: "more decimals than the currency has: \(amount)")
    }
    return Int(scaled.rounded())
  }

  static func decimal(_ minorUnits: Int, _ unit: Int) -> Double { Double(minorUnits) / Double(unit) }

  /// An id as it can be said, compared and printed.
  static func checkID(_ id: String, _ field: String) throws(BadValue) {
    let isPlain = !id.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard !id.isEmpty, id.utf8.count <= 200, isPlain else {
      throw BadValue(field: field, reason: "no id: empty, longer than 200 bytes, or with control characters")
    }
  }

  struct ProductForm: Codable {
    struct VariantForm: Codable {
      let item_id: String
      let options: [String: String]
      let available: Bool
      let price: Double
      let stock: Int?
    }

    let name: String
    let product_id: String
    let category: String?
    let category_names: [String: String]?
    let brand: String?
    let description: String?
    let descriptions: [String: String]?
    let names: [String: String]?
    let tags: [String]?
    let rating: Double?
    let option_names: [String: [String: String]]?
    let option_values: [String: [String: String]]?
    let variants: [String: VariantForm]

    func record(_ unit: Int) throws(BadValue) -> Product {
      try checkID(product_id, "product_id")
      var variants: [Variant] = []
      for (id, variant) in self.variants.sorted(by: { $0.key < $1.key }) {
        try checkID(id, "variants")
        guard variant.item_id == id else {
          throw BadValue(field: "variants.\(id).item_id", reason: "calls itself \"\(variant.item_id)\"")
        }
        let price = try minorUnits(variant.price, unit, "variants.\(id).price")
        if let stock = variant.stock, stock < 0 { throw BadValue(field: "variants.\(id).stock", reason: "below 0") }
        variants.append(
          Variant(itemID: id, options: variant.options, isAvailable: variant.available, price: price, stock: variant.stock))
      }
      var product = Product(id: product_id, name: name, variants: variants)
      product.category = category
      product.categoryNames = category_names
      product.brand = brand
      product.description = description
      product.descriptions = descriptions
      product.names = names
      product.tags = tags
      product.rating = rating
      product.optionNames = option_names
      product.optionValues = option_values
      return product
    }
  }

  struct CustomerForm: Codable {
    struct Name: Codable {
      let first_name: String
      let last_name: String
    }

    struct Method: Codable {
      let source: String
      let id: String
      let brand: String?
      let last_four: String?
      let balance: Double?
    }

    let name: Name
    let address: Address
    let email: String
    let payment_methods: [String: Method]
    let orders: [String]

    func record(_ id: String, _ unit: Int) throws(BadValue) -> Customer {
      try checkID(id, "the customer's id")
      try checkID(email, "email")
      var methods: [PaymentMethod] = []
      for (key, method) in payment_methods.sorted(by: { $0.key < $1.key }) {
        let field = "payment_methods.\(key)"
        try checkID(key, "payment_methods")
        guard method.id == key else { throw BadValue(field: "\(field).id", reason: "calls itself \"\(method.id)\"") }
        var balance: Int?
        if let amount = method.balance { balance = try minorUnits(amount, unit, "\(field).balance") }
        if method.source == PaymentMethod.giftCard, balance == nil {
          throw BadValue(field: field, reason: "a gift card without a \"balance\"")
        }
        methods.append(.init(id: key, source: method.source, brand: method.brand, lastFour: method.last_four, balance: balance))
      }
      return Customer(
        id: id, givenName: name.first_name, familyName: name.last_name, email: email, address: address,
        paymentMethods: methods, orders: orders)
    }
  }

  struct OrderForm: Codable {
    struct Item: Codable {
      let name: String
      let product_id: String
      let item_id: String
      let price: Double
      let options: [String: String]
    }

    struct FulfillmentForm: Codable {
      let tracking_id: [String]
      let item_ids: [String]
    }

    struct PaymentForm: Codable {
      let transaction_type: String
      let amount: Double
      let payment_method_id: String
    }

    let order_id: String
    let user_id: String
    let address: Address
    let items: [Item]
    let fulfillments: [FulfillmentForm]
    let status: String
    let payment_history: [PaymentForm]
    let cancel_reason: String?
    let return_items: [String]?
    let return_payment_method_id: String?
    let exchange_items: [String]?
    let exchange_new_items: [String]?
    let exchange_payment_method_id: String?
    let exchange_price_difference: Double?
    let placed_at: String?
    let shipped_at: String?
    let delivered_at: String?
    let estimated_delivery: String?
    let carrier: String?
    let currency: String?

    func record(shopCurrency: String) throws(BadValue) -> Order {
      let unit = Money.unit(shopCurrency)
      try checkID(order_id, "order_id")
      // Sums over orders, cards and the catalogue are in one currency.
      if let currency, currency != shopCurrency {
        throw BadValue(field: "currency", reason: "\"\(currency)\" is not the shop's, which is \(shopCurrency)")
      }
      guard let status = OrderStatus(rawValue: status) else {
        let known = OrderStatus.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        throw BadValue(field: "status", reason: "unknown \"\(self.status)\"; there are \(known)")
      }
      var items: [OrderItem] = []
      for (i, item) in self.items.enumerated() {
        let price = try minorUnits(item.price, unit, "items.\(i).price")
        items.append(
          .init(name: item.name, productID: item.product_id, itemID: item.item_id, price: price, options: item.options))
      }
      var payments: [Payment] = []
      for (i, payment) in payment_history.enumerated() {
        guard let kind = Payment.Kind(rawValue: payment.transaction_type) else {
          throw BadValue(field: "payment_history.\(i).transaction_type", reason: "neither \"payment\" nor \"refund\"")
        }
        let amount = try minorUnits(payment.amount, unit, "payment_history.\(i).amount")
        payments.append(.init(kind: kind, amount: amount, methodID: payment.payment_method_id))
      }
      var reason: CancelReason?
      if let cancel_reason {
        reason = CancelReason(rawValue: cancel_reason)
        if reason == nil { throw BadValue(field: "cancel_reason", reason: "unknown \"\(cancel_reason)\"") }
      }
      var exchange: Order.ExchangeRequest?
      if let exchange_items {
        let difference = try minorUnits(
          exchange_price_difference ?? 0, unit, "exchange_price_difference", mayBeNegative: true)
        exchange = .init(
          items: exchange_items, newItems: exchange_new_items ?? [], methodID: exchange_payment_method_id ?? "",
          priceDifference: difference)
      }
      for (field, moment) in [
        ("placed_at", placed_at), ("shipped_at", shipped_at), ("delivered_at", delivered_at),
        ("estimated_delivery", estimated_delivery),
      ] {
        if let moment, Timestamp(iso: moment) == nil {
          throw BadValue(field: field, reason: "no date or time such as 2026-11-21T09:30:00Z: \"\(moment)\"")
        }
      }
      return Order(
        id: order_id, customerID: user_id, address: address, items: items,
        fulfillments: fulfillments.map { .init(trackingIDs: $0.tracking_id, itemIDs: $0.item_ids) }, status: status,
        payments: payments, cancelReason: reason,
        returnRequest: return_items.map { .init(items: $0, methodID: return_payment_method_id ?? "") },
        exchangeRequest: exchange,
        dates: .init(
          placed: placed_at, shipped: shipped_at, delivered: delivered_at, estimatedDelivery: estimated_delivery),
        carrier: carrier, currency: currency)
    }
  }
}

extension RecordForms.ProductForm {
  init(_ product: Product, _ unit: Int) {
    name = product.name
    product_id = product.id
    category = product.category
    category_names = product.categoryNames
    brand = product.brand
    description = product.description
    descriptions = product.descriptions
    names = product.names
    tags = product.tags
    rating = product.rating
    option_names = product.optionNames
    option_values = product.optionValues
    variants = Dictionary(
      product.variants.map { variant in
        let form = VariantForm(
          item_id: variant.itemID, options: variant.options, available: variant.isAvailable,
          price: RecordForms.decimal(variant.price, unit), stock: variant.stock)
        return (variant.itemID, form)
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension RecordForms.CustomerForm {
  init(_ customer: Customer, _ unit: Int) {
    name = .init(first_name: customer.givenName, last_name: customer.familyName)
    address = customer.address
    email = customer.email
    orders = customer.orders
    payment_methods = Dictionary(
      customer.paymentMethods.map { method in
        let form = Method(
          source: method.source, id: method.id, brand: method.brand, last_four: method.lastFour,
          balance: method.balance.map { RecordForms.decimal($0, unit) })
        return (method.id, form)
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension RecordForms.OrderForm {
  init(_ order: Order, shopCurrency: String) {
    let unit = Money.unit(order.currency ?? shopCurrency)
    order_id = order.id
    user_id = order.customerID
    address = order.address
    items = order.items.map {
      .init(
        name: $0.name, product_id: $0.productID, item_id: $0.itemID, price: RecordForms.decimal($0.price, unit),
        options: $0.options)
    }
    fulfillments = order.fulfillments.map { .init(tracking_id: $0.trackingIDs, item_ids: $0.itemIDs) }
    status = order.status.rawValue
    payment_history = order.payments.map {
      .init(transaction_type: $0.kind.rawValue, amount: RecordForms.decimal($0.amount, unit), payment_method_id: $0.methodID)
    }
    cancel_reason = order.cancelReason?.rawValue
    return_items = order.returnRequest?.items
    return_payment_method_id = order.returnRequest?.methodID
    exchange_items = order.exchangeRequest?.items
    exchange_new_items = order.exchangeRequest?.newItems
    exchange_payment_method_id = order.exchangeRequest?.methodID
    exchange_price_difference = order.exchangeRequest.map { RecordForms.decimal($0.priceDifference, unit) }
    placed_at = order.dates.placed
    shipped_at = order.dates.shipped
    delivered_at = order.dates.delivered
    estimated_delivery = order.dates.estimatedDelivery
    carrier = order.carrier
    currency = order.currency
  }
}
