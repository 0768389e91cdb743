import Conversation
import Testing
import Text

@Suite struct TokenizerTests {
  let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer()
  }

  private func words(_ text: String) -> [String] { tokenizer.utterance(text).tokens.map(\.text) }

  /// Spans ascend, stay inside the text, and what lies between them is nothing a reader sees.
  private func expectTiling(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let utterance = tokenizer.utterance(text)
    let scalars = Array(text.unicodeScalars)
    var end = 0
    for token in utterance.tokens {
      #expect(
        token.span.lowerBound >= end && token.span.upperBound <= scalars.count && !token.span.isEmpty,
        sourceLocation: sourceLocation)
      guard token.span.lowerBound >= end, token.span.upperBound <= scalars.count else { return }
      for scalar in scalars[end..<token.span.lowerBound] {
        #expect(isInvisible(scalar), "\(scalar)", sourceLocation: sourceLocation)
      }
      #expect(!token.text.isEmpty, sourceLocation: sourceLocation)
      end = token.span.upperBound
    }
    for scalar in scalars[end...] { #expect(isInvisible(scalar), "\(scalar)", sourceLocation: sourceLocation) }
  }

  private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
      || [.control, .format, .surrogate].contains(scalar.properties.generalCategory)
  }

  @Test func foldsCaseWidthAndCompatibilityForms() {
    #expect(words("Where's MY Order?") == ["where's", "my", "order", "?"])
    #expect(words("ＡＢＣ１２３") == ["abc123"])
    #expect(words("ﬁne Straße") == ["fine", "strasse"])
  }

  @Test func composedAndDecomposedFormsAreTheSameWord() {
    #expect(words("cafe\u{301}") == words("caf\u{E9}"))
  }

  @Test func cutsChineseIntoWordsAndSimplifiesTraditional() {
    #expect(words("我的订单到哪了") == words("我的訂單到哪了"))
    #expect(words("我的订单到哪了").contains("订单"))
    #expect(words("我的订单到哪了").joined() == "我的订单到哪了")
  }

  @Test func spansPointIntoTheOriginalText() {
    let text = "👩‍👩‍👧 my ORDER 我的訂單"
    let utterance = tokenizer.utterance(text)
    #expect(utterance.tokens.map { utterance.substring($0.span) }.contains("ORDER"))
    #expect(utterance.tokens.filter { $0.kind == .ideograph }.map { utterance.substring($0.span) }.joined() == "我的訂單")
  }

  @Test(arguments: [
    "", " ", "\u{FEFF}", "\u{200B}\u{200D}", "👨‍👩‍👧‍👦🏳️‍🌈", "مرحبا أين طلبي", "שלום \u{202E}abc", "e\u{301}\u{302}\u{303}\u{304}", "ﷺ",
    "½ ⅔ ①",
    "a\u{0}b\u{1}c", "\u{1B}[31mred", "\u{FFFD}\u{FFFD}", "ｈｅｌｌｏ　ｗｏｒｌｄ", "ไทยไม่มีช่องว่าง", "こんにちは世界", "한국어", "\r\n\t",
    "\u{1F1E8}\u{1F1F3}", "𝓗𝓮𝓵𝓵𝓸", "\u{10FFFF}", "#W2378156，谢谢", "\u{E000}",
  ]) func strangeTextTiles(_ text: String) {
    expectTiling(text)
  }

  @Test func seededRandomTextTiles() {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    for _ in 0..<300 {
      var text = String.UnicodeScalarView()
      for _ in 0..<next() % 40 {
        let range = [0...0x7F, 0x4E00...0x9FFF, 0x300...0x36F, 0x1F300...0x1F6FF, 0x600...0x6FF, 0...0x10FFFF][Int(next() % 6)]
        if let scalar = Unicode.Scalar(UInt32(range.lowerBound) + UInt32(next()) % UInt32(range.count)) { text.append(scalar) }
      }
      expectTiling(String(text))
    }
  }

  @Test func aLineOfTenThousandCharactersIsCut() {
    let english = String(repeating: "where is my order ", count: 600)
    #expect(tokenizer.utterance(english).tokens.count == 2400)
    let chinese = String(repeating: "我的订单到哪了", count: 1500)
    #expect(tokenizer.utterance(chinese).tokens.map(\.text).joined() == chinese)
    expectTiling(String(repeating: "\u{301}", count: 10_000))
  }

  @Test func manyThreadsShareATokenizer() async {
    let expected = words("我的订单 where is it")
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { [tokenizer] in
          (0..<50).allSatisfy { _ in tokenizer.utterance("我的订单 where is it").tokens.map(\.text) == expected }
        }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test(arguments: [
    ("where is my order", Language.english), ("我的订单到哪了", .chinese), ("我的order到哪了", .chinese), ("訂單", .chinese),
    ("the size 大 please and thank you", .english), ("où est ma commande", .english),
  ]) func guessesTheLanguage(_ text: String, _ language: Language) {
    #expect(tokenizer.utterance(text).language == language)
  }

  @Test func aTextWithoutLettersHasNoLanguage() {
    #expect(tokenizer.utterance("12345 !? 🙂").language == nil)
  }
}

@Suite struct PinyinTests {
  @Test func charactersHaveSoundsAndLettersNone() throws {
    let pinyin = try #require(Pinyin())
    #expect(pinyin.sound(of: "退") == "tui" && pinyin.sound(of: "订") == pinyin.sound(of: "定"))
    #expect(pinyin.sound(of: "a") == nil && pinyin.sound(of: "🙂") == nil)
  }
}

@Suite struct FeatureHashTests {
  @Test func orderAndContentTellHashesApart() {
    #expect(FeatureHash.hash(of: "ab") != FeatureHash.hash(of: "ba"))
    #expect(FeatureHash.pair(1, 2) != FeatureHash.pair(2, 1))
    // The lowest bits alone spread: a table of 256 places is filled evenly by 25,600 words.
    var places = [Int](repeating: 0, count: 256)
    for i in 0..<25_600 { places[Int(FeatureHash.hash(of: "word\(i)") & 255)] += 1 }
    #expect(places.allSatisfy { (50...160).contains($0) })
  }
}
