import Conversation
import Corpus
import Foundation
import TestSupport
import Testing

@Suite struct ConversionTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let endings: [ExampleFormat: String] = [
    .rasa: "yml", .tsv: "tsv", .csv: "csv", .jsonl: "jsonl", .clinc: "clinc.json", .snips: "snips.json",
  ]

  private func read(_ name: String, _ content: String) throws -> [Example] {
    try TrainingData(paths: [folder.write(name, content)]).examples
  }

  /// Written in a form and read again.
  private func back(_ examples: [Example], _ format: ExampleFormat) throws -> [Example] {
    try read("back.\(Self.endings[format] ?? "")", ExampleWriter.text(examples, as: format))
  }

  private func example(
    _ text: String, _ intent: String = "a", _ annotations: [Example.Annotation] = [], _ question: Example.Question? = nil
  ) -> Example {
    Example(text: text, intent: intent, annotations: annotations, question: question, place: .init(file: "x", line: 7))
  }

  /// What an example says, wherever it stands.
  private func key(_ example: Example) -> String {
    let scalars = example.text.unicodeScalars.map { String($0.value, radix: 16) }
    let question = String(describing: example.question)
    return [example.intent, example.text, "\(scalars)", "\(example.annotations)", question].joined(separator: "\t")
  }

  // MARK: properties

  @Test(arguments: ExampleFormat.allCases)
  func everyFormReadsBackWhatItAndTheFormBeforeItHold(_ first: ExampleFormat) throws {
    for seed in 0..<200 {
      let corpus = RandomCorpus(seed: UInt64(seed)).examples.filter { FormatLimits.holds($0, first) }
      if corpus.isEmpty { continue }
      let once = try back(corpus, first)
      let expected = corpus.map { FormatLimits.kept($0, first) }
      try #require(once.map(key).sorted() == expected.map(key).sorted(), "seed \(seed), \(first)")
      for second in ExampleFormat.allCases {
        let part = once.filter { FormatLimits.holds($0, second) }
        let twice = try part.isEmpty ? [] : back(part, second)
        let kept = part.map { FormatLimits.kept($0, second) }
        try #require(twice.map(key).sorted() == kept.map(key).sorted(), "seed \(seed), \(first) to \(second)")
      }
    }
  }

  @Test(arguments: ExampleFormat.allCases)
  func theRasaFormSurvivesEveryForm(_ format: ExampleFormat) throws {
    for seed in 200..<400 {
      let corpus = RandomCorpus(seed: UInt64(seed)).examples.filter {
        FormatLimits.holds($0, .rasa) && FormatLimits.holds($0, format)
      }
      if corpus.isEmpty { continue }
      let there = try back(back(corpus, .rasa), format)
      let again = try back(there, .rasa)
      #expect(again.map(key).sorted() == corpus.map { key(FormatLimits.kept($0, format)) }.sorted(), "seed \(seed), \(format)")
    }
  }

  @Test func whatIsLostIsCounted() throws {
    for seed in 0..<200 {
      let corpus = RandomCorpus(seed: UInt64(seed)).examples
      for format in ExampleFormat.allCases {
        let part = corpus.filter { FormatLimits.holds($0, format) }
        let isWhole = part.allSatisfy { key(FormatLimits.kept($0, format)) == key($0) }
        #expect(ExampleWriter.losses(part, as: format).isEmpty == isWhole, "seed \(seed), \(format)")
      }
    }
  }

  @Test(arguments: [
    "- a dash", "-", "# no comment", "[brackets](not an entity)", "[a]{", "\\[a](b)", "C:\\dir\\[1]", "\"quoted\" 'twice'", "",
    " ends ", "\u{3000}宽\u{3000}", "two\nlines", "\r\n", "tab\tinside", "退货👩‍👩‍👧👍", "\u{301}mark first", "a: b", "{x: 1}",
    "| > & * ! %", "\u{7F}\u{85}\u{2028}\u{FEFF}x", "null", "say \\\"x\\\"", "[", "]", "[[a](b)](c)",
  ]) func difficultTextsSurviveTheRasaForm(_ text: String) throws {
    let question = Example.Question(kind: .yesNo, text: text)
    let all = [example(text), example(text, "faq/b c", [], question)]
    #expect(try back(all, .rasa).map(key) == all.map(key))
  }

  // MARK: losses and refusals

  @Test func lossesAreSaidInNumbers() {
    let annotated = example("red shoes", "a", [.init(entity: "color", span: 0..<3, value: "crimson")])
    let asked = example(" yes ", "affirm", [], .init(kind: .yesNo))
    let all = [annotated, annotated, asked, example("x", "oos")]
    #expect(
      ExampleWriter.losses(all, as: .tsv) == [
        "2 examples lose their entities: tsv has none", "1 example loses the question it answers: tsv has none",
        "1 example loses blanks at the ends of text or intent: tsv is read without",
      ])
    #expect(
      ExampleWriter.losses(all, as: .snips) == [
        "2 examples lose values, roles or groups of entities: snips has none",
        "1 example loses the question it answers: snips has none",
      ])
    #expect(ExampleWriter.losses(all, as: .clinc).last == "1 example gets the label out_of_scope: clinc has one name for that")
    #expect(ExampleWriter.losses(all, as: .rasa).isEmpty && ExampleWriter.losses(all, as: .jsonl).isEmpty)
  }

  @Test func whatAFormCannotHoldIsRefusedByName() {
    func refusal(_ example: Example, _ format: ExampleFormat) -> String {
      do {
        let text = try ExampleWriter.text([example], as: format)
        return "written: \(text)"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      refusal(example("two\nlines"), .tsv)
        == "x:7: cannot be written as tsv: the text has a line end; write csv or jsonl: \"two lines\"")
    #expect(refusal(example("x", "a\tb"), .tsv).contains("the intent has a TAB"))
    #expect(refusal(example("x", "a\nb"), .rasa).contains("the intent has a line end; rename it"))
    #expect(refusal(example("x", " "), .csv).contains("it has no intent"))
    let beyond = example("x", "a", [.init(entity: "e", span: 0..<2)])
    let overlapping = example("xyz", "a", [.init(entity: "e", span: 0..<2), .init(entity: "f", span: 1..<3)])
    for format in [ExampleFormat.rasa, .jsonl, .snips] {
      #expect(refusal(beyond, format).contains("entity \"e\" at 0..2 is empty, outside"))
      #expect(refusal(overlapping, format).contains("entity \"f\" at 1..3"))
    }
  }

  // MARK: the readers

  @Test func readsCommaSeparatedValues() throws {
    let examples = try read(
      "a.csv",
      "\u{FEFF}id,Category,\"Utterance\",intent\r\n1,X,  where is it ,order status\r\n\r\n"
        + "2,X,\"say \"\"hi\"\", then\r\ngo\",\"a,b\"\r\n3,X,\"\",c\r\n4,X,我的订单,d")
    #expect(examples.map(\.text) == ["where is it", "say \"hi\", then\ngo", "", "我的订单"])
    #expect(examples.map(\.intent) == ["order status", "a,b", "c", "d"])
    #expect(examples.map(\.place.line) == [2, 4, 6, 7])
    #expect(try read("b.csv", "text,category\nhi,greet\n").map(\.intent) == ["greet"])
    #expect(try read("noending", "label,query\ngreet,hi\n").map(\.text) == ["hi"])
  }

  @Test func readsCLINC150() throws {
    let text = """
      {"oos_val": [["what is \\u4f60\\ud83d\\udc4d", "oos"]],
       "note": {"made": [1, 2.5, null, true]},
       "train": [["set a timer", "timer"],
         ["text \\"him\\"", "text"]], "val": [], "oos_test": [["x", "oos"]]}
      """
    let examples = try read("a.json", text)
    #expect(examples.map(\.text) == ["what is 你👍", "set a timer", "text \"him\"", "x"])
    #expect(examples.map(\.intent) == ["out_of_scope", "timer", "text", "out_of_scope"])
    #expect(examples.map(\.place.line) == [1, 3, 4, 4])
    #expect(try read("noending", text).count == 4)
  }

  @Test func readsSNIPS() throws {
    let examples = try read(
      "a.json",
      #"{"Play": [{"data": [{"text": "放 "}, {"text": "jazz", "entity": "genre"}, {"text": " now"}]}], "B": [{"data": []}]}"#)
    #expect(
      examples == [
        Example(
          text: "放 jazz now", intent: "Play", annotations: [.init(entity: "genre", span: 2..<6)],
          place: .init(file: "\(folder.path)/a.json", line: 1)),
        Example(text: "", intent: "B", place: .init(file: "\(folder.path)/a.json", line: 1)),
      ])
  }

  @Test func listsWithinListsEndBeforeTheStackDoes() throws {
    let path = try folder.write("a.json", String(repeating: "[", count: 100_000))
    #expect { try TrainingData(paths: [path]) } throws: { "\($0)".contains("a.json:1: not JSON: values within values") }
  }

  @Test func recordsALineAreReadWhateverTheFileIsCalled() throws {
    #expect(try read("a.json", "{\"text\":\"hi\",\"intent\":\"greet\"}\n{\"text\":\"bye\",\"intent\":\"leave\"}\n").count == 2)
  }

  @Test(arguments: [
    ("a.csv", "", "a.csv: empty; the first line should name the columns"),
    ("a.csv", "words,intent\nx,y\n", "a.csv:1: no column with the texts"),
    ("a.csv", "text,other\nx,y\n", "a.csv:1: no column with the intents"),
    ("a.csv", "text,intent\nx,y\na,b,c\n", "a.csv:3: 3 fields under 2 columns; a comma"),
    ("a.csv", "text,intent\nx\n", "a.csv:2: 1 field under 2 columns"),
    ("a.csv", "text,intent\nx,\n", "a.csv:2: no intent in the column \"intent\""),
    ("a.csv", "text,intent\n\"x,y\nz,y\n", "a.csv:2: a quotation mark is not closed"),
    ("a.csv", "text,intent\n\"x\" z,y\n", "a.csv:2: words after a closing quotation mark"),
    ("a.csv", "text,intent\nx \"z\",y\n", "a.csv:2: a quotation mark inside a field without such marks"),
    ("a.json", "{\"train\": [[\"a\", \"b\"]],\n\"val\": [[\"a\"]]}", "a.json:2: an example is [text, intent], two parts"),
    ("a.json", "{\"train\": [[\"a\", 3]]}", "a.json:1: an example's intent must be a text"),
    ("a.json", "{\"train\": [[\"a\", \"\"]]}", "a.json:1: an example without an intent"),
    ("a.json", "{\"train\": 3}", "a.json:1: \"train\" must be a list"),
    ("a.json", "{\"train\": [\n[\"a\", \"b\"],\n[\"a", "a.json:3: not JSON: the file ends within a text"),
    ("a.json", "\n{\"train\": [[\"a\n\", \"b\"]]}", "a.json:2: not JSON: a text is not closed on its line"),
    ("a.json", "{\"train\": [\n[\"a\", \"b\"]", "a.json:2: not JSON: the file ends within a value"),
    ("a.json", "{\"train\": [\n[\"a\" \"b\"]]}", "a.json:2: not JSON: a comma or \"]\" is missing"),
    ("a.json", "{\"train\": [[\"\\ud83d\", \"b\"]]}", "a.json:1: not JSON: half a character"),
    ("a.json", "{\"train\": [[\"\\q\", \"b\"]]}", "a.json:1: not JSON: an unknown escape"),
    ("a.json", "{\"train\": [[\"\\u12\", \"b\"]]}", "a.json:1: not JSON: four hexadecimal digits"),
    ("a.json", "{\"train\": []} 3", "a.json:1: not JSON: something stands after"),
    ("a.json", "{\"train\": nan}", "a.json:1: not JSON: a value is missing"),
    ("a.json", "{train: []}", "a.json:1: not JSON: a key in quotation marks is missing"),
    ("a.json", "{\"I\": [\n{\"data\": [{\"words\": \"x\"}]}]}", "a.json:2: a piece of \"data\" has no \"text\""),
    ("a.json", "{\"I\": [\n{\"dat\": []}]}", "a.json:2: an example of \"I\" has no \"data\""),
    ("a.json", "{\"I\": [{\"data\": [{\"text\": \"\", \"entity\": \"e\"}]}]}", "a.json:1: entity \"e\" stands on an empty"),
    ("a.json", "{\"I\": [{\"data\": [{\"text\": 1}]}]}", "a.json:1: \"text\" must be a text"),
    ("a.json", "{\"version\": 1}", "a.json: neither CLINC150's form"),
    ("a.json", "[1, 2]", "a.json: neither CLINC150's form"),
  ]) func badInputIsOneLineWithItsPlace(_ name: String, _ content: String, _ expected: String) {
    do {
      let examples = try read(name, content)
      Issue.record("read as \(examples)")
    } catch {
      let message = "\(error)".replacing("\(folder.path)/", with: "")
      #expect(message.hasPrefix(expected) && !message.contains("\n"), "\(message)")
    }
  }
}

