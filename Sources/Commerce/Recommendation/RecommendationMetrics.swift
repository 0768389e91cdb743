import Corpus
import Foundation
import Neural

/// How well the product taken next is ranked among others. Ranks are pessimistic: a tie counts against it. The keys of the JSON form
/// are the command line's contract.
package struct RecommendationMetrics: Encodable, Sendable {
  package let n: Int
  package let hitRate10: Double
  package let ndcg10: Double
  package let mrr: Double
  /// How the candidates were come by.
  package let candidates: String
  /// The share of all products that stand among the first ten of somebody.
  package let coverage10: Double
  /// The mean of −log₂(share of customers who took it) over the products of the first tens.
  package let novelty10: Double

  enum CodingKeys: String, CodingKey {
    case n, mrr, candidates
    case hitRate10 = "hr@10"
    case ndcg10 = "ndcg@10"
    case coverage10 = "coverage@10"
    case novelty10 = "novelty@10"
  }

  /// A choice to foretell: the product a customer took next, and others it is ranked among.
  package struct Choice: Sendable {
    package let customer: String
    package let next: String
    package let others: [String]

    package init(customer: String, next: String, others: [String]) {
      self.customer = customer
      self.next = next
      self.others = others
    }

    /// Lines of customer TAB next product TAB other candidates with commas.
    package static func read(_ path: String) throws(CorpusError) -> [Choice] {
      let file = try InputFile(path: path)
      var choices: [Choice] = []
      while let (number, line) = try file.nextText() {
        if line.allSatisfy(\.isWhitespace) { continue }
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, !fields[0].isEmpty, !fields[1].isEmpty else {
          throw CorpusError(
            .init(file: file.name, line: number), "not customer, next product and other candidates with TABs between")
        }
        let others = fields[2].split(separator: ",").map(String.init).filter { $0 != fields[1] }
        choices.append(Choice(customer: fields[0], next: fields[1], others: others))
      }
      return choices
    }
  }

  /// A choice with the rank of what was taken and the first ten.
  package struct Ranked: Sendable {
    package let rank: Int
    package let first: [String]
  }

  package static func rank(_ choice: Choice, _ recommender: LearntRecommender) -> Ranked {
    let products = [choice.next] + choice.others
    let scores = recommender.scores(for: choice.customer, products)
    let rank = 1 + scores.dropFirst().count { !($0 < scores[0]) }
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    return Ranked(rank: rank, first: order.prefix(10).map { products[$0] })
  }

  package init(_ choices: [Choice], _ ranked: [Ranked], _ recommender: LearntRecommender) {
    n = ranked.count
    let count = Double(max(ranked.count, 1))
    hitRate10 = Double(ranked.count { $0.rank <= 10 }) / count
    ndcg10 = ranked.reduce(0) { $0 + ($1.rank <= 10 ? 1 / log2(Double($1.rank) + 1) : 0) } / count
    mrr = ranked.reduce(0) { $0 + 1 / Double($1.rank) } / count
    let sizes = choices.map { $0.others.count + 1 }
    let (least, greatest) = (sizes.min() ?? 0, sizes.max() ?? 0)
    candidates =
      "the next product among \(least == greatest ? "\(least)" : "\(least) to \(greatest)") given candidates, itself included; ties count against it"
    var shown: [String: Int] = [:]
    for product in ranked.flatMap(\.first) { shown[product, default: 0] += 1 }
    coverage10 = Double(shown.count) / Double(max(recommender.data.items.count, 1))
    let customers = Double(max(recommender.data.histories.count, 1))
    let all = shown.values.reduce(0, +)
    novelty10 =
      shown.sorted { $0.key < $1.key }.reduce(0.0) { sum, entry in
        let taken = recommender.data.place(of: entry.key).map { Double(recommender.popularity.counts[Int($0)]) } ?? 0
        return sum - Double(entry.value) * log2(max(taken, 0.5) / customers)
      } / Double(max(all, 1))
  }
}

/// How far foretold ratings are from those given, each fold foretold from the others.
package struct RatingMetrics: Encodable, Sendable {
  package let n: Int
  package let rmse: Double
  package let mae: Double

  /// - Parameter progress: how many folds are done.
  package init(_ ratings: [Rating], folds: Int, seed: UInt64, threads: Int, progress: (Int) -> Void) {
    var generator = SplitMix64(seed: seed, name: "folds")
    let order = ratings.indices.shuffled(using: &generator)
    var (squares, distances) = (0.0, 0.0)
    for fold in 0..<folds {
      progress(fold)
      let held = order.enumerated().filter { $0.offset % folds == fold }.map { ratings[$0.element] }
      let rest = order.enumerated().filter { $0.offset % folds != fold }.map { ratings[$0.element] }
      let predictor = RatingPredictor(rest, threads: threads)
      for rating in held {
        let error = Double(predictor.rating(rating.customer, rating.item) - rating.value)
        squares += error * error
        distances += abs(error)
      }
    }
    n = ratings.count
    let count = Double(max(ratings.count, 1))
    rmse = (squares / count).squareRoot()
    mae = distances / count
  }
}
