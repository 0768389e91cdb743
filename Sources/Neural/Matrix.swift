/// A row-major matrix of 32-bit floats; a vector is a matrix of one row.
///
/// A value: copies share memory until one of them is written. It may stand on a mapped file, from which a write first copies.
package struct Matrix: Sendable {
  package let rows: Int
  package let columns: Int
  private var storage: FloatStorage

  package var count: Int { rows * columns }

  package init(zeros rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0)
    self.rows = rows
    self.columns = columns
    storage = FloatStorage(zeros: rows * columns)
  }

  package init(rows: Int, columns: Int, _ values: [Float]) {
    precondition(values.count == rows * columns)
    self.init(zeros: rows, columns)
    withMutableFloats { floats in
      for (i, value) in values.enumerated() { floats[i] = value }
    }
  }

  init(rows: Int, columns: Int, storage: FloatStorage) {
    precondition(storage.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.storage = storage
  }

  /// Uniform in ±√(6 / (rows + columns)) (Glorot and Bengio, 2010).
  package init(glorot rows: Int, _ columns: Int, using generator: inout SplitMix64) {
    self.init(uniform: rows, columns, limit: (6 / Float(rows + columns)).squareRoot(), using: &generator)
  }

  /// Uniform in ±limit.
  package init(uniform rows: Int, _ columns: Int, limit: Float, using generator: inout SplitMix64) {
    self.init(zeros: rows, columns)
    withMutableFloats { floats in
      for i in floats.indices { floats[i] = (2 * generator.uniform() - 1) * limit }
    }
  }

  package func withFloats<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) { try body(UnsafeBufferPointer(start: storage.base, count: count)) }
  }

  package mutating func withMutableFloats<R>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> R) rethrows -> R {
    if storage.isMapped || !isKnownUniquelyReferenced(&storage) { storage = FloatStorage(copying: storage) }
    return try body(UnsafeMutableBufferPointer(start: storage.base, count: count))
  }

  package func withRow<R>(_ row: Int, _ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    precondition(row >= 0 && row < rows)
    return try withFloats { try body(UnsafeBufferPointer(rebasing: $0[row * columns..<(row + 1) * columns])) }
  }

  package mutating func withMutableRow<R>(
    _ row: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    precondition(row >= 0 && row < rows)
    let range = row * columns..<(row + 1) * columns
    return try withMutableFloats { try body(UnsafeMutableBufferPointer(rebasing: $0[range])) }
  }

  /// Element access for tests and small things; loops belong in the kernels.
  package subscript(row: Int, column: Int) -> Float {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      return withFloats { $0[row * columns + column] }
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      let index = row * columns + column
      withMutableFloats { $0[index] = newValue }
    }
  }

  /// The values in row order.
  package var values: [Float] { withFloats { Array($0) } }

  // MARK: products

  /// self += a · b for a[m, k], b[k, n].
  package mutating func accumulate(_ a: Matrix, times b: Matrix, _ kernels: Kernels = .best) {
    precondition(a.columns == b.rows && rows == a.rows && columns == b.columns)
    multiply(a, row: a.columns, column: 1, depth: a.columns, b, accumulate: true, kernels)
  }

  /// self += aᵀ · b for a[k, m], b[k, n].
  package mutating func accumulate(transposed a: Matrix, times b: Matrix, _ kernels: Kernels = .best) {
    precondition(a.rows == b.rows && rows == a.columns && columns == b.columns)
    multiply(a, row: 1, column: a.columns, depth: a.rows, b, accumulate: true, kernels)
  }

  private mutating func multiply(
    _ a: Matrix, row: Int, column: Int, depth: Int, _ b: Matrix, accumulate: Bool, _ kernels: Kernels
  ) {
    let (m, n) = (rows, columns)
    guard m > 0, n > 0 else { return }
    withMutableFloats { c in
      a.withFloats { aFloats in
        b.withFloats { bFloats in
          guard let aBase = aFloats.baseAddress, let bBase = bFloats.baseAddress, let cBase = c.baseAddress else { return }
          kernels.product(
            m: m, n: n, k: depth, .init(base: aBase, row: row, column: column), bBase, cBase, accumulate: accumulate)
        }
      }
    }
  }

  /// a · b
  package static func product(_ a: Matrix, _ b: Matrix, _ kernels: Kernels = .best) -> Matrix {
    var result = Matrix(zeros: a.rows, b.columns)
    result.accumulate(a, times: b, kernels)
    return result
  }

  package var transposed: Matrix {
    var result = Matrix(zeros: columns, rows)
    withFloats { source in
      result.withMutableFloats { Kernels.best.transpose(rows: rows, columns: columns, source, $0) }
    }
    return result
  }

  // MARK: sums

  /// self += alpha · other
  package mutating func add(_ other: Matrix, scaledBy alpha: Float = 1, _ kernels: Kernels = .best) {
    precondition(rows == other.rows && columns == other.columns)
    withMutableFloats { y in other.withFloats { kernels.axpy(alpha, $0, y) } }
  }

  /// Adds a bias[1, columns] to every row.
  package mutating func addToRows(_ bias: Matrix, _ kernels: Kernels = .best) {
    precondition(bias.count == columns)
    let (rows, columns) = (rows, columns)
    withMutableFloats { y in
      bias.withFloats { x in
        for row in 0..<rows {
          kernels.axpy(1, x, UnsafeMutableBufferPointer(rebasing: y[row * columns..<(row + 1) * columns]))
        }
      }
    }
  }

  /// self[1, columns] += the sum of other's rows.
  package mutating func addRows(of other: Matrix, _ kernels: Kernels = .best) {
    precondition(rows == 1 && other.columns == columns)
    withMutableFloats { y in
      for row in 0..<other.rows { other.withRow(row) { kernels.axpy(1, $0, y) } }
    }
  }
}
