/// The greatest singular values of a sparse matrix and their left vectors, by randomised subspace iteration
/// (Halko, Martinsson and Tropp, 2011, algorithms 4.4 and 5.1).
package struct TruncatedSVD: Sendable {
  /// U: [rows, k], orthonormal columns, greatest singular value first.
  package let left: Matrix
  /// k of them.
  package let singularValues: [Float]

  /// Vectors beyond k that take part, so that the last of the k come out right.
  private static let oversampling = 16
  private static let iterations = 3

  /// - Parameters:
  ///   - matrix: square, `matrix.count` rows and columns.
  ///   - k: how many; fewer when the matrix is smaller.
  package init(_ matrix: SparseRows, k: Int, seed: UInt64, _ kernels: Kernels = .best) {
    let size = matrix.count
    let width = min(k + Self.oversampling, size)
    guard width > 0 else {
      left = Matrix(zeros: size, 0)
      singularValues = []
      return
    }
    var generator = SplitMix64(seed: seed, name: "singular vectors")
    var basis = matrix.product(Matrix(uniform: size, width, limit: 1, using: &generator), kernels).orthonormalized(kernels)
    for _ in 0..<Self.iterations {
      basis = matrix.transposedProduct(basis, columns: size, kernels).orthonormalized(kernels)
      basis = matrix.product(basis, kernels).orthonormalized(kernels)
    }
    // M ≈ Q Qᵀ M = Q B; the eigenvectors of B Bᵀ turn Q into the left vectors, its eigenvalues are the squares.
    let projected = matrix.transposedProduct(basis, columns: size, kernels)
    let (values, vectors) = SymmetricEigen.decompose(projected.gram)
    let kept = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(min(k, width))
    var rotation = Matrix(zeros: width, kept.count)
    for (column, index) in kept.enumerated() {
      for row in 0..<width { rotation[row, column] = Float(vectors[row * width + index]) }
    }
    left = Matrix.product(basis, rotation, kernels)
    singularValues = kept.map { Float(max(0, values[$0]).squareRoot()) }
  }
}

extension Matrix {
  /// selfᵀ · self in 64 bits, row-major.
  fileprivate var gram: [Double] {
    var product = Matrix(zeros: columns, columns)
    product.accumulate(transposed: self, times: self)
    return product.values.map(Double.init)
  }

  /// A basis of the same space with orthonormal columns: Gram-Schmidt, each column twice for accuracy (Giraud et al., 2005). A column
  /// that depends on those before it becomes zero.
  fileprivate func orthonormalized(_ kernels: Kernels) -> Matrix {
    var vectors = transposed
    for i in 0..<vectors.rows {
      let length = vectors.squaredLength(i, kernels)
      for _ in 0..<2 {
        for j in 0..<i {
          vectors.withMutableFloats { floats in
            let (one, other) = (floats.row(i, of: rows), floats.row(j, of: rows))
            let shared = kernels.dot(UnsafeBufferPointer(one), UnsafeBufferPointer(other))
            kernels.axpy(-shared, UnsafeBufferPointer(other), one)
          }
        }
      }
      let rest = vectors.squaredLength(i, kernels)
      let scale = rest > length * 1e-8 && rest > 0 ? 1 / rest.squareRoot() : 0
      vectors.withMutableRow(i) { for k in $0.indices { $0[k] *= scale } }
    }
    return vectors.transposed
  }

  private func squaredLength(_ row: Int, _ kernels: Kernels) -> Float { withRow(row) { kernels.dot($0, $0) } }
}

extension UnsafeMutableBufferPointer<Float> {
  fileprivate func row(_ index: Int, of columns: Int) -> UnsafeMutableBufferPointer<Float> {
    .init(rebasing: self[index * columns..<(index + 1) * columns])
  }
}

/// Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub and Van Loan, section 8.5).
enum SymmetricEigen {
  private static let sweeps = 30

  /// - Parameter matrix: n · n values, row-major, symmetric.
  /// - Returns: the eigenvalues in no order, and the vectors as columns of a row-major n · n matrix.
  static func decompose(_ matrix: [Double]) -> (values: [Double], vectors: [Double]) {
    let n = Int(Double(matrix.count).squareRoot().rounded())
    precondition(n * n == matrix.count)
    var a = matrix
    var v = [Double](repeating: 0, count: n * n)
    for i in 0..<n { v[i * n + i] = 1 }
    let total = matrix.reduce(0) { $0 + $1 * $1 }
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in
        for _ in 0..<sweeps {
          var off = 0.0
          for i in 0..<n { for j in i + 1..<max(n, i + 1) { off += a[i * n + j] * a[i * n + j] } }
          if off <= total * 1e-22 { break }
          for p in 0..<n {
            for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 {
              let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
              let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
              let c = 1 / (t * t + 1).squareRoot()
              let s = t * c
              for k in 0..<n {
                let (x, y) = (a[k * n + p], a[k * n + q])
                a[k * n + p] = c * x - s * y
                a[k * n + q] = s * x + c * y
              }
              for k in 0..<n {
                let (x, y) = (a[p * n + k], a[q * n + k])
                a[p * n + k] = c * x - s * y
                a[q * n + k] = s * x + c * y
              }
              for k in 0..<n {
                let (x, y) = (v[k * n + p], v[k * n + q])
                v[k * n + p] = c * x - s * y
                v[k * n + q] = s * x + c * y
              }
            }
          }
        }
      }
    }
    return ((0..<n).map { a[$0 * n + $0] }, v)
  }
}
