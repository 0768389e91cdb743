import Neural

/// Where a gradient is not what central differences of the loss say, at up to 40 places of each parameter; empty when it is right.
///
/// 32-bit losses carry an error of about 1e-6, which a step of 1e-2 divides by 2e-2: hence the tolerance.
package func gradientErrors<Model: Parameters>(of model: Model, _ gradient: Model, loss: (Model) -> Double) -> [String] {
  var generator = SplitMix64(seed: 99)
  var errors: [String] = []
  for (p, parameter) in gradient.parameters.enumerated() {
    for place in (0..<parameter.matrix.count).shuffled(using: &generator).prefix(40) {
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
      if !(abs(actual - expected) < 2e-3 + 0.02 * abs(expected)) {
        errors.append("\(parameter.name)[\(place)]: \(actual), by differences \(expected)")
      }
    }
  }
  return errors
}
