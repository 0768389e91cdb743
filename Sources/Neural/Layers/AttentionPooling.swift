/// A sequence of states to one vector: an attention-weighted mean beside the element-wise maximum.
///
///     s_t = tanh(h_t · W + b) · v,   α = softmax(s),   y = [Σ α_t h_t ; max_t h_t]
///
/// The attention is the additive one of Yang et al. (2016), "Hierarchical attention networks".
package struct AttentionPooling: Parameters {
  /// W, b: [inputs, units], [1, units]
  package var projection: Linear
  /// v: [1, units]
  package var query: Matrix

  package init(inputs: Int, units: Int, using generator: inout SplitMix64) {
    projection = Linear(inputs: inputs, outputs: units, using: &generator)
    query = Matrix(glorot: 1, units, using: &generator)
  }

  package init(projection: Linear, query: Matrix) {
    self.projection = projection
    self.query = query
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try projection.visitParameters { try body("projection." + $0, &$1) }
    try body("query", &query)
  }

  package struct Tape: Sendable {
    /// [rows, units]: tanh(h · W + b)
    let keys: Matrix
    /// α, one a row
    package let attention: [Float]
    /// For each sequence and column the row the maximum came from: [sequences · inputs]
    let maximumRows: [Int32]
  }

  /// y[sequences, 2·inputs] for h[rows, inputs].
  package func forward(_ h: Matrix, _ batch: SequenceBatch, _ kernels: Kernels = .best) -> (output: Matrix, tape: Tape) {
    let inputs = h.columns
    var keys = projection.forward(h)
    keys.withMutableFloats { kernels.tanh($0) }
    var attention = [Float](repeating: 0, count: batch.rows)
    for row in 0..<batch.rows {
      attention[row] = keys.withRow(row) { key in query.withFloats { kernels.dot(key, $0) } }
    }
    var output = Matrix(zeros: batch.lengths.count, 2 * inputs)
    var maximumRows = [Int32](repeating: 0, count: batch.lengths.count * inputs)
    for sequence in batch.lengths.indices {
      let rows = batch.starts[sequence]..<batch.starts[sequence + 1]
      attention.withUnsafeMutableBufferPointer { _ = kernels.softmax(UnsafeMutableBufferPointer(rebasing: $0[rows])) }
      output.withMutableRow(sequence) { y in
        let mean = UnsafeMutableBufferPointer(rebasing: y[..<inputs])
        let maximum = UnsafeMutableBufferPointer(rebasing: y[inputs...])
        maximum.update(repeating: -.infinity)
        maximumRows.withUnsafeMutableBufferPointer { indices in
          guard let best = maximum.baseAddress, let bestIndex = indices.baseAddress else { return }
          for row in rows {
            h.withRow(row) { state in
              kernels.axpy(attention[row], state, mean)
              kernels.maxUpdate(state, best: best, index: Int32(row), bestIndex: bestIndex + sequence * inputs)
            }
          }
        }
      }
    }
    return (output, Tape(keys: keys, attention: attention, maximumRows: maximumRows))
  }

  /// Adds to `gradient` and returns dH[rows, inputs].
  package func backward(
    _ tape: Tape, h: Matrix, dOutput: Matrix, _ batch: SequenceBatch, gradient: inout AttentionPooling,
    _ kernels: Kernels = .best
  ) -> Matrix {
    let inputs = h.columns
    var dH = Matrix(zeros: h.rows, inputs)
    var dKeys = Matrix(zeros: h.rows, query.columns)
    for sequence in batch.lengths.indices {
      let rows = batch.starts[sequence]..<batch.starts[sequence + 1]
      dOutput.withRow(sequence) { dY in
        let dMean = UnsafeBufferPointer(rebasing: dY[..<inputs])
        let dMaximum = UnsafeBufferPointer(rebasing: dY[inputs...])
        // Back through the softmax: ds_t = α_t (dα_t − Σ α dα), with dα_t = dMean · h_t.
        let dAlpha = rows.map { row in h.withRow(row) { kernels.dot(dMean, $0) } }
        let mean = zip(rows, dAlpha).reduce(Float(0)) { $0 + tape.attention[$1.0] * $1.1 }
        for (row, d) in zip(rows, dAlpha) {
          let dScore = tape.attention[row] * (d - mean)
          dH.withMutableRow(row) { kernels.axpy(tape.attention[row], dMean, $0) }
          dKeys.withMutableRow(row) { target in query.withFloats { kernels.axpy(dScore, $0, target) } }
          tape.keys.withRow(row) { key in gradient.query.withMutableFloats { kernels.axpy(dScore, key, $0) } }
        }
        dH.withMutableFloats { dH in
          for column in 0..<inputs {
            dH[Int(tape.maximumRows[sequence * inputs + column]) * inputs + column] += dMaximum[column]
          }
        }
      }
    }
    dKeys.withMutableFloats { d in tape.keys.withFloats { kernels.tanhBackward($0, d) } }
    dH.add(projection.backward(x: h, dY: dKeys, gradient: &gradient.projection), kernels)
    return dH
  }
}
