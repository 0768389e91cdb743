/// How well replies were ranked. Ranks are pessimistic: a tie counts against the answer. The keys of the JSON form are the command
/// line's contract.
package struct ResponseMetrics: Encodable, Sendable {
  package let n: Int
  package let recall1: Double
  package let recall2: Double
  package let recall5: Double
  package let mrr: Double

  enum CodingKeys: String, CodingKey {
    case n, mrr
    case recall1 = "r@1"
    case recall2 = "r@2"
    case recall5 = "r@5"
  }

  /// - Parameter ranks: the answers' ranks, from 1.
  package init(ranks: [Int]) {
    n = ranks.count
    func recall(_ k: Int) -> Double { ranks.isEmpty ? 0 : Double(ranks.count { $0 <= k }) / Double(ranks.count) }
    (recall1, recall2, recall5) = (recall(1), recall(2), recall(5))
    mrr = ranks.isEmpty ? 0 : ranks.reduce(0) { $0 + 1 / Double($1) } / Double(ranks.count)
  }

  /// The rank of the answer among scores: one more than the others that are not below it.
  package static func rank(of answer: Int, in scores: [Double]) -> Int {
    1 + scores.indices.count { $0 != answer && !(scores[$0] < scores[answer]) }
  }
}
