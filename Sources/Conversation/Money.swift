/// An amount of money in whole minor units (cents) of its currency.
///
/// Sums and differences are exact; the decimal form exists only in files and in wordings.
package struct Money: Hashable, Codable, Sendable {
  package let minorUnits: Int
  /// An ISO 4217 code.
  package let currency: String

  package init(minorUnits: Int, currency: String) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Decimal places of a currency (ISO 4217): 2 but for these.
  package static func decimals(_ currency: String) -> Int {
    switch currency {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF": 0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
  }

  /// Minor units in one of the currency: 100 cents in a dollar.
  package static func unit(_ currency: String) -> Int {
    switch decimals(currency) {
    case 0: 1
    case 3: 1000
    default: 100
    }
  }

  /// The amount in the currency's own unit, for wordings.
  package var decimal: Double { Double(minorUnits) / Double(Money.unit(currency)) }
}
