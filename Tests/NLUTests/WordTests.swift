import NLU
import Neural
import Testing

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
