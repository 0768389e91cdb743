import Conversation
import Foundation

/// What a conversation has been granted. Only `ShopService` changes it.
package struct Authorization: Hashable, Sendable {
  /// The customer who has identified themselves here.
  package fileprivate(set) var customer: Customer?
  fileprivate var failedIdentifications = 0
  /// How many messages the customer has sent.
  fileprivate var messages = 0
  /// The statement that waits for a yes, and the message it was made at.
  fileprivate var proposal: (Proposal, message: Int)?

  package init() {}

  /// Notes that the customer has spoken. A write needs a message between its statement and its doing.
  package mutating func customerSpoke() { messages += 1 }

  package static func == (a: Authorization, b: Authorization) -> Bool {
    a.customer == b.customer && a.failedIdentifications == b.failedIdentifications && a.messages == b.messages
      && a.proposal?.0 == b.proposal?.0 && a.proposal?.message == b.proposal?.message
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(customer)
    hasher.combine(proposal?.0)
  }
}

/// The shop behind the conversation: performs actions, and keeps the rules whatever the caller does.
///
/// - Nothing about a person is read before they have identified themselves, and afterwards only what is theirs; a conversation
///   serves one customer.
/// - A write is first prepared, which states what it will do and grants a token; it is carried out only with that token, after the
///   customer has spoken again, while the statement still holds, and once.
package struct ShopService: Sendable {
  private let store: any Store
  private let desk: WriteDesk
  private let catalogue: CatalogueDesk?

  /// After this many failed identifications a conversation gets no more tries.
  private static let allowedFailures = 5
  private static let greatestLimit = 50
  private static let defaultConfirmationMinutes = 15
  /// No name, address or reason is longer.
  private static let longestText = 500

  /// - Parameter catalogue: without it the shop answers nothing about looking for products.
  package init(store: any Store, catalogue: CatalogueDesk? = nil) {
    self.store = store
    self.catalogue = catalogue
    desk = WriteDesk(store: store, rules: ShopRules(currency: store.settings.currencyCode))
  }

  /// The same shop on a scratch copy of its store: what is done there stays there.
  package func onScratchCopy() -> ShopService {
    let scratch = ScratchStore(store)
    return ShopService(store: scratch, catalogue: catalogue?.serving(scratch))
  }

  package var settings: ShopSettings { store.settings }

  /// A conversation that its surroundings have identified: a signed-in customer. Nil for an unknown id.
  package func authorization(forSignedIn id: String) -> Authorization? {
    guard let customer = try? store.customer(id: id) else { return nil }
    var authorization = Authorization()
    authorization.customer = customer
    return authorization
  }

  /// Performs an action. A store that fails is a result like any other.
  package func perform(_ action: Action, _ authorization: inout Authorization, now: Timestamp) -> ActionResult {
    do {
      switch action {
      case .findCustomerByEmail(let email):
        return identify(try only(store.customers(email: email)), &authorization)
      case .findCustomerByNameAndPostcode(let names, let postcode):
        return identify(match(names, try store.customers(postcode: postcode)), &authorization)
      case .productDetails(let id):
        guard let product = try store.product(id: id) else { return .failed(.productNotFound) }
        return .product(product)
      case .listProductTypes:
        return .productTypes(try store.productTypes())
      case .stock(let id):
        guard let variant = try store.variant(id) else { return .failed(.itemNotFound(id)) }
        return .variants([variant])
      case .compareVariants(let a, let b):
        return .variants(
          try [a, b].map { id in
            guard let variant = try store.variant(id) else { throw ActionFailure.itemNotFound(id) }
            return variant
          })
      case .searchProducts, .describeProducts, .recommendProducts:
        guard let catalogue else { return .failed(.serviceUnavailable) }
        return .offers(try catalogue.perform(action, customer: authorization.customer?.id))
      case .transferToHuman:
        return .transferred
      case .customerDetails, .listOrders, .findOrder, .trackShipment, .refundStatus, .invoice, .giftCardBalance, .comparePrices,
        .checkReturnWindow, .prepare, .carryOut:
        guard let customer = authorization.customer else { return .failed(.notIdentified) }
        return try perform(action, of: customer.id, &authorization, now: now)
      }
    } catch let failure as ActionFailure {
      return .failed(failure)
    } catch {
      return .failed(.serviceUnavailable)
    }
  }

  // MARK: interests

  /// What is known of the identified customer's interests; nil before they have identified themselves.
  package func interests(_ authorization: Authorization) throws -> CustomerInterests? {
    try authorization.customer.map { try store.interests(of: $0.id) }
  }

  /// Forgets the identified customer's interests: what they looked at is deleted, and what they bought no longer counts for
  /// recommendations.
  package func forgetInterests(_ authorization: Authorization, now: Timestamp) throws {
    try note(Interest.forget, "", authorization, now)
  }

  /// Notes that the identified customer does not want a product.
  package func decline(_ product: String, _ authorization: Authorization, now: Timestamp) throws {
    try note(Interest.declined, product, authorization, now)
  }

  private func note(_ event: String, _ product: String, _ authorization: Authorization, _ now: Timestamp) throws {
    guard let customer = authorization.customer else { return }
    try store.add(StoredInteraction(customer: customer.id, product: product, event: event, weight: 0, time: now.description))
  }

  // MARK: identification

  private func only(_ customers: [Customer]) -> Customer? { customers.count == 1 ? customers[0] : nil }

  private func identify(_ found: Customer?, _ authorization: inout Authorization) -> ActionResult {
    // Whether anybody else is known here is not said to a customer who is.
    if let known = authorization.customer { return known.id == found?.id ? .customer(known) : .failed(.otherCustomer) }
    guard authorization.failedIdentifications < Self.allowedFailures else { return .failed(.identificationLocked) }
    guard let found else {
      authorization.failedIdentifications += 1
      return .failed(.customerNotFound)
    }
    authorization.customer = found
    return .customer(found)
  }

  /// The one customer that a reading of the name fits, the first reading first; nobody when two fit equally.
  private func match(_ names: [PersonName], _ candidates: [Customer]) -> Customer? {
    for name in names {
      let fitting = candidates.filter {
        $0.givenName.lowercased() == name.given.lowercased() && $0.familyName.lowercased() == name.family.lowercased()
      }
      if fitting.count == 1 { return fitting[0] }
    }
    return nil
  }

  // MARK: the customer's own

  private func perform(
    _ action: Action, of customerID: String, _ authorization: inout Authorization, now: Timestamp
  ) throws -> ActionResult {
    let currency = settings.currencyCode
    switch action {
    case .customerDetails:
      return .customer(try customer(customerID))
    case .listOrders(let filter, let limit):
      return .orders(
        try store.orders(customer: customerID, matching: filter, limit: min(max(limit, 0), Self.greatestLimit)))
    case .findOrder(let id):
      return .order(try order(id, of: customerID))
    case .trackShipment(let id):
      return .shipment(Shipment(try order(id, of: customerID), now: now))
    case .refundStatus(let id):
      return .refund(RefundStatus(try order(id, of: customerID), try customer(customerID), currency: currency))
    case .invoice(let id):
      return .invoice(Invoice(try order(id, of: customerID), try customer(customerID), settings))
    case .giftCardBalance:
      return .giftCards(try customer(customerID).paymentMethods.filter(\.isGiftCard), currency: currency)
    case .comparePrices(let id):
      let order = try order(id, of: customerID)
      return .prices(try store.prices(order), currency: order.currency ?? currency)
    case .checkReturnWindow(let id):
      let order = try order(id, of: customerID)
      try checkReturnWindow(order, now)
      return .returnable(orderID: order.id)
    case .prepare(let write):
      return .prepared(try prepare(write, of: customerID, &authorization, now: now))
    case .carryOut(let write, let token):
      return try carryOut(write, token, of: customerID, &authorization, now: now)
    default:
      throw ActionFailure.invalidArgument
    }
  }

  private func customer(_ id: String) throws -> Customer {
    guard let customer = try store.customer(id: id) else { throw ActionFailure.customerNotFound }
    return customer
  }

  /// An order by its number as people write it: `#` and the leading letter may be missing, case does not matter.
  private func order(_ written: String, of customerID: String) throws -> Order {
    let wanted = OrderNumber(written)
    // Only among the customer's own: another's number is as unknown as one that does not exist.
    let own = try store.orderIDs(customer: customerID)
    let fitting = own.contains(written) ? [written] : own.filter { OrderNumber($0).fits(wanted) }
    guard fitting.count == 1, let order = try store.order(id: fitting[0]), order.customerID == customerID else {
      throw ActionFailure.orderNotFound
    }
    return order
  }

  // MARK: writing

  private func prepare(_ write: Write, of customerID: String, _ authorization: inout Authorization, now: Timestamp) throws
    -> Proposal
  {
    // Whatever was stated before is off the table, even if this is refused.
    authorization.proposal = nil
    let effect = try effect(of: try checked(write, of: customerID, now: now))
    let minutes = settings.confirmation_minutes ?? Self.defaultConfirmationMinutes
    let proposal = Proposal(
      statement: effect.statement, orderVersion: effect.order?.version, token: UUID().uuidString,
      expires: Timestamp(seconds: now.seconds + Double(minutes) * 60))
    authorization.proposal = (proposal, authorization.messages)
    return proposal
  }

  private func effect(of write: Write) throws -> ShopRules.Effect { try desk.effect(of: write) }

  private func carryOut(
    _ write: Write, _ token: String, of customerID: String, _ authorization: inout Authorization, now: Timestamp
  ) throws -> ActionResult {
    let actor = "customer \(customerID)"
    // A token that was spent gives what it gave, however late and from wherever it is shown again.
    if let outcome = try desk.outcome(ofToken: token, write, actor: actor) {
      return .done(write, order: outcome.order, customer: outcome.customer)
    }
    guard let (proposal, message) = authorization.proposal, proposal.token == token, proposal.statement.write == write,
      message < authorization.messages
    else { throw ActionFailure.notConfirmed }
    guard now <= proposal.expires else { throw ActionFailure.confirmationExpired }
    let outcome = try desk.carryOut(
      write, stated: proposal, actor: actor, token: token, now: now)
    authorization.customer = outcome.customer
    return .done(write, order: outcome.order, customer: outcome.customer)
  }

  /// The write with the order's number in full, if this customer may ask for it at all.
  private func checked(_ write: Write, of customerID: String, now: Timestamp) throws -> Write {
    func own(_ id: String) throws -> String { try order(id, of: customerID).id }
    func address(_ address: Address) throws -> Address {
      let parts = [address.address1, address.city, address.zip]
      let all = parts + [address.address2 ?? "", address.state, address.country]
      guard parts.allSatisfy({ $0.contains { !$0.isWhitespace } }),
        all.allSatisfy({
          $0.utf8.count <= Self.longestText && !$0.unicodeScalars.contains { $0.properties.generalCategory == .control }
        })
      else {
        throw ActionFailure.invalidArgument
      }
      return address
    }
    func items(_ ids: [String]) throws -> [String] {
      guard !ids.isEmpty, ids.count <= Self.longestText else { throw ActionFailure.invalidArgument }
      return ids
    }
    switch write {
    case .cancelOrder(let id, let reason):
      return .cancelOrder(orderID: try own(id), reason: reason)
    case .modifyAddress(let id, let new):
      return .modifyAddress(orderID: try own(id), try address(new))
    case .modifyPayment(let id, let method):
      return .modifyPayment(orderID: try own(id), methodID: method)
    case .modifyItems(let id, let old, let new, let method):
      return .modifyItems(orderID: try own(id), itemIDs: try items(old), newItemIDs: new, methodID: method)
    case .modifyCustomerAddress(let id, let new):
      guard id == customerID else { throw ActionFailure.otherCustomer }
      return .modifyCustomerAddress(customerID: id, try address(new))
    case .returnItems(let id, let old, let method):
      let order = try order(id, of: customerID)
      try checkReturnWindow(order, now)
      return .returnItems(orderID: order.id, itemIDs: try items(old), methodID: method)
    case .exchangeItems(let id, let old, let new, let method):
      let order = try order(id, of: customerID)
      try checkReturnWindow(order, now)
      return .exchangeItems(orderID: order.id, itemIDs: try items(old), newItemIDs: new, methodID: method)
    }
  }

  private func checkReturnWindow(_ order: Order, _ now: Timestamp) throws {
    guard order.status == .delivered, let days = settings.return_window_days,
      let delivered = order.dates.delivered.flatMap(Timestamp.init(iso:))
    else { return }
    // The day of delivery does not count, and the last day counts to its end.
    if now.seconds > delivered.seconds + Double(days + 1) * 86_400 { throw ActionFailure.outsideReturnWindow }
  }
}

/// An order number as it is compared: its letters and digits, in upper case.
private struct OrderNumber {
  private let characters: String
  private let digits: String

  init(_ text: String) {
    characters = text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    digits = characters.filter(\.isNumber)
  }

  /// Whether a customer who writes `wanted` may mean this: all characters agree, or only digits were written and they agree.
  func fits(_ wanted: OrderNumber) -> Bool {
    guard !wanted.characters.isEmpty else { return false }
    return characters == wanted.characters || (wanted.characters == wanted.digits && digits == wanted.digits)
  }
}
