import Foundation
import Neural
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

/// Compares a gradient with central differences of a loss, at up to 40 places of each parameter.
///
/// 32-bit losses carry an error of about 1e-6, which a step of 1e-2 divides by 2e-2: hence the tolerance.
func expectGradient<Model: Parameters>(
  of model: Model, _ gradient: Model, sourceLocation: SourceLocation = #_sourceLocation, loss: (Model) -> Double
) {
  var generator = SplitMix64(seed: 99)
  for (p, parameter) in gradient.parameters.enumerated() {
    let count = parameter.matrix.count
    for place in (0..<count).shuffled(using: &generator).prefix(40) {
      func shifted(_ amount: Float) -> Double {
        var copy = model
        var index = 0
        copy.visitParameters { _, matrix in
          if index == p { matrix.withMutableFloats { $0[place] += amount } }
          index += 1
        }
        return loss(copy)
      }
      let expected = (shifted(0.01) - shifted(-0.01)) / 0.02
      let actual = Double(parameter.matrix.withFloats { $0[place] })
      #expect(
        abs(actual - expected) < 2e-3 + 0.02 * abs(expected),
        "\(parameter.name)[\(place)]: \(actual), by differences \(expected)",
        sourceLocation: sourceLocation)
    }
  }
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
