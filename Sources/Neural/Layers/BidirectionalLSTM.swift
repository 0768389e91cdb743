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

  /// [rows, outputs] for x[rows, inputs], both in sequence rows.
  package func forward(_ x: Matrix, _ batch: SequenceBatch, _ kernels: Kernels = .best) -> (output: Matrix, tape: Tape) {
    let tape = Tape(
      forward: forwardLayer.forward(x.gathered(batch.forwardRows), batch, kernels),
      backward: backwardLayer.forward(x.gathered(batch.backwardRows), batch, kernels))
    var output = Matrix(zeros: batch.rows, outputs)
    output.scatter(tape.forward.h, to: batch.forwardRows, column: 0)
    output.scatter(tape.backward.h, to: batch.backwardRows, column: forwardLayer.hidden)
    return (output, tape)
  }

  /// Adds to `gradient` and returns dX[rows, inputs], for dOutput[rows, outputs]; both in sequence rows.
  package func backward(
    _ tape: Tape, dOutput: Matrix, _ batch: SequenceBatch, gradient: inout BidirectionalLSTM, _ kernels: Kernels = .best
  ) -> Matrix {
    let hidden = forwardLayer.hidden
    let dForward = forwardLayer.backward(
      tape.forward, dH: dOutput.gathered(batch.forwardRows, columns: 0..<hidden), batch,
      gradient: &gradient.forwardLayer, kernels)
    let dBackward = backwardLayer.backward(
      tape.backward, dH: dOutput.gathered(batch.backwardRows, columns: hidden..<2 * hidden), batch,
      gradient: &gradient.backwardLayer, kernels)
    var dX = Matrix(zeros: batch.rows, dForward.columns)
    dX.scatter(dForward, to: batch.forwardRows, column: 0)
    dX.addRows(dBackward, to: batch.backwardRows, kernels)
    return dX
  }
}