/// What each form has a place for, as its description says, apart from the code that writes it.
private enum FormatLimits {
  static func holds(_ example: Example, _ format: ExampleFormat) -> Bool {
    let all = example.text + "\n" + example.intent
    switch format {
    case .tsv: return all.utf8.count { $0 == 0x0A || $0 == 0x0D } == 1 && !example.intent.utf8.contains(0x09)
    case .rasa: return !example.intent.contains(where: \.isNewline)
    case .csv, .jsonl, .clinc, .snips: return true
    }
  }

  static func kept(_ example: Example, _ format: ExampleFormat) -> Example {
    switch format {
    case .rasa, .jsonl: return example
    case .tsv: return bare(trimmed(example.text), trimmed(example.intent))
    case .csv: return bare(joined(example.text), joined(example.intent))
    case .clinc: return bare(example.text, example.isOutOfScope ? "out_of_scope" : example.intent)
    case .snips:
      let annotations = example.annotations.map { Example.Annotation(entity: $0.entity, span: $0.span) }
      return Example(text: example.text, intent: example.intent, annotations: annotations, place: example.place)
    }
  }

  private static func bare(_ text: String, _ intent: String) -> Example {
    Example(text: text, intent: intent, place: .init(file: ""))
  }

  private static func trimmed(_ text: String) -> String {
    var part = text[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }

  /// With each carriage return and line feed made a line feed.
  private static func joined(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var hasReturn = false
    for scalar in text.unicodeScalars {
      if hasReturn, scalar != "\n" { scalars.append("\r") }
      hasReturn = scalar == "\r"
      if !hasReturn { scalars.append(scalar) }
    }
    if hasReturn { scalars.append("\r") }
    return String(scalars)
  }
}

/// A few examples with everything in them that has a meaning in some form.
private struct RandomCorpus {
  private var state: UInt64
  private(set) var examples: [Example] = []

