import Foundation
import Neural

/// The wide part: a linear classifier of a text's words, pairs of words and character n-grams, TF-IDF weighted, and of the mean of its
/// words' vectors. It remembers single telling features that few examples are too few to teach an LSTM; the mean carries what was
/// learnt without labels, or stands in the thesaurus, over to words that no example has.
package struct LinearClassifier: Sendable {
  /// [1, buckets]: ln((1 + n) / (1 + df)) + 1 for the df of n training texts that have a feature of the bucket; 0 where none has.
  package let weighting: Matrix
  /// [1, dimensions]: the mean of the training texts' mean vectors; no dimensions where vectors take no part.
  package let center: Matrix
  /// [buckets + dimensions + 1, classes]; the last row is the bias.
  package let weights: QuantizedMatrix
  /// The weighting of a word that no training text has.
  private let rarest: Float

  package var buckets: Int { weighting.columns }
  /// Whether the mean of the words' vectors takes part.
  package var usesVectors: Bool { center.columns > 0 }

  /// A classifier of these tensors; nil when their shapes do not fit together.
  package init?(weighting: Matrix, center: Matrix, weights: QuantizedMatrix) {
    let buckets = weighting.columns
    guard weighting.rows == 1, center.rows == 1, buckets > 0, buckets & (buckets - 1) == 0,
      weights.rows == buckets + center.columns + 1
    else { return nil }
    self.weighting = weighting
    self.center = center
    self.weights = weights
    rarest = Self.rarest(weighting)
  }

  /// Trains on encoded texts.
  /// - Parameter vectors: [words, dimensions], as the units name them; nil when they know nothing beyond these texts: then the mean
  ///   says nothing new, and makes strangers look familiar.
  /// - Parameter meanLength: how long the mean vector is in training beside the sparse features, whose length is 1; it becomes part of
  ///   the weights.
  package init(
    _ texts: [EncodedText], labels: [Int], classes: Int, vectors: Matrix?, meanLength: Float = 1, buckets greatest: Int,
    seed: UInt64, threads: Int
  ) {
    // As many buckets as there are features, up to the greatest.
    let distinct = Set(texts.lazy.flatMap(\.features)).count
    var buckets = 1 << 10
    while buckets < min(distinct, greatest) { buckets *= 2 }
    let counted = texts.map { Self.counts($0.features, buckets: buckets) }
    var frequencies = [Int](repeating: 0, count: buckets)
    for text in counted { for (bucket, _) in text { frequencies[Int(bucket)] += 1 } }
    let weighting = Matrix(
      rows: 1, columns: buckets, frequencies.map { $0 == 0 ? 0 : log(Float(1 + texts.count) / Float(1 + $0)) + 1 })
    let rarest = Self.rarest(weighting)
    let vectors = vectors ?? Matrix(zeros: 0, 0)
    let dimensions = vectors.columns
    let none = Matrix(zeros: 1, dimensions)
    var center = none
    for text in texts {
      center.add(
        Matrix(rows: 1, columns: dimensions, Self.mean(text, vectors, weighting, rarest, center: none)),
        scaledBy: 1 / Float(texts.count))
    }
    var rows = SparseRows()
    for (text, counts) in zip(texts, counted) {
      let mean = Self.mean(text, vectors, weighting, rarest, center: center)
      rows.append(
        Self.weighted(counts, by: weighting)
          + mean.enumerated().map { (Int32(buckets + $0.offset), $0.element * meanLength) }
          + [(Int32(buckets + dimensions), 1)])
    }
    var weights = LinearSVM.train(
      rows, labels: labels, features: buckets + dimensions + 1, classes: classes, seed: seed, threads: threads)
    for row in buckets..<buckets + dimensions {
      weights.withMutableRow(row) { for i in $0.indices { $0[i] *= meanLength } }
    }
    self.weighting = weighting
    self.center = center
    self.weights = QuantizedMatrix(weights)
    self.rarest = rarest
  }

  /// w·x for each class: above 1 where the class is beyond doubt, below -1 where it is out of the question.
  package func margins(_ text: EncodedText, vectors: Matrix) -> [Float] {
    let weighted = Self.weighted(Self.counts(text.features, buckets: buckets), by: weighting)
    let mean = Self.mean(text, vectors, weighting, rarest, center: center)
    var margins = [Float](repeating: 0, count: weights.columns)
    margins.withUnsafeMutableBufferPointer { margins in
      for (bucket, value) in weighted { weights.addRow(Int(bucket), scaledBy: value, to: margins) }
      for (dimension, value) in mean.enumerated() {
        weights.addRow(buckets + dimension, scaledBy: value, to: margins)
      }
      weights.addRow(weights.rows - 1, scaledBy: 1, to: margins)
    }
    return margins
  }

  /// One text fewer than the rarest feature's.
  private static func rarest(_ weighting: Matrix) -> Float { (weighting.values.max() ?? 0) + log(2) }

  /// The mean of the words' vectors by the words' weighting, of length 1, less `center`, again of length 1.
  private static func mean(
    _ text: EncodedText, _ vectors: Matrix, _ weighting: Matrix, _ rarest: Float, center: Matrix
  ) -> [Float] {
    var sum = [Float](repeating: 0, count: center.columns)
    if sum.isEmpty { return sum }
    sum.withUnsafeMutableBufferPointer { sum in
      for (unit, hash) in zip(text.units, text.words) where unit.vector != 0 {
        let known = weighting.withFloats { $0[Int(hash & UInt32($0.count - 1))] }
        vectors.withRow(Int(unit.vector)) { Kernels.best.axpy(known == 0 ? rarest : known, $0, sum) }
      }
      normalize(sum)
      center.withFloats { Kernels.best.axpy(-1, $0, sum) }
      normalize(sum)
    }
    return sum
  }

  private static func normalize(_ vector: UnsafeMutableBufferPointer<Float>) {
    let square = Kernels.best.dot(UnsafeBufferPointer(vector), UnsafeBufferPointer(vector))
    guard square > 0 else { return }
    let scale = 1 / square.squareRoot()
    for i in vector.indices { vector[i] *= scale }
  }

  /// How often each bucket is named, in the order they first are: by a table of open addresses, where sorting would take a third
  /// of the time margins take.
  /// - Parameter buckets: a power of two.
  package static func counts(_ features: [UInt32], buckets: Int) -> [(bucket: Int32, count: Int)] {
    var result: [(bucket: Int32, count: Int)] = []
    result.reserveCapacity(features.count)
    var slots = 64
    while slots < 2 * features.count { slots *= 2 }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: slots) { places in
      places.initialize(repeating: -1)
      for feature in features {
        let bucket = Int32(feature & UInt32(buckets - 1))
        var slot = Int(bucket) & (slots - 1)
        while places[slot] >= 0, result[Int(places[slot])].bucket != bucket { slot = (slot + 1) & (slots - 1) }
        if places[slot] >= 0 {
          result[Int(places[slot])].count += 1
        } else {
          places[slot] = Int32(result.count)
          result.append((bucket, 1))
        }
      }
    }
    return result
  }

  /// (1 + ln count) · weighting, scaled to length 1 (Salton and Buckley, 1988).
  private static func weighted(_ counts: [(bucket: Int32, count: Int)], by weighting: Matrix) -> [(column: Int32, value: Float)]
  {
    weighting.withFloats { weighting in
      var result: [(column: Int32, value: Float)] = []
      result.reserveCapacity(counts.count)
      var square: Float = 0
      for (bucket, count) in counts {
        let value = (count == 1 ? 1 : 1 + log(Float(count))) * weighting[Int(bucket)]
        square += value * value
        result.append((bucket, value))
      }
      if square > 0 {
        let scale = 1 / square.squareRoot()
        for i in result.indices { result[i].value *= scale }
      }
      return result
    }
  }
}
