import Conversation
import Dialogue
import NLU
import Testing
import Text

@Suite struct BarePriceTests {
  private let tokenizer: Tokenizer

  init() throws { tokenizer = try Tokenizer() }

  private func query(_ text: String) -> ProductQuery {
    let utterance = tokenizer.utterance(text)
    let interpretation = Interpretation(
      utterance: utterance, intent: IntentScore(name: Interpretation.outOfScope, confidence: 0), ranking: [],
      entities: PatternEntities().entities(in: utterance), attention: [])
    return ProductQuery(Mention(interpretation, answering: nil), prices: ShopPrices(currency: "USD"))
  }

  @Test(
    arguments: [
      ("lamp between 20 and 40", 2000, 4000, "lamp"), ("lamps from 40 to 20 please", 2000, 4000, "lamps"),
      ("headphones under 100", nil, 10000, "headphones"), ("a desk lamp, over 50", 5000, nil, "desk lamp"),
      ("no more than 30", nil, 3000, ""), ("between twenty and forty", 2000, 4000, ""), ("台灯100到200之间", 10000, 20000, "台灯"),
      ("100至200左右的台灯", 10000, 20000, "台灯"), ("耳机不超过300", nil, 30000, "耳机"), ("耳机不低于300", 30000, nil, "耳机"),
      ("耳机不高于300", nil, 30000, "耳机"), ("超过300的耳机", 30000, nil, "耳机"),
      ("headphones not more than 100", nil, 10000, "headphones"),
      ("headphones not over 100", nil, 10000, "headphones"), ("ps 5 controller under 50", nil, 5000, "ps 5 controller"),
    ] as [(String, Int?, Int?, String)])
  func areBounds(_ text: String, _ least: Int?, _ greatest: Int?, _ words: String) {
    let query = query(text)
    #expect(query.leastPrice == least && query.greatestPrice == greatest, "\(query)")
    #expect(query.text == words)
  }

  @Test(arguments: [
    "monitor between 24 and 27 inches", "at least 4 stars", "a shelf under 80 cm", "2 lamps", "more than 2 bottles of shampoo",
    "显示器24到27英寸", "between 2 and 3 kg", "under 20% fat", "a monitor between 24 and 27\"",
    "nike air max 90", "iphone 15 pro max 256", "canon lens 70-200", "toys for ages 3-5", "42到43的鞋", "14到15的手机壳",
    "headphones rated above 4", "耳机评分不低于4", "at least 2 of them", "do you have more than 3 in stock",
    "toys for kids between 8 and 12",
  ]) func areNotWhereTheNumbersCountSomething(_ text: String) {
    let query = query(text)
    #expect(query.leastPrice == nil && query.greatestPrice == nil, "\(query)")
  }
}
