import Foundation
import Neural

/// What words have in common, learnt from text without labels and from a thesaurus: vectors of words that keep the same company are near each other.
///
/// Positive pointwise mutual information with context counts to the power 0.75, factorised (Levy, Goldberg and Dagan, 2015):
///
///     M[w, c] = max(0, log(n(w, c) Σ n(c)^¾ / (n(w) n(c)^¾))) ≈ U Σ Vᵀ,   vectors = U √Σ, scaled to unit variance
package struct WordVectors: Sendable {
  package let words: [String]
  /// [words, dimensions]
  package let table: Matrix

  package init(words: [String], table: Matrix) {
    precondition(words.count == table.rows)
    self.words = words
    self.table = table
  }

  private static let minimumCount = 2
  private static let greatestVocabulary = 30_000
  private static let exponent: Float = 0.75

  /// The vectors of the words seen twice or more, in texts or pairs of phrases, the 30,000 most frequent.
  package init(_ text: Cooccurrence, dimensions: Int, seed: UInt64) {
    var text = text
    let counts = text.counts
    let names = text.words
    let chosen = names.indices.filter { counts[$0] >= Self.minimumCount }
      .sorted { (counts[$1], names[$0]) < (counts[$0], names[$1]) }.prefix(Self.greatestVocabulary)
    let pairs = text.pairs(among: Array(chosen))
    var totals = [Float](repeating: 0, count: chosen.count)
    var neighbours = [Int](repeating: 0, count: chosen.count)
    for (first, second, weight) in pairs {
      totals[first] += weight
      totals[second] += weight
      neighbours[first] += 1
      neighbours[second] += 1
    }
    let contexts = totals.map { pow($0, Self.exponent) }
    let sum = contexts.reduce(0, +)
    var rows = neighbours.map { count -> [(column: Int32, value: Float)] in
      var row: [(column: Int32, value: Float)] = []
      row.reserveCapacity(count)
      return row
    }
    for (first, second, weight) in pairs {
      // A word beside itself counts once each way.
      for (word, context) in first == second ? [(first, first)] : [(first, second), (second, first)] {
        let information = log(weight * (first == second ? 2 : 1) * sum / (totals[word] * contexts[context]))
        if information > 0 { rows[word].append((Int32(context), information)) }
      }
    }
    var matrix = SparseRows()
    for row in rows { matrix.append(row) }
    let factors = TruncatedSVD(matrix, k: dimensions, seed: seed)
    var table = Matrix(zeros: chosen.count, dimensions)
    var squares = 0.0
    for row in 0..<chosen.count {
      for (column, value) in factors.singularValues.enumerated() {
        let entry = factors.left[row, column] * value.squareRoot()
        squares += Double(entry * entry)
        table[row, column] = entry
      }
    }
    if squares > 0 {
      let scale = Float((Double(table.count) / squares).squareRoot())
      table.withMutableFloats { for i in $0.indices { $0[i] *= scale } }
    }
    self.init(words: chosen.map { names[$0] }, table: table)
  }
}
