import Corpus
import Foundation
import NLU
import Neural
import Testing
import Text

@Suite struct WordVectorTests {
  private func cosine(_ vectors: WordVectors, _ a: String, _ b: String) throws -> Float {
    func row(_ word: String) throws -> [Float] {
      let index = try #require(vectors.words.firstIndex(of: word))
      return vectors.table.withRow(index) { Array($0) }
    }
    let (x, y) = (try row(a), try row(b))
    let lengths = x.reduce(0) { $0 + $1 * $1 } * y.reduce(0) { $0 + $1 * $1 }
    return zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / lengths.squareRoot()
  }

  @Test func wordsThatKeepTheSameCompanyAreNear() throws {
    var generator = SplitMix64(seed: 1)
    var text = Cooccurrence()
    for _ in 0..<600 {
      let shoe = ["shoes", "boots", "鞋子"].randomElement(using: &generator) ?? ""
      let lamp = ["lamp", "light", "台灯"].randomElement(using: &generator) ?? ""
      let walk = ["walk", "run", "feet", "road"].shuffled(using: &generator).prefix(2)
      let room = ["desk", "bulb", "room", "dark"].shuffled(using: &generator).prefix(2)
      text.add(["my", shoe] + walk)
      text.add(["my", lamp] + room)
    }
    let vectors = WordVectors(text, dimensions: 8, seed: 1)
    #expect(try cosine(vectors, "shoes", "boots") > 0.9 && cosine(vectors, "lamp", "台灯") > 0.9)
    #expect(try cosine(vectors, "shoes", "lamp") < 0.5)
    let squares = vectors.table.values.reduce(0) { $0 + $1 * $1 }
    #expect(abs(squares / Float(vectors.table.count) - 1) < 1e-3)
  }

  @Test func rareWordsAndEmptyTextsAreNoProblem() {
    var text = Cooccurrence()
    #expect(WordVectors(text, dimensions: 4, seed: 1).words.isEmpty)
    text.add([])
    text.add(["alone"])
    text.add(["alone"])
    text.add(["once"])
    let vectors = WordVectors(text, dimensions: 4, seed: 1)
    #expect(vectors.words == ["alone"] && vectors.table.values.allSatisfy { $0.isFinite })
  }
}

@Suite struct ThesaurusTests {
  private func entry(_ line: String) -> Thesaurus.Entry? {
    Thesaurus.Entry(line: Array(line.utf8))
  }

  @Test func entriesAreReadWholeOrNotAtAll() throws {
    let cancel = try #require(entry("cancel: call off, scrap; order, 订单"))
    #expect(cancel.similar == ["cancel", "call off", "scrap"] && cancel.companions == ["order", "订单"])
    for line in [
      "", "cancel", "cancel: scrap", "cancel; scrap: order", "cancel: ; order", "cancel: scrap,; order", ": a; b", "a: b;",
      "a: b: c; d", "a: b; c; d",
    ] {
      #expect(entry(line) == nil, "\(line)")
    }
  }

  @Test func everyLineOfTheFilesIsAnEntryOfTheProgram() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "corpora/thesaurus")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }.sorted()
    let lines = try files.flatMap {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      )
      .dropLast()
    }
    #expect(Thesaurus.builtIn.entries == lines.map { entry(String($0)) })
    #expect(lines.count > 10_000 && Set(lines).count == lines.count)
    #expect(lines.allSatisfy { $0 == $0.lowercased() })
    // Numbers are all one word to the classifier.
    let digits = CharacterSet.decimalDigits
    for entry in Thesaurus.builtIn.entries {
      let items = entry.similar + entry.companions
      #expect(Set(items).count == items.count, "\(entry.similar)")
      #expect(items.allSatisfy { !$0.unicodeScalars.allSatisfy(digits.contains) }, "\(entry.similar)")
    }
  }

  @Test func onlyEntriesAboutTheTextsWordsCount() throws {
    let tokenizer = try Tokenizer()
    let thesaurus = Thesaurus(
      ["cancel: call off, scrap; order", "取消: 撤销; 订单", "weather: rain, storm; today"].compactMap { entry($0) })
    var text = Cooccurrence()
    text.add(["please", "cancel"])
    text.add(["撤销", "订单"])
    #expect(text.add(thesaurus, tokenizer: tokenizer, threads: 2) == 2)
    #expect(Set(text.words) == ["please", "cancel", "call", "off", "scrap", "order", "取消", "撤销", "订单"])
    var stranger = Cooccurrence()
    stranger.add(["bonjour"])
    #expect(stranger.add(thesaurus, tokenizer: tokenizer, threads: 1) == 0 && stranger.words == ["bonjour"])
  }

  /// Five examples an intent; what is asked of the model shares no telling word with them.
  @Test func wordsThatNoExampleHasAreUnderstood() throws {
    let tokenizer = try Tokenizer()
    let taught = [
      "cancel": ["cancel my order", "please cancel it", "i want to cancel", "取消订单", "我想取消"],
      "price": ["what is the price", "price of this one", "tell me the price", "价格是什么", "这个价格"],
      "broken": ["it is broken", "mine came broken", "this one is broken", "这个坏了", "我的坏了"],
      "music": ["play a song", "i want to hear a song", "a song please", "放一首歌", "我想听歌"],
    ]
    let asked = [
      "cancel": ["scrap that", "could you call that off", "撤销吧"], "price": ["how expensive is that", "costs", "多少钱啊"],
      "broken": ["damaged", "that thing is faulty", "破损"], "music": ["some tunes", "put an album on", "音乐"],
    ]
    func examples(_ texts: [String: [String]]) -> [Example] {
      texts.sorted { $0.key < $1.key }.flatMap { intent, texts in
        texts.map { Example(text: $0, intent: intent, place: .init(file: "test")) }
      }
    }
    func right(_ thesaurus: Thesaurus) throws -> Double {
      var trainer = IntentTrainer(epochs: 40, seed: 1, threads: 2)
      trainer.thesaurus = thesaurus
      let classifier = try trainer.train(examples(taught), tokenizer: tokenizer) { _ in }.classifier
      let evaluation = IntentEvaluation(tokenizer: tokenizer, classifier: classifier, threads: 2)
      return IntentMetrics(evaluation.outcomes(examples(asked))).accuracy
    }
    let (without, with) = (try right(Thesaurus([])), try right(.builtIn))
    #expect(with > 0.7 && without < 0.5, "\(without) \(with)")
  }
}

@Suite struct TypingNoiseTests {
  @Test func englishSlipsAreOneKeyAway() {
    let noise = TypingNoise(words: ["order", "return"])
    var generator = SplitMix64(seed: 1)
    var slips = Set<String>()
    for _ in 0..<500 {
      guard let slip = noise.altered("order", using: &generator) else { continue }
      #expect((4...6).contains(slip.count))
      slips.insert(slip)
    }
    #expect(slips.isSuperset(of: ["oder", "roder", "oorder"]) && slips.count > 20)
    #expect(noise.altered("00", using: &generator) == nil && noise.altered("<email>", using: &generator) == nil)
    #expect(noise.altered("", using: &generator) == nil)
  }

  @Test func chineseSlipsSoundTheSame() {
    let noise = TypingNoise(words: ["订单", "定", "退货", "在", "再"])
    var generator = SplitMix64(seed: 2)
    #expect(noise.altered("订单", using: &generator) == "定单")
    #expect(noise.altered("在", using: &generator) == "再")
    #expect(noise.altered("退货", using: &generator) == nil)
  }
}
