import Glibc

/// A linear-chain conditional random field over tags (Lafferty, McCallum and Pereira, 2001):
///
///     log P(y | e) = Σ_t e_t[y_t] + Σ_t A[y_{t−1}, y_t] + start[y_1] − log Z
///
/// Forward and backward sums run in probability space, each step scaled to sum to one (Rabiner, 1989), so that they are products of
/// vectors and matrices.
package struct ConditionalRandomField: Parameters {
  /// A: [tags, tags], from row to column.
  package var transitions: Matrix
  /// [1, tags]
  package var start: Matrix

  package var tags: Int { transitions.rows }

  package init(tags: Int) {
    transitions = Matrix(zeros: tags, tags)
    start = Matrix(zeros: 1, tags)
  }

  package init(transitions: Matrix, start: Matrix) {
    self.transitions = transitions
    self.start = start
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try body("transitions", &transitions)
    try body("start", &start)
  }

  /// What forward and backward sums leave: each [rows, tags].
  private struct Sums {
    /// α scaled to sum to one at each step.
    var forward: Matrix
    /// exp(e − max e) ⊙ β, over the step's scale.
    var backward: Matrix
    /// P(y_t)
    var marginals: Matrix
    /// Summed over the sequences.
    var logNormalizer: Double
  }

  private func sums(_ emissions: Matrix, _ batch: SequenceBatch, _ kernels: Kernels) -> Sums {
    let tags = tags
    var weights = transitions
    let shift = transitions.values.max() ?? 0
    weights.withMutableFloats { for i in $0.indices { $0[i] = expf($0[i] - shift) } }
    let back = weights.transposed
    var potentials = emissions
    var logNormalizer = 0.0
    var sums = Sums(
      forward: Matrix(zeros: batch.rows, tags), backward: Matrix(zeros: batch.rows, tags),
      marginals: Matrix(zeros: batch.rows, tags), logNormalizer: 0)
    // exp(e − max e), the start's scores with the first step's.
    for sequence in batch.lengths.indices {
      potentials.withMutableRow(batch.starts[sequence]) { e in start.withFloats { kernels.axpy(1, $0, e) } }
      for row in batch.starts[sequence]..<batch.starts[sequence + 1] {
        potentials.withMutableRow(row) { e in
          let greatest = e.max() ?? 0
          for i in e.indices { e[i] = expf(e[i] - greatest) }
          logNormalizer += Double(greatest)
        }
        if row > batch.starts[sequence] { logNormalizer += Double(shift) }
      }
    }
    var step = Matrix(zeros: 1, tags)
    var scales = [Float](repeating: 1, count: batch.rows)
    for sequence in batch.lengths.indices {
      let rows = batch.starts[sequence]..<batch.starts[sequence + 1]
      for row in rows {
        if row == rows.lowerBound {
          step.withMutableFloats { for i in $0.indices { $0[i] = 1 } }
        } else {
          step = Matrix.product(step, weights, kernels)
        }
        step.withMutableFloats { s in
          potentials.withRow(row) { kernels.multiply($0, s) }
          let scale = max(s.reduce(0, +), .leastNormalMagnitude)
          scales[row] = scale
          logNormalizer += Double(logf(scale))
          for i in s.indices { s[i] /= scale }
          sums.forward.withMutableRow(row) { target in for i in s.indices { target[i] = s[i] } }
        }
      }
      // β of the last step is one.
      step.withMutableFloats { for i in $0.indices { $0[i] = 1 } }
      for row in rows.reversed() {
        sums.marginals.withMutableRow(row) { m in
          sums.forward.withRow(row) { a in
            step.withFloats { b in
              for i in m.indices { m[i] = a[i] * b[i] }
              let total = max(m.reduce(0, +), .leastNormalMagnitude)
              for i in m.indices { m[i] /= total }
            }
          }
        }
        step.withMutableFloats { s in
          potentials.withRow(row) { kernels.multiply($0, s) }
          for i in s.indices { s[i] /= scales[row] }
          sums.backward.withMutableRow(row) { target in for i in s.indices { target[i] = s[i] } }
        }
        if row > rows.lowerBound { step = Matrix.product(step, back, kernels) }
      }
    }
    sums.logNormalizer = logNormalizer
    return sums
  }

  /// The summed loss −log P of the tags given for emissions[rows, tags], and its gradient of the same shape. Adds to `gradient`.
  package func lossAndGradient(
    emissions: Matrix, tags labels: [Int], _ batch: SequenceBatch, gradient: inout ConditionalRandomField,
    _ kernels: Kernels = .best
  ) -> (loss: Double, gradient: Matrix) {
    precondition(labels.count == batch.rows && emissions.rows == batch.rows && emissions.columns == tags)
    let sums = sums(emissions, batch, kernels)
    var loss = sums.logNormalizer
    var dEmissions = sums.marginals
    // Expected transitions: A's weights ⊙ Σ_t α_{t−1} ⊗ (potential · β)_t.
    var (before, after): ([Int], [Int]) = ([], [])
    for sequence in batch.lengths.indices {
      let rows = batch.starts[sequence]..<batch.starts[sequence + 1]
      let first = rows.lowerBound
      loss -= Double(start[0, labels[first]])
      gradient.start.withMutableFloats { d in sums.marginals.withRow(first) { kernels.axpy(1, $0, d) } }
      gradient.start[0, labels[first]] -= 1
      for row in rows {
        loss -= Double(emissions[row, labels[row]])
        dEmissions[row, labels[row]] -= 1
        guard row > first else { continue }
        loss -= Double(transitions[labels[row - 1], labels[row]])
        gradient.transitions[labels[row - 1], labels[row]] -= 1
        before.append(row - 1)
        after.append(row)
      }
    }
    var expected = Matrix(zeros: tags, tags)
    expected.accumulate(transposed: sums.forward.gathered(before), times: sums.backward.gathered(after), kernels)
    let shift = transitions.values.max() ?? 0
    gradient.transitions.withMutableFloats { d in
      expected.withFloats { expected in
        transitions.withFloats { a in
          for i in d.indices { d[i] += expected[i] * expf(a[i] - shift) }
        }
      }
    }
    return (loss, dEmissions)
  }

  /// The most likely tags of one sequence (Viterbi, 1967) for emissions[steps, tags], and the probability of each given the emissions.
  package func decode(_ emissions: Matrix, _ kernels: Kernels = .best) -> (tags: [Int], probabilities: [Float]) {
    let (steps, tags) = (emissions.rows, tags)
    guard steps > 0, tags > 0 else { return ([], []) }
    var score = zip(emissions.withRow(0) { Array($0) }, start.values).map { $0 + $1 }
    var origins: [[Int32]] = []
    var candidate = [Float](repeating: 0, count: tags)
    for step in 1..<max(steps, 1) {
      var best = [Float](repeating: -.infinity, count: tags)
      var origin = [Int32](repeating: 0, count: tags)
      for from in 0..<tags {
        transitions.withRow(from) { row in for to in 0..<tags { candidate[to] = row[to] + score[from] } }
        best.withUnsafeMutableBufferPointer { best in
          origin.withUnsafeMutableBufferPointer { origin in
            candidate.withUnsafeBufferPointer { candidate in
              guard let bestBase = best.baseAddress, let originBase = origin.baseAddress else { return }
              kernels.maxUpdate(candidate, best: bestBase, index: Int32(from), bestIndex: originBase)
            }
          }
        }
      }
      emissions.withRow(step) { e in for to in 0..<tags { score[to] = best[to] + e[to] } }
      origins.append(origin)
    }
    var tag = score.indices.max { score[$0] < score[$1] } ?? 0
    var path = [tag]
    for origin in origins.reversed() {
      tag = Int(origin[tag])
      path.append(tag)
    }
    path.reverse()
    let marginals = sums(emissions, SequenceBatch(lengths: [steps]), kernels).marginals
    return (path, path.enumerated().map { marginals[$0.offset, $0.element] })
  }
}
