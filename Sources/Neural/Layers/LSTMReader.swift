/// A trained bidirectional LSTM made for reading: weights in bfloat16, nothing kept for a way back.
///
/// One text is a few rows, and then a product takes as long as its weights take to come from memory; halves of floats come in half the
/// time. Their error, 2⁻⁹ of a weight, is far below what training leaves to chance.
package struct LSTMReader: Sendable {
  private struct Direction: Sendable {
    let inputs: Int
    let hidden: Int
    /// [inputs, 4·hidden] and [hidden, 4·hidden], two columns a word
    let inputWeights: [UInt32]
    let recurrentWeights: [UInt32]
    let bias: Matrix

    init(_ layer: LSTM) {
      inputs = layer.inputWeights.rows
      hidden = layer.hidden
      inputWeights = Self.words(layer.inputWeights)
      recurrentWeights = Self.words(layer.recurrentWeights)
      bias = layer.bias
    }

    /// Rows of words, each of two columns 16 apart, as `product_half` in CKernels.h reads them.
    private static func words(_ weights: Matrix) -> [UInt32] {
      let values = weights.values
      return stride(from: 0, to: values.count, by: 32).flatMap { group in
        (group..<group + 16).map { word(values[$0], values[$0 + 16]) }
      }
    }

    /// Two floats in one word: below the nearest bfloat16, above what makes the whole word, read as a float, come nearest to the other.
    /// Neither is infinite, nor so small that its products are numbers that processors take long over.
    private static func word(_ below: Float, _ above: Float) -> UInt32 {
      let nearest = half(below, less: 0)
      let low = nearest & 0x7FFF < smallest ? 0 : nearest
      let high = half(above, less: low)
      return max(high & 0x7FFF, smallest) << 16 | (high & 0x8000) << 16 | low
    }

    /// 2⁻⁶³, as no weight is but by chance.
    private static let smallest: UInt32 = 0x2000

    /// The upper half of the float that comes nearest to `value` once `rest` is its lower half.
    private static func half(_ value: Float, less rest: UInt32) -> UInt32 {
      let bits = value.isFinite ? value.bitPattern : 0
      let magnitude = Int(bits & 0x7FFF_FFFF) - Int(rest) + 0x8000
      return (bits >> 31) << 15 | UInt32(min(max(magnitude >> 16, 0), 0x7F7F))
    }

    /// h[rows, hidden] in step rows, for x[items, inputs] and the item at each step row.
    func states(_ x: Matrix, items: [Int], _ batch: SequenceBatch, _ kernels: Kernels) -> Matrix {
      let (hidden, width) = (hidden, 4 * hidden)
      var projected = Matrix(zeros: x.rows, width)
      projected.addToRows(bias, kernels)
      projected.withMutableFloats { target in
        x.withFloats { source in
          inputWeights.withUnsafeBufferPointer { weights in
            guard let target = target.baseAddress, let source = source.baseAddress, let weights = weights.baseAddress else {
              return
            }
            kernels.product(m: x.rows, n: width, k: inputs, source, weights, target)
          }
        }
      }
      var gates = projected.gathered(items)
      // The cell and its tanh of the running step alone; the states of all steps are the result.
      var cells = Matrix(zeros: 2 * batch.lengths.count, hidden)
      var h = Matrix(zeros: batch.rows, hidden)
      gates.withMutableFloats { gates in
        cells.withMutableFloats { cells in
          h.withMutableFloats { h in
            recurrentWeights.withUnsafeBufferPointer { u in
              guard let gates = gates.baseAddress, let c = cells.baseAddress, let h = h.baseAddress, let u = u.baseAddress
              else { return }
              let tanhC = c + batch.lengths.count * hidden
              for (step, rows) in batch.running.enumerated() {
                let start = batch.stepStarts[step]
                if step > 0 {
                  kernels.product(
                    m: rows, n: width, k: hidden, h + batch.stepStarts[step - 1] * hidden, u, gates + start * width)
                }
                // A row reads its own cell before it writes it, so the new cells may stand where the old ones do.
                kernels.lstmForward(
                  rows: rows, hidden: hidden, gates: gates + start * width, cPrevious: c, c: c, tanhC: tanhC,
                  h: h + start * hidden)
              }
            }
          }
        }
      }
      return h
    }
  }

  private let forward: Direction
  private let backward: Direction

  package init(_ encoder: BidirectionalLSTM) {
    forward = Direction(encoder.forwardLayer)
    backward = Direction(encoder.backwardLayer)
  }

  /// [rows, 2·hidden] in sequence rows, for x[items, inputs] and the item at each sequence row.
  package func states(_ x: Matrix, items: [Int], _ batch: SequenceBatch, _ kernels: Kernels = .best) -> Matrix {
    precondition(items.count == batch.rows)
    var output = Matrix(zeros: batch.rows, 2 * forward.hidden)
    output.scatter(
      forward.states(x, items: batch.forwardRows.map { items[$0] }, batch, kernels), to: batch.forwardRows, column: 0)
    output.scatter(
      backward.states(x, items: batch.backwardRows.map { items[$0] }, batch, kernels), to: batch.backwardRows,
      column: forward.hidden)
    return output
  }
}
