/// One-against-rest linear classifiers with squared hinge loss, trained by dual coordinate descent (Hsieh et al., 2008):
///
///     min_w ½ ‖w‖² + C Σ_i max(0, 1 − y_i w·x_i)²   for each class, y_i = +1 for its examples, −1 for the others
///
/// A block of classes goes through the examples together, a cache line of weights a feature; blocks run in parallel and do not depend
/// on one another.
package enum LinearSVM {
  /// An epoch that changes no dual variable by more ends the training.
  private static let tolerance: Float = 1e-3

  /// The weights [features, classes].
  /// - Parameters:
  ///   - examples: one row each, columns below `features`.
  ///   - labels: a class for each example.
  package static func train(
    _ examples: SparseRows, labels: [Int], features: Int, classes: Int, cost: Float = 1, epochs: Int = 25, seed: UInt64,
    threads: Int, _ kernels: Kernels = .best
  ) -> Matrix {
    precondition(examples.count == labels.count && examples.columns.allSatisfy { $0 >= 0 && $0 < features })
    let diagonal = 1 / (2 * cost)
    let inverse = (0..<examples.count).map { example in
      1 / examples.values[examples.starts[example]..<examples.starts[example + 1]].reduce(diagonal) { $0 + $1 * $1 }
    }
    let block = Kernels.linearBlock
    let blocks = Parallel.map((classes + block - 1) / block, threads: threads) { index in
      var weights = Matrix(zeros: features, block)
      var alpha = Matrix(zeros: examples.count, block)
      var signs = [Float](repeating: -1, count: block)
      weights.withMutableFloats { w in
        alpha.withMutableFloats { alpha in
          guard let w = w.baseAddress, let alpha = alpha.baseAddress else { return }
          for epoch in 0..<epochs {
            var generator = SplitMix64(seed: seed, stream: epoch)
            var greatest: Float = 0
            for example in (0..<examples.count).shuffled(using: &generator) {
              let range = examples.starts[example]..<examples.starts[example + 1]
              let place = labels[example] - index * block
              if (0..<block).contains(place) { signs[place] = 1 }
              examples.columns.withUnsafeBufferPointer { columns in
                examples.values.withUnsafeBufferPointer { values in
                  greatest = max(
                    greatest,
                    kernels.linearStep(
                      features: UnsafeBufferPointer(rebasing: columns[range]),
                      values: UnsafeBufferPointer(rebasing: values[range]),
                      labels: signs, diagonal: diagonal, inverse: inverse[example], alpha: alpha + example * block, weights: w))
                }
              }
              if (0..<block).contains(place) { signs[place] = -1 }
            }
            if greatest < tolerance { break }
          }
        }
      }
      return weights
    }
    var result = Matrix(zeros: features, classes)
    for (index, weights) in blocks.enumerated() {
      let first = index * block
      let count = min(block, classes - first)
      result.withMutableFloats { target in
        weights.withFloats { source in
          for row in 0..<features {
            for column in 0..<count { target[row * classes + first + column] = source[row * block + column] }
          }
        }
      }
    }
    return result
  }
}