  private static let pieces = [
    "a", "blue mug", "[", "]", "(", ")", "{", "}", "](", "]{", "[x](y:z)", "\\", "\"", "'", "\t", " ", "- ", "-", "#", ":",
    "|", ",", "&", "*", "%", "退货", "订单，", "👍", "👩‍👩‍👧", "é", "e\u{301}", "\u{301}", "\u{200D}", "\n", "\r", "\r\n",
    "\u{3000}", "\u{2028}", "\u{85}", "\u{7F}", "\u{1}", "\\n", "\\u0041", "null", "</s>",
  ]
  private static let intents = [
    "order_status", "faq/a b", "a|b", "退货", "yes", "say \"x\"", "3", "[x](y)", "C:\\dir", "out_of_scope", "oos", "nlu_fallback",
    "null", "- dash", "# hash", "a, b", "tab\tin it", "train", "data", "e\u{301}tat",
  ]
  private static let entities = ["product", "时间", "a:b", "x)", "}", "{", "\\", "\"q\""]

  init(seed: UInt64) {
    state = seed
    for _ in 0..<6 {
      let one = example()
      examples.append(one)
    }
  }

  /// SplitMix64.
  private mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) >> 1) % bound
  }

  private mutating func text(_ greatest: Int) -> String {
    var text = ""
    for _ in 0..<next(greatest + 1) { text += Self.pieces[next(Self.pieces.count)] }
    return text
  }

  private mutating func maybe(_ greatest: Int) -> String? { next(3) == 0 ? text(greatest) : nil }

  private mutating func example() -> Example {
    let words = text(9)
    let length = words.unicodeScalars.count
    var annotations: [Example.Annotation] = []
    var position = 0
    while annotations.count < 3, position < length, next(2) == 0 {
      let start = position + next(length - position)
      let end = start + 1 + next(min(4, length - start))
      let entity = Self.entities[next(Self.entities.count)]
      let (value, role, group) = (maybe(3), maybe(1), maybe(1))
      annotations.append(.init(entity: entity, span: start..<end, value: value, role: role, group: group))
      position = end
    }
    let kind = QuestionKind.allCases[next(QuestionKind.allCases.count)]
    let question = next(4) == 0 ? Example.Question(kind: kind, text: maybe(5)) : nil
    return Example(
      text: words, intent: Self.intents[next(Self.intents.count)], annotations: annotations, question: question,
      place: .init(file: "seed"))
  }
}
