import Foundation
import Neural

/// What comes next: a bidirectional LSTM with attention reads the last products of a history (after Hidasi et al., 2016, and Kang and
/// McAuley, 2018), and a product fits as well as its vector agrees with what was read.
///
///     q = W [Σ α_t h_t ; max_t h_t] + b,   score(j) = q · e_j + b_j
///
/// e are the products' vectors, the same that are read. Learnt with the other answers of a batch as the wrong ones.
package struct SequenceModel: ItemModel, Parameters {
  static let features = ["next"]

  package static let width = 64
  private static let hidden = 48
  private static let attention = 32
  private static let length = 8

  /// e: [items, dimensions]
  package var table: EmbeddingBag
  var reader: BidirectionalLSTM
  var pooling: AttentionPooling
  var output: Linear

  /// - Parameter table: the vectors to begin with, or those of a trained model.
  package init(table: Matrix, seed: UInt64) {
    var generator = SplitMix64(seed: seed, name: "sequence model")
    self.table = EmbeddingBag(table: table)
    reader = BidirectionalLSTM(inputs: table.columns, hidden: Self.hidden, using: &generator)
    pooling = AttentionPooling(inputs: 2 * Self.hidden, units: Self.attention, using: &generator)
    output = Linear(inputs: 4 * Self.hidden, outputs: table.columns, using: &generator)
  }

  /// All but the table, whose gradient is sparse.
  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try reader.visitParameters { try body("reader.\($0)", &$1) }
    try pooling.visitParameters { try body("pooling.\($0)", &$1) }
    try output.visitParameters { try body("output.\($0)", &$1) }
  }

  /// A piece of a history and what came after it.
  package struct Step: Sendable {
    let before: [Int32]
    let next: Int32

    package init(before: [Int32], next: Int32) {
      self.before = before
      self.next = next
    }
  }

  package struct Gradient {
    package var layers: SequenceModel
    package var table: SparseGradient
  }

  private func read(_ histories: [[Int32]]) -> (
    query: Matrix, items: [Int32], batch: SequenceBatch, x: Matrix, states: Matrix,
    tapes: (BidirectionalLSTM.Tape, AttentionPooling.Tape),
    pooled: Matrix
  ) {
    let batch = SequenceBatch(lengths: histories.map(\.count))
    let items = histories.flatMap(\.self)
    var x = Matrix(zeros: items.count, table.dimensions)
    table.forward(items.map { [$0] }, into: &x)
    let (states, tape) = reader.forward(x, items: Array(items.indices), batch)
    let (pooled, poolTape) = pooling.forward(states, batch)
    return (output.forward(pooled), items, batch, x, states, (tape, poolTape), pooled)
  }

  /// The summed loss of some steps and its gradient: −log softmax over the answers of all of them, each less the log of how often it is
  /// an answer (Yi et al., 2019), so that what is drawn often is not pushed down for it.
  package func lossAndGradient(_ steps: [Step], logFrequency: [Float]) -> (loss: Double, gradient: Gradient) {
    let read = read(steps.map(\.before))
    let answers = steps.map(\.next)
    let vectors = table.table.gathered(answers.map(Int.init))
    var logits = Matrix.product(read.query, vectors.transposed)
    for i in steps.indices {
      logits.withMutableRow(i) { row in
        for j in row.indices { row[j] = i != j && answers[i] == answers[j] ? -1e4 : row[j] - logFrequency[Int(answers[j])] }
      }
    }
    let loss = SoftmaxCrossEntropy.lossAndGradient(logits: logits, labels: Array(steps.indices))
    var gradient = Gradient(layers: zeros, table: SparseGradient(tableRows: table.table.rows, dimensions: table.dimensions))
    let dQuery = Matrix.product(loss.gradient, vectors)
    let dVectors = Matrix.product(loss.gradient.transposed, read.query)
    table.backward(answers.map { [$0] }, dY: dVectors, gradient: &gradient.table)
    let dPooled = output.backward(x: read.pooled, dY: dQuery, gradient: &gradient.layers.output)
    let dStates = pooling.backward(
      read.tapes.1, h: read.states, dOutput: dPooled, read.batch, gradient: &gradient.layers.pooling)
    let dX = reader.backward(read.tapes.0, dOutput: dStates, read.batch, gradient: &gradient.layers.reader)
    table.backward(read.items.map { [$0] }, dY: dX, gradient: &gradient.table)
    return (loss.loss, gradient)
  }

  // MARK: training

  private static let batchSize = 256
  private static let shards = 2
  private static let stepsSeen = 600_000
  private static let peakRate: Float = 2e-3

  init(_ data: Interactions, vectors: ItemVectors, seed: UInt64, threads: Int, progress: (Double) -> Void) {
    var table = vectors.cosine.gathered(Array(0..<vectors.cosine.rows), columns: 0..<Self.width)
    table.withMutableFloats { for i in $0.indices { $0[i] *= 2 } }
    self.init(table: table, seed: seed)
    var steps: [Step] = []
    var frequency = [Float](repeating: 0, count: data.items.count)
    for history in data.histories {
      let items = history.map(\.item)
      for end in items.indices.dropFirst() {
        steps.append(Step(before: Array(items[max(0, end - Self.length)..<end]), next: items[end]))
        frequency[Int(items[end])] += 1
      }
    }
    guard steps.count > 1 else { return }
    let total = Float(steps.count)
    let logFrequency = frequency.map { max($0, 1) / total }.map { log($0) }
    let size = min(Self.batchSize, steps.count)
    let batches = steps.count / size
    let epochs = min(20, max(2, Self.stepsSeen / steps.count))
    let optimizer = AdamW(weightDecay: 1e-4)
    var state = AdamW.State(for: self)
    var tableState = AdamW.TableState(for: self.table.table)
    for epoch in 0..<epochs {
      var generator = SplitMix64(seed: seed, stream: -7, epoch)
      let order = steps.indices.shuffled(using: &generator)
      for batch in 0..<batches {
        let chosen = order[batch * size..<(batch + 1) * size].map { steps[$0] }
        let model = self
        let share = (chosen.count + Self.shards - 1) / Self.shards
        let shards = Parallel.map((chosen.count + share - 1) / share, threads: threads) { shard in
          model.lossAndGradient(Array(chosen.dropFirst(shard * share).prefix(share)), logFrequency: logFrequency).gradient
        }
        var gradient = shards[0]
        for other in shards.dropFirst() {
          gradient.layers.add(other.layers)
          gradient.table.add(other.table)
        }
        gradient.layers.scale(by: 1 / Float(chosen.count))
        gradient.table.scale(by: 1 / Float(chosen.count))
        let done = Float(epoch * batches + batch) / Float(epochs * batches)
        let rate = Self.peakRate * (1 - done) + 1e-5
        optimizer.update(&self, gradient: gradient.layers, state: &state, rate: rate)
        optimizer.update(&self.table.table, gradient: gradient.table, state: &tableState, rate: rate)
        progress(Double(done))
      }
    }
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    let query = read([history.suffix(Self.length).map(\.item)]).query
    let vectors = table.table.gathered(candidates.map(Int.init))
    return [Matrix.product(query, vectors.transposed).values]
  }
}
