import Conversation

/// The currency of a shop, and what others are worth in it.
package struct ShopPrices: Sendable {
  /// An ISO 4217 code.
  package let currency: String
  /// Units of another currency for one of the shop's.
  package let rates: [String: Double]

  package init(currency: String, rates: [String: Double] = [:]) {
    self.currency = currency
    self.rates = rates
  }

  func knows(_ code: String) -> Bool { code == currency || (rates[code] ?? 0) > 0 }

  /// An amount in minor units of the shop's currency; nil for an open bound, and for a currency without a rate.
  func minorUnits(_ amount: String, _ code: String) -> Int? {
    guard let value = Double(amount), value.isFinite, value >= 0 else { return nil }
    let rate = code == currency ? 1 : rates[code] ?? 0
    guard rate > 0 else { return nil }
    let units = value / rate * Double(Money.unit(currency))
    return units < 1e15 ? Int(units.rounded()) : nil
  }
}
