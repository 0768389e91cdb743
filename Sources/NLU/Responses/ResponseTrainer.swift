import Conversation
import Neural
import Text

/// Makes a response selector of conversations and of questions with their answers.
package struct ResponseTrainer: Sendable {
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  /// How far training is, 0 to 1, and what it is at.
  package struct Progress: Sendable {
    package let fraction: Double
    package let stage: String
    package let loss: Double
  }

  package let seed: UInt64
  package let threads: Int
  package var epochs: Int?

  package init(seed: UInt64, threads: Int, epochs: Int? = nil) {
    self.seed = seed
    self.threads = threads
    self.epochs = epochs
  }

  /// The first pass sees about this many pairs in all, in 3 to 12 rounds, and more rounds where those would be few steps.
  private static let pairsSeen = 175_000
  private static let leastSteps = 100
  private static let rankedPairs = 24_000
  private static let rankerEpochs = 3
  private static let wrongReplies = 9
  /// Of the wrong ones of every second conversation so many are those the first pass likes.
  private static let hardReplies = 4
  private static let hardPool = 100
  private static let rankerBatch = 32
  private static let shards = 4
  private static let rankerRate: Float = 2e-3

  /// A conversation and the reply that followed, by their places in `Reading`.
  private struct Pair {
    let turns: [(isAgent: Bool, message: Int)]
    let reply: Int
  }

  /// All messages, each distinct text read once.
  private struct Reading {
    var places: [String: Int] = [:]
    var texts: [String] = []

    mutating func place(_ text: String) -> Int {
      if let place = places[text] { return place }
      places[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }
  }

  /// - Parameters:
  ///   - conversations: the selector learns every agent's message as the reply to what came before it.
  ///   - answers: questions with the reply that answers them.
  ///   - replies: what it will choose from.
  package func train(
    conversations: [[Message]], answers: [(question: String, reply: String)],
    replies: [ResponseSelector.StoredReply], tokenizer: Tokenizer, progress: (Progress) -> Void
  ) throws -> ResponseSelector {
    var reading = Reading()
    var pairs: [Pair] = []
    for conversation in conversations {
      let turns = conversation.map { (isAgent: $0.isAgent, message: reading.place($0.text)) }
      for i in turns.indices.dropFirst() where turns[i].isAgent && turns[..<i].contains(where: { !$0.isAgent }) {
        pairs.append(Pair(turns: Array(turns[max(0, i - Self.remembered)..<i]), reply: turns[i].message))
      }
    }
    for (question, reply) in answers {
      pairs.append(Pair(turns: [(false, reading.place(question))], reply: reading.place(reply)))
    }
    guard pairs.count > 1 else {
      throw Unusable(description: "the conversations hold no two replies to learn from")
    }
    progress(Progress(fraction: 0, stage: "reading", loss: 0))
    let texts = reading.texts
    let utterances = Parallel.map(texts.count, threads: threads) { MessageReader.words(tokenizer.utterance(texts[$0])) }
    var counts = Cooccurrence()
    for words in utterances { counts.add(words) }
    let learnt = WordVectors(counts, dimensions: ReplyRanker.dimensions, seed: seed)
    let (words, vectors) = Self.normalized(learnt)
    let reader = MessageReader(tokenizer: tokenizer, vocabulary: Vocabulary(words: words))
    let messages = Parallel.map(texts.count, threads: threads) { reader.read(texts[$0]) }
    let rarity = WordRarity(pairs.map { messages[$0.reply] })
    let contexts = pairs.map { pair in ReadContext(pair.turns.map { ($0.isAgent, messages[$0.message]) }) }
    let bags = zip(pairs, contexts).map { pair, context in
      DualTraining.Pair(
        context: DualEncoder.bag(context.features, DualEncoder.contextBuckets),
        reply: DualEncoder.bag(messages[pair.reply].features, DualEncoder.replyBuckets), key: pair.reply)
    }

    // Two halves each learn from the other's towers: on pairs that made a tower, it looks better than it is.
    let rounds = min(12, max(3, Self.pairsSeen / pairs.count))
    let epochs = self.epochs ?? max(rounds, Self.leastSteps / max(1, pairs.count / 2 / DualTraining.batchSize))
    var generator = SplitMix64(seed: seed, name: "halves")
    let order = pairs.indices.shuffled(using: &generator)
    let halves = [Array(order[..<(order.count / 2)]), Array(order[(order.count / 2)...])]
    let dual = DualTraining(seed: seed, threads: threads, epochs: epochs)
    var items: [RankedPair] = []
    for (index, half) in halves.enumerated() {
      let encoder = dual.run(halves[1 - index].map { bags[$0] }) { fraction, loss in
        progress(Progress(fraction: 0.2 * (Double(index) + fraction), stage: "towers, half \(index + 1)", loss: loss))
      }
      items += ranked(Array(half.prefix(Self.rankedPairs / 2)), pairs, bags, encoder, half: index)
    }
    let encoder = dual.run(bags) { fraction, loss in
      progress(Progress(fraction: 0.4 + 0.4 * fraction, stage: "towers", loss: loss))
    }
    let ranker = trainRanker(items, contexts, messages, rarity, vectors) { fraction, loss in
      progress(Progress(fraction: 0.8 + 0.2 * fraction, stage: "ranker", loss: loss))
    }
    let stored = replies.map { DualEncoder.bag(reader.read($0.text).features, DualEncoder.replyBuckets) }
    return ResponseSelector(
      words: words, vectors: vectors, rarity: rarity, contextTable: QuantizedMatrix(encoder.context.table),
      replyTable: QuantizedMatrix(encoder.reply.table), ranker: ranker, replies: replies,
      replyVectors: DualEncoder.vectors(stored, encoder.reply).rows)
  }

  private static let remembered = 12

  /// The vectors with rows of length 1, after a row of zeros for unknown words.
  private static func normalized(_ learnt: WordVectors) -> (words: [String], table: Matrix) {
    var table = Matrix(zeros: learnt.words.count + 1, ReplyRanker.dimensions)
    for row in 0..<learnt.words.count {
      learnt.table.withRow(row) { source in
        let length = Kernels.best.dot(source, source).squareRoot()
        table.withMutableRow(row + 1) { target in
          for i in source.indices where length > 0 { target[i] = source[i] / length }
        }
      }
    }
    // A line end within a word would cut the vocabulary in the file.
    return (["<unknown>"] + learnt.words.map { $0.contains("\n") ? "<break>" : $0 }, table)
  }

  // MARK: the ranker

  /// A pair with wrong replies beside the right one, which comes first.
  private struct RankedPair: Sendable {
    let pair: Int
    let replies: [Int]
    let agreements: [Float]
  }

  private func ranked(
    _ chosen: [Int], _ pairs: [Pair], _ bags: [DualTraining.Pair], _ encoder: DualEncoder, half: Int
  ) -> [RankedPair] {
    let replies = Array(Set(pairs.map(\.reply))).sorted()
    let places = Dictionary(uniqueKeysWithValues: replies.enumerated().map { ($1, $0) })
    var bagOf: [Int: [Int32]] = [:]
    for bag in bags { bagOf[bag.key] = bag.reply }
    let replyRows = DualEncoder.vectors(replies.map { bagOf[$0] ?? [] }, encoder.reply).rows
    let contextRows = DualEncoder.vectors(chosen.map { bags[$0].context }, encoder.context).rows
    let allReplies = pairs.map(\.reply)
    return Parallel.map(chosen.count, threads: threads) { index in
      var generator = SplitMix64(seed: seed, stream: -3, half, index)
      let right = pairs[chosen[index]].reply
      var candidates = [right]
      let isHard = index % 2 == 0
      func agreement(_ place: Int) -> Float {
        contextRows.withRow(index) { a in replyRows.withRow(place) { Kernels.best.dot(a, $0) } }
      }
      if isHard {
        let all = replies.indices.map { (agreement($0), $0) }
        let pool = Self.greatest(all, Self.hardPool).filter { replies[$0] != right }.shuffled(using: &generator)
        candidates += pool.prefix(Self.hardReplies).map { replies[$0] }
      }
      var tries = 0
      while candidates.count < min(1 + Self.wrongReplies, replies.count), tries < 200 {
        let other = allReplies[Int.random(in: allReplies.indices, using: &generator)]
        if !candidates.contains(other) { candidates.append(other) }
        tries += 1
      }
      return RankedPair(
        pair: chosen[index], replies: candidates, agreements: candidates.map { agreement(places[$0] ?? 0) })
    }
  }

  /// The places of the greatest values.
  private static func greatest(_ values: [(Float, Int)], _ count: Int) -> [Int] {
    guard values.count > count else { return values.map(\.1) }
    var sample = values.map(\.0)
    sample.sort(by: >)
    let least = sample[count - 1]
    return values.filter { $0.0 >= least }.map(\.1)
  }

  private func trainRanker(
    _ pairs: [RankedPair], _ contexts: [ReadContext], _ messages: [ReadMessage], _ rarity: WordRarity, _ vectors: Matrix,
    progress: (Double, _ loss: Double) -> Void
  ) -> ReplyRanker {
    let counted = Parallel.map(pairs.count, threads: threads) { index -> [[Float]] in
      let pair = pairs[index]
      return zip(pair.replies, pair.agreements).map { reply, agreement in
        [agreement] + MatchFeatures.values(contexts[pair.pair], messages[reply], rarity)
      }
    }
    @Sendable func item(_ index: Int) -> ReplyRanker.Item {
      let pair = pairs[index]
      return ReplyRanker.Item(
        counted: counted[index],
        replies: pair.replies.map { (ResponseSelector.rows(messages[$0], vectors), messages[$0].words.map { rarity[$0] }) },
        turns: MatchFeatures.turns(contexts[pair.pair]).map { $0.map { ResponseSelector.rows($0, vectors) } })
    }
    var ranker = ReplyRanker(seed: seed)
    let raw = ranker
    scale(&ranker, by: Parallel.map(min(pairs.count, 1_000), threads: threads) { raw.forward(item($0)).tape.x })
    let optimizer = AdamW(weightDecay: 1e-3)
    var state = AdamW.State(for: ranker)
    let batches = (pairs.count + Self.rankerBatch - 1) / Self.rankerBatch
    let epochs = max(Self.rankerEpochs, Self.leastSteps / max(1, batches))
    let steps = max(1, epochs * batches)
    var step = 0
    for epoch in 0..<epochs {
      var generator = SplitMix64(seed: seed, stream: -4, epoch)
      let order = pairs.indices.shuffled(using: &generator)
      for batch in 0..<batches {
        let chosen = order[batch * Self.rankerBatch..<min((batch + 1) * Self.rankerBatch, order.count)]
        let size = (chosen.count + Self.shards - 1) / Self.shards
        let model = ranker
        let shards = Parallel.map((chosen.count + size - 1) / size, threads: threads) { shard -> (ReplyRanker, Double) in
          var gradient = model.zeros
          var loss = 0.0
          for index in chosen.dropFirst(shard * size).prefix(size) {
            loss += model.lossAndGradient(item(index), answer: 0, gradient: &gradient).loss
          }
          return (gradient, loss)
        }
        var gradient = shards[0].0
        for shard in shards.dropFirst() { gradient.add(shard.0) }
        gradient.scale(by: 1 / Float(chosen.count))
        let rate = Self.rankerRate * (1 - Float(step) / Float(steps)) + 1e-5
        optimizer.update(&ranker, gradient: gradient, state: &state, rate: rate)
        step += 1
        progress(Double(step) / Double(steps), shards.reduce(0) { $0 + $1.1 } / Double(chosen.count))
      }
    }
    return ranker
  }

  /// Sets the ranker's scaling by the features of some items, which were made with none.
  private func scale(_ ranker: inout ReplyRanker, by features: [Matrix]) {
    let count = Float(features.reduce(0) { $0 + $1.rows })
    guard count > 0 else { return }
    for column in 0..<ReplyRanker.features {
      var (sum, squares) = (Float(0), Float(0))
      for x in features {
        for row in 0..<x.rows {
          sum += x[row, column]
          squares += x[row, column] * x[row, column]
        }
      }
      let mean = sum / count
      ranker.scaling[0, column] = mean
      ranker.scaling[1, column] = max((squares / count - mean * mean).squareRoot(), 1e-3)
    }
  }
}
