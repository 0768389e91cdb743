import Conversation
import Corpus
import Foundation
import TestSupport
import Testing

@Suite struct FormatTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func read(_ name: String, _ content: String) throws -> TrainingData {
    try TrainingData(paths: [folder.write(name, content)])
  }

  private func error(_ name: String, _ content: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
    do {
      _ = try read(name, content)
      Issue.record("was read", sourceLocation: sourceLocation)
      return ""
    } catch {
      let text = "\(error)"
      #expect(!text.contains("\n"), sourceLocation: sourceLocation)
      return text.replacing("\(folder.path)/", with: "")
    }
  }

  @Test func readsTheRasaForm() throws {
    let data = try read(
      "nlu.yml",
      """
      version: "3.1"
      nlu:
      - intent: order_status
        examples: |
          - where is my [blue mug](product)
          - find [it]{"entity": "product", "value": "mug", "role": "sought"} [now](time:today)

          - a [bracket] that is (none)
      - intent: faq/shipping
        examples:
        - text: |
            - how much
        - what does it cost
      - synonym: mug
        examples: |
          - cup
      """)
    #expect(data.examples.map(\.intent) == ["order_status", "order_status", "order_status", "faq/shipping", "faq/shipping"])
    #expect(
      data.examples.map(\.text) == [
        "where is my blue mug", "find it now", "a [bracket] that is (none)", "how much", "what does it cost",
      ])
    #expect(data.examples[0].annotations == [.init(entity: "product", span: 12..<20)])
    #expect(
      data.examples[1].annotations == [
        .init(entity: "product", span: 5..<7, value: "mug", role: "sought"),
        .init(entity: "time", span: 8..<11, value: "today"),
      ])
    #expect(data.examples.map(\.place.line) == [5, 6, 8, 11, 13])
  }

  @Test func readsTabsWithTheLastOneSplitting() throws {
    let data = try read("a.tsv", "where is\tit\torder status\r\n\n我的订单\ta|b\n")
    #expect(data.examples.map(\.text) == ["where is\tit", "我的订单"])
    #expect(data.examples.map(\.intent) == ["order status", "a|b"])
  }

  @Test func readsJSONLines() throws {
    let data = try read(
      "a.jsonl", #"{"text":"我要 mug","intent":"buy","entities":[{"type":"product","start":3,"end":6}],"other":1}"# + "\n")
    #expect(
      data.examples == [
        Example(
          text: "我要 mug", intent: "buy", annotations: [.init(entity: "product", span: 3..<6)],
          place: .init(file: "\(folder.path)/a.jsonl", line: 1))
      ])
  }

  @Test func anExampleMayNameTheQuestionItAnswers() throws {
    let yaml = try read(
      "a.yml",
      """
      nlu:
      - intent: inform
        examples:
        - text: "the [blue](color) one"
          metadata: {asked: choice, question: "Blue: or \\"grey\\"?"}
        - text: just so
          metadata: {sentiment: neutral}
        - 都要
      """)
    #expect(
      yaml.examples.map(\.question) == [.init(kind: .choice, text: "Blue: or \"grey\"?"), nil, nil])
    #expect(yaml.examples[0].text == "the blue one" && yaml.examples[0].annotations.count == 1)
    let again = try read("b.yml", TrainingData.yaml(yaml.examples))
    #expect(
      Set(again.examples.map { [$0.text, $0.question?.text ?? ""] })
        == Set(yaml.examples.map { [$0.text, $0.question?.text ?? ""] }))
    let line = try read("c.jsonl", #"{"text":"no","intent":"deny","metadata":{"asked":"yes_no"}}"# + "\n")
    #expect(line.examples[0].question == .init(kind: .yesNo))
    #expect {
      try read("d.jsonl", #"{"text":"no","intent":"deny","metadata":{"asked":"maybe"}}"# + "\n")
    } throws: {
      "\($0)".contains("d.jsonl:1") && "\($0)".contains("open, choice, yes_no, confirmation, more")
    }
  }

  @Test func readsFoldersAndPassesOverReadmes() throws {
    _ = try folder.write("sub/b.tsv", "x\tone\n")
    _ = try folder.write("a.tsv", "y\ttwo\n")
    _ = try folder.write("README.md", "# not data")
    _ = try folder.write("sub/readme.yml", "nonsense: [")
    _ = try folder.write(".hidden/c.tsv", "z\tthree\n")
    // What a response selector learns from may lie beside examples.
    _ = try folder.write("talk/d.jsonl", #"{"id":"1","turns":[{"speaker":"customer","text":"hi"}]}"# + "\n")
    _ = try folder.write("rules/questions.tsv", "returns\tHow long\twhen\n")
    #expect(try TrainingData(paths: [folder.path]).examples.map(\.intent) == ["two", "one"])
  }

  @Test func gzipIsRecognisedByContent() throws {
    let plain = try folder.write("a.tsv", String(repeating: "where is it\torder_status\n", count: 10_000))
    for name in ["a.tsv.gz", "disguised.tsv"] {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "gzip -c '\(plain)' > '\(folder.path)/\(name)'"]
      try process.run()
      process.waitUntilExit()
      #expect(try TrainingData(paths: ["\(folder.path)/\(name)"]).examples.count == 10_000)
    }
    let cut = try Data(contentsOf: URL(filePath: "\(folder.path)/a.tsv.gz")).dropLast(20)
    let path = try folder.write("cut.tsv.gz", Data(cut))
    #expect(throws: CorpusError.self) { try TrainingData(paths: [path]) }
  }

  @Test func byteOrderMarkAndCarriageReturnsAreNoText() throws {
    #expect(try read("a.tsv", "\u{FEFF}hi\tgreet\r\nbye\tgoodbye\r\n").examples.map(\.text) == ["hi", "bye"])
  }

  @Test func aFileWithoutAKnownEndingIsKnownByItsFirstLine() throws {
    #expect(try read("a.txt", "hi\tgreet\n").examples.count == 1)
    #expect(try read("b", #"{"text":"hi","intent":"greet"}"#).examples.count == 1)
    #expect(try read("c", "version: \"3.1\"\nnlu:\n- intent: a\n  examples: |\n    - x\n").examples.count == 1)
  }

  @Test func flowsAndResponsesAreRead() throws {
    let data = try read(
      "flow.yml",
      """
      flows:
        status:
          triggers: [order_status]
          steps:
          - collect: customer
            ask: utter_who
          - confirm: utter_sure
          - do: transfer_to_human_agents
          - say: utter_done
      responses:
        utter_done:
        - text: Done.
          translation:
            zh: 好了。
      """)
    #expect(
      data.script.flows["status"]?.steps == [
        .collect(slot: .customer, ask: "utter_who", statuses: []), .confirm(ask: "utter_sure"), .perform(.transferToHuman),
        .say("utter_done"),
      ])
    #expect(data.script.responses["utter_done"] == [ResponseTemplate(patterns: ["en": "Done.", "zh": "好了。"])])
  }

  @Test(arguments: [
    ("a.tsv", "no tab here\n", "a.tsv:1: no TAB"),
    ("a.tsv", "ok\tx\nempty\t\n", "a.tsv:2: no intent"),
    ("a.jsonl", "{}\n", "a.jsonl:1: not an example: no \"text\""),
    ("a.jsonl", #"{"text":1,"intent":"x"}"#, "a.jsonl:1: not an example: wrong type at \"text\""),
    (
      "a.jsonl", #"{"text":"ab","intent":"x","entities":[{"entity":"e","start":1,"end":9}]}"#, "a.jsonl:1: entity \"e\" at 1..9"
    ),
    ("a.jsonl", "{\"text\": \"cut", "a.jsonl:1: not an example: the line is not JSON"),
    ("a.yml", "nlu:\n- intent: a\n", "a.yml:2:3: intent \"a\" has no examples"),
    ("a.yml", "nlu:\n- intent: a\n  examples: |\n    no dash\n", "a.yml:4: an example starts with"),
    ("a.yml", "nlu:\n- intent: a\n  examples: |\n    - see [it](product\n", "a.yml:4: an entity annotation is not closed"),
    ("a.yml", "nlu:\n- intent: a\n  examples: |\n    - see [it]{\"x\": 1}\n", "a.yml:4: an entity annotation is not JSON"),
    ("a.yml", "nlu: 3\n", "a.yml:1:6: nlu must be a list"),
    ("a.yml", "nlu: [\n", "a.yml:"),
    ("a.yml", "something: else\n", "a.yml: no \"nlu\""),
    ("a.yml", "flows:\n  f:\n    steps:\n    - collect: moon\n", "a.yml:4:7: unknown slot \"moon\""),
    ("a.yml", "flows:\n  f:\n    steps:\n    - dance: yes\n", "a.yml:4:7: a step is one of"),
    ("a.yml", "flows:\n  f:\n    triggers: [a]\n", "a.yml:2:3: flow f has no steps"),
    ("a.yml", "responses:\n  greet:\n  - text: hi\n", "a.yml:2:3: the key of a response starts with"),
    ("a.yml", "responses:\n  utter_a: []\n", "a.yml:2:3: utter_a has no wording"),
    ("a.txt", "hello", "a.txt: unknown kind of file"),
  ]) func badInputIsOneLineWithItsPlace(_ name: String, _ content: String, _ expected: String) {
    #expect(error(name, content).hasPrefix(expected), "\(error(name, content))")
  }

  @Test func bytesThatAreNotUTF8NameTheLine() throws {
    let path = try folder.write("a.tsv", Data("ok\tx\n".utf8) + Data([0xFF, 0xFE, 0x09, 0x78, 0x0A]))
    #expect { try TrainingData(paths: [path]) } throws: {
      "\($0)".hasSuffix("a.tsv:2: not UTF-8; save the file in UTF-8 (iconv -t utf-8)")
    }
  }

  @Test func aMissingFileIsNamed() {
    #expect { try TrainingData(paths: ["nowhere.yml"]) } throws: { "\($0)" == "nowhere.yml: no such file or folder" }
  }

  @Test func twoRepliesOfOneNameAreAnError() throws {
    _ = try folder.write("a.yml", "responses:\n  utter_a:\n  - text: x\n")
    _ = try folder.write("b.yml", "responses:\n  utter_a:\n  - text: y\n")
    #expect { try TrainingData(paths: [folder.path]) } throws: {
      "\($0)".contains("b.yml:1:1: response \"utter_a\" is already defined")
    }
  }

  @Test func anAliasBombIsHarmless() throws {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (one, next) in zip("abcdefgh", "bcdefghi") {
      text += "\(next): &\(next) [*\(one), *\(one), *\(one), *\(one), *\(one), *\(one), *\(one), *\(one), *\(one)]\n"
    }
    #expect(error("bomb.yml", text).hasPrefix("bomb.yml"))
  }

  @Test func writtenExamplesReadBackTheSame() throws {
    let intents = ["order_status", "faq/a b", "a|b", "退货", "yes", "say \"x\"", "3"]
    var state: UInt64 = 3
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabet = Array("abc [](){}:\"'\\|#-*&!%@,é退货订单👍 ")
    var examples: [Example] = []
    for _ in 0..<400 {
      let characters = (0..<(1 + next(20))).map { _ in alphabet[next(alphabet.count)] }
      let text = String(characters).trimmingCharacters(in: .whitespaces)
      // A text that spells an annotation is one; that is the notation's limit.
      let spellsAnnotation = text.contains("](") || text.contains("]{")
      guard !text.isEmpty, !text.hasPrefix("-"), !text.hasPrefix("#"), !spellsAnnotation else { continue }
      let count = text.unicodeScalars.count
      let start = next(count)
      let end = start + 1 + next(count - start)
      let inside = String(String.UnicodeScalarView(Array(text.unicodeScalars)[start..<end]))
      let canAnnotate = !inside.contains("[") && !inside.contains("]") && inside.trimmingCharacters(in: .whitespaces) == inside
      let annotations: [Example.Annotation] =
        canAnnotate && !text.contains("[")
        ? [.init(entity: "product", span: start..<end, value: next(2) == 0 ? nil : "a \"v\"", role: next(2) == 0 ? nil : "r")]
        : []
      examples.append(
        Example(text: text, intent: intents[next(intents.count)], annotations: annotations, place: .init(file: "")))
    }
    let back = try read("round.yml", TrainingData.yaml(examples)).examples
    func key(_ example: Example) -> String { "\(example.intent)\t\(example.text)\t\(example.annotations)" }
    #expect(back.map(key).sorted() == examples.map(key).sorted())
    #expect(examples.count > 200)
  }

  @Test func aSplitIsStratifiedSeededAndWhole() {
    let examples = (0..<200).map { Example(text: "text \($0)", intent: $0 % 2 == 0 ? "a" : "b", place: .init(file: "")) }
    func split(_ seed: UInt64) -> Split {
      Split(
        examples, testShare: 0.2, language: { _ in nil },
        generator: { SeededGenerator(seed: seed &+ UInt64($0.utf8.count) &+ UInt64($0.utf8.last ?? 0)) })
    }
    let one = split(1)
    #expect(one.test.count { $0.intent == "a" } == 20 && one.test.count { $0.intent == "b" } == 20)
    #expect(Set(one.train).union(one.test) == Set(examples) && one.train.count + one.test.count == examples.count)
    #expect(split(1).test == one.test)
    #expect(split(2).test != one.test)
  }

  @Test func foldsAreDisjointStratifiedAndWhole() {
    let examples = (0..<103).map { Example(text: "text \($0)", intent: "\($0 % 4)", place: .init(file: "")) }
    let folds = Split.folds(examples, count: 10, language: { _ in nil }) { SeededGenerator(seed: UInt64($0.utf8.last ?? 0)) }
    #expect(folds.flatMap(\.self).sorted() == Array(examples.indices))
    for fold in folds {
      #expect((10...11).contains(fold.count))
      for intent in 0..<4 { #expect((1...4).contains(fold.count { $0 % 4 == intent })) }
    }
  }

  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
      state = seed
    }

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}

