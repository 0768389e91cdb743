/// Two LSTMs over the same sequences, one reading forward and one backward (Graves and Schmidhuber, 2005); their states side by side.
package struct BidirectionalLSTM: Parameters {
  package var forwardLayer: LSTM
  package var backwardLayer: LSTM

  /// The width of the output: twice the hidden units of a direction.
  package var outputs: Int { 2 * forwardLayer.hidden }

  package init(inputs: Int, hidden: Int, using generator: inout SplitMix64) {
    forwardLayer = LSTM(inputs: inputs, hidden: hidden, using: &generator)
    backwardLayer = LSTM(inputs: inputs, hidden: hidden, using: &generator)
  }

  package init(forwardLayer: LSTM, backwardLayer: LSTM) {
    self.forwardLayer = forwardLayer
    self.backwardLayer = backwardLayer
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try forwardLayer.visitParameters { try body("forward." + $0, &$1) }
    try backwardLayer.visitParameters { try body("backward." + $0, &$1) }
  }

  package struct Tape: Sendable {
    let forward: LSTM.Tape
    let backward: LSTM.Tape
  }

  /// [rows, outputs] in sequence rows, for x[items, inputs] and the item at each sequence row.
  package func forward(
    _ x: Matrix, items: [Int], _ batch: SequenceBatch, _ kernels: Kernels = .best
  ) -> (output: Matrix, tape: Tape) {
    precondition(items.count == batch.rows)
    let tape = Tape(
      forward: forwardLayer.forward(x, items: batch.forwardRows.map { items[$0] }, batch, kernels),
      backward: backwardLayer.forward(x, items: batch.backwardRows.map { items[$0] }, batch, kernels))
    var output = Matrix(zeros: batch.rows, outputs)
    output.scatter(tape.forward.h, to: batch.forwardRows, column: 0)
    output.scatter(tape.backward.h, to: batch.backwardRows, column: forwardLayer.hidden)
    return (output, tape)
  }

  /// Adds to `gradient` and returns dX[items, inputs], for dOutput[rows, outputs] in sequence rows.
  package func backward(
    _ tape: Tape, dOutput: Matrix, _ batch: SequenceBatch, gradient: inout BidirectionalLSTM, _ kernels: Kernels = .best
  ) -> Matrix {
    let hidden = forwardLayer.hidden
    var dX = forwardLayer.backward(
      tape.forward, dH: dOutput.gathered(batch.forwardRows, columns: 0..<hidden), batch,
      gradient: &gradient.forwardLayer, kernels)
    dX.add(
      backwardLayer.backward(
        tape.backward, dH: dOutput.gathered(batch.backwardRows, columns: hidden..<2 * hidden), batch,
        gradient: &gradient.backwardLayer, kernels), kernels)
    return dX
  }
}
