import Foundation
import Neural

/// The wide part: a linear classifier of a text's words, pairs of words and character n-grams, TF-IDF weighted. It remembers single
/// telling features that few examples are too few to teach an LSTM.
package struct LinearClassifier: Sendable {
  /// [1, buckets]: ln((1 + n) / (1 + df)) + 1 for the df of n training texts that have a feature of the bucket; 0 where none has.
  package let weighting: Matrix
  /// [buckets + 1, classes]; the last row is the bias.
  package let weights: QuantizedMatrix

  package var buckets: Int { weighting.columns }

  package init?(weighting: Matrix, weights: QuantizedMatrix) {
    let buckets = weighting.columns
    guard weighting.rows == 1, buckets > 0, buckets & (buckets - 1) == 0, weights.rows == buckets + 1 else { return nil }
    self.weighting = weighting
    self.weights = weights
  }

  /// Trains on encoded texts.
  package init(_ texts: [EncodedText], labels: [Int], classes: Int, buckets greatest: Int, seed: UInt64, threads: Int) {
    // As many buckets as there are features, up to the greatest.
    let distinct = Set(texts.lazy.flatMap(\.features)).count
    var buckets = 1 << 10
    while buckets < min(distinct, greatest) { buckets *= 2 }
    let counted = texts.map { Self.counts($0.features, buckets: buckets) }
    var frequencies = [Int](repeating: 0, count: buckets)
    for text in counted { for (bucket, _) in text { frequencies[Int(bucket)] += 1 } }
    let weighting = Matrix(
      rows: 1, columns: buckets, frequencies.map { $0 == 0 ? 0 : log(Float(1 + texts.count) / Float(1 + $0)) + 1 })
    var rows = SparseRows()
    for text in counted { rows.append(Self.weighted(text, by: weighting) + [(Int32(buckets), 1)]) }
    let weights = LinearSVM.train(
      rows, labels: labels, features: buckets + 1, classes: classes, seed: seed, threads: threads)
    self.weighting = weighting
    self.weights = QuantizedMatrix(weights)
  }

  /// w·x for each class: above 1 where the class is beyond doubt, below -1 where it is out of the question.
  package func margins(_ features: [UInt32]) -> [Float] {
    let weighted = Self.weighted(Self.counts(features, buckets: buckets), by: weighting)
    var margins = [Float](repeating: 0, count: weights.columns)
    margins.withUnsafeMutableBufferPointer { margins in
      for (bucket, value) in weighted { weights.addRow(Int(bucket), scaledBy: value, to: margins) }
      weights.addRow(buckets, scaledBy: 1, to: margins)
    }
    return margins
  }

  /// How often each bucket is named, in bucket order.
  private static func counts(_ features: [UInt32], buckets: Int) -> [(bucket: Int32, count: Int)] {
    let sorted = features.map { Int32($0 & UInt32(buckets - 1)) }.sorted()
    var result: [(bucket: Int32, count: Int)] = []
    result.reserveCapacity(sorted.count)
    for bucket in sorted {
      if let last = result.indices.last, result[last].bucket == bucket {
        result[last].count += 1
      } else {
        result.append((bucket, 1))
      }
    }
    return result
  }

  /// (1 + ln count) · weighting, scaled to length 1 (Salton and Buckley, 1988).
  private static func weighted(_ counts: [(bucket: Int32, count: Int)], by weighting: Matrix) -> [(column: Int32, value: Float)]
  {
    weighting.withFloats { weighting in
      var result = counts.map { ($0.bucket, (1 + log(Float($0.count))) * weighting[Int($0.bucket)]) }
      let length = result.reduce(Float(0)) { $0 + $1.1 * $1.1 }.squareRoot()
      if length > 0 { for i in result.indices { result[i].1 /= length } }
      return result
    }
  }
}
