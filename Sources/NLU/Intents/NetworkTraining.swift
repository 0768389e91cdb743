import Neural

/// One run of gradient descent over labelled texts.
package struct NetworkTraining: Sendable {
  package struct Settings: Codable, Hashable, Sendable {
    package var epochs: Int
    package var batchSize: Int
    package var peakRate: Float = 3e-3
    package var weightDecay: Float = 0.01
    package var maximumNorm: Double = 1
    /// The chance of a text being altered as customers mistype, anew in each epoch.
    package var noise: Float = 0.2
    package var regularization = JointNetwork.Regularization()

    /// As many epochs as it takes to see about 150,000 texts, at most 40: small corpora need more passes, and smaller batches for more
    /// steps. Large ones are gone through ten times, until that would be more than 600,000 texts, and five times whatever their size.
    package init(examples: Int) {
      let count = max(examples, 1)
      epochs = max(min(40, 150_000 / count), min(10, 600_000 / count), 5)
      batchSize = examples < 4_000 ? 32 : examples < 20_000 ? 64 : 96
    }

    /// For networks whose mean decides: each may learn its texts more closely, and who asks for several has the time.
    mutating func prolong() { epochs *= 2 }

    /// For a network that has learnt nine tenths of these very texts.
    mutating func goOn() {
      epochs = max(2, epochs / 2)
      peakRate *= 0.4
    }

    /// For a network that already knows most of it.
    mutating func shorten() {
      epochs = max(4, epochs / 2)
      peakRate *= 0.6
    }
  }

  /// How far a run is.
  package struct Progress: Sendable {
    package let epoch: Int
    package let epochs: Int
    /// The share of all steps done, 0 to 1.
    package let fraction: Double
    /// Over the texts since the last epoch began.
    package let loss: Double
    package let accuracy: Double
  }

  /// A batch is cut into at most this many shards, of about this many texts or more, whatever the number of threads, and the shards'
  /// gradients are added in order: so a run depends on the seed alone.
  private static let mostShards = 4
  private static let smallestShard = 16
  private static let chunk = 16

  let settings: Settings
  let seed: UInt64
  let threads: Int

  /// Trains `network` on labelled texts and returns it.
  func run(
    _ network: JointNetwork, _ texts: TrainingTexts, labels: [Int], progress: (Progress) -> Void
  ) -> JointNetwork {
    var network = network
    let optimizer = AdamW(weightDecay: settings.weightDecay)
    let tableOptimizer = AdamW()
    var denseState = AdamW.State(for: network.dense)
    var wordState = AdamW.TableState(for: network.words.table)
    var subwordState = AdamW.TableState(for: network.subwords.table)
    let batchesPerEpoch = (texts.count + settings.batchSize - 1) / settings.batchSize
    let rates = LearningRate(peak: settings.peakRate, steps: batchesPerEpoch * settings.epochs)
    var step = 0
    for epoch in 0..<settings.epochs {
      var (loss, correct, seen) = (0.0, 0, 0)
      for batch in batches(texts, epoch: epoch) {
        let gradient = gradient(network, texts, labels, batch, step: step)
        let rate = rates[step]
        optimizer.update(&network.dense, gradient: gradient.dense, state: &denseState, rate: rate)
        tableOptimizer.update(&network.words.table, gradient: gradient.words, state: &wordState, rate: rate)
        tableOptimizer.update(&network.subwords.table, gradient: gradient.subwords, state: &subwordState, rate: rate)
        step += 1
        seen += batch.count
        loss += gradient.loss
        correct += gradient.correct
        progress(
          Progress(
            epoch: epoch + 1, epochs: settings.epochs, fraction: Double(step) / Double(rates.steps),
            loss: loss / Double(seen), accuracy: Double(correct) / Double(seen)))
      }
    }
    return network.finished()
  }

  /// The mean gradient of a batch, cut to the greatest norm. A function of its own, so that no second reference to the network's tables
  /// outlives it: an update would have to copy them.
  private func gradient(
    _ network: JointNetwork, _ texts: TrainingTexts, _ labels: [Int], _ batch: [Int], step: Int
  ) -> JointNetwork.Gradient {
    let count = min(max(batch.count / Self.smallestShard, 1), Self.mostShards)
    let size = (batch.count + count - 1) / count
    let shards = stride(from: 0, to: batch.count, by: size).map { batch[$0..<min($0 + size, batch.count)] }
    var gradients = Parallel.map(shards.count, threads: threads) { shard in
      var generator = SplitMix64(seed: seed, stream: step, shard)
      let input = texts.input(shards[shard], noise: settings.noise, using: &generator)
      return network.gradient(
        input, labels: shards[shard].map { labels[$0] }, settings.regularization, using: &generator)
    }
    var gradient = gradients.removeFirst()
    for other in gradients { gradient.add(other) }
    gradient.scale(by: 1 / Float(batch.count))
    let norm = gradient.norm
    if norm > settings.maximumNorm { gradient.scale(by: Float(settings.maximumNorm / norm)) }
    return gradient
  }

  /// The texts in random order, in batches of similar length: shuffled, cut into chunks of 16 batches, each chunk sorted by length,
  /// and the batches shuffled.
  private func batches(_ texts: TrainingTexts, epoch: Int) -> [[Int]] {
    var generator = SplitMix64(seed: seed, stream: -1, epoch)
    let order = (0..<texts.count).shuffled(using: &generator)
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: settings.batchSize * Self.chunk) {
      let chunk = order[start..<min(start + settings.batchSize * Self.chunk, order.count)]
        .sorted { (texts.length($0), $0) < (texts.length($1), $1) }
      for first in stride(from: 0, to: chunk.count, by: settings.batchSize) {
        batches.append(Array(chunk[first..<min(first + settings.batchSize, chunk.count)]))
      }
    }
    return batches.shuffled(using: &generator)
  }
}
