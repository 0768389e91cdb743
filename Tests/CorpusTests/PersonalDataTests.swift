import Corpus
import Testing

@Suite struct PersonalDataTests {
  private func masked(_ text: String, _ spans: [(range: Range<Int>, kind: String)] = []) -> String {
    PersonalData.masked(text, spans: spans)
  }

  @Test func aSpanGivesWayToItsKind() {
    #expect(masked("order W2378156 please", [(6..<14, "order_id")]) == "order [order_id] please")
    #expect(masked("我叫张三，谢谢", [(2..<4, "name")]) == "我叫[name]，谢谢")
    // Scalars, not characters: the flag is two of them.
    #expect(masked("🇩🇪 Mia", [(3..<6, "name")]) == "🇩🇪 [name]")
  }

  @Test func spansThatOverlapBecomeOne() {
    #expect(masked("call Mia Roth now", [(5..<8, "given"), (5..<13, "name")]) == "call [name] now")
    #expect(masked("abcdef", [(3..<6, "b"), (0..<4, "a")]) == "[a]")
    #expect(masked("abcdef", [(0..<3, "a"), (3..<6, "b")]) == "[a][b]")
  }

  @Test func spansBeyondTheTextDoNoHarm() {
    #expect(masked("abc", [(2..<90, "x"), (7..<9, "y"), (1..<1, "z")]) == "ab[x]")
    #expect(masked("", [(0..<4, "x")]) == "")
  }

  @Test(arguments: [
    ("write to mia.roth@example.org, please", "write to [email], please"),
    ("mia@example.org", "[email]"),
    ("我的邮箱是mia_roth+shop@example.com谢谢", "我的邮箱是[email]谢谢"),
    ("ｍｉａ＠ｅｘａｍｐｌｅ．ｃｏｍ 是我的", "[email] 是我的"),
    ("it is mia @ example.org", "it is [email]"),
    ("müller@käse.example.", "[email]."),
    ("a@b.example and c@d.example", "[email] and [email]"),
    ("typo mia@example", "typo [email]"),
  ]) func eMailAddressesAreHidden(_ text: String, _ expected: String) {
    #expect(masked(text) == expected)
  }

  @Test(arguments: ["see you @ 5", "@ home", "thanks @steward", "100% sure", "a @"]) func otherSignsStay(_ text: String) {
    #expect(masked(text) == text)
  }

  @Test func anAddressFoundInPartIsHiddenWhole() {
    #expect(masked("mia@example.org", [(0..<3, "name")]) == "[email]")
  }

  @Test(arguments: [
    ("call 415-555-0142 today", "call •••-•••-•••• today"),
    ("+49 (30) 555 0142", "+•• (••) ••• ••••"),
    ("card 4111 1111 1111 1111", "card •••• •••• •••• ••••"),
    ("电话１３８００１３８０００", "电话•••••••••••"),
    ("打（０２１）５５５０１４２", "打（•••）•••••••"),
    ("W2378156", "W•••••••"),
    ("12\u{200B}34\u{200B}5", "••\u{200B}••\u{200B}•"),
    ("١٢٣٤٥", "•••••"),
  ]) func longNumbersAreHidden(_ text: String, _ expected: String) {
    #expect(masked(text) == expected)
  }

  @Test(arguments: ["size 1234", "two for $49.99", "2 of 3, and 4 of 5", "第3件和第12件", "20% off 10 mugs"])
  func shortNumbersStay(_ text: String) {
    #expect(masked(text) == text)
  }

  @Test func aNumberFoundInPartLeaksNothing() {
    #expect(masked("4111 1111 1111 1111", [(5..<9, "x")]) == "•••• [x] •••• ••••")
  }

  @Test func aLongTextIsReadInOneGo() {
    let text = String(repeating: "a@", count: 50_000) + String(repeating: "1 ", count: 50_000)
    let clock = ContinuousClock()
    var result = ""
    let time = clock.measure { result = masked(text) }
    #expect(!result.contains("1"))
    #expect(time < .seconds(10))
  }
}
