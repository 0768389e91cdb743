import Foundation

/// Whether two classifiers differ on the same texts (McNemar, 1947): of the texts that one gets right and the other wrong, as many fall
/// to either side by chance as a coin gives heads and tails. Exact, two-sided.
package struct McNemar: Codable, Hashable, Sendable {
  package let onlyFirst: Int
  package let onlySecond: Int
  /// The chance of as uneven a division, or more.
  package let p: Double

  package init(onlyFirst: Int, onlySecond: Int) {
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    let n = onlyFirst + onlySecond
    let least = min(onlyFirst, onlySecond)
    var tail = 0.0
    for k in 0...least {
      tail += exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)) - Double(n) * log(2))
    }
    p = n == 0 ? 1 : min(1, 2 * tail)
  }
}
