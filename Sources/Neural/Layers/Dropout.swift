/// Inverted dropout (Srivastava et al., 2014): in training a value is zeroed with probability `rate` and otherwise scaled by
/// 1 / (1 − rate), so nothing changes at inference.
package struct Dropout: Sendable {
  package let rate: Float

  package init(rate: Float) {
    precondition(rate >= 0 && rate < 1)
    self.rate = rate
  }

  /// The factors for a matrix of this shape.
  package func mask(rows: Int, columns: Int, using generator: inout SplitMix64) -> Matrix {
    var mask = Matrix(zeros: rows, columns)
    let keep = 1 / (1 - rate)
    // Two draws of 32 bits from one number.
    let threshold = UInt64(Double(rate) * 0x1p32)
    mask.withMutableFloats { floats in
      var i = 0
      while i < floats.count {
        let bits = generator.next()
        floats[i] = bits & 0xFFFF_FFFF < threshold ? 0 : keep
        if i + 1 < floats.count { floats[i + 1] = bits >> 32 < threshold ? 0 : keep }
        i += 2
      }
    }
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
