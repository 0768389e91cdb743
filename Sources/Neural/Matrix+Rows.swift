extension Matrix {
  /// The named rows in that order, cut to `columns` (all when nil).
  package func gathered(_ indices: [Int], columns range: Range<Int>? = nil) -> Matrix {
    let range = range ?? 0..<columns
    precondition(range.lowerBound >= 0 && range.upperBound <= columns)
    var result = Matrix(zeros: indices.count, range.count)
    let (sourceColumns, sourceRows) = (columns, rows)
    result.withMutableFloats { target in
      withFloats { source in
        for (row, index) in indices.enumerated() {
          precondition(index >= 0 && index < sourceRows)
          let from = index * sourceColumns
          _ = UnsafeMutableBufferPointer(rebasing: target[row * range.count..<(row + 1) * range.count])
            .update(fromContentsOf: source[from + range.lowerBound..<from + range.upperBound])
        }
      }
    }
    return result
  }

  /// Writes row i of `source` over row indices[i], from `column` on.
  mutating func scatter(_ source: Matrix, to indices: [Int], column: Int) {
    precondition(source.rows == indices.count && column + source.columns <= columns)
    let columns = columns
    withMutableFloats { target in
      source.withFloats { values in
        for (row, index) in indices.enumerated() {
          let to = index * columns + column
          _ = UnsafeMutableBufferPointer(rebasing: target[to..<to + source.columns])
            .update(fromContentsOf: values[row * source.columns..<(row + 1) * source.columns])
        }
      }
    }
  }

  /// Adds row i of `source` to row indices[i].
  package mutating func addRows(_ source: Matrix, to indices: [Int], scaledBy alpha: Float = 1, _ kernels: Kernels = .best) {
    precondition(source.rows == indices.count && source.columns == columns)
    let columns = columns
    withMutableFloats { target in
      for (row, index) in indices.enumerated() {
        source.withRow(row) {
          kernels.axpy(alpha, $0, UnsafeMutableBufferPointer(rebasing: target[index * columns..<(index + 1) * columns]))
        }
      }
    }
  }
}
