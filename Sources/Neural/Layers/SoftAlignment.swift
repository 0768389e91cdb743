/// Cross-attention between the words of two texts: each word of the one looks for its like in the other (the soft alignment of
/// Parikh et al., 2016, with a bilinear score):
///
///     A = softmax(τ · q W kᵀ),   c = A k,   s_i = q_i · c_i
///
/// for q[m, d] and k[n, d] with rows of length 1: s is near 1 where a word has its like among the others and near 0 where not.
package struct SoftAlignment: Parameters {
  /// W[d, d]; at the beginning the identity, words attend to what is like them.
  package var weights: Matrix

  /// τ: how sharply a word chooses.
  private static let sharpness: Float = 6

  package init(dimensions: Int) {
    weights = Matrix(zeros: dimensions, dimensions)
    for i in 0..<dimensions { weights[i, i] = 1 }
  }

  package init(weights: Matrix) {
    self.weights = weights
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try body("weights", &weights)
  }

  /// What `backward` needs.
  package struct Tape: Sendable {
    let q: Matrix
    let k: Matrix
    /// A[m, n]
    package let attention: Matrix
  }

  /// q W, the same for every k.
  package func queries(_ q: Matrix) -> Matrix { Matrix.product(q, weights) }

  /// The similarities s[m], and the tape.
  /// - Parameter projected: `queries(q)`.
  package func forward(_ q: Matrix, projected: Matrix, _ k: Matrix) -> (similarities: [Float], tape: Tape) {
    precondition(q.rows > 0 && k.rows > 0 && q.columns == weights.rows && k.columns == weights.columns)
    var attention = Matrix.product(projected, k.transposed)
    for row in 0..<attention.rows {
      attention.withMutableRow(row) { scores in
        for i in scores.indices { scores[i] *= Self.sharpness }
        _ = Kernels.best.softmax(scores)
      }
    }
    let aligned = Matrix.product(attention, k)
    let similarities = (0..<q.rows).map { row in
      q.withRow(row) { a in aligned.withRow(row) { Kernels.best.dot(a, $0) } }
    }
    return (similarities, Tape(q: q, k: k, attention: attention))
  }

  /// Adds what ds[m] says of W to `gradient`.
  package func backward(_ tape: Tape, dSimilarities: [Float], gradient: inout SoftAlignment) {
    // dA_ij = ds_i q_i · k_j; through the softmax; dW = qᵀ (τ dS k)
    var dScores = Matrix.product(tape.q, tape.k.transposed)
    for row in 0..<dScores.rows {
      dScores.withMutableRow(row) { d in
        tape.attention.withRow(row) { a in
          var mean: Float = 0
          for i in d.indices { mean += a[i] * d[i] }
          for i in d.indices { d[i] = Self.sharpness * dSimilarities[row] * a[i] * (d[i] - mean) }
        }
      }
    }
    gradient.weights.accumulate(transposed: tape.q, times: Matrix.product(dScores, tape.k))
  }
}
