/// A sparse matrix row after row: for each row the columns that are not zero, and their values.
package struct SparseRows: Sendable {
  package private(set) var starts: [Int] = [0]
  package private(set) var columns: [Int32] = []
  package private(set) var values: [Float] = []

  package init() {}

  package var count: Int { starts.count - 1 }

  /// Adds a row; the columns are all different.
  package mutating func append(_ row: some Sequence<(column: Int32, value: Float)>) {
    for entry in row {
      columns.append(entry.column)
      values.append(entry.value)
    }
    starts.append(columns.count)
  }

  /// y[count, n] = self · x[columns, n]
  func product(_ x: Matrix, _ kernels: Kernels) -> Matrix {
    var y = Matrix(zeros: count, x.columns)
    y.withMutableFloats { target in
      for row in 0..<count {
        let sum = UnsafeMutableBufferPointer(rebasing: target[row * x.columns..<(row + 1) * x.columns])
        for i in starts[row]..<starts[row + 1] { x.withRow(Int(columns[i])) { kernels.axpy(values[i], $0, sum) } }
      }
    }
    return y
  }

  /// y[columns, n] = selfᵀ · x[count, n]
  func transposedProduct(_ x: Matrix, columns width: Int, _ kernels: Kernels) -> Matrix {
    precondition(x.rows == count)
    var y = Matrix(zeros: width, x.columns)
    y.withMutableFloats { target in
      for row in 0..<count {
        x.withRow(row) { source in
          for i in starts[row]..<starts[row + 1] {
            let start = Int(columns[i]) * x.columns
            kernels.axpy(values[i], source, UnsafeMutableBufferPointer(rebasing: target[start..<start + x.columns]))
          }
        }
      }
    }
    return y
  }
}
