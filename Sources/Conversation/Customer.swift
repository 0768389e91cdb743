/// A postal address.
package struct Address: Hashable, Codable, Sendable {
  package var address1: String
  package var address2: String?
  package var city: String
  package var country: String
  package var state: String
  package var zip: String

  package init(address1: String, address2: String?, city: String, country: String, state: String, zip: String) {
    self.address1 = address1
    self.address2 = address2
    self.city = city
    self.country = country
    self.state = state
    self.zip = zip
  }
}

/// A way for a customer to pay.
package struct PaymentMethod: Hashable, Sendable {
  package static let giftCard = "gift_card"

  package let id: String
  /// `credit_card`, `gift_card`, `paypal` or the shop's own word.
  package let source: String
  package let brand: String?
  package let lastFour: String?
  /// What is left on a gift card, in minor units.
  package var balance: Int?

  package init(id: String, source: String, brand: String? = nil, lastFour: String? = nil, balance: Int? = nil) {
    self.id = id
    self.source = source
    self.brand = brand
    self.lastFour = lastFour
    self.balance = balance
  }

  package var isGiftCard: Bool { source == PaymentMethod.giftCard }
}

/// A customer as the shop knows them.
package struct Customer: Hashable, Sendable {
  package let id: String
  package let givenName: String
  package let familyName: String
  package let email: String
  package var address: Address
  /// By id.
  package var paymentMethods: [PaymentMethod]
  /// Order ids, oldest first.
  package let orders: [String]
  /// Counts the changes made to the record; a change to a record that has moved on is refused.
  package var version: Int

  package init(
    id: String, givenName: String, familyName: String, email: String, address: Address, paymentMethods: [PaymentMethod],
    orders: [String], version: Int = 1
  ) {
    self.id = id
    self.givenName = givenName
    self.familyName = familyName
    self.email = email
    self.address = address
    self.paymentMethods = paymentMethods
    self.orders = orders
    self.version = version
  }

  package func paymentMethod(_ id: String) -> PaymentMethod? { paymentMethods.first { $0.id == id } }
}
