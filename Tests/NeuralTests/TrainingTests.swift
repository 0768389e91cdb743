import Neural
import Testing

@Suite struct TrainingTests {
  @Test func adamWFindsAMinimumAndAgreesWithTheFormula() {
    var generator = SplitMix64(seed: 1)
    var layer = Linear(inputs: 1, outputs: 1, using: &generator)
    layer.weights[0, 0] = 0.5
    var gradient = layer.zeros
    gradient.weights[0, 0] = 0.2
    var state = AdamW.State(for: layer)
    AdamW(weightDecay: 0.1).update(&layer, gradient: gradient, state: &state, rate: 0.01)
    // The first step moves by the rate against the gradient's sign, after the decay.
    #expect(abs(layer.weights[0, 0] - (0.5 * (1 - 0.01 * 0.1) - 0.01)) < 1e-6)

    let target = randomMatrix(3, 2, seed: 2)
    var model = Linear(inputs: 3, outputs: 2, using: &generator)
    var moments = AdamW.State(for: model)
    for _ in 0..<800 {
      var step = model.zeros
      step.weights = model.weights
      step.weights.add(target, scaledBy: -1)
      AdamW().update(&model, gradient: step, state: &moments, rate: 0.01)
    }
    #expect(zip(model.weights.values, target.values).allSatisfy { abs($0 - $1) < 0.01 })
  }

  @Test func aTableMovesOnlyWhereItsGradientPoints() {
    var generator = SplitMix64(seed: 3)
    let start = EmbeddingBag(rows: 5, dimensions: 3, using: &generator)
    var table = start.table
    var gradient = SparseGradient(tableRows: 5, dimensions: 3)
    start.backward([[2]], dY: randomMatrix(1, 3, seed: 4), gradient: &gradient)
    var state = AdamW.TableState(for: table)
    AdamW().update(&table, gradient: gradient, state: &state, rate: 0.1)
    for row in 0..<5 {
      #expect((table.gathered([row]).values == start.table.gathered([row]).values) == (row != 2))
    }
  }

  @Test func theRateRisesThenFallsToZero() {
    let rate = LearningRate(peak: 1, steps: 100, warmUp: 0.1)
    #expect(rate[0] < rate[5] && rate[5] < rate[9])
    #expect(abs(rate[9] - 1) < 1e-6)
    #expect(rate[50] > rate[80] && rate[99] < 0.01)
    #expect(LearningRate(peak: 1, steps: 0)[0].isFinite)
  }

  @Test func partsStandInOrderOnAnyNumberOfThreads() {
    for threads in [1, 2, 3, 16] { #expect(Parallel.map(100, threads: threads) { $0 * $0 } == (0..<100).map { $0 * $0 }) }
    #expect(Parallel.map(0, threads: 4) { $0 }.isEmpty)
  }

  @Test func aCopyOfAMatrixIsItsOwn() {
    let a = randomMatrix(3, 3, seed: 5)
    var b = a
    b[1, 1] = 42
    #expect(a[1, 1] != 42 && b[1, 1] == 42)
  }
}
