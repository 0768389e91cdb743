import Conversation
import NLU
import Testing
import Text

@Suite struct PatternEntityTests {
  let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer()
  }

  private func found(_ text: String) -> [String] {
    PatternEntities().entities(in: tokenizer.utterance(text)).map { "\($0.type)=\($0.value)" }
  }

  @Test(arguments: [
    ("where is #W2378156", ["order_id=W2378156"]), ("w2378156 please", ["order_id=W2378156"]),
    ("order 2378156?", ["order_id=2378156"]),
    ("订单#W2378156到哪了", ["order_id=W2378156"]), ("订单号２３７８１５６", ["order_id=2378156"]), ("＃Ｗ２３７８１５６", ["order_id=W2378156"]),
    ("#10023 and #A-1042", ["order_id=10023", "order_id=A-1042"]), ("2378156.", ["order_id=2378156"]),
    ("(#w2378156)", ["order_id=W2378156"]),
    ("x2378156", []), ("23781567890", []), ("#", []), ("#abc", []), ("W", []),
  ]) func orderNumbers(_ text: String, _ expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test(arguments: [
    ("Maria.Lopez+shop@Example.co.uk, thanks", ["email=maria.lopez+shop@example.co.uk"]),
    ("我的邮箱是li.na@example.cn谢谢", ["email=li.na@example.cn"]),
    ("<a@b.io>.", ["email=a@b.io"]), ("a@b", []), ("@example.com", []), ("a@b..com", []), ("a@-.com", []),
    ("me@example.com.", ["email=me@example.com"]),
  ]) func emails(_ text: String, _ expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test(arguments: [
    ("zip 78701", ["postcode=78701"]), ("邮编100027", ["postcode=100027"]), ("SW1A 1AA", ["postcode=SW1A 1AA"]),
    ("bs3 2ts ok", ["postcode=BS3 2TS"]),
    ("K1A 0B1", ["postcode=K1A 0B1"]), ("12345-6789", ["postcode=12345"]), ("a12345", []),
  ]) func postcodes(_ text: String, _ expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test(arguments: [
    ("the second one", ["number=2"]), ("the last one", []), ("最后一个", []), ("one", ["number=1"]), ("第一个", ["number=1"]),
    ("一", ["number=1"]),
    ("第二个", ["number=2"]), ("2", ["number=2"]), ("两个", ["number=2"]),
    ("第3个", ["number=3"]),
  ]) func numbers(_ text: String, _ expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test func spansPointAtTheTextAsWritten() {
    let utterance = tokenizer.utterance("👍🏽 我的 ＃Ｗ２３７８１５６ ok")
    let entity = PatternEntities().entities(in: utterance).first
    #expect(entity?.text == "＃Ｗ２３７８１５６" && entity.map { utterance.substring($0.span) } == entity?.text)
  }

  @Test func randomTextGivesOrderedSeparateSpansInside() {
    var state: UInt64 = 11
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabet = Array("#Ww12345678 @.-abK1A第二单＃１２é👍")
    for _ in 0..<2000 {
      let text = String((0..<next(30)).map { _ in alphabet[next(alphabet.count)] })
      var end = 0
      for entity in PatternEntities().entities(in: tokenizer.utterance(text)) {
        #expect(
          entity.span.lowerBound >= end && entity.span.upperBound <= text.unicodeScalars.count && !entity.span.isEmpty,
          "\(text)")
        end = entity.span.upperBound
      }
    }
  }
}
