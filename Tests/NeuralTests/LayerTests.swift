import Foundation
import Neural
import Testing

/// Every layer and loss against finite differences.
@Suite struct LayerTests {
  let batch = SequenceBatch(lengths: [3, 1, 6, 4])

  @Test func linear() {
    var generator = SplitMix64(seed: 1)
    let layer = Linear(inputs: 7, outputs: 5, using: &generator)
    let (x, weight) = (randomMatrix(4, 7, seed: 2), randomMatrix(4, 5, seed: 3))
    var gradient = layer.zeros
    let dX = layer.backward(x: x, dY: weight, gradient: &gradient)
    expectGradient(of: layer, gradient) { inner($0.forward(x), weight) }
    expectGradient(of: x, dX) { inner(layer.forward($0), weight) }
  }

  @Test func bidirectionalLSTM() {
    var generator = SplitMix64(seed: 4)
    let layer = BidirectionalLSTM(inputs: 6, hidden: 16, using: &generator)
    for kernels in Kernels.available {
      // Fourteen steps of five items: some stand at many steps.
      let items = (0..<batch.rows).map { $0 * 7 % 5 }
      let (x, weight) = (randomMatrix(5, 6, seed: 5), randomMatrix(batch.rows, 32, seed: 6))
      let (_, tape) = layer.forward(x, items: items, batch, kernels)
      var gradient = layer.zeros
      let dX = layer.backward(tape, dOutput: weight, batch, gradient: &gradient, kernels)
      expectGradient(of: layer, gradient) { inner($0.forward(x, items: items, batch, kernels).output, weight) }
      expectGradient(of: x, dX) { inner(layer.forward($0, items: items, batch, kernels).output, weight) }
    }
  }

  @Test func attentionPooling() {
    var generator = SplitMix64(seed: 7)
    let layer = AttentionPooling(inputs: 8, units: 5, using: &generator)
    let (h, weight) = (randomMatrix(batch.rows, 8, seed: 8), randomMatrix(4, 16, seed: 9))
    let (_, tape) = layer.forward(h, batch)
    var gradient = layer.zeros
    let dH = layer.backward(tape, h: h, dOutput: weight, batch, gradient: &gradient)
    expectGradient(of: layer, gradient) { inner($0.forward(h, batch).output, weight) }
    expectGradient(of: h, dH) { inner(layer.forward($0, batch).output, weight) }
  }

