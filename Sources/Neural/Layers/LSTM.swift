/// A long short-term memory layer read in one direction (Hochreiter and Schmidhuber, 1997; with forget gates, Gers et al., 2000).
///
///     [i f g o] = x_t · W + h_{t−1} · U + b,   i, f, o through σ, g through tanh
///     c_t = f ⊙ c_{t−1} + i ⊙ g,   h_t = o ⊙ tanh(c_t),   h_0 = c_0 = 0
///
/// `hidden` is a multiple of 16, the widest vector.
package struct LSTM: Parameters {
  /// W: [inputs, 4·hidden], the gates in the order input, forget, candidate, output.
  package var inputWeights: Matrix
  /// U: [hidden, 4·hidden]
  package var recurrentWeights: Matrix
  /// b: [1, 4·hidden]
  package var bias: Matrix

  package var hidden: Int { recurrentWeights.rows }

  package init(inputs: Int, hidden: Int, using generator: inout SplitMix64) {
    precondition(hidden > 0 && hidden % 16 == 0)
    inputWeights = Matrix(glorot: inputs, 4 * hidden, using: &generator)
    recurrentWeights = Matrix(glorot: hidden, 4 * hidden, using: &generator)
    bias = Matrix(zeros: 1, 4 * hidden)
    // An open forget gate lets gradients through from the start (Jozefowicz et al., 2015).
    bias.withMutableFloats { for i in hidden..<2 * hidden { $0[i] = 1 } }
  }

  /// A layer of these weights; their shapes are those above.
  package init(inputWeights: Matrix, recurrentWeights: Matrix, bias: Matrix) {
    self.inputWeights = inputWeights
    self.recurrentWeights = recurrentWeights
    self.bias = bias
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try body("inputWeights", &inputWeights)
    try body("recurrentWeights", &recurrentWeights)
    try body("bias", &bias)
  }

  /// What `backward` needs of a forward pass; all but `x` in step rows.
  package struct Tape: Sendable {
    /// [items, inputs]
    let x: Matrix
    /// For each step row its item.
    let items: [Int]
    /// [rows, 4·hidden], activated
    let gates: Matrix
    /// [rows, hidden] each
    let c: Matrix
    let tanhC: Matrix
    let h: Matrix
  }

  /// h[rows, hidden] in step rows (in the tape), for x[items, inputs] and the item at each step row: an item that stands at many
  /// steps, such as a word of a batch, is projected once.
  func forward(_ x: Matrix, items: [Int], _ batch: SequenceBatch, _ kernels: Kernels) -> Tape {
    let hidden = hidden
    var projected = Matrix.product(x, inputWeights, kernels)
    projected.addToRows(bias, kernels)
    var gates = projected.gathered(items)
    var c = Matrix(zeros: batch.rows, hidden)
    var tanhC = Matrix(zeros: batch.rows, hidden)
    var h = Matrix(zeros: batch.rows, hidden)
    let zeros = Matrix(zeros: batch.lengths.count, hidden)
    gates.withMutableFloats { gates in
      c.withMutableFloats { c in
        tanhC.withMutableFloats { tanhC in
          h.withMutableFloats { h in
            recurrentWeights.withFloats { u in
              zeros.withFloats { zeros in
                guard let gates = gates.baseAddress, let c = c.baseAddress, let tanhC = tanhC.baseAddress,
                  let h = h.baseAddress, let u = u.baseAddress, let zeros = zeros.baseAddress
                else { return }
                for (step, rows) in batch.running.enumerated() {
                  let start = batch.stepStarts[step]
                  var cPrevious = zeros
                  if step > 0 {
                    let previous = batch.stepStarts[step - 1]
                    cPrevious = UnsafePointer(c + previous * hidden)
                    kernels.product(
                      m: rows, n: 4 * hidden, k: hidden, .init(base: h + previous * hidden, row: hidden, column: 1), u,
                      gates + start * 4 * hidden, accumulate: true)
                  }
                  kernels.lstmForward(
                    rows: rows, hidden: hidden, gates: gates + start * 4 * hidden, cPrevious: cPrevious,
                    c: c + start * hidden, tanhC: tanhC + start * hidden, h: h + start * hidden)
                }
              }
            }
          }
        }
      }
    }
    return Tape(x: x, items: items, gates: gates, c: c, tanhC: tanhC, h: h)
  }

  /// Adds to `gradient` and returns dX[items, inputs], for dH[rows, hidden] in step rows.
  func backward(_ tape: Tape, dH: Matrix, _ batch: SequenceBatch, gradient: inout LSTM, _ kernels: Kernels) -> Matrix {
    let hidden = hidden
    let transposed = recurrentWeights.transposed
    var dGates = Matrix(zeros: batch.rows, 4 * hidden)
    var dH = dH
    var dC = Matrix(zeros: batch.lengths.count, hidden)
    let zeros = Matrix(zeros: batch.lengths.count, hidden)
    dGates.withMutableFloats { dGates in
      dH.withMutableFloats { dH in
        dC.withMutableFloats { dC in
          tape.gates.withFloats { gates in
            tape.c.withFloats { c in
              tape.tanhC.withFloats { tanhC in
                transposed.withFloats { u in
                  zeros.withFloats { zeros in
                    guard let dGates = dGates.baseAddress, let dH = dH.baseAddress, let dC = dC.baseAddress,
                      let gates = gates.baseAddress, let c = c.baseAddress, let tanhC = tanhC.baseAddress,
                      let u = u.baseAddress, let zeros = zeros.baseAddress
                    else { return }
                    for (step, rows) in batch.running.enumerated().reversed() {
                      let start = batch.stepStarts[step]
                      let previous = step > 0 ? batch.stepStarts[step - 1] : 0
                      kernels.lstmBackward(
                        rows: rows, hidden: hidden, gates: gates + start * 4 * hidden,
                        cPrevious: step > 0 ? c + previous * hidden : zeros, tanhC: tanhC + start * hidden,
                        dh: dH + start * hidden, dc: dC, dGates: dGates + start * 4 * hidden)
                      if step > 0 {
                        kernels.product(
                          m: rows, n: hidden, k: 4 * hidden,
                          .init(base: dGates + start * 4 * hidden, row: 4 * hidden, column: 1), u, dH + previous * hidden,
                          accumulate: true)
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    gradient.recurrentWeights.accumulate(transposed: previousStates(tape.h, batch), times: dGates, kernels)
    var dProjected = Matrix(zeros: tape.x.rows, 4 * hidden)
    dProjected.addRows(dGates, to: tape.items, kernels)
    gradient.inputWeights.accumulate(transposed: tape.x, times: dProjected, kernels)
    gradient.bias.addRows(of: dProjected, kernels)
    return Matrix.product(dProjected, inputWeights.transposed, kernels)
  }

  /// h_{t−1} beside each step row: [rows, hidden].
  private func previousStates(_ h: Matrix, _ batch: SequenceBatch) -> Matrix {
    let hidden = hidden
    var result = Matrix(zeros: h.rows, hidden)
    result.withMutableFloats { target in
      h.withFloats { source in
        for (step, rows) in batch.running.enumerated() where step > 0 {
          let to = batch.stepStarts[step] * hidden
          let from = batch.stepStarts[step - 1] * hidden
          _ = UnsafeMutableBufferPointer(rebasing: target[to..<to + rows * hidden])
            .update(fromContentsOf: source[from..<from + rows * hidden])
        }
      }
    }
    return result
  }
}
