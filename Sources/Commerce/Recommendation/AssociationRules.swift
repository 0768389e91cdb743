import Foundation

/// A product often taken with another.
package struct Association: Hashable, Sendable {
  package let product: String
  /// Customers (or baskets) that took both.
  package let together: Int
  /// Of those who took the first, the share that took this too.
  package let confidence: Double
  /// How many times more often than if the two had nothing to do with each other.
  package let lift: Double
  /// The chance of as many together, or more, if they had nothing to do with each other (Fisher's exact test, one-sided).
  package let significance: Double
}

/// Counts which products are taken together (Agrawal and Srikant, 1994), and keeps what is no chance.
package struct AssociationRules: Sendable {
  private let data: Interactions

  /// Rules of more than this chance are none.
  private static let greatestChance = 0.001
  private static let leastTogether = 2

  package init(_ data: Interactions) {
    self.data = data
  }

  /// What is taken with a product, by lift, then name. Only what is taken at least twice with it, more often than chance has it, and with
  /// the chance of that below a thousandth over the number of products it was compared with (Bonferroni's correction).
  package func rules(from product: String) -> [Association] { data.place(of: product).map(rules) ?? [] }

  func rules(from item: Int32) -> [Association] {
    var counts = [Int](repeating: 0, count: data.items.count)
    var together = [Int](repeating: 0, count: data.items.count)
    for history in data.histories {
      let has = history.contains { $0.item == item }
      for event in history {
        counts[Int(event.item)] += 1
        if has { together[Int(event.item)] += 1 }
      }
    }
    let (all, own) = (data.histories.count, counts[Int(item)])
    let compared = together.indices.filter { $0 != Int(item) && together[$0] >= Self.leastTogether }
    return compared.compactMap { other -> Association? in
      let lift = Double(together[other]) * Double(all) / (Double(own) * Double(counts[other]))
      guard lift > 1 else { return nil }
      let chance = Self.chance(atLeast: together[other], of: own, counts[other], all)
      guard chance <= Self.greatestChance / Double(compared.count) else { return nil }
      return Association(
        product: data.items[other], together: together[other], confidence: Double(together[other]) / Double(own), lift: lift,
        significance: chance)
    }
    .sorted { ($1.lift, $0.product) < ($0.lift, $1.product) }
  }

  /// Σ_{k ≥ n} of the hypergeometric distribution: `a` and `b` of `all` drawn without regard to each other share at least n.
  package static func chance(atLeast n: Int, of a: Int, _ b: Int, _ all: Int) -> Double {
    func choose(_ n: Int, _ k: Int) -> Double {
      lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
    }
    let whole = choose(all, b)
    var sum = 0.0
    for k in n...max(n, min(a, b)) where all - a >= b - k { sum += exp(choose(a, k) + choose(all - a, b - k) - whole) }
    return min(1, sum)
  }
}
