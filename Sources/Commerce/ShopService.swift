import Conversation

/// What a conversation has been granted. Only `ShopService` changes it.
package struct Authorization: Hashable, Sendable {
  /// The customer who has identified themselves here.
  package fileprivate(set) var customer: CustomerSummary?
  fileprivate var failedIdentifications = 0

  package init() {}
}

/// The shop behind the conversation: performs actions, and keeps the rules whatever the caller does.
///
/// Nothing about a person is read before they have identified themselves, and afterwards only what is theirs; a conversation serves
/// one customer.
package struct ShopService: Sendable {
  private let store: SQLiteStore

  /// After this many failed identifications a conversation gets no more tries.
  private static let allowedFailures = 5
  private static let greatestLimit = 20

  package init(store: SQLiteStore) {
    self.store = store
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
  package func perform(_ action: Action, _ authorization: inout Authorization) -> ActionResult {
    do {
      return switch action {
      case .findCustomerByEmail(let email):
        identify(try store.customer(email: email), &authorization)
      case .findCustomerByNameAndPostcode(let names, let postcode):
        identify(match(names, try store.customers(postcode: postcode)), &authorization)
      case .listOrders(let limit):
        if let customer = authorization.customer {
          .orders(try store.orders(customer: customer.id, limit: min(max(limit, 0), Self.greatestLimit)))
        } else {
          .failed(.notIdentified)
        }
      case .findOrder(let id):
        if let customer = authorization.customer {
          try findOrder(id, of: customer)
        } else {
          .failed(.notIdentified)
        }
      case .transferToHuman:
        .transferred
      }
    } catch {
      return .failed(.serviceUnavailable)
    }
  }

  private func identify(_ found: CustomerSummary?, _ authorization: inout Authorization) -> ActionResult {
    guard authorization.failedIdentifications < Self.allowedFailures else { return .failed(.identificationLocked) }
    guard let found else {
      authorization.failedIdentifications += 1
      return .failed(.customerNotFound)
    }
    if let known = authorization.customer, known.id != found.id { return .failed(.otherCustomer) }
    authorization.customer = found
    return .customer(found)
  }

  /// The one customer that a reading of the name fits, the first reading first; nobody when two fit equally.
  private func match(_ names: [PersonName], _ candidates: [CustomerSummary]) -> CustomerSummary? {
    for name in names {
      let fitting = candidates.filter {
        $0.givenName.lowercased() == name.given.lowercased() && $0.familyName.lowercased() == name.family.lowercased()
      }
      if fitting.count == 1 { return fitting[0] }
    }
    return nil
  }

  /// An order by its number as people write it: `#` and the leading letter may be missing, case does not matter.
  private func findOrder(_ written: String, of customer: CustomerSummary) throws -> ActionResult {
    let wanted = OrderNumber(written)
    // Only among the customer's own: another's number is as unknown as one that does not exist.
    let fitting = try store.orderIDs(customer: customer.id).filter { OrderNumber($0).fits(wanted) }
    guard fitting.count == 1, let order = try store.order(id: fitting[0], customer: customer.id) else {
      return .failed(.orderNotFound)
    }
    return .order(order)
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