  @Test func attentionIsAShareOfEachSequence() {
    var generator = SplitMix64(seed: 10)
    let layer = AttentionPooling(inputs: 8, units: 5, using: &generator)
    let attention = layer.forward(randomMatrix(batch.rows, 8, seed: 11), batch).tape.attention
    for sequence in batch.lengths.indices {
      let sum = attention[batch.starts[sequence]..<batch.starts[sequence + 1]].reduce(0, +)
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test func softmaxCrossEntropy() {
    let logits = randomMatrix(3, 6, seed: 12)
    for smoothing in [Float(0), 0.1] {
      let labels = [0, 5, 2]
      let gradient = SoftmaxCrossEntropy.lossAndGradient(logits: logits, labels: labels, smoothing: smoothing).gradient
      expectGradient(of: logits, gradient) {
        SoftmaxCrossEntropy.lossAndGradient(logits: $0, labels: labels, smoothing: smoothing).loss
      }
    }
  }

  @Test func aTieIsNoCorrectAnswer() {
    let logits = Matrix(rows: 2, columns: 3, [1, 1, 0, 0, 2, 1])
    #expect(SoftmaxCrossEntropy.lossAndGradient(logits: logits, labels: [0, 1]).correct == 1)
  }

  @Test func embeddingBag() {
    var generator = SplitMix64(seed: 13)
    let layer = EmbeddingBag(rows: 9, dimensions: 4, using: &generator)
    let bags: [[Int32]] = [[1], [2, 2, 5], [], [8, 1]]
    let weight = randomMatrix(4, 6, seed: 14)
    func output(_ table: Matrix) -> Matrix {
      var y = Matrix(zeros: 4, 6)
      EmbeddingBag(table: table).forward(bags, into: &y, column: 1)
      return y
    }
    var sparse = SparseGradient(tableRows: 9, dimensions: 4)
    layer.backward(bags, dY: weight, column: 1, gradient: &sparse)
    var dense = Matrix(zeros: 9, 4)
    for (place, row) in sparse.rows.enumerated() {
      sparse.withValues(place) { values in dense.withMutableRow(Int(row)) { for i in values.indices { $0[i] = values[i] } } }
    }
    expectGradient(of: layer.table, dense) { inner(output($0), weight) }
    #expect(Set(sparse.rows) == [1, 2, 5, 8])
    #expect(output(layer.table).gathered([2]).values.allSatisfy { $0 == 0 })
  }

  @Test func dropoutKeepsTheMeanAndTheRate() {
    var generator = SplitMix64(seed: 15)
    let mask = Dropout(rate: 0.3).mask(rows: 100, columns: 1001, using: &generator).values
    for kernels in Kernels.available {
      var same = SplitMix64(seed: 15)
      #expect(Dropout(rate: 0.3).mask(rows: 100, columns: 1001, using: &same, kernels).values == mask, "\(kernels.name)")
    }
    let zeros = Double(mask.count { $0 == 0 }) / Double(mask.count)
    #expect(abs(zeros - 0.3) < 0.01)
    #expect(abs(Double(mask.reduce(0, +)) / Double(mask.count) - 1) < 0.01)
  }

  @Test func gradientsAdd() {
    var generator = SplitMix64(seed: 16)
    let layer = Linear(inputs: 3, outputs: 2, using: &generator)
    let (x, dY) = (randomMatrix(4, 3, seed: 17), randomMatrix(4, 2, seed: 18))
    var whole = layer.zeros
    _ = layer.backward(x: x, dY: dY, gradient: &whole)
    var sum = layer.zeros
    for rows in [[0, 1], [2, 3]] {
      var part = layer.zeros
      _ = layer.backward(x: x.gathered(rows), dY: dY.gathered(rows), gradient: &part)
      sum.add(part)
    }
    for (a, b) in zip(whole.parameters, sum.parameters) {
      #expect(zip(a.matrix.values, b.matrix.values).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }
}

@Suite struct SequenceBatchTests {
  @Test func theCompanyOfOtherSequencesNeverChangesAState() {
    var generator = SplitMix64(seed: 20)
    let layer = BidirectionalLSTM(inputs: 5, hidden: 32, using: &generator)
    let lengths = [1, 9, 4, 4, 30, 2]
    let batch = SequenceBatch(lengths: lengths)
    let x = randomMatrix(batch.rows, 5, seed: 21)
    let together = layer.forward(x, items: Array(0..<batch.rows), batch).output
    for (sequence, length) in lengths.enumerated() {
      let rows = Array(batch.starts[sequence]..<batch.starts[sequence + 1])
      let alone = layer.forward(x.gathered(rows), items: Array(0..<length), SequenceBatch(lengths: [length])).output
      #expect(alone.values == together.gathered(rows).values, "sequence \(sequence)")
    }
  }
}

@Suite struct ConditionalRandomFieldTests {
  private func field(_ tags: Int) -> ConditionalRandomField {
    ConditionalRandomField(transitions: randomMatrix(tags, tags, seed: 30), start: randomMatrix(1, tags, seed: 31))
  }

  /// log Σ exp over every path, and the best path, by going through all of them.
  private func byEnumeration(_ field: ConditionalRandomField, _ e: Matrix) -> (
    logSum: Double, best: [Int], marginals: [[Double]]
  ) {
    var paths: [([Int], Double)] = (0..<field.tags).map { ([$0], Double(field.start[0, $0] + e[0, $0])) }
    for step in 1..<max(e.rows, 1) {
      paths = paths.flatMap { path, score in
        (0..<field.tags).map { tag in
          (path + [tag], score + Double(field.transitions[path[path.count - 1], tag] + e[step, tag]))
        }
      }
    }
    let sum = paths.reduce(0) { $0 + exp($1.1) }
    var marginals = [[Double]](repeating: [Double](repeating: 0, count: field.tags), count: e.rows)
    for (path, score) in paths { for (step, tag) in path.enumerated() { marginals[step][tag] += exp(score) / sum } }
    return (log(sum), paths.max { $0.1 < $1.1 }?.0 ?? [], marginals)
  }

  @Test func sumsAndBestPathsAgreeWithEnumeration() {
    let field = field(3)
    for steps in 1...5 {
      let e = randomMatrix(steps, 3, seed: UInt64(40 + steps))
      let expected = byEnumeration(field, e)
      let labels = (0..<steps).map { $0 % 3 }
      var gradient = field.zeros
      let (loss, dE) = field.lossAndGradient(
        emissions: e, tags: labels, SequenceBatch(lengths: [steps]), gradient: &gradient)
      var gold = Double(field.start[0, 0])
      for step in 0..<steps {
        gold += Double(e[step, labels[step]])
        if step > 0 { gold += Double(field.transitions[labels[step - 1], labels[step]]) }
        for tag in 0..<3 {
          #expect(abs(Double(dE[step, tag]) - expected.marginals[step][tag] + (tag == labels[step] ? 1 : 0)) < 1e-5)
        }
      }
      #expect(abs(loss - (expected.logSum - gold)) < 1e-4)
      let decoded = field.decode(e)
      #expect(decoded.tags == expected.best)
      for (step, probability) in decoded.probabilities.enumerated() {
        #expect(abs(Double(probability) - expected.marginals[step][decoded.tags[step]]) < 1e-5)
      }
    }
  }

  @Test func gradients() {
    let batch = SequenceBatch(lengths: [3, 1, 6])
    let (field, e) = (field(4), randomMatrix(10, 4, seed: 50))
    let labels = (0..<10).map { $0 * 3 % 4 }
    var gradient = field.zeros
    let dE = field.lossAndGradient(emissions: e, tags: labels, batch, gradient: &gradient).gradient
    func loss(_ field: ConditionalRandomField, _ e: Matrix) -> Double {
      var unused = field.zeros
      return field.lossAndGradient(emissions: e, tags: labels, batch, gradient: &unused).loss
    }
    expectGradient(of: field, gradient) { loss($0, e) }
    expectGradient(of: e, dE) { loss(field, $0) }
  }
}

@Suite struct LSTMReaderTests {
  @Test func readsAsTheLayerDoesToThePrecisionOfItsWeights() {
    var generator = SplitMix64(seed: 60)
    let layer = BidirectionalLSTM(inputs: 20, hidden: 48, using: &generator)
    let batch = SequenceBatch(lengths: [1, 7, 3, 12, 2])
    let items = (0..<batch.rows).map { $0 * 5 % 9 }
    let x = randomMatrix(9, 20, seed: 61)
    let expected = layer.forward(x, items: items, batch).output
    for kernels in Kernels.available {
      let states = LSTMReader(layer).states(x, items: items, batch, kernels)
      #expect(zip(states.values, expected.values).allSatisfy { abs($0 - $1) < 0.002 }, "\(kernels.name)")
    }
  }

  @Test func weightsNextToNothingCountForNothing() {
    let special: [Float] = [0, -0, .leastNonzeroMagnitude, -1e-30, .leastNormalMagnitude, 0.5, -0.5]
    func weights(_ rows: Int) -> Matrix { Matrix(rows: rows, columns: 192, (0..<rows * 192).map { special[$0 % 7] }) }
    let layer = LSTM(inputWeights: weights(5), recurrentWeights: weights(48), bias: Matrix(zeros: 1, 192))
    let both = BidirectionalLSTM(forwardLayer: layer, backwardLayer: layer)
    let batch = SequenceBatch(lengths: [6])
    let x = randomMatrix(6, 5, seed: 64)
    let expected = both.forward(x, items: Array(0..<6), batch).output
    for kernels in Kernels.available {
      let states = LSTMReader(both).states(x, items: Array(0..<6), batch, kernels)
      #expect(zip(states.values, expected.values).allSatisfy { abs($0 - $1) < 1e-5 }, "\(kernels.name)")
    }
  }

  @Test func theCompanyOfOtherSequencesNeverChangesAState() {
    var generator = SplitMix64(seed: 62)
    let reader = LSTMReader(BidirectionalLSTM(inputs: 5, hidden: 48, using: &generator))
    let lengths = [1, 9, 4, 4, 30, 2]
    let batch = SequenceBatch(lengths: lengths)
    let x = randomMatrix(batch.rows, 5, seed: 63)
    for kernels in Kernels.available {
      let together = reader.states(x, items: Array(0..<batch.rows), batch, kernels)
      for (sequence, length) in lengths.enumerated() {
        let rows = Array(batch.starts[sequence]..<batch.starts[sequence + 1])
        let alone = reader.states(x.gathered(rows), items: Array(0..<length), SequenceBatch(lengths: [length]), kernels)
        #expect(alone.values == together.gathered(rows).values, "\(kernels.name) sequence \(sequence)")
      }
    }
  }
}
