import Corpus
import Foundation
import TestSupport
import Testing

@Suite struct IntentFileEditorTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Han characters make a text Chinese.
  private func language(_ text: String) -> String {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } ? "zh" : "en"
  }

  /// The new contents by file name.
  private func adding(_ examples: [(text: String, intent: String)]) throws -> [String: String] {
    let contents = try IntentFileEditor.adding(examples, toFolder: folder.path, language: language)
    return named(contents)
  }

  private func removing(_ examples: [(text: String, intent: String)]) throws -> [String: String] {
    named(try IntentFileEditor.removing(examples, fromFolder: folder.path))
  }

  private func named(_ contents: [String: String]) -> [String: String] {
    var result: [String: String] = [:]
    for (path, content) in contents { result[path.replacing("\(folder.path)/", with: "")] = content }
    return result
  }

  private static let english = """
    # Mine, and every byte of it.
    version: "3.1"
    nlu:
    - intent: "order_status"   # where is it
      examples: |
        - where is my order
        # a remark inside
        - where is my [mug](product)

    - intent: cancel_order
      examples: |
        - cancel it

    - synonym: mug
      examples: |
        - cup

    """

  private static let chinese = """
    nlu:
      - intent: order_status
        examples: |
            - 我的订单到哪了
            - 快递到哪了
            - still nothing here
    """

  private func writeBoth() throws {
    _ = try folder.write("en/a.yml", Self.english)
    _ = try folder.write("zh/b.yml", Self.chinese)
    _ = try folder.write("README.md", "# not data")
  }

  @Test func anExampleBecomesTheLastLineOfItsBlock() throws {
    try writeBoth()
    let contents = try adding([("where did it go", "order_status"), ("stop that order", "cancel_order")])
    let expected = Self.english
      .replacing("    - where is my [mug](product)\n", with: "    - where is my [mug](product)\n    - where did it go\n")
      .replacing("    - cancel it\n", with: "    - cancel it\n    - stop that order\n")
    #expect(contents == ["en/a.yml": expected])
  }

  @Test func theFileWithMostExamplesOfTheLanguageIsChosen() throws {
    try writeBoth()
    let contents = try adding([("包裹呢", "order_status")])
    // The last line of this file has no end, and still has none.
    #expect(contents == ["zh/b.yml": Self.chinese + "\n        - 包裹呢"])
  }

  @Test func anIntentWithoutABlockGoesIntoAFileOfItsOwn() throws {
    try writeBoth()
    let contents = try adding([("do you wrap gifts", "gift_wrap"), ("可以包装吗", "gift_wrap"), ("hm", "3")])
    let expected = """
      version: "3.1"
      nlu:
      - intent: gift_wrap
        examples: |
          - do you wrap gifts
          - 可以包装吗
      - intent: "3"
        examples: |
          - hm

      """
    #expect(contents == ["reviewed.yml": expected])
    _ = try folder.write("reviewed.yml", expected)
    let more = try adding([("wrap it please", "gift_wrap"), ("开发票", "invoice")])
    #expect(
      more == [
        "reviewed.yml": expected.replacing("    - 可以包装吗\n", with: "    - 可以包装吗\n    - wrap it please\n")
          + "- intent: invoice\n  examples: |\n    - 开发票\n"
      ])
  }

  @Test func whatIsThereAlreadyIsLeftOut() throws {
    try writeBoth()
    #expect(try adding([("cancel it", "cancel_order"), ("where is my mug", "order_status"), (" ", "cancel_order")]).isEmpty)
    let twice = try adding([("stop", "cancel_order"), ("stop", "cancel_order"), ("stop", "cancel_order ")])
    #expect(twice["en/a.yml"]?.contains("    - cancel it\n    - stop\n\n") == true)
    #expect(twice["reviewed.yml"]?.contains("- intent: \"cancel_order \"") == true)
  }

  @Test func lineEndsAndAByteOrderMarkStay() throws {
    let text = "\u{FEFF}nlu:\r\n- intent: a\r\n  examples: |\r\n    - one\r\n- intent: b\r\n  examples: |\r\n    - two"
    _ = try folder.write("a.yml", text)
    let contents = try adding([("three", "a"), ("四", "b")])
    let expected = text.replacing("    - one\r\n", with: "    - one\r\n    - three\r\n")
    #expect(contents["a.yml"].map { Array($0.utf8) } == Array((expected + "\r\n    - 四").utf8))
  }

  @Test func listsAreNoPlaceForALine() throws {
    let list = "nlu:\n- intent: inform\n  examples:\n  - text: blue\n    metadata: {asked: choice}\n  - plain\n"
    _ = try folder.write("list.yml", list)
    #expect(try adding([("plain", "inform")]).isEmpty)
    // Said after a question it is another example.
    let contents = try adding([("blue", "inform")])
    #expect(contents.keys.sorted() == ["reviewed.yml"])
    _ = try folder.write("block.yml", "nlu:\n- intent: inform\n  examples: |\n    - red\n")
    #expect(try adding([("blue", "inform")]) == ["block.yml": "nlu:\n- intent: inform\n  examples: |\n    - red\n    - blue\n"])
  }

  @Test(arguments: [
    "my [email] is [phone]", "[a](b)", "see [it](product", "[x]{\"entity\": 1}", "# no comment", "- dash", "-", "a: b # c",
    "\"quoted\" and 'quoted'", "{{brace}} %tag @at `tick`", "back\\slash", "退货 [email](公司)", "👍🏽 ok", "tab\there",
    "two\nlines\r\nand\u{2028}more", "bell\u{7} and \u{85}", "\u{301}accent", "|", ">", "...", "---", "[email](", "](", "[]()",
  ]) func whateverIsWrittenIsReadBack(_ text: String) throws {
    try writeBoth()
    for (name, content) in try adding([(text, "order_status"), (text, "brand_new")]) { _ = try folder.write(name, content) }
    let examples = try TrainingData(paths: [folder.path]).examples
    let expected = IntentFileEditor.writable(text)
    for intent in ["order_status", "brand_new"] {
      #expect(examples.contains { $0.intent == intent && $0.text == expected && $0.annotations.isEmpty })
    }
    #expect(examples.count == 6 + 2)
    let squeezed = expected.filter { !$0.isWhitespace }
    if !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value > 0x7E }) {
      #expect(squeezed == text.filter { !$0.isWhitespace })
    }
  }

  @Test func aPlainTextIsWrittenAsItIs() {
    for text in ["where is my order", "我的订单 [order_id] 到哪了", "a [b] c (d)"] {
      #expect(IntentFileEditor.writable(text) == text)
    }
    #expect(IntentFileEditor.writable("[email](work)") == "[email](work)")
    #expect(IntentFileEditor.writable(" a\r\nb ") == "a  b")
  }

  @Test func removingUndoesAdding() throws {
    try writeBoth()
    let examples: [(text: String, intent: String)] = [
      ("where did it go", "order_status"), ("包裹呢", "order_status"), ("wrap [it](x)", "gift_wrap"),
    ]
    for (name, content) in try adding(examples) { _ = try folder.write(name, content) }
    let stranger: [(text: String, intent: String)] = [("never there", "order_status")]
    let contents = try removing(examples + stranger)
    #expect(contents == ["en/a.yml": Self.english, "zh/b.yml": Self.chinese + "\n", "reviewed.yml": ""])
  }

  @Test func anItemGoesWithItsLastExample() throws {
    let text = "nlu:\n- intent: a\n  examples: |\n    - one\n- intent: b\n  examples: |\n    - two\n    - three\n"
    _ = try folder.write("reviewed.yml", text)
    let contents = try removing([("one", "a"), ("three", "b")])
    #expect(contents == ["reviewed.yml": "nlu:\n- intent: b\n  examples: |\n    - two\n"])
  }

  @Test func aFolderThatCannotBeReadIsNamed() throws {
    #expect {
      try IntentFileEditor.adding([("a", "b")], toFolder: "\(folder.path)/nowhere", language: language)
    } throws: { "\($0)".hasSuffix("/nowhere: no such folder") }
    _ = try folder.write("bad.yml", "nlu: [\n")
    #expect(throws: CorpusError.self) { try adding([("a", "b")]) }
  }

  @Test func aFormWithoutAPlaceIsRefused() throws {
    _ = try folder.write("reviewed.yml", "nlu: [{intent: a, examples: [x]}]\n")
    #expect {
      try adding([("y", "b")])
    } throws: { "\($0)".contains("reviewed.yml: its form leaves no place for an example") }
  }
}
