/// Something that recommends products, whatever it knows of them: `LearntRecommender` knows what customers did, `CatalogueRecommender`
/// what the catalogue says.
///
/// All lists are best first, at most `count` long, and hold only products that `accepts` lets pass.
package protocol Recommender: Sendable {
  /// Whether anything is known of a product.
  func knows(product: String) -> Bool
  /// Whether a customer is among those learnt from.
  func knows(customer: String) -> Bool

  /// What suits a customer; what is most liked, for one without a history.
  func recommend(for customer: String, count: Int, accepts: (String) -> Bool) throws -> [Recommendation]

  /// What suits somebody who has shown an interest in some products, oldest first; what is most liked, where there are none.
  func recommend(after products: [String], count: Int, accepts: (String) -> Bool) throws -> [Recommendation]

  /// The products most like one; none for an unknown one.
  func similar(to product: String, count: Int, accepts: (String) -> Bool) throws -> [Recommendation]

  /// What is taken with a product more often than chance has it, strongest first.
  func alsoBought(with product: String, count: Int, accepts: (String) -> Bool) throws -> [Association]
}

extension Recommender {
  package func recommend(for customer: String, count: Int) throws -> [Recommendation] {
    try recommend(for: customer, count: count) { _ in true }
  }

  package func recommend(after products: [String], count: Int) throws -> [Recommendation] {
    try recommend(after: products, count: count) { _ in true }
  }

  package func similar(to product: String, count: Int) throws -> [Recommendation] {
    try similar(to: product, count: count) { _ in true }
  }

  package func alsoBought(with product: String, count: Int) throws -> [Association] {
    try alsoBought(with: product, count: count) { _ in true }
  }
}

extension Sequence {
  /// The first elements that a predicate lets pass, which is asked no more often than it takes: it may cost a look into a store.
  func first(_ count: Int, where passes: (Element) -> Bool) -> [Element] {
    var found: [Element] = []
    var rest = makeIterator()
    while found.count < count, let element = rest.next() {
      if passes(element) { found.append(element) }
    }
    return found
  }
}

/// A product with how well it suits, and why.
package struct Recommendation: Hashable, Sendable {
  package let product: String
  /// The greater the better, among those of one answer; of no unit, and not to be compared between recommenders.
  package let score: Float
  package let reason: Reason

  /// Why a product is recommended.
  package enum Reason: Hashable, Sendable {
    /// It goes with this product of the customer's.
    case because(String)
    /// It is like this product.
    case similar(String)
    /// It is much liked.
    case popular
    /// It suits the history as a whole.
    case suits
  }
}