@Suite struct UnlabelledTextTests {
  private func texts(_ path: String) throws -> [String] {
    var texts: [String] = []
    try UnlabelledText.read(path, batchSize: 2) { texts += $0 }
    return texts
  }

  @Test func eachFormGivesItsTextsAndNoLabels() throws {
    let folder = try TemporaryFolder()
    #expect(try texts(folder.write("a.tsv", "where is it\torder_status\n\n退货\treturn\n")) == ["where is it", "退货"])
    let lines = "{\"id\":\"x1\",\"turns\":[{\"text\":\"hi there\",\"n\":3},{\"text\":\"你好\"}]}\n{broken line\n"
    #expect(try texts(folder.write("b.jsonl", lines)) == ["hi there", "你好", "{broken line"])
    #expect(try texts(folder.write("c.json", "[{\"b\":\"two words\",\"a\":\"one more\"}]\n")) == ["one more", "two words"])
    #expect(try texts(folder.write("d.txt", Data([0xFF, 0x41, 0x0A]))) == ["\u{FFFD}A"])
    #expect(try texts(folder.write("e.yml", "nlu:\n- intent: a\n  examples: |\n    - [red](color) shoes\n")) == ["red shoes"])
  }

  @Test func foldersAreReadWithoutReadmesAndTests() throws {
    let folder = try TemporaryFolder()
    for name in ["README.md", "x.txt", ".hidden.txt", "picture.png"] { _ = try folder.write(name, "words in it\n") }
    try FileManager.default.createDirectory(atPath: "\(folder.path)/test", withIntermediateDirectories: true)
    _ = try folder.write("test/y.txt", "words in it\n")
    #expect(try UnlabelledText.files([folder.path]) == ["\(folder.path)/x.txt"])
    #expect(throws: CorpusError.self) { try UnlabelledText.files(["\(folder.path)/missing"]) }
  }
}

