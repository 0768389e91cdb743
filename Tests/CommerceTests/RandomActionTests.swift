import Commerce
import Conversation
import Foundation
import Neural
import Testing

/// Whatever is asked for in whatever order, money is conserved, statuses follow the rules, and nobody else's records move.
@Suite struct RandomActionTests {
  /// Status changes the rules allow.
  private static let reachable: [OrderStatus: Set<OrderStatus>] = [
    .pending: [.pending, .cancelled, .pendingItemModified], .delivered: [.delivered, .returnRequested, .exchangeRequested],
  ]

  private struct Shop {
    var customers: [String: Customer] = [:]
    var orders: [String: Order] = [:]

    init(_ store: any Store, _ ids: [String]) throws {
      for id in ids {
        customers[id] = try store.customer(id: id)
        for order in try store.orderIDs(customer: id) { orders[order] = try store.order(id: order) }
      }
    }

    /// What a gift card holds and what orders hold of it: neither action may make or lose any.
    func giftCardMoney() -> Int {
      let cards = customers.values.flatMap(\.paymentMethods).filter(\.isGiftCard)
      let ids = Set(cards.map(\.id))
      let paid = orders.values.flatMap(\.netPayments).filter { ids.contains($0.methodID) }.reduce(0) { $0 + $1.amount }
      return cards.reduce(0) { $0 + ($1.balance ?? 0) } + paid
    }
  }

  @Test(arguments: StoreKind.allCases, [1, 2] as [UInt64])
  func aThousandRandomActionsKeepTheRules(_ kind: StoreKind, _ seed: UInt64) throws {
    // The database itself is slower; the rules are the same.
    let rounds = kind == .sqlite ? 100 : 1000
    let demo = try DemoShop()
    let store = kind.make(demo)
    let service = ShopService(store: store)
    var random = SplitMix64(seed: seed)
    let ids = try WriteTests.customers(store).map(\.0)
    let before = try Shop(store, ids)
    var shop = before
    var done = 0
    for round in 0..<rounds {
      let id = ids[Int.random(in: ids.indices, using: &random)]
      var authorization = try #require(service.authorization(forSignedIn: id))
      // Mostly the customer's own order; now and then anybody's.
      let own = try store.orderIDs(customer: id)
      let anyone = shop.orders.keys.sorted()
      let isOwn = Int.random(in: 0..<10, using: &random) > 0 && !own.isEmpty
      let orderID = isOwn ? own.randomElement(using: &random) : anyone.randomElement(using: &random)
      guard let order = try store.order(id: try #require(orderID)) else { continue }
      let write = try randomWrite(order, id, store, &random)
      authorization.customerSpoke()
      guard case .prepared(let proposal) = service.perform(.prepare(write), &authorization, now: DemoShop.now) else {
        #expect(try store.order(id: order.id) == order, "a refusal changed the order in round \(round)")
        continue
      }
      authorization.customerSpoke()
      let result = service.perform(.carryOut(write, token: proposal.token), &authorization, now: DemoShop.now)
      guard case .done = result else {
        Issue.record("stated and then refused: \(result)")
        continue
      }
      done += 1
      let after = try Shop(store, ids)
      for (other, customer) in after.customers where other != id { #expect(shop.customers[other] == customer) }
      for (other, now) in after.orders {
        let then = try #require(shop.orders[other])
        if now.customerID != id { #expect(then == now) }
        if then.status != now.status { #expect(Self.reachable[then.status]?.contains(now.status) == true) }
      }
      for card in after.customers.values.flatMap(\.paymentMethods) { #expect(card.balance ?? 0 >= 0) }
      shop = after
      if kind == .scratch, round.isMultiple(of: 50) == false { continue }
      #expect(after.giftCardMoney() == before.giftCardMoney(), "money was made or lost by \(write)")
    }
    #expect(done > rounds / 20, "hardly anything was done")
    let end = try Shop(store, ids)
    #expect(end.giftCardMoney() == before.giftCardMoney())
    // What is left paid on an order is what its items cost, or nothing when it is cancelled.
    for order in end.orders.values {
      let paid = order.netPayments.reduce(0) { $0 + $1.amount }
      #expect(paid == (order.status == .cancelled ? 0 : order.total), "\(order.id)")
    }
    #expect(try demo.store.problems().isEmpty)
  }

  private func randomWrite(_ order: Order, _ customerID: String, _ store: any Store, _ random: inout SplitMix64) throws
    -> Write
  {
    let methods = try store.customer(id: order.customerID)?.paymentMethods.map(\.id) ?? []
    let method = Int.random(in: 0..<8, using: &random) == 0 ? "nobody_1" : methods.randomElement(using: &random) ?? ""
    let items = order.items.map(\.itemID).shuffled(using: &random)
    let some = Array(items.prefix(Int.random(in: 0...items.count, using: &random)))
    let new = try some.map { id in
      try store.product(itemID: id)?.variants.randomElement(using: &random)?.itemID ?? "0"
    }
    var address = order.address
    address.address1 = "\(Int.random(in: 1...99, using: &random)) Random Road"
    return switch Int.random(in: 0..<7, using: &random) {
    case 0:
      .cancelOrder(
        orderID: order.id, reason: ["no longer needed", "ordered by mistake", "x"].randomElement(using: &random) ?? "")
    case 1: .modifyAddress(orderID: order.id, address)
    case 2: .modifyPayment(orderID: order.id, methodID: method)
    case 3: .modifyItems(orderID: order.id, itemIDs: some, newItemIDs: new, methodID: method)
    case 4: .modifyCustomerAddress(customerID: customerID, address)
    case 5: .returnItems(orderID: order.id, itemIDs: some, methodID: method)
    default: .exchangeItems(orderID: order.id, itemIDs: some, newItemIDs: new, methodID: method)
    }
  }
}
