/// Solving with symmetric positive definite matrices by Cholesky's decomposition A = L Lᵀ (Golub and Van Loan, section 4.2).
extension Matrix {
  private static let block = 64

  /// L, below and on the diagonal, row after row; nil when the matrix is not positive definite.
  private func cholesky(_ kernels: Kernels) -> Matrix? {
    precondition(rows == columns)
    let n = rows
    var l = self
    var isPositive = true
    for start in stride(from: 0, to: n, by: Self.block) {
      let end = min(start + Self.block, n)
      // Left-looking: the columns of this block, less what those before say of them.
      if start > 0 {
        let before = l.gathered(Array(start..<n), columns: 0..<start)
        let pivot = l.gathered(Array(start..<end), columns: 0..<start).transposed
        let update = Matrix.product(before, pivot, kernels)
        l.withMutableFloats { l in
          update.withFloats { update in
            for i in start..<n {
              for j in start..<end { l[i * n + j] -= update[(i - start) * (end - start) + j - start] }
            }
          }
        }
      }
      l.withMutableFloats { l in
        for j in start..<end {
          let row = UnsafeBufferPointer(rebasing: l[j * n + start..<j * n + j])
          let pivot = l[j * n + j] - kernels.dot(row, row)
          guard pivot > 0, pivot.isFinite else {
            isPositive = false
            return
          }
          let root = pivot.squareRoot()
          l[j * n + j] = root
          for i in j + 1..<max(n, j + 1) {
            let other = UnsafeBufferPointer(rebasing: l[i * n + start..<i * n + j])
            l[i * n + j] = (l[i * n + j] - kernels.dot(row, other)) / root
          }
        }
      }
      if !isPositive { return nil }
    }
    return l
  }

  /// x of A x = b; nil when the matrix is not positive definite.
  package func solvePositiveDefinite(_ b: [Float], _ kernels: Kernels = .best) -> [Float]? {
    precondition(b.count == rows)
    guard let l = cholesky(kernels) else { return nil }
    let n = rows
    var x = b
    l.withFloats { l in
      for i in 0..<n {
        var sum = x[i]
        for k in 0..<i { sum -= l[i * n + k] * x[k] }
        x[i] = sum / l[i * n + i]
      }
      for i in (0..<n).reversed() {
        x[i] /= l[i * n + i]
        for k in 0..<i { x[k] -= l[i * n + k] * x[i] }
      }
    }
    return x
  }

  /// A⁻¹ = L⁻ᵀ L⁻¹; nil when the matrix is not positive definite.
  package func inverseOfPositiveDefinite(_ kernels: Kernels = .best) -> Matrix? {
    guard let l = cholesky(kernels) else { return nil }
    let n = rows
    // Row i of L⁻¹ = (e_i − Σ_{k<i} L_ik row k) / L_ii
    var inverse = Matrix(zeros: n, n)
    for start in stride(from: 0, to: n, by: Self.block) {
      let end = min(start + Self.block, n)
      if start > 0 {
        let left = l.gathered(Array(start..<end), columns: 0..<start)
        let above = inverse.gathered(Array(0..<start))
        let update = Matrix.product(left, above, kernels)
        for i in start..<end {
          inverse.withMutableRow(i) { row in update.withRow(i - start) { kernels.axpy(-1, $0, row) } }
        }
      }
      inverse.withMutableFloats { floats in
        l.withFloats { l in
          for i in start..<end {
            let row = UnsafeMutableBufferPointer(rebasing: floats[i * n..<(i + 1) * n])
            row[i] += 1
            for k in start..<i {
              kernels.axpy(-l[i * n + k], UnsafeBufferPointer(rebasing: floats[k * n..<(k + 1) * n]), row)
            }
            for j in row.indices { row[j] /= l[i * n + i] }
          }
        }
      }
    }
    var result = Matrix(zeros: n, n)
    result.accumulate(transposed: inverse, times: inverse, kernels)
    return result
  }
}
