import Conversation
import Foundation

/// The operator's door: the shop's tools by name, without identification and without confirmation, under the rules of the shop.
///
/// Not for conversations: those go through `ShopService`.
package struct ToolDesk: Sendable {
  /// What a call came to.
  package enum Outcome: Sendable {
    case result(any Encodable & Sendable)
    /// With `Error: ` before it.
    case error(String)
  }

  /// Records by id as they are after some calls, of those that the calls changed.
  package struct Changes: Encodable, Sendable {
    let orders: [String: RecordForms.OrderForm]
    let users: [String: RecordForms.CustomerForm]
  }

  private let store: any Store
  private let desk: WriteDesk

  /// - Parameter isBenchmark: reproduces the reference behaviour where a real shop must differ: a cancellation refunds every entry of
  ///   the payment history.
  package init(store: any Store, isBenchmark: Bool) {
    self.store = store
    desk = WriteDesk(
      store: store, rules: ShopRules(refundsEveryEntry: isBenchmark, currency: store.settings.currencyCode))
  }

  private var currency: String { store.settings.currencyCode }
  private var unit: Int { Money.unit(currency) }

  /// A call that cannot be read; the text follows `Error: `.
  private struct BadCall: Error {
    let message: String
  }

  /// Calls a tool and notes in `touched` what it wrote to.
  package func call(_ name: String, _ arguments: [String: JSONValue], now: Timestamp, touched: inout Touched) -> Outcome {
    do {
      return .result(try run(name, Arguments(values: arguments), now, &touched))
    } catch let failure as ActionFailure {
      return .error("Error: \(failure.message)")
    } catch let failure as BadCall {
      return .error("Error: \(failure.message)")
    } catch let failure as Calculator.Failure {
      return .error("Error: \(failure.message)")
    } catch StoreError.unavailable(let reason) {
      return .error("Error: the store is not available: \(reason)")
    } catch {
      return .error("Error: the store is not available")
    }
  }

  private func run(_ name: String, _ arguments: Arguments, _ now: Timestamp, _ touched: inout Touched) throws
    -> any Encodable & Sendable
  {
    switch name {
    case "find_user_id_by_email":
      guard let customer = try store.customers(email: arguments.text("email")).first else {
        throw ActionFailure.customerNotFound
      }
      return customer.id
    case "find_user_id_by_name_zip":
      let (first, last) = (try arguments.text("first_name").lowercased(), try arguments.text("last_name").lowercased())
      let zip = try arguments.text("zip")
      let found = try store.customers(postcode: zip).first {
        $0.address.zip == zip && $0.givenName.lowercased() == first && $0.familyName.lowercased() == last
      }
      guard let found else { throw ActionFailure.customerNotFound }
      return found.id
    case "get_user_details": return RecordForms.CustomerForm(try customer(arguments), unit)
    case "get_order_details": return form(try order(arguments))
    case "get_product_details":
      guard let product = try store.product(id: arguments.text("product_id")) else { throw ActionFailure.productNotFound }
      return RecordForms.ProductForm(product, unit)
    case "list_all_product_types":
      return Dictionary(try store.productTypes().map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    case "calculate": return try Calculator.evaluate(try arguments.text("expression"))
    case "think":
      _ = try arguments.text("thought")
      return ""
    case "transfer_to_human_agents":
      _ = try arguments.text("summary")
      return "Transfer successful"
    case "list_orders":
      var filter = OrderFilter()
      if let value = arguments.values["status"] {
        guard let words = value.texts ?? value.text.map({ [$0] }) else {
          throw BadCall(message: "argument status is not a string or a list of them")
        }
        filter.statuses = try words.map { word in
          guard let status = OrderStatus(rawValue: word) else { throw BadCall(message: "unknown status \(word)") }
          return status
        }
      }
      filter.since = try arguments.moment("since")
      filter.until = try arguments.moment("until")
      return try store.orders(customer: customer(arguments).id, matching: filter, limit: .max).map(form)
    case "track_shipment": return shipment(Shipment(try order(arguments), now: now))
    case "get_refund_status":
      let order = try order(arguments)
      guard let owner = try store.customer(id: order.customerID) else { throw ActionFailure.customerNotFound }
      return refund(RefundStatus(order, owner, currency: currency))
    case "get_invoice":
      let order = try order(arguments)
      guard let owner = try store.customer(id: order.customerID) else { throw ActionFailure.customerNotFound }
      return invoice(Invoice(order, owner, store.settings))
    case "get_gift_card_balance":
      let cards = try customer(arguments).paymentMethods.filter(\.isGiftCard)
      return Dictionary(
        cards.map { ($0.id, RecordForms.decimal($0.balance ?? 0, unit)) }, uniquingKeysWith: { first, _ in first })
    case "compare_prices": return try prices(order(arguments))
    case "get_item_stock": return try variant(arguments.text("item_id"))
    case "compare_items": return try arguments.texts("item_ids").map(variant)
    default:
      let write = try self.write(name, arguments)
      let outcome = try desk.carryOut(write, stated: nil, actor: "operator", token: nil, now: now)
      touched.note(outcome)
      return outcome.order.map { form($0) as any Encodable & Sendable } ?? RecordForms.CustomerForm(outcome.customer, unit)
    }
  }

  private func write(_ name: String, _ arguments: Arguments) throws -> Write {
    switch name {
    case "cancel_pending_order":
      return .cancelOrder(orderID: try arguments.text("order_id"), reason: try arguments.text("reason"))
    case "modify_pending_order_address":
      return .modifyAddress(orderID: try arguments.text("order_id"), try arguments.address())
    case "modify_pending_order_payment":
      return .modifyPayment(orderID: try arguments.text("order_id"), methodID: try arguments.text("payment_method_id"))
    case "modify_pending_order_items", "exchange_delivered_order_items":
      let (order, items) = (try arguments.text("order_id"), try arguments.texts("item_ids"))
      let (new, method) = (try arguments.texts("new_item_ids"), try arguments.text("payment_method_id"))
      return name.hasPrefix("modify")
        ? .modifyItems(orderID: order, itemIDs: items, newItemIDs: new, methodID: method)
        : .exchangeItems(orderID: order, itemIDs: items, newItemIDs: new, methodID: method)
    case "modify_user_address":
      return .modifyCustomerAddress(customerID: try arguments.text("user_id"), try arguments.address())
    case "return_delivered_order_items":
      return .returnItems(
        orderID: try arguments.text("order_id"), itemIDs: try arguments.texts("item_ids"),
        methodID: try arguments.text("payment_method_id"))
    default: throw BadCall(message: "unknown tool \(name)")
    }
  }

  private func customer(_ arguments: Arguments) throws -> Customer {
    guard let customer = try store.customer(id: arguments.text("user_id")) else { throw ActionFailure.customerNotFound }
    return customer
  }

  private func order(_ arguments: Arguments) throws -> Order {
    guard let order = try store.order(id: arguments.text("order_id")) else { throw ActionFailure.orderNotFound }
    return order
  }

  private func form(_ order: Order) -> RecordForms.OrderForm { .init(order, shopCurrency: currency) }

  // MARK: changes

  /// The records some calls wrote to, as they were before the first of them and after the last.
  package struct Touched: Sendable {
    private var ordersBefore: [String: Order] = [:]
    private var customersBefore: [String: Customer] = [:]
    private var ordersAfter: [String: Order] = [:]
    private var customersAfter: [String: Customer] = [:]

    package init() {}

    fileprivate mutating func note(_ outcome: WriteDesk.Outcome) {
      if let order = outcome.before?.order { ordersBefore[order.id] = ordersBefore[order.id] ?? order }
      if let customer = outcome.before?.customer {
        customersBefore[customer.id] = customersBefore[customer.id] ?? customer
      }
      if let order = outcome.order { ordersAfter[order.id] = order }
      customersAfter[outcome.customer.id] = outcome.customer
    }

    fileprivate var changedOrders: [Order] { ordersAfter.values.filter { $0 != ordersBefore[$0.id] } }
    fileprivate var changedCustomers: [Customer] { customersAfter.values.filter { $0 != customersBefore[$0.id] } }
  }

  /// What differs of the records touched.
  package func changes(_ touched: Touched) -> Changes {
    Changes(
      orders: Dictionary(touched.changedOrders.map { ($0.id, form($0)) }, uniquingKeysWith: { first, _ in first }),
      users: Dictionary(
        touched.changedCustomers.map { ($0.id, .init($0, unit)) }, uniquingKeysWith: { first, _ in first }))
  }

  // MARK: the forms of readings

  private func amount(_ minorUnits: Int, _ currency: String) -> JSONValue {
    .number(RecordForms.decimal(minorUnits, Money.unit(currency)))
  }

  private func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  private func shipment(_ shipment: Shipment) -> JSONValue {
    .object([
      "order_id": .string(shipment.orderID), "status": .string(shipment.status.rawValue), "carrier": optional(shipment.carrier),
      "tracking_id": .array(shipment.trackingIDs.map(JSONValue.string)), "shipped_at": optional(shipment.dates.shipped),
      "delivered_at": optional(shipment.dates.delivered), "estimated_delivery": optional(shipment.dates.estimatedDelivery),
      "late": .bool(shipment.isLate),
    ])
  }

  private func refund(_ refund: RefundStatus) -> JSONValue {
    .object([
      "order_id": .string(refund.orderID), "stage": .string(refund.stage.rawValue),
      "refunds": .array(
        refund.movements.map {
          .object(["amount": amount($0.amount, refund.currency), "payment_method_id": .string($0.method.id)])
        }),
    ])
  }

  private func invoice(_ invoice: Invoice) -> JSONValue {
    .object([
      "order_id": .string(invoice.orderID), "seller": .string(invoice.seller), "currency": .string(invoice.currency),
      "customer": .string("\(invoice.customerName.given) \(invoice.customerName.family)"),
      "placed_at": optional(invoice.placed), "total": amount(invoice.total, invoice.currency),
      "items": .array(
        invoice.items.map {
          .object([
            "name": .string($0.name), "item_id": .string($0.itemID), "price": amount($0.price, invoice.currency),
            "options": .object($0.options.mapValues(JSONValue.string)),
          ])
        }),
      "payment_history": .array(
        invoice.payments.map {
          .object([
            "transaction_type": .string($0.kind.rawValue), "amount": amount($0.amount, invoice.currency),
            "payment_method_id": .string($0.methodID),
          ])
        }),
    ])
  }

  private func prices(_ order: Order) throws -> JSONValue {
    let code = order.currency ?? currency
    return .array(
      try store.prices(order).map {
        .object([
          "item_id": .string($0.item.itemID), "name": .string($0.item.name), "paid": amount($0.item.price, code),
          "today": $0.today.map { amount($0, code) } ?? .null,
        ])
      })
  }

  private func variant(_ id: String) throws -> JSONValue {
    guard let facts = try store.variant(id) else { throw ActionFailure.itemNotFound(id) }
    return .object([
      "item_id": .string(id), "product_id": .string(facts.product.id), "name": .string(facts.product.name),
      "options": .object(facts.variant.options.mapValues(JSONValue.string)), "available": .bool(facts.variant.isAvailable),
      "stock": facts.variant.stock.map { .number(Double($0)) } ?? .null, "price": amount(facts.variant.price, currency),
    ])
  }

  /// A call's arguments by name.
  private struct Arguments {
    let values: [String: JSONValue]

    func text(_ name: String) throws -> String {
      guard let value = values[name] else { throw BadCall(message: "missing argument \(name)") }
      guard let text = value.text else { throw BadCall(message: "argument \(name) is not a string") }
      return text
    }

    func texts(_ name: String) throws -> [String] {
      guard let value = values[name] else { throw BadCall(message: "missing argument \(name)") }
      guard let texts = value.texts else { throw BadCall(message: "argument \(name) is not a list of strings") }
      return texts
    }

    func moment(_ name: String) throws -> Timestamp? {
      guard values[name] != nil else { return nil }
      let text = try text(name)
      guard let moment = Timestamp(iso: text) else { throw BadCall(message: "argument \(name) is no date or time") }
      return moment
    }

    func address() throws -> Address {
      Address(
        address1: try text("address1"), address2: try text("address2"), city: try text("city"), country: try text("country"),
        state: try text("state"), zip: try text("zip"))
    }
  }
}
