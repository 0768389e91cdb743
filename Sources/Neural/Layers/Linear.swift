/// y = x · W + b, for x[rows, inputs].
package struct Linear: Parameters {
  /// [inputs, outputs]
  package var weights: Matrix
  /// [1, outputs]
  package var bias: Matrix

  package init(inputs: Int, outputs: Int, using generator: inout SplitMix64) {
    weights = Matrix(glorot: inputs, outputs, using: &generator)
    bias = Matrix(zeros: 1, outputs)
  }

  package init(weights: Matrix, bias: Matrix) {
    self.weights = weights
    self.bias = bias
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try body("weights", &weights)
    try body("bias", &bias)
  }

  package func forward(_ x: Matrix) -> Matrix {
    var y = Matrix.product(x, weights)
    y.addToRows(bias)
    return y
  }

  /// Adds to `gradient` and returns dX = dY · Wᵀ.
  package func backward(x: Matrix, dY: Matrix, gradient: inout Linear) -> Matrix {
    gradient.weights.accumulate(transposed: x, times: dY)
    gradient.bias.addRows(of: dY)
    return Matrix.product(dY, weights.transposed)
  }
}
