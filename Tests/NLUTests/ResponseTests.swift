import Conversation
import Corpus
import Foundation
import NLU
import Neural
import TestSupport
import Testing
import Text

@Suite struct ResponseTests {
  let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer()
  }

  // MARK: gradients

  /// Seeded values in ±1, rows of length 1.
  private func unitRows(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SplitMix64(seed: seed)
    var matrix = Matrix(uniform: rows, columns, limit: 1, using: &generator)
    for row in 0..<rows {
      matrix.withMutableRow(row) { values in
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for i in values.indices { values[i] /= length }
      }
    }
    return matrix
  }

  @Test func theAlignmentsGradientIsRight() {
    var layer = SoftAlignment(dimensions: 6)
    var generator = SplitMix64(seed: 1)
    layer.weights.add(Matrix(uniform: 6, 6, limit: 0.3, using: &generator))
    let (q, k) = (unitRows(4, 6, seed: 2), unitRows(5, 6, seed: 3))
    let weights: [Float] = [0.3, -1, 0.7, 2]
    func loss(_ layer: SoftAlignment) -> Double {
      zip(layer.forward(q, projected: layer.queries(q), k).similarities, weights).reduce(0) { $0 + Double($1.0 * $1.1) }
    }
    let (_, tape) = layer.forward(q, projected: layer.queries(q), k)
    for row in 0..<4 {
      #expect(abs(tape.attention.withRow(row) { $0.reduce(0, +) } - 1) < 1e-5)
    }
    var gradient = layer.zeros
    layer.backward(tape, dSimilarities: weights, gradient: &gradient)
    #expect(gradientErrors(of: layer, gradient, loss: loss).isEmpty)
  }

  @Test func theRankersGradientIsRight() {
    let ranker = ReplyRanker(seed: 4)
    func values(_ seed: UInt64) -> [Float] {
      var generator = SplitMix64(seed: seed)
      return (0..<1 + MatchFeatures.count).map { _ in generator.uniform() }
    }
    let item = ReplyRanker.Item(
      counted: (0..<3).map { values(UInt64($0)) },
      replies: (0..<3).map { (unitRows(3, ReplyRanker.dimensions, seed: 10 + UInt64($0)), [1, 2, 0.5]) },
      turns: [unitRows(4, ReplyRanker.dimensions, seed: 20), nil, unitRows(2, ReplyRanker.dimensions, seed: 21), nil])
    func loss(_ ranker: ReplyRanker) -> Double {
      var unused = ranker.zeros
      return ranker.lossAndGradient(item, answer: 1, gradient: &unused).loss
    }
    var gradient = ranker.zeros
    _ = ranker.lossAndGradient(item, answer: 1, gradient: &gradient)
    #expect(gradientErrors(of: ranker, gradient, loss: loss).isEmpty)
  }

  @Test func theTowersGradientIsRight() {
    let training = DualTraining(seed: 1, threads: 2, epochs: 1)
    var pairs: [DualTraining.Pair] = []
    for i: Int32 in 0..<4 { pairs.append(.init(context: [i, i + 1, 40], reply: [2 * i, 7], key: i == 3 ? 0 : Int(i))) }
    let encoder = DualEncoder(seed: 5)
    let (_, gradients) = training.gradients(encoder, pairs, step: 0, dropout: false)
    for (tower, gradient) in gradients.enumerated() {
      for (place, row) in gradient.rows.enumerated().prefix(4) {
        for column in [0, 17, 95] {
          func shifted(_ amount: Float) -> Double {
            var copy = encoder
            if tower == 0 {
              copy.context.table[Int(row), column] += amount
            } else {
              copy.reply.table[Int(row), column] += amount
            }
            return training.gradients(copy, pairs, step: 0, dropout: false).loss / Double(pairs.count)
          }
          let expected = (shifted(0.005) - shifted(-0.005)) / 0.01
          let actual = Double(gradient.withValues(place) { $0[column] })
          #expect(abs(actual - expected) < 5e-3 + 0.03 * abs(expected), "tower \(tower) row \(row): \(actual), \(expected)")
        }
      }
    }
  }

  // MARK: learning

  /// Small conversations in which the reply takes up the thing asked for.
  private func conversations() -> [[Message]] {
    let things = ["kettle", "lamp", "tent", "sofa", "水壶", "台灯", "帐篷", "沙发"]
    return (0..<160).map { i in
      let thing = things[i % things.count]
      let isChinese = i % things.count > 3
      let asks = i / things.count % 2 == 0
      let question =
        asks
        ? isChinese ? "\(thing)什么时候到" : "when does my \(thing) come"
        : isChinese ? "我想退\(thing)" : "i want to return the \(thing)"
      let reply =
        asks
        ? isChinese ? "您的\(thing)明天送到" : "your \(thing) arrives tomorrow"
        : isChinese ? "\(thing)可以退，请告诉我订单号" : "the \(thing) can go back, which order is it"
      return [.init(isAgent: false, text: question), .init(isAgent: true, text: reply)]
    }
  }

  private func selector(threads: Int = 2) throws -> ResponseSelector {
    let conversations = conversations()
    return try ResponseTrainer(seed: 3, threads: threads).train(
      conversations: conversations, answers: [("what are the opening hours", "We are open from nine to five.")],
      replies: Set(conversations.map { $0[1].text }).sorted().map { .init(text: $0, source: "test") }
        + [
          .init(
            text: "We are open from nine to five.", source: "hours.md#Hours", heading: "Hours", language: .english,
            askedIn: [.english])
        ],
      tokenizer: tokenizer, progress: { _ in })
  }

  @Test func theFittingReplyComesFirstAndTheFileKeepsIt() throws {
    let selector = try selector()
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/s.safetensors"
    try Model.write([selector.filePart], to: path)
    for selector in [selector, try Model.selector(path: path)] {
      let reader = selector.reader(tokenizer)
      for (question, expected) in [
        ("when will my lamp come", "your lamp arrives tomorrow"), ("我要退掉帐篷", "帐篷可以退，请告诉我订单号"),
        ("can i return the sofa", "the sofa can go back, which order is it"),
      ] {
        let context = ResponseSelector.context([.init(isAgent: false, text: question)], reader)
        #expect(selector.suggestions(context, count: 1, reader).first?.reply.text == expected, "\(question)")
      }
    }
    #expect { _ = try Model(path: path) } throws: { "\($0)".contains("has no intents") }
  }

  @Test func aSeedDecidesWhateverTheThreads() throws {
    let (one, two) = (try selector(threads: 1), try selector(threads: 2))
    let reader = one.reader(tokenizer)
    let context = ResponseSelector.context([.init(isAgent: false, text: "where is the tent")], reader)
    let replies = one.replies.map { reader.read($0.text) }
    #expect(one.scores(context, replies) == two.scores(context, replies))
  }

  @Test(arguments: ["", "   ", "🙂", String(repeating: "word ", count: 5_000), "\u{0}"])
  func strangeMessagesAreRanked(_ text: String) throws {
    let selector = try selector()
    let reader = selector.reader(tokenizer)
    let context = ResponseSelector.context([.init(isAgent: false, text: text)], reader)
    #expect(selector.suggestions(context, count: 3, reader).count == 3)
    let scores = selector.scores(context, ["", text, "yes"].map(reader.read))
    #expect(scores.count == 3 && scores.allSatisfy(\.isFinite))
  }

  @Test func tiesCountAgainstTheAnswer() {
    #expect(ResponseMetrics.rank(of: 1, in: [0.5, 0.5, 0.1]) == 2)
    #expect(ResponseMetrics.rank(of: 0, in: [0.9, .nan, 0.1]) == 2)
    let metrics = ResponseMetrics(ranks: [1, 2, 4, 10])
    #expect(metrics.recall1 == 0.25 && metrics.recall2 == 0.5 && metrics.recall5 == 0.75)
    #expect(abs(metrics.mrr - (1 + 0.5 + 0.25 + 0.1) / 4) < 1e-12)
  }
}
