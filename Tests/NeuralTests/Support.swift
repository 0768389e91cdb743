import Foundation
import Neural
import TestSupport
import Testing

/// Seeded values in ±1.
func randomMatrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
  var generator = SplitMix64(seed: seed)
  return Matrix(uniform: rows, columns, limit: 1, using: &generator)
}

/// Σ a ⊙ b in 64 bits: the loss of the gradient checks.
func inner(_ a: Matrix, _ b: Matrix) -> Double {
  precondition(a.rows == b.rows && a.columns == b.columns)
  return zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// Expects the gradient of a model's parameters to be what central differences of its loss say.
func expectGradient<Model: Parameters>(
  of model: Model, _ gradient: Model, sourceLocation: SourceLocation = #_sourceLocation, loss: (Model) -> Double
) {
  let errors = gradientErrors(of: model, gradient, loss: loss)
  #expect(errors.isEmpty, sourceLocation: sourceLocation)
}

/// The same for an input matrix.
func expectGradient(
  of x: Matrix, _ gradient: Matrix, sourceLocation: SourceLocation = #_sourceLocation, loss: (Matrix) -> Double
) {
  for place in stride(from: 0, to: x.count, by: max(1, x.count / 40)) {
    func shifted(_ amount: Float) -> Double {
      var copy = x
      copy.withMutableFloats { $0[place] += amount }
      return loss(copy)
    }
    let expected = (shifted(0.01) - shifted(-0.01)) / 0.02
    let actual = Double(gradient.withFloats { $0[place] })
    #expect(
      abs(actual - expected) < 2e-3 + 0.02 * abs(expected), "x[\(place)]: \(actual), by differences \(expected)",
      sourceLocation: sourceLocation)
  }
}
