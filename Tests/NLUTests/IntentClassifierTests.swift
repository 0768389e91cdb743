import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Testing
import Text

@Suite struct IntentClassifierTests {
  let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer()
  }

  /// Eight intents in two languages, a dozen texts each, made of words that tell them apart.
  private func corpus() -> [Example] {
    let words: [(String, [String])] = [
      ("order_status", ["where", "order", "track", "parcel", "shipped"]),
      ("return_items", ["return", "send", "back", "refund", "label"]),
      ("greet", ["hello", "hi", "morning", "hey", "evening"]), ("payment", ["card", "visa", "paypal", "pay", "declined"]),
      ("订单", ["订单", "物流", "快递", "发货", "查询"]), ("退货", ["退货", "退款", "寄回", "不要", "申请"]),
      ("你好", ["你好", "您好", "早上好", "在吗", "嗨"]), ("out_of_scope", ["weather", "poem", "goal", "天气", "作业"]),
    ]
    var generator = SplitMix64(seed: 5)
    return words.flatMap { intent, words in
      (0..<12).map { _ in
        let picked = words.shuffled(using: &generator).prefix(3)
        let isChinese = picked.allSatisfy { $0.unicodeScalars.contains { $0.value > 0x4E00 } }
        return Example(text: picked.joined(separator: isChinese ? "" : " "), intent: intent, place: .init(file: "test"))
      }
    }
  }

  private func train(_ examples: [Example], epochs: Int = 12, seed: UInt64 = 1, threads: Int = 2) throws -> IntentTrainer.Result
  {
    try IntentTrainer(epochs: epochs, seed: seed, threads: threads).train(examples, tokenizer: tokenizer) { _ in }
  }

  private func model(_ result: IntentTrainer.Result, script: Script = Script()) -> Model {
    Model(
      intents: result.classifier, entities: EntityExtractor(tags: result.tags, hints: EntityHints()), script: script,
      origin: .init(
        date: "2026-11-21T00:00:00Z", seed: 1, dataHash: "", examples: 96, settings: result.settings, heldOut: result.heldOut),
      examples: corpus())
  }

  @Test func learnsASmallCorpusByHeart() throws {
    let examples = corpus()
    let classifier = try train(examples, epochs: 25).classifier
    let metrics = IntentMetrics(IntentEvaluation(tokenizer: tokenizer, classifier: classifier, threads: 2).outcomes(examples))
    #expect(metrics.accuracy > 0.98, "\(metrics.accuracy)")
    #expect(metrics.outOfScope?.auroc ?? 0 > 0.95)
  }

  @Test func oneSeedGivesTheSameBytesOnAnyNumberOfThreads() throws {
    let examples = corpus()
    func bytes(_ seed: UInt64, _ threads: Int) throws -> [[Float]] {
      let classifier = try train(examples, epochs: 2, seed: seed, threads: threads).classifier
      return classifier.networks[0].tensors.map(\.matrix.values) + [classifier.linear.weights.matrix.values]
    }
    let one = try bytes(3, 1)
    #expect(try bytes(3, 2) == one)
    #expect(try bytes(3, 5) == one)
    #expect(try bytes(4, 1) != one)
  }

  @Test func theGradientOfTheWholeNetworkAgreesWithDifferences() throws {
    let encoder = TextEncoder(
      vocabulary: Vocabulary(words: ["?", "where", "is", "it", "退货", "far"]), trainedWords: 5,
      subwords: Subwords(lengths: 2...3), subwordRows: 64)
    let texts = ["where is it", "我要退货 where", "unknown far"].map { encoder.encode(tokenizer.utterance($0), []) }
    var generator = SplitMix64(seed: 8)
    var shape = JointNetwork.Shape(words: 5, vectors: 6, subwords: 64, intents: 4)
    (shape.wordDimensions, shape.vectorDimensions, shape.subwordDimensions, shape.hidden, shape.attention) = (6, 3, 5, 16, 7)
    let network = JointNetwork(
      shape, vectors: Matrix(uniform: 6, 3, limit: 1, using: &generator), using: &generator)
    var regularization = JointNetwork.Regularization()
    regularization.inputDropout = 0.2
    func gradient(_ network: JointNetwork) -> JointNetwork.Gradient {
      // The same seed drops the same values each time.
      var chance = SplitMix64(seed: 10)
      return network.gradient(.init(texts), labels: [0, 2, 3], regularization, using: &chance)
    }
    let actual = gradient(network)
    func check(_ value: Float, _ name: String, _ shifted: (Float) -> JointNetwork) {
      let expected = (gradient(shifted(0.01)).loss - gradient(shifted(-0.01)).loss) / 0.02
      #expect(abs(Double(value) - expected) < 3e-3 + 0.03 * abs(expected), "\(name): \(value), by differences \(expected)")
    }
    for (index, parameter) in actual.dense.parameters.enumerated() {
      for place in stride(from: 0, to: parameter.matrix.count, by: max(1, parameter.matrix.count / 12)) {
        check(parameter.matrix.withFloats { $0[place] }, "\(parameter.name)[\(place)]") { amount in
          var copy = network
          var i = 0
          copy.dense.visitParameters { _, matrix in
            if i == index { matrix.withMutableFloats { $0[place] += amount } }
            i += 1
          }
          return copy
        }
      }
    }
    for (place, row) in actual.words.rows.enumerated() {
      check(actual.words.withValues(place) { $0[1] }, "words[\(row)]") { amount in
        var copy = network
        copy.words.table[Int(row), 1] += amount
        return copy
      }
    }
    for (place, row) in actual.subwords.rows.enumerated() {
      check(actual.subwords.withValues(place) { $0[2] }, "subwords[\(row)]") { amount in
        var copy = network
        copy.subwords.table[Int(row), 2] += amount
        return copy
      }
    }
  }

  @Test func aSavedModelPredictsTheSame() throws {
    let examples = corpus()
    let trained = model(try train(examples, epochs: 3), script: Script(responses: ["utter_a": [.init(patterns: ["en": "x"])]]))
    let path = NSTemporaryDirectory() + "/steward-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try trained.write(to: path)
    let loaded = try Model(path: path)
    #expect(loaded.script == trained.script && loaded.origin == trained.origin)
    for example in examples {
      let a = trained.interpreter(tokenizer).interpret(example.text)
      let b = loaded.interpreter(tokenizer).interpret(example.text)
      #expect(a.ranking == b.ranking && a.intent == b.intent && a.attention == b.attention)
    }
    let first = try Data(contentsOf: URL(filePath: path))
    try loaded.write(to: path)
    #expect(try Data(contentsOf: URL(filePath: path)) == first)
  }

  @Test func anEncodedTextIsTheSameAloneAndInABatch() throws {
    let classifier = try train(corpus(), epochs: 1).classifier
    let texts = ["where", "track the parcel now please", "退货", "您好"].map {
      classifier.encoder.encode(tokenizer.utterance($0), [])
    }
    let network = classifier.networks[0]
    let together = network.output(texts).logits
    for (row, text) in texts.enumerated() {
      #expect(network.output([text]).logits.values == together.gathered([row]).values)
    }
  }

  @Test(arguments: [
    "", "   ", "🙂", "\u{0}", String(repeating: "where is it ", count: 2000), "zzzzqqqq", String(repeating: "a", count: 100_000),
  ])
  func strangeTextsAreInterpreted(_ text: String) throws {
    let interpreter = model(try train(corpus(), epochs: 1)).interpreter(tokenizer)
    let interpretation = interpreter.interpret(text)
    #expect((0...1).contains(interpretation.intent.confidence))
    #expect(interpretation.attention.isEmpty || abs(interpretation.attention.reduce(0, +) - 1) < 1e-3)
    if text.allSatisfy(\.isWhitespace) { #expect(interpretation.intent.name == Interpretation.outOfScope) }
  }

  @Test func theQuestionDecidesWhatTheSameWordsMean() throws {
    let words = ["blue", "two", "fine", "later", "both", "mine", "that", "this"]
    func examples(_ intent: String, _ kind: QuestionKind) -> [Example] {
      words.flatMap { a in
        words.map { Example(text: "\(a) \($0)", intent: intent, question: .init(kind: kind), place: .init(file: "f")) }
      }
    }
    let trained = try train(examples("inform", .open) + examples("correct", .confirmation) + corpus(), epochs: 6)
    let interpreter = model(trained).interpreter(tokenizer)
    for text in ["blue blue", "fine two", "that later"] {
      #expect(interpreter.interpret(text, after: .open).intent.name == "inform", "\(text)")
      #expect(interpreter.interpret(text, after: .confirmation).intent.name == "correct", "\(text)")
      let attention = interpreter.interpret(text, after: .open).attention
      #expect(attention.count == 2)
    }
  }

  @Test func overconfidenceIsTakenBackAndTheOrderStays() {
    // Says 0.95 or so and is right in seven of ten.
    let texts = (0..<400).map { i in
      Calibration.HeldOut(
        evidence: .init(
          logProbabilities: [log(0.95), log(0.03), log(0.02)], margins: [0, 0, 0], energy: 1),
        label: i % 10 < 7 ? 0 : 1 + i % 2, isOutOfScope: false)
    }
    let calibration = Calibration(texts, hasOutOfScopeClass: false)
    let ranking = calibration.prediction(texts[0].evidence, intents: ["a", "b", "c"], hasOutOfScopeClass: false).ranking
    #expect(ranking.map(\.name) == ["a", "b", "c"])
    #expect(abs(ranking[0].confidence - 0.7) < 0.05, "\(ranking)")
    #expect(abs(ranking.reduce(0) { $0 + $1.confidence } - 1) < 1e-6)
  }

  @Test func whoThePartsDisagreeOnLooksLikeAStranger() {
    func evidence(_ margins: [Float]) -> IntentClassifier.Evidence {
      .init(logProbabilities: [log(0.9), log(0.06), log(0.04)], margins: margins, energy: 1)
    }
    let known = (0..<200).map { i in
      Calibration.HeldOut(evidence: evidence([Float(i % 20) / 20, -1, -1]), label: 0, isOutOfScope: false)
    }
    let calibration = Calibration(known, hasOutOfScopeClass: false)
    func score(_ margins: [Float]) -> Double {
      calibration.prediction(evidence(margins), intents: ["a", "b", "c"], hasOutOfScopeClass: false).inScopeScore
    }
    // The same energy and the same greatest margin: but for another intent than the network's.
    #expect(score([0.5, -1, -1]) > 0.5)
    #expect(score([-1, -1, 0.5]) < 0.5)
    #expect(score([0.5, -1, -1]) > score([0, -1, -1]))
  }

  @Test(arguments: [(60, 60), (800, 560)])
  func smallCorporaHoldOutMore(_ texts: Int, _ heldOut: Int) throws {
    let examples = (0..<texts).map { i in
      Example(
        text: "\(["where is parcel", "cancel order"][i % 2]) \(i)", intent: ["track", "cancel"][i % 2],
        place: .init(file: "f.tsv"))
    }
    #expect(try train(examples, epochs: 1).heldOut?.n == heldOut)
  }

  @Test func nobodyIsTurnedAwayWhereNothingCouldBeHeldOut() throws {
    let examples = [("where is my parcel", "track"), ("cancel the order", "cancel")].map {
      Example(text: $0, intent: $1, place: .init(file: "f.tsv"))
    }
    let interpreter = model(try train(examples, epochs: 20)).interpreter(tokenizer)
    for text in ["where is it", "cancel please", "something else"] {
      #expect(interpreter.interpret(text).intent.name != Interpretation.outOfScope, "\(text)")
    }
  }

  @Test func smallCorporaTrainOrSayWhyNot() throws {
    func train(_ examples: [(String, String)]) throws -> IntentClassifier {
      try self.train(examples.map { Example(text: $0, intent: $1, place: .init(file: "f.tsv")) }, epochs: 2).classifier
    }
    #expect { try train([]) } throws: { "\($0)".contains("no examples") }
    #expect { try train([("x", "oos")]) } throws: { "\($0)".hasPrefix("f.tsv: every example is out of scope") }
    #expect(try train([("x", "only")]).intents == ["only"])
    #expect(try train([("x", "a"), ("y", "退 货")]).intents == ["a", "退 货"])
    #expect(try train([("same", "a"), ("same", "b"), ("", "c")]).intents.count == 3)
    #expect(try train((0..<500).map { ("text \($0)", "intent \($0)") }).intents.count == 500)
  }

  @Test func masksNumbersAndIdentifiers() throws {
    let encoder = TextEncoder(
      vocabulary: Vocabulary(words: ["?", "<order_id>", "<email>", "00"]), trainedWords: 4, subwords: Subwords(lengths: 2...2),
      subwordRows: 16)
    func words(_ text: String) -> [Int32] {
      let utterance = tokenizer.utterance(text)
      return encoder.encode(utterance, PatternEntities().entities(in: utterance)).units.map(\.word)
    }
    #expect(words("#W2378156") == [1])
    #expect(words("a@b.io") == [2])
    #expect(words("42") == [3] && words("17") == [3])
  }

  @Test func wordsNearEachOtherAreAFeatureInEitherOrder() throws {
    let encoder = TextEncoder(
      vocabulary: Vocabulary(words: ["?"]), trainedWords: 1, subwords: Subwords(lengths: 2...2), subwordRows: 16)
    func features(_ text: String) -> Set<UInt32> { Set(encoder.encode(tokenizer.utterance(text), []).features) }
    /// What two texts share beyond what their parts do: the pairs.
    func shared(_ one: String, _ other: String, words: String) -> Int {
      let alone = words.split(separator: " ").reduce(into: Set<UInt32>()) { $0.formUnion(features(String($1))) }
      return features(one).intersection(features(other)).subtracting(alone).count
    }
    #expect(shared("parcel lost", "lost my parcel", words: "parcel lost my") == 1)
    #expect(shared("订单 快递", "快递 和 订单", words: "订单 快递 和") == 1)
    // Six words apart they are none any more.
    #expect(shared("parcel lost", "lost a b c d e parcel", words: "parcel lost a b c d e") == 0)
    #expect(shared("parcel lost", "lost a b c d parcel", words: "parcel lost a b c d") == 1)
  }

  @Test func countsEveryFeatureOfABucketHoweverTheyCollide() {
    var generator = SplitMix64(seed: 5)
    // Few distinct low bits, so that most places in the table are taken.
    let features = (0..<500).map { _ in
      UInt32.random(in: 0..<90, using: &generator) << 7 | UInt32.random(in: 0..<3, using: &generator)
    }
    for (features, buckets) in [(features, 1 << 15), (features, 1 << 10), ([], 1 << 10)] {
      let counted = LinearClassifier.counts(features, buckets: buckets)
      let expected = features.reduce(into: [Int32: Int]()) { $0[Int32($1 % UInt32(buckets)), default: 0] += 1 }
      #expect(counted.count == expected.count && counted.allSatisfy { expected[$0.bucket] == $0.count })
    }
  }

  @Test func networksWhoseMeanDecidesLearnTwiceAsLong() throws {
    let examples = Array(corpus().prefix(16))
    func train(_ networks: Int, epochs: Int?) throws -> IntentTrainer.Result {
      var trainer = IntentTrainer(epochs: epochs, seed: 1, threads: 2)
      trainer.ensemble = networks
      return try trainer.train(examples, tokenizer: tokenizer) { _ in }
    }
    let usual = NetworkTraining.Settings(examples: examples.count).epochs
    #expect(try train(1, epochs: nil).settings.epochs == usual)
    let two = try train(2, epochs: nil)
    #expect(two.settings.epochs == 2 * usual && two.classifier.networks.count == 2)
    // Who says how long is taken at their word.
    #expect(try train(2, epochs: 3).settings.epochs == 3)
  }
}
