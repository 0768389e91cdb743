/// Inverted dropout (Srivastava et al., 2014): in training a value is zeroed with probability `rate` and otherwise scaled by
/// 1 / (1 − rate), so nothing changes at inference.
package struct Dropout: Sendable {
  package let rate: Float

  package init(rate: Float) {
    precondition(rate >= 0 && rate < 1)
    self.rate = rate
  }

  /// The factors for a matrix of this shape.
  package func mask(rows: Int, columns: Int, using generator: inout SplitMix64, _ kernels: Kernels = .best) -> Matrix {
    var mask = Matrix(zeros: rows, columns)
    let seed = generator.next()
    mask.withMutableFloats { kernels.dropout(rate: rate, seed: seed, $0) }
    return mask
  }
}

extension Matrix {
  /// self ⊙= other
  package mutating func multiply(by other: Matrix, _ kernels: Kernels = .best) {
    precondition(rows == other.rows && columns == other.columns)
    withMutableFloats { y in other.withFloats { kernels.multiply($0, y) } }
  }
}