@Suite struct EntityHintTests {
  @Test func synonymsLookupsAndRegexesAreRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "hints.yml",
      """
      nlu:
      - synonym: New York
        examples: |
          - NYC
          - 纽约
      - lookup: color
        examples: |
          - sea green
      - regex: ticket
        examples: |
          - T-\\d+
      """)
    let hints = try TrainingData(paths: [path]).hints
    #expect(hints.synonyms == ["nyc": "New York", "纽约": "New York"])
    #expect(hints.lookups == ["color": ["sea green"]] && hints.regexes == ["ticket": ["T-\\d+"]])
    let broken = try folder.write("broken.yml", "nlu:\n- regex: ticket\n  examples: |\n    - T-(\n")
    #expect { try TrainingData(paths: [broken]) } throws: { "\($0)".hasPrefix("\(broken):4: regex \"ticket\": not a regular") }
  }
}

@Suite struct ProductHintTests {
  @Test func coloursAndSizesOfAShopArePhrases() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "products.json",
      """
      {"1": {"name": "Coat", "option_values": {"zh": {"navy blue": "藏青色"}}, "variants": {
        "a": {"options": {"color": "navy blue", "size": "XL", "material": "wool"}}, "b": {"options": {"size": "42"}}}}}
      """)
    var hints = EntityHints()
    try hints.add(products: path)
    #expect(hints.lookups == ["color": ["navy blue", "藏青色"], "size": ["XL"]] && hints.synonyms == ["藏青色": "navy blue"])
    let broken = try folder.write("broken.json", "[1, 2]")
    #expect { try hints.add(products: broken) } throws: { "\($0)".hasPrefix("\(broken): not products") }
  }

  @Test func aValueALineInAJSONFileIsText() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("reviews.json", "{\"text\":\"very good\"}\n{\"text\":\"quite bad\"}\n")
    var texts: [String] = []
    try UnlabelledText.read(path, batchSize: 8) { texts += $0 }
    #expect(texts == ["very good", "quite bad"])
  }
}
