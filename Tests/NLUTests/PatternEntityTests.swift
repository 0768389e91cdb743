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

  // MARK: tables

  private static let today = Day(iso: "2026-11-19")
  private static let catalogue = CatalogueWords([
    "color": [
      "navy blue": "navy blue", "navy": "navy blue", "藏青色": "navy blue", "red": "red", "红": "red", "红色": "red", "蓝色": "blue",
    ],
    "size": ["XL": "XL", "extra large": "XL", "加大码": "XL", "S": "S", "M": "M", "L": "L", "small": "S"],
  ])

  private func expect(_ row: PatternEntityRows.Row, _ patterns: PatternEntities = PatternEntities()) {
    let found = patterns.entities(in: tokenizer.utterance(row.text), today: Self.today)
    #expect(
      found.map { "\($0.type) \($0.value) \"\($0.text)\"" }
        == row.entities.map { "\($0.type) \($0.value) \"\($0.text)\"" }, "\(row.text)")
  }

  @Test(arguments: PatternEntityRows.phones) func phones(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.numbersInWords) func numbersInWords(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.nearMissesOfNumbers) func nearMissesOfNumbers(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.money) func money(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.nearMissesOfMoney) func nearMissesOfMoney(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.priceRanges) func priceRanges(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.nearMissesOfPriceRanges) func nearMissesOfPriceRanges(_ row: PatternEntityRows.Row) {
    expect(row)
  }
  @Test(arguments: PatternEntityRows.percentages) func percentages(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.nearMissesOfPercentages) func nearMissesOfPercentages(_ row: PatternEntityRows.Row) {
    expect(row)
  }
  @Test(arguments: PatternEntityRows.dates) func dates(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.nearMissesOfDates) func nearMissesOfDates(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.durations) func durations(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.nearMissesOfDurations) func nearMissesOfDurations(_ row: PatternEntityRows.Row) {
    expect(row)
  }
  @Test(arguments: PatternEntityRows.sizes) func sizes(_ row: PatternEntityRows.Row) { expect(row) }
  @Test(arguments: PatternEntityRows.catalogue) func catalogueWords(_ row: PatternEntityRows.Row) {
    expect(row, PatternEntities(catalogue: Self.catalogue))
  }

  @Test(arguments: [
    ("tomorrow", "date=tomorrow"), ("下周五", "date=下周五"), ("in 3 days", "date=in 3 days"), ("三天后", "date=三天后"),
    ("Nov 12", "date=Nov 12"),
    ("双11", "date=双11"), ("next week", "date=next week"), ("2026-11-12", "date=2026-11-12"), ("2026年11月12日", "date=2026-11-12"),
    ("November 2026", "date=2026-11-01/2026-11-30"), ("3 days", "duration=P3D"),
  ]) func withoutADayWhatDependsOnItIsItsOwnText(_ text: String, _ expected: String) {
    #expect(found(text) == [expected])
  }

  @Test func theLongerFindStaysAndAnEmailWhateverItHolds() {
    #expect(found("under $50") == ["price_range=..50 USD"])
    #expect(found("20%") == ["percentage=20"])
    #expect(found("3 days ago") == ["date=3 days ago"])
    #expect(found("2026-11-12@shop.example") == ["email=2026-11-12@shop.example"])
  }

  // MARK: any text

  @Test func spansPointAtTheTextAsWritten() {
    let utterance = tokenizer.utterance("👍🏽 我的 ＃Ｗ２３７８１５６ ok")
    let entity = PatternEntities().entities(in: utterance).first
    #expect(entity?.text == "＃Ｗ２３７８１５６" && entity.map { utterance.substring($0.span) } == entity?.text)
  }

  /// Spans ascend, do not overlap, lie inside the text and hold what the entity says; there are at most 64.
  private func expectOrder(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let utterance = tokenizer.utterance(text)
    let count = text.unicodeScalars.count
    let entities = PatternEntities(catalogue: Self.catalogue).entities(in: utterance, today: Self.today)
    #expect(entities.count <= 64, sourceLocation: sourceLocation)
    var end = 0
    for entity in entities {
      #expect(
        entity.span.lowerBound >= end && entity.span.upperBound <= count && !entity.span.isEmpty && !entity.value.isEmpty
          && utterance.substring(entity.span) == entity.text, "\(text.prefix(80))", sourceLocation: sourceLocation)
      end = entity.span.upperBound
    }
  }

  private struct Chance {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  @Test func randomCharactersGiveOrderedSeparateSpansInside() {
    var chance = Chance(state: 11)
    let alphabet = Array("#Ww12345678 @.-abK1A第二单＃１２é👍")
    for _ in 0..<2000 { expectOrder(String((0..<chance.next(30)).map { _ in alphabet[chance.next(alphabet.count)] })) }
  }

  @Test func randomFragmentsGiveOrderedSeparateSpansInside() {
    var chance = Chance(state: 23)
    let fragments = [
      "$", "€", "￥", "50", "1,200", "2.5", "20%", "-", "–", "~", "/", ".", ",", ":", "+", "(", ")", " ", "  ", "\t", "\u{3000}",
      "under", "less",
      "than", "at", "most", "no", "more", "up", "to", "from", "between", "and", "or", "a", "half", "hundred", "thousand",
      "dozen", "couple",
      "of", "two", "twenty", "second", "th", "3rd", "dollars", "rs", "us", "p", "cents", "percent", "per", "cent", "price",
      "in", "ago", "next",
      "last", "this", "week", "friday", "sat", "may", "Nov", "2026", "12", "day", "after", "tomorrow", "yesterday", "hours",
      "h", "size", "XL", "M",
      "ml", "inch", "phone", "415", "555", "0132", "13812345678", "w2378156", "#", "a@b.io", "SW1A 1AA", "一", "二", "两", "十",
      "百", "千", "万", "亿",
      "零", "半", "第", "个", "单", "打", "俩", "块", "毛", "元", "钱", "折", "百分之", "不超过", "以内", "以上", "左右", "到", "之间", "今天", "后天", "下周",
      "下个",
      "星期", "五", "天", "日", "号", "月", "年", "周", "末", "前", "后", "小时", "工作日", "双", "11", "码", "寸", "红色", "藏青色", "預算", "幾", "１２",
      "％", "👍🏽", "🇨🇳",
      "\u{301}", "\u{200D}", "\u{FEFF}", "\u{202E}", "é", "ß", "\u{0}", "\n", "99999999999999999999", "(", "\"",
    ]
    for _ in 0..<6000 {
      expectOrder(
        (0..<chance.next(14)).map { _ in fragments[chance.next(fragments.count)] + (chance.next(2) == 0 ? " " : "") }.joined())
    }
  }

  @Test(arguments: [
    "7", "1,", "1.", "1 ", "1-", "1/", "0", "一", "万", "亿", "一万", "十", "第一", "two ", "hundred ", "twenty-", "a hundred and ",
    "may 5 ", "$", "$1 ",
    "+1 ", "(", "under $", "3天", "3天后", "周五", "下周", "#1", "W", "@", "a@", "a.", "\u{301}", "👍", "1\u{301}", "s ", "size ", "XL",
    "红", "一 ", "one ",
    "半", "half a ", "双11", "2026-", "2026-11-12 ", "一块", "1块1", "百分之", "1%", "to ", "1到", " ", "m!",
  ]) func tenThousandOfAnythingAreRead(_ fragment: String) {
    expectOrder(String(repeating: fragment, count: 10_000))
  }

  @Test(arguments: [
    "99999999999999999999", "$9223372036854775808", "9223372036854775807 days ago", "in 99999 years", "99999999亿亿亿元", "一亿亿亿",
    "1.99999999999",
    "999999999999万块", "99999999999999999999%", "99999-99-99", "0000-00-00", "9999-12-31", "in 9999 years", "9999 weeks ago",
    "0 days", "0折", "99折",
  ]) func numbersBeyondAllBoundsAreReadOrLeftAlone(_ text: String) {
    expectOrder(text)
  }
}
