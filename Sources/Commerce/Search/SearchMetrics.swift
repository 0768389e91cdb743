import Corpus
import Foundation

/// How well a search ranks products. The keys of the JSON form are the command line's contract.
///
/// Gain 2^grade − 1, the ideal over all judged products, unjudged ones count nothing; queries without a relevant product are left out;
/// precision counts grades of 2 and 3.
package struct SearchMetrics: Encodable, Sendable {
  package let n: Int
  package let ndcg10: Double
  package let precision10: Double
  package let mrr: Double

  enum CodingKeys: String, CodingKey {
    case n, mrr
    case ndcg10 = "ndcg@10"
    case precision10 = "p@10"
  }

  /// Grades by query, in the order queries come up, and product.
  package struct Judgments: Sendable {
    package private(set) var queries: [(text: String, grades: [String: Double])] = []

    /// Lines of query TAB product TAB grade.
    /// - Parameter greatest: no grade is greater; nil for counts of clicks, whose logarithm is the grade.
    package init(path: String, greatest: Double? = 3) throws(CorpusError) {
      let file = try InputFile(path: path)
      var places: [String: Int] = [:]
      while let (number, line) = try file.nextText() {
        if line.allSatisfy(\.isWhitespace) { continue }
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, let grade = Double(fields[2]), grade.isFinite, grade >= 0, grade <= greatest ?? grade,
          !fields[0].isEmpty, !fields[1].isEmpty
        else {
          throw CorpusError(
            .init(file: file.name, line: number),
            greatest == nil ? "not query, product and number of clicks" : "not query, product and a grade from 0 to 3")
        }
        let place = places[fields[0]] ?? queries.count
        if place == queries.count {
          places[fields[0]] = place
          queries.append((fields[0], [:]))
        }
        queries[place].grades[fields[1], default: 0] += grade
      }
      if greatest == nil {
        for i in queries.indices { queries[i].grades = queries[i].grades.mapValues { min(3, log2(1 + $0)) } }
      } else {
        for i in queries.indices { queries[i].grades = queries[i].grades.mapValues { min($0, greatest ?? $0) } }
      }
    }
  }

  /// - Parameter results: for each query the products found, best first.
  package init(_ judgments: Judgments, _ results: [[String]]) {
    var (ndcg, precision, reciprocal, count) = (0.0, 0.0, 0.0, 0)
    for (query, found) in zip(judgments.queries, results) {
      let gains = query.grades.values.map { pow(2, $0) - 1 }.sorted(by: >)
      guard let best = gains.first, best > 0 else { continue }
      count += 1
      func sum(_ gains: some Sequence<Double>) -> Double {
        gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
      }
      ndcg += sum(found.prefix(10).map { pow(2, query.grades[$0] ?? 0) - 1 }) / sum(gains.prefix(10))
      precision += Double(found.prefix(10).count { query.grades[$0] ?? 0 >= 2 }) / 10
      if let rank = found.firstIndex(where: { query.grades[$0] ?? 0 > 0 }) { reciprocal += 1 / Double(rank + 1) }
    }
    n = count
    ndcg10 = ndcg / Double(max(count, 1))
    precision10 = precision / Double(max(count, 1))
    mrr = reciprocal / Double(max(count, 1))
  }
}
