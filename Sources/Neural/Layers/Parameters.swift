/// Something with trainable matrices: a layer, or a network of layers.
///
/// A gradient is a value of the same type, so gradients add and an optimiser walks model and gradient side by side.
package protocol Parameters: Sendable {
  /// Calls `body` with every matrix and its name, always in the same order.
  mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows
}

extension Parameters {
  /// Every matrix with its name, in the order of `visitParameters`.
  package var parameters: [(name: String, matrix: Matrix)] {
    var copy = self
    var list: [(name: String, matrix: Matrix)] = []
    copy.visitParameters { list.append(($0, $1)) }
    return list
  }

  /// The same shapes, all zero: where a gradient starts.
  package var zeros: Self {
    var copy = self
    copy.visitParameters { $1 = Matrix(zeros: $1.rows, $1.columns) }
    return copy
  }

  /// self += other
  package mutating func add(_ other: Self) {
    let others = other.parameters
    var index = 0
    visitParameters { _, matrix in
      matrix.add(others[index].matrix)
      index += 1
    }
  }

  /// self *= factor
  package mutating func scale(by factor: Float) {
    visitParameters { _, matrix in matrix.withMutableFloats { for i in $0.indices { $0[i] *= factor } } }
  }

  /// Σ of all squares, in 64 bits.
  package var squaredNorm: Double {
    parameters.reduce(0) { sum, parameter in
      sum + parameter.matrix.withFloats { Double(Kernels.best.dot($0, $0)) }
    }
  }
}
