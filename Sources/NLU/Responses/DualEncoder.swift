import Neural

/// The selector's first pass: conversation and reply each become a vector of length 1, and a reply fits as well as the two agree.
///
/// Each tower sums the vectors of a text's hashed words and pairs of words (the bag-of-features towers of StarSpace, Wu et al., 2018);
/// the context's features are marked with who spoke and how long ago. A reply's vector does not depend on the conversation, so the
/// vectors of all stored replies are made once.
package struct DualEncoder: Sendable {
  package var context: EmbeddingBag
  package var reply: EmbeddingBag

  /// Rows of each table, powers of two: a context has more features, in more places.
  static let contextBuckets = 1 << 16
  static let replyBuckets = 1 << 15
  static let dimensions = 96

  package init(seed: UInt64) {
    var generator = SplitMix64(seed: seed, name: "towers")
    context = EmbeddingBag(rows: Self.contextBuckets, dimensions: Self.dimensions, using: &generator)
    reply = EmbeddingBag(rows: Self.replyBuckets, dimensions: Self.dimensions, using: &generator)
  }

  /// The rows of some features in a table of so many.
  static func bag(_ features: [UInt32], _ buckets: Int) -> [Int32] { features.map { Int32($0 & UInt32(buckets - 1)) } }

  /// [texts, dimensions], rows of length 1; nothing to read is all zeros. `lengths` are those before.
  static func vectors(_ bags: [[Int32]], _ tower: EmbeddingBag) -> (rows: Matrix, lengths: [Float]) {
    var rows = Matrix(zeros: bags.count, tower.dimensions)
    tower.forward(bags, into: &rows)
    let lengths = (0..<bags.count).map { row -> Float in
      rows.withMutableRow(row) { values in
        let length = Kernels.best.dot(UnsafeBufferPointer(values), UnsafeBufferPointer(values)).squareRoot()
        if length > 0 { for i in values.indices { values[i] /= length } }
        return length
      }
    }
    return (rows, lengths)
  }

  /// The gradient before the scaling to length 1: (dY − y (y·dY)) / |x|.
  static func unscaled(_ dY: Matrix, rows: Matrix, lengths: [Float]) -> Matrix {
    var dX = dY
    for row in 0..<dY.rows {
      dX.withMutableRow(row) { d in
        rows.withRow(row) { y in
          let along = Kernels.best.dot(UnsafeBufferPointer(d), y)
          Kernels.best.axpy(-along, y, d)
        }
        let scale = lengths[row] > 0 ? 1 / lengths[row] : 0
        for i in d.indices { d[i] *= scale }
      }
    }
    return dX
  }
}

/// Trains the towers on pairs of a conversation and the reply that followed: within a batch each reply is a wrong one for all other
/// conversations, and the other way round (Henderson et al., 2017).
package struct DualTraining {
  let seed: UInt64
  let threads: Int
  let epochs: Int

  package init(seed: UInt64, threads: Int, epochs: Int) {
    self.seed = seed
    self.threads = threads
    self.epochs = epochs
  }

  static let batchSize = 256
  /// Agreement lies within ±1; this makes it logits.
  static let scale: Float = 12
  private static let peakRate: Float = 3e-3
  private static let featureDropout: Float = 0.4

  /// A pair to learn from; `key` is the same for replies of the same words, which are not wrong for each other.
  package struct Pair: Sendable {
    let context: [Int32]
    let reply: [Int32]
    let key: Int

    package init(context: [Int32], reply: [Int32], key: Int) {
      self.context = context
      self.reply = reply
      self.key = key
    }
  }

  func run(_ pairs: [Pair], progress: (Double, _ loss: Double) -> Void) -> DualEncoder {
    var encoder = DualEncoder(seed: seed)
    let optimizer = AdamW()
    var contextState = AdamW.TableState(for: encoder.context.table)
    var replyState = AdamW.TableState(for: encoder.reply.table)
    let size = min(Self.batchSize, max(pairs.count, 1))
    let batches = pairs.count / size
    let steps = max(1, epochs * batches)
    var step = 0
    for epoch in 0..<epochs {
      var generator = SplitMix64(seed: seed, stream: -2, epoch)
      let order = pairs.indices.shuffled(using: &generator)
      for batch in 0..<batches {
        let chosen = order[batch * size..<(batch + 1) * size].map { pairs[$0] }
        let (loss, gradients) = gradients(encoder, chosen, step: step)
        let rate = Self.peakRate * (1 - Float(step) / Float(steps)) + 1e-5
        optimizer.update(&encoder.context.table, gradient: gradients[0], state: &contextState, rate: rate)
        optimizer.update(&encoder.reply.table, gradient: gradients[1], state: &replyState, rate: rate)
        step += 1
        progress(Double(step) / Double(steps), loss / Double(2 * size))
      }
    }
    return encoder
  }

  /// The summed loss of a batch in both directions, and the gradients of the context's and the reply's table. One piece of work a
  /// tower, so that the sums do not depend on the number of threads.
  package func gradients(
    _ encoder: DualEncoder, _ pairs: [Pair], step: Int, dropout: Bool = true
  ) -> (loss: Double, [SparseGradient]) {
    let towers = Parallel.map(2, threads: threads) { tower -> (bags: [[Int32]], rows: Matrix, lengths: [Float]) in
      var generator = SplitMix64(seed: seed, stream: step, tower)
      let bags = pairs.map { pair -> [Int32] in
        let bag = tower == 0 ? pair.context : pair.reply
        if !dropout { return bag }
        let kept = bag.filter { _ in generator.uniform() >= Self.featureDropout }
        return kept.isEmpty ? bag : kept
      }
      let (rows, lengths) = DualEncoder.vectors(bags, tower == 0 ? encoder.context : encoder.reply)
      return (bags, rows, lengths)
    }
    // [contexts, replies]
    var scores = Matrix.product(towers[0].rows, towers[1].rows.transposed)
    scores.withMutableFloats { for i in $0.indices { $0[i] *= Self.scale } }
    for (i, pair) in pairs.enumerated() {
      for (j, other) in pairs.enumerated() where i != j && pair.key == other.key { scores[i, j] = -1e4 }
    }
    let labels = Array(pairs.indices)
    let forward = SoftmaxCrossEntropy.lossAndGradient(logits: scores, labels: labels)
    let backward = SoftmaxCrossEntropy.lossAndGradient(logits: scores.transposed, labels: labels)
    var dScores = forward.gradient
    dScores.add(backward.gradient.transposed)
    dScores.withMutableFloats { for i in $0.indices { $0[i] *= Self.scale / Float(pairs.count) } }
    let gradient = dScores
    let gradients = Parallel.map(2, threads: threads) { tower -> SparseGradient in
      let own = towers[tower]
      let dRows = Matrix.product(tower == 0 ? gradient : gradient.transposed, towers[1 - tower].rows)
      let table = tower == 0 ? encoder.context : encoder.reply
      var sum = SparseGradient(tableRows: table.table.rows, dimensions: table.dimensions)
      table.backward(
        own.bags, dY: DualEncoder.unscaled(dRows, rows: own.rows, lengths: own.lengths), gradient: &sum)
      return sum
    }
    return (forward.loss + backward.loss, gradients)
  }
}
