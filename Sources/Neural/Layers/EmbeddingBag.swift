/// A table of vectors; an item is the sum of the n rows it names, over √n.
///
/// One row an item is an ordinary embedding; many rows are a bag of features such as character n-grams (Bojanowski et al., 2017). Where
/// they take the mean, the root keeps the variance of a long word's vector at that of a short one's: one point of accuracy.
package struct EmbeddingBag: Sendable {
  /// [rows, dimensions]
  package var table: Matrix

  package var dimensions: Int { table.columns }

  package init(rows: Int, dimensions: Int, using generator: inout SplitMix64) {
    table = Matrix(uniform: rows, dimensions, limit: 1 / Float(dimensions).squareRoot(), using: &generator)
  }

  package init(table: Matrix) {
    self.table = table
  }

  /// Adds each bag's sum over √n to its row of y[bags, dimensions], from `column` on. An empty bag adds nothing.
  package func forward(_ bags: [[Int32]], into y: inout Matrix, column: Int = 0, _ kernels: Kernels = .best) {
    precondition(y.rows == bags.count && column + dimensions <= y.columns)
    let (dimensions, columns) = (dimensions, y.columns)
    y.withMutableFloats { floats in
      for (row, bag) in bags.enumerated() where !bag.isEmpty {
        let start = row * columns + column
        let target = UnsafeMutableBufferPointer(rebasing: floats[start..<start + dimensions])
        let scale = scale(bag)
        for index in bag { table.withRow(Int(index)) { kernels.axpy(scale, $0, target) } }
      }
    }
  }

  private func scale(_ bag: [Int32]) -> Float { 1 / Float(bag.count).squareRoot() }

  /// Adds to `gradient` what dY[bags, …] says of the rows named, reading `dimensions` columns from `column` on.
  package func backward(
    _ bags: [[Int32]], dY: Matrix, column: Int = 0, gradient: inout SparseGradient, _ kernels: Kernels = .best
  ) {
    precondition(dY.rows == bags.count && column + dimensions <= dY.columns)
    for (row, bag) in bags.enumerated() where !bag.isEmpty {
      dY.withRow(row) { d in
        let part = UnsafeBufferPointer(rebasing: d[column..<column + dimensions])
        let scale = scale(bag)
        for index in bag { gradient.add(part, to: index, scaledBy: scale, kernels) }
      }
    }
  }
}

/// The gradient of a table of which a batch touches few rows.
package struct SparseGradient: Sendable {
  package let dimensions: Int
  /// The rows touched, in the order they first were.
  package private(set) var rows: [Int32] = []
  /// For each row of the table its place in `rows`, or -1.
  private var places: [Int32]
  private var values: [Float] = []

  /// - Parameter tableRows: the rows of the table.
  package init(tableRows: Int, dimensions: Int) {
    self.dimensions = dimensions
    places = [Int32](repeating: -1, count: tableRows)
  }

  mutating func add(_ d: UnsafeBufferPointer<Float>, to row: Int32, scaledBy alpha: Float, _ kernels: Kernels = .best) {
    var place = Int(places[Int(row)])
    if place < 0 {
      place = rows.count
      places[Int(row)] = Int32(place)
      rows.append(row)
      values.append(contentsOf: repeatElement(0, count: dimensions))
    }
    values.withUnsafeMutableBufferPointer {
      let start = place * dimensions
      kernels.axpy(alpha, d, UnsafeMutableBufferPointer(rebasing: $0[start..<start + dimensions]))
    }
  }

  package mutating func add(_ other: SparseGradient) {
    precondition(dimensions == other.dimensions && places.count == other.places.count)
    for (place, row) in other.rows.enumerated() { other.withValues(place) { add($0, to: row, scaledBy: 1) } }
  }

  package mutating func scale(by factor: Float) {
    for i in values.indices { values[i] *= factor }
  }

  package var squaredNorm: Double { values.withUnsafeBufferPointer { Double(Kernels.best.dot($0, $0)) } }

  /// The gradient of the row touched at `place` in `rows`.
  package func withValues<R>(_ place: Int, _ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try values.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[place * dimensions..<(place + 1) * dimensions]))
    }
  }
}
