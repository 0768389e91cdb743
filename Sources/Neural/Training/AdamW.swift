/// Adam with decoupled weight decay (Kingma and Ba, 2015; Loshchilov and Hutter, 2019).
package struct AdamW: Sendable {
  package var beta1: Float = 0.9
  package var beta2: Float = 0.999
  package var epsilon: Float = 1e-8
  package var weightDecay: Float = 0

  package init(weightDecay: Float = 0) {
    self.weightDecay = weightDecay
  }

  /// The running moments of a model's parameters, in their order.
  package struct State: Sendable {
    var m: [Matrix]
    var v: [Matrix]
    var steps = 0

    package init(for model: some Parameters) {
      m = model.zeros.parameters.map(\.matrix)
      v = m
    }
  }

  /// One step of every parameter against its gradient.
  package func update<Model: Parameters>(
    _ model: inout Model, gradient: Model, state: inout State, rate: Float, _ kernels: Kernels = .best
  ) {
    state.steps += 1
    let correction = Correction(self, step: state.steps, rate: rate)
    let gradients = gradient.parameters
    var index = 0
    model.visitParameters { _, parameter in
      update(&parameter, gradients[index].matrix, m: &state.m[index], v: &state.v[index], correction, kernels)
      index += 1
    }
  }

  /// The running moments of a table; rows a batch does not touch stand still (lazy Adam).
  package struct TableState: Sendable {
    var m: Matrix
    var v: Matrix
    var steps = 0

    package init(for table: Matrix) {
      m = Matrix(zeros: table.rows, table.columns)
      v = Matrix(zeros: table.rows, table.columns)
    }
  }

  /// One step of the rows a sparse gradient touches.
  package func update(
    _ table: inout Matrix, gradient: SparseGradient, state: inout TableState, rate: Float, _ kernels: Kernels = .best
  ) {
    state.steps += 1
    let correction = Correction(self, step: state.steps, rate: rate)
    for (place, row) in gradient.rows.enumerated() {
      table.withMutableRow(Int(row)) { p in
        state.m.withMutableRow(Int(row)) { m in
          state.v.withMutableRow(Int(row)) { v in
            gradient.withValues(place) { g in step(p, g, m, v, correction, kernels) }
          }
        }
      }
    }
  }

  /// The factors of one step that are the same for all parameters.
  private struct Correction {
    let stepSize: Float
    let vScale: Float
    let decay: Float

    init(_ optimizer: AdamW, step: Int, rate: Float) {
      stepSize = rate / (1 - power(optimizer.beta1, step))
      vScale = 1 / (1 - power(optimizer.beta2, step))
      decay = 1 - rate * optimizer.weightDecay
    }
  }

  private func update(
    _ parameter: inout Matrix, _ gradient: Matrix, m: inout Matrix, v: inout Matrix, _ correction: Correction,
    _ kernels: Kernels
  ) {
    parameter.withMutableFloats { p in
      gradient.withFloats { g in
        m.withMutableFloats { m in v.withMutableFloats { v in step(p, g, m, v, correction, kernels) } }
      }
    }
  }

  private func step(
    _ p: UnsafeMutableBufferPointer<Float>, _ g: UnsafeBufferPointer<Float>, _ m: UnsafeMutableBufferPointer<Float>,
    _ v: UnsafeMutableBufferPointer<Float>, _ correction: Correction, _ kernels: Kernels
  ) {
    precondition(p.count == g.count && p.count == m.count && p.count == v.count)
    guard let p = p.baseAddress, let gBase = g.baseAddress, let m = m.baseAddress, let v = v.baseAddress else { return }
    kernels.adamW(
      count: g.count, parameter: p, gradient: gBase, m: m, v: v, stepSize: correction.stepSize, vScale: correction.vScale,
      beta1: beta1, beta2: beta2, epsilon: epsilon, decay: correction.decay)
  }
}

/// base^exponent for a whole exponent.
private func power(_ base: Float, _ exponent: Int) -> Float {
  var (result, square, left) = (Float(1), base, exponent)
  while left > 0 {
    if left & 1 == 1 { result *= square }
    square *= square
    left >>= 1
  }
  return result
}
