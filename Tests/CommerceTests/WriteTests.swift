import Commerce
import Conversation
import Foundation
import Synchronization
import TestSupport
import Testing

/// Stating, confirming and doing, on every kind of store.
@Suite struct WriteTests {
  let demo: DemoShop
  let now = DemoShop.now

  init() throws {
    demo = try DemoShop()
  }

  /// A signed-in owner of a pending order, and that order.
  private func pendingOrder(_ store: any Store, paidBy isGiftCard: Bool? = nil) throws -> (Authorization, Order) {
    for (id, _) in try Self.customers(store) {
      for orderID in try store.orderIDs(customer: id) {
        guard let order = try store.order(id: orderID), order.status == .pending, order.payments.count == 1 else { continue }
        let customer = try #require(try store.customer(id: id))
        let method = try #require(customer.paymentMethod(order.payments[0].methodID))
        if let isGiftCard, method.isGiftCard != isGiftCard { continue }
        let authorization = try #require(ShopService(store: store).authorization(forSignedIn: id))
        return (authorization, order)
      }
    }
    throw Missing()
  }

  private struct Missing: Error {}

  static func customers(_ store: any Store) throws -> [(String, Customer)] {
    let json = try Data(contentsOf: DemoShop.root.appending(path: "corpora/store/customers.json"))
    let ids = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any]).keys.sorted()
    return try ids.compactMap { id in try store.customer(id: id).map { (id, $0) } }
  }

  private func prepare(_ write: Write, _ service: ShopService, _ authorization: inout Authorization) throws -> Proposal {
    authorization.customerSpoke()
    guard case .prepared(let proposal) = service.perform(.prepare(write), &authorization, now: now) else { throw Missing() }
    return proposal
  }

  @Test(arguments: StoreKind.allCases) func aStatedAndConfirmedWriteIsDoneOnceHoweverOftenItIsAskedFor(_ kind: StoreKind) throws
  {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    var (authorization, order) = try pendingOrder(store, paidBy: true)
    let method = order.payments[0].methodID
    let before = try #require(try store.customer(id: order.customerID)?.paymentMethod(method)?.balance)
    let write = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    let proposal = try prepare(write, service, &authorization)
    #expect(proposal.statement.movements.map(\.amount) == [order.total])
    #expect(proposal.statement.movements.map(\.kind) == [.refund])
    #expect(try store.order(id: order.id) == order, "stating changes nothing")
    authorization.customerSpoke()
    for _ in 0..<3 {
      let result = service.perform(.carryOut(write, token: proposal.token), &authorization, now: now)
      guard case .done(write, let done?, let customer) = result else {
        Issue.record("\(result)")
        return
      }
      #expect(done.status == .cancelled && done.cancelReason == .noLongerNeeded)
      #expect(customer.paymentMethod(method)?.balance == before + order.total)
    }
    #expect(try store.customer(id: order.customerID)?.paymentMethod(method)?.balance == before + order.total)
    #expect(try store.order(id: order.id)?.payments.count == 2)
  }

  @Test(arguments: StoreKind.allCases) func nothingIsDoneWithoutAStatementAndAnAnswer(_ kind: StoreKind) throws {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    var (authorization, order) = try pendingOrder(store)
    let write = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    func carryOut(_ write: Write, _ token: String, at time: Timestamp? = nil) -> ActionResult {
      service.perform(.carryOut(write, token: token), &authorization, now: time ?? now)
    }
    #expect(carryOut(write, "anything") == .failed(.notConfirmed))
    let proposal = try prepare(write, service, &authorization)
    #expect(carryOut(write, proposal.token) == .failed(.notConfirmed), "the customer has not spoken since")
    authorization.customerSpoke()
    #expect(carryOut(write, proposal.token + "0") == .failed(.notConfirmed))
    #expect(
      carryOut(.cancelOrder(orderID: order.id, reason: "ordered by mistake"), proposal.token) == .failed(.notConfirmed),
      "another reason is another write")
    let late = Timestamp(seconds: now.seconds + 3600)
    #expect(carryOut(write, proposal.token, at: late) == .failed(.confirmationExpired))
    // A later statement takes the place of the first, even one that is refused.
    authorization.customerSpoke()
    let refused = service.perform(
      .prepare(.cancelOrder(orderID: order.id, reason: "too dear")), &authorization, now: now)
    #expect(refused == .failed(.invalidReason))
    authorization.customerSpoke()
    #expect(carryOut(write, proposal.token) == .failed(.notConfirmed))
    #expect(try store.order(id: order.id) == order)
  }

  @Test(arguments: StoreKind.allCases) func theStatementOfOneCustomerIsNothingToAnother(_ kind: StoreKind) throws {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    var (owner, order) = try pendingOrder(store)
    let write = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    let proposal = try prepare(write, service, &owner)
    let other = try #require(try Self.customers(store).first { $0.0 != order.customerID }).0
    var stranger = try #require(service.authorization(forSignedIn: other))
    stranger.customerSpoke()
    stranger.customerSpoke()
    #expect(service.perform(.carryOut(write, token: proposal.token), &stranger, now: now) == .failed(.notConfirmed))
    #expect(service.perform(.prepare(write), &stranger, now: now) == .failed(.orderNotFound))
    #expect(service.perform(.findOrder(id: order.id), &stranger, now: now) == .failed(.orderNotFound))
    let address = order.address
    #expect(
      service.perform(.prepare(.modifyCustomerAddress(customerID: order.customerID, address)), &stranger, now: now)
        == .failed(.otherCustomer))
    var nobody = Authorization()
    #expect(service.perform(.prepare(write), &nobody, now: now) == .failed(.notIdentified))
    #expect(service.perform(.customerDetails, &nobody, now: now) == .failed(.notIdentified))
    #expect(try store.order(id: order.id) == order)
  }

  @Test(arguments: StoreKind.allCases) func ofTwoConversationsOnOneOrderOneWinsAndTheOtherIsToldWhy(_ kind: StoreKind) throws {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    let (authorization, order) = try pendingOrder(store)
    var (a, b) = (authorization, authorization)
    let cancel = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    var elsewhere = order.address
    elsewhere.address1 = "9 New Street"
    let move = Write.modifyAddress(orderID: order.id, elsewhere)
    let first = try prepare(cancel, service, &a)
    let second = try prepare(move, service, &b)
    a.customerSpoke()
    b.customerSpoke()
    guard case .done = service.perform(.carryOut(cancel, token: first.token), &a, now: now) else {
      Issue.record("the first failed")
      return
    }
    #expect(service.perform(.carryOut(move, token: second.token), &b, now: now) == .failed(.notPendingToModify))
    #expect(try store.order(id: order.id)?.address == order.address)
  }

  @Test(arguments: StoreKind.allCases) func aStatementHoldsForTheOrderItWasMadeOfAlone(_ kind: StoreKind) throws {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    let (authorization, order) = try pendingOrder(store)
    var (a, b) = (authorization, authorization)
    let cancel = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    var elsewhere = order.address
    elsewhere.address1 = "9 New Street"
    let move = Write.modifyAddress(orderID: order.id, elsewhere)
    let first = try prepare(cancel, service, &a)
    let second = try prepare(move, service, &b)
    a.customerSpoke()
    b.customerSpoke()
    guard case .done = service.perform(.carryOut(move, token: second.token), &b, now: now) else {
      Issue.record("the first failed")
      return
    }
    #expect(service.perform(.carryOut(cancel, token: first.token), &a, now: now) == .failed(.changedMeanwhile))
    #expect(try store.order(id: order.id)?.status == .pending)
  }

  @Test(arguments: StoreKind.allCases) func aSpentTokenGivesWhatItGaveLateAndFromAnywhere(_ kind: StoreKind) throws {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    var (authorization, order) = try pendingOrder(store)
    var again = authorization
    let write = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    let proposal = try prepare(write, service, &authorization)
    authorization.customerSpoke()
    let first = service.perform(.carryOut(write, token: proposal.token), &authorization, now: now)
    let late = Timestamp(seconds: now.seconds + 86_400)
    guard case .done(_, let done, _) = first,
      case .done(_, let repeated, _) = service.perform(.carryOut(write, token: proposal.token), &again, now: late)
    else {
      Issue.record("\(first)")
      return
    }
    #expect(done == repeated)
    // To somebody else the token is nothing.
    let other = try #require(try Self.customers(store).first { $0.0 != order.customerID }).0
    var stranger = try #require(service.authorization(forSignedIn: other))
    #expect(service.perform(.carryOut(write, token: proposal.token), &stranger, now: now) == .failed(.notConfirmed))
  }

  @Test func linesWithOneItemIDAreChangedOneByOneAtTheirOwnPrices() throws {
    func item(_ id: String, _ price: Int) -> OrderItem {
      OrderItem(name: "Mug", productID: "p", itemID: id, price: price, options: [:])
    }
    let method = PaymentMethod(id: "card", source: "credit_card")
    let address = Address(address1: "1", address2: nil, city: "X", country: "Y", state: "Z", zip: "1")
    let order = Order(
      id: "#1", customerID: "c", address: address, items: [item("a", 1000), item("a", 1200), item("b", 1100)], status: .pending,
      payments: [Payment(kind: .payment, amount: 3300, methodID: "card")])
    let customer = Customer(
      id: "c", givenName: "A", familyName: "B", email: "e", address: address, paymentMethods: [method], orders: ["#1"])
    let variants = [("a", 1000), ("b", 1500), ("c", 2000)].map {
      Variant(itemID: $0.0, options: [:], isAvailable: true, price: $0.1)
    }
    let products = ["p": Product(id: "p", name: "Mug", variants: variants)]
    // Two alike of different prices, and a chain in which one item becomes what another was.
    for (old, new, rest) in [(["a", "a"], ["b", "b"], [1500, 1500, 1100]), (["a", "b"], ["b", "c"], [1500, 1200, 2000])] {
      let effect = try ShopRules(currency: "USD").effect(
        of: .modifyItems(orderID: "#1", itemIDs: old, newItemIDs: new, methodID: "card"), order: order, customer: customer,
        products: products)
      let changed = try #require(effect.order)
      #expect(changed.items.map(\.price) == rest)
      #expect(changed.netPayments.reduce(0) { $0 + $1.amount } == changed.total)
    }
  }

  @Test func writesThatMeetOnOneOrderFromManyThreadsHaveOneWinner() throws {
    let service = ShopService(store: demo.store)
    let (authorization, order) = try pendingOrder(demo.store)
    let results = Mutex<[Bool]>([])
    let now = now
    DispatchQueue.concurrentPerform(iterations: 16) { i in
      var mine = authorization
      let write =
        i.isMultiple(of: 2)
        ? Write.cancelOrder(orderID: order.id, reason: "no longer needed")
        : Write.cancelOrder(orderID: order.id, reason: "ordered by mistake")
      mine.customerSpoke()
      guard case .prepared(let proposal) = service.perform(.prepare(write), &mine, now: now) else {
        return results.withLock { $0.append(false) }
      }
      mine.customerSpoke()
      let result = service.perform(.carryOut(write, token: proposal.token), &mine, now: now)
      let won = if case .done = result { true } else { false }
      results.withLock { $0.append(won) }
    }
    let all = results.withLock { $0 }
    #expect(all.count { $0 } == 1 && all.count == 16)
    #expect(try demo.store.problems().isEmpty)
  }

  @Test(arguments: StoreKind.allCases) func whatHasChangedSinceTheStatementIsNotDone(_ kind: StoreKind) throws {
    let store = kind.make(demo)
    let service = ShopService(store: store)
    var (authorization, order) = try pendingOrder(store, paidBy: true)
    let write = Write.cancelOrder(orderID: order.id, reason: "no longer needed")
    let proposal = try prepare(write, service, &authorization)
    // The operator changes the payment method in between: the refund stated would go to the wrong place.
    let customer = try #require(try store.customer(id: order.customerID))
    guard let other = customer.paymentMethods.first(where: { !$0.isGiftCard }) else { return }
    var touched = ToolDesk.Touched()
    let outcome = ToolDesk(store: store, isBenchmark: false).call(
      "modify_pending_order_payment", ["order_id": .string(order.id), "payment_method_id": .string(other.id)], now: now,
      touched: &touched)
    guard case .result = outcome else { return }
    authorization.customerSpoke()
    #expect(
      service.perform(.carryOut(write, token: proposal.token), &authorization, now: now) == .failed(.changedMeanwhile))
    #expect(try store.order(id: order.id)?.status == .pending)
  }

  @Test func anAddressThatIsNoneIsRefused() throws {
    let service = ShopService(store: demo.store)
    var (authorization, order) = try pendingOrder(demo.store)
    for bad in ["", "   ", String(repeating: "x", count: 100_000)] {
      var address = order.address
      address.address1 = bad
      #expect(
        service.perform(.prepare(.modifyAddress(orderID: order.id, address)), &authorization, now: now)
          == .failed(.invalidArgument))
    }
  }

  @Test func returnsEndWithTheirWindow() throws {
    let store = demo.store
    for (id, _) in try Self.customers(store) {
      let delivered = try store.orders(customer: id, matching: OrderFilter(statuses: [.delivered]), limit: 1)
      guard let order = delivered.first, let date = order.dates.delivered.flatMap(Timestamp.init(iso:)) else { continue }
      let service = ShopService(store: store)
      var authorization = try #require(service.authorization(forSignedIn: id))
      let write = Write.returnItems(
        orderID: order.id, itemIDs: [order.items[0].itemID], methodID: order.payments[0].methodID)
      let inTime = Timestamp(seconds: date.seconds + 30 * 86_400)
      let late = Timestamp(seconds: date.seconds + 32 * 86_400)
      #expect(service.perform(.prepare(write), &authorization, now: late) == .failed(.outsideReturnWindow))
      guard case .prepared(let proposal) = service.perform(.prepare(write), &authorization, now: inTime) else {
        Issue.record("refused in time")
        return
      }
      #expect(proposal.statement.movements.map(\.amount) == [order.items[0].price])
      return
    }
    Issue.record("the demo shop has no delivered order with a date")
  }
}
