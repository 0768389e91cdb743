/// An amount as a customer writes one: up to four decimals, up to some billions, exact (a price must not become 24.999).
///
/// Every operation is bounded and gives nil beyond: ten thousand digits are no amount, and must not trap.
struct Quantity: Hashable, Comparable, Sendable {
  /// In ten-thousandths.
  let units: Int

  static let unitsPerOne = 10_000
  private static let greatest = 1_000_000_000_000 * unitsPerOne

  init(units: Int) {
    self.units = units
  }

  init(_ whole: Int) {
    units = min(max(whole, 0), Quantity.greatest / Quantity.unitsPerOne) * Quantity.unitsPerOne
  }

  /// `1,200.50` as its digits: those before the point, those after.
  init?(digits: some Sequence<UInt32>, fraction: some Sequence<UInt32>) {
    var units = 0
    for digit in digits {
      units = units * 10 + Int(digit & 0xF) * Quantity.unitsPerOne
      if units > Quantity.greatest { return nil }
    }
    var place = Quantity.unitsPerOne
    for digit in fraction {
      place /= 10
      if place == 0 { return nil }
      units += Int(digit & 0xF) * place
    }
    self.units = units
  }

  /// The number, when it is a whole one.
  var whole: Int? { units.isMultiple(of: Quantity.unitsPerOne) ? units / Quantity.unitsPerOne : nil }

  func times(_ factor: Int) -> Quantity? {
    let (product, overflows) = units.multipliedReportingOverflow(by: factor)
    return overflows || product > Quantity.greatest ? nil : Quantity(units: product)
  }

  /// A share of it in hundredths, what is finer than a ten-thousandth cut off.
  func percent(_ share: Int) -> Quantity? { times(share).map { Quantity(units: $0.units / 100) } }

  static func < (a: Quantity, b: Quantity) -> Bool { a.units < b.units }
  static func + (a: Quantity, b: Quantity) -> Quantity { Quantity(units: min(a.units + b.units, greatest)) }

  /// Plain decimal text without trailing zeros: `1200.5`.
  var text: String {
    let rest = units % Quantity.unitsPerOne
    let whole = String(units / Quantity.unitsPerOne)
    guard rest > 0 else { return whole }
    var decimals = String(rest)
    decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
    while decimals.last == "0" { decimals.removeLast() }
    return "\(whole).\(decimals)"
  }
}
