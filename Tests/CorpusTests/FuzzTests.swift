import Corpus
import Foundation
import TestSupport
import Testing

/// Damaged files of every form are read or refused, and neither end the program nor keep it busy.
///
/// Each form gets a second, or FUZZ_SECONDS. The damage of a round depends on its number alone, so a failure comes again; what
/// makes the tests crash is still in the temporary folder afterwards.
@Suite struct FuzzTests {
  let folder: TemporaryFolder

  /// No file here is larger than a few hundred kilobytes; what takes longer grows faster than its input.
  private static let greatestTime = Duration.seconds(10)

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(arguments: FuzzedForm.allCases) func damagedInputIsReadOrRefused(_ form: FuzzedForm) throws {
    let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 1
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    let seeds = form.seeds
    for (number, seed) in seeds.enumerated() {
      let path = try folder.write(form.file, Data(seed))
      #expect(throws: Never.self, "seed \(number) of \(form)") { try form.read(path) }
    }
    var round: UInt64 = 0
    while clock.now < end {
      round += 1
      var damage = Damage(seed: round)
      let path = try folder.write(form.file, Data(damage.done(to: seeds)))
      let start = clock.now
      do throws(CorpusError) {
        try form.read(path)
      } catch {
        if error.message.isEmpty { Issue.record("\(form), round \(round): refused without a word") }
      }
      let time = clock.now - start
      if time > Self.greatestTime { Issue.record("\(form), round \(round): took \(time)") }
    }
    #expect(round > 0)
  }
}

/// The forms of files the program reads, each with sound ones to begin with.
enum FuzzedForm: String, CaseIterable, Sendable {
  case rasa, flows, tabSeparated, commaSeparated, intentJSON, jsonLines, plainTranscripts, jsonTranscripts, openAITranscripts
  case passages, questions, unlabelledText, products, gzip

  /// A name whose ending tells the form.
  var file: String {
    switch self {
    case .rasa, .flows: "a.yml"
    case .tabSeparated: "a.tsv"
    case .commaSeparated: "a.csv"
    case .intentJSON, .unlabelledText, .products: "a.json"
    case .jsonLines, .jsonTranscripts, .openAITranscripts: "a.jsonl"
    case .plainTranscripts: "a.txt"
    case .passages: "a.md"
    case .questions: "questions.tsv"
    case .gzip: "a.tsv.gz"
    }
  }

  /// Sound files; together they have every part of the form's grammar.
  var seeds: [[UInt8]] {
    let member = Array(Data(base64Encoded: Self.packed) ?? Data())
    return self == .gzip ? [member, member + member] : texts.map { Array($0.utf8) }
  }

  private var texts: [String] {
    switch self {
    case .rasa: [Self.literalBlocks, Self.lists]
    case .flows: [Self.conversation]
    case .tabSeparated: ["where is\tit\torder status\r\n\n我的订单\ta|b\n"]
    case .commaSeparated: ["text,intent\n\"where is it, please\",order status\n\"我的\n订单\",\"a \"\"b\"\"\"\n"]
    case .intentJSON: [Self.labelledPairs, Self.labelledPieces]
    case .jsonLines: Self.examples
    case .plainTranscripts: ["\u{FEFF}customer: hi\r\nagent: hello: there\r\n\r\n顾客：在吗\n客服：在\nuser:x\nassistant : y\n"]
    case .jsonTranscripts: Self.transcripts
    case .openAITranscripts: [Self.roles]
    case .passages: ["\u{FEFF}# Returns\n\nintro\n\n## How long\r\n\n30 days.\n\nReally.\n\n## 退货\n\n## Who pays\nWe do.\n"]
    case .questions: ["", "\n\r\n \n"]
    case .unlabelledText: [Self.nested, "{\"text\":\"very good\"}\n{\"text\":\"quite bad\"}\n"]
    case .products: [Self.coat]
    case .gzip: []
    }
  }

  /// Reads a file as the program does, and does with what it holds what trusts its spans and places.
  func read(_ path: String) throws(CorpusError) {
    switch self {
    case .rasa, .flows, .tabSeparated, .commaSeparated, .intentJSON, .jsonLines, .gzip: try Self.readExamples(path)
    case .plainTranscripts, .jsonTranscripts, .openAITranscripts:
      var reader = try TranscriptReader(path: path)
      while try reader.next() != nil {}
    case .passages: _ = try Passage.read(path)
    case .questions:
      _ = try Passage.Question.read(path)
      _ = try ConversationCorpus(paths: [path])
    case .unlabelledText:
      do {
        try UnlabelledText.read(path, batchSize: 2) { _ in }
      } catch let error as CorpusError {
        throw error
      } catch {
        Issue.record("\(error)")
      }
    case .products:
      var hints = EntityHints()
      try hints.add(products: path)
    }
  }

  private static func readExamples(_ path: String) throws(CorpusError) {
    let data = try TrainingData(paths: [path])
    _ = data.hints.adding(data.examples)
    _ = data.conflicts
    _ = TrainingData.yaml(data.examples)
  }

  private static let literalBlocks = """
    version: "3.1"
    nlu:
    # a remark
    - intent: order_status
      examples: |
        - where is my [blue mug](product) [now](time:today)
        - find [it]{"entity": "product", "value": "mug", "role": "sought", "group": "1"}

        - a [bracket] that is (none)
        - 我的[订单](order)呢🙂
    - synonym: New York
      examples: |
        - nyc
    - regex: ticket
      examples: |
        - T-\\d{2,4}(?<x>a|b)*
    - lookup: color
      examples: |
        - sea green
    """

  private static let lists = """
    shared: &shared [hello, "good \\u4f60 \\"day\\"", 'it''s']
    nlu:
    - intent: faq/shipping
      examples:
      - text: |
          - how much
        metadata: {asked: choice, question: "Blue: or grey?"}
      - text: >-
          folded
          text
        metadata:
          sentiment: neutral
      - 都要
    - intent: greet
      examples: *shared
    """

  private static let conversation = """
    flows:
      status:
        triggers: [order_status]
        steps:
        - collect: order
          ask: utter_which
          status: [pending]
        - confirm: utter_sure
        - do: transfer_to_human_agents
        - next: other
          if_status: [delivered]
        - say: utter_done
    responses:
      utter_done:
      - text: Done {name}.
        translation:
          zh: 好了。
    """

  private static let labelledPairs =
    #"{"train":[["where is it","order status"],["我的订单","a"]],"val":[["hello","greet"]],"oos_train":[["moo","oos"]]}"#
  private static let labelledPieces =
    #"{"BookTable":[{"data":[{"text":"a table for "},{"text":"four","entity":"size"},{"text":" please"}]}]}"#
  private static let examples = [
    #"{"text":"我要 blue mug","intent":"buy","entities":[{"entity":"color","start":3,"end":7,"value":"navy","role":"r"}]}"#,
    #"{"text":"a mug","intent":"buy","entities":[{"type":"product","start":2,"end":5,"group":"1"}],"x":[1,2.5e3,null]}"#,
    #"{"text":"no \ud83d\ude42 \"x\"","intent":"deny","metadata":{"asked":"yes_no","question":"sure?"}}"#,
  ]
  private static let transcripts = [
    #"{"id":"x","turns":[{"speaker":"customer","text":"我要 mug","entities":[{"type":"p","start":3,"end":6}]}]}"#,
    #"{"turns":[{"speaker":"user","text":"x"},{"speaker":"agent","text":"y","response":"utter_y"}]}"#,
    #"{"turns":[{"speaker":"顾客","text":"x","actions":[{"name":"f","arguments":{"a":["b"],"c":1.5,"d":true}}]}]}"#,
    #"{"turns":[]}"#,
  ]
  private static let roles =
    #"{"messages":[{"role":"system","content":"s"},{"role":"user","content":"在吗"},{"role":"assistant","content":null}]}"#
  private static let nested = #"{"a":[{"title":"very good","more":["not bad","我的订单"]}]}"#
  private static let coat =
    #"{"1":{"option_values":{"zh":{"navy":"藏青色"}},"variants":{"a":{"options":{"color":"navy","size":"XL"}},"b":{}}}}"#

  /// Three lines of text TAB intent, packed by `gzip -9n`.
  private static let packed =
    "H4sIAAAAAAACAyvPSC1KVcgsVsitVMgvSkkt4gST8cUliSWlxVzPOia+WNb4sqHhxZblnEWpJaVFefGZJam5xVzlSBoLEouSU3NQdQIAYN3Kn1kAAAA="
}

/// What happens to files: bits that turn, ends that are missing, stretches that come twice, and marks that mean something.
private struct Damage: RandomNumberGenerator {
  private var state: UInt64

  /// Beyond this a file is cut, so that stretches that come twice do not fill the disk.
  private static let greatestSize = 200_000

  /// Encodings that are none.
  private static let bytes: [[UInt8]] = [
    [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0x1F, 0x8B], [0xE9], [0x80],
  ]
  /// Controls, and what opens, closes, names or repeats something in one of the forms.
  private static let words: [String] = [
    "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\u{301}", "👩‍👩‍👧", "：", "\t", "\r", "\n",
    "\r\n", " ", "\n\n", "[", "]", "](", "]{", "[a](", "[](b)", "{", "}", "(", ")", "\"", "'", "\"\"", ",", ":", ": ", "- ",
    "-", "#", "## ", "|", ">", "%", "\\", "\\ud800", "\\u0000", "\\x", "&a ", "*a", "<<: *a", "? ", "!!binary ", "!<x> ",
    "!%ED%A0%80 ", "---\n", "...\n", "%YAML 9.9\n", "|9-\n", "~", "null", "true", "NaN", "-1", "0", "1e999", "0x",
    "9223372036854775808", "{}", "[]", "{\"a\":", "customer:", "(?<", "a{9999}", "(a*)*",
  ]
  /// What goes deep, and a word longer than what is read at a time.
  private static let many: [String] = [
    String(repeating: "[", count: 3000), String(repeating: "{\"a\":", count: 1500), String(repeating: "- ", count: 1500),
    String(repeating: "? ", count: 1500), String(repeating: "(", count: 1500), String(repeating: "a", count: 70_000),
  ]
  private static let marks: [[UInt8]] = bytes + (words + many).map { Array($0.utf8) }

  init(seed: UInt64) {
    state = seed
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func number(below bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }

  /// A stretch, most often a short one.
  private mutating func stretch(of bytes: [UInt8]) -> Range<Int> {
    let start = number(below: bytes.count + 1)
    let length = number(below: number(below: 4) == 0 ? bytes.count : 24)
    return start..<min(bytes.count, start + length)
  }

  /// One of the files with one to six things done to it.
  mutating func done(to files: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = files.isEmpty ? [] : files[number(below: files.count)]
    for _ in 0...number(below: 6) {
      let place = number(below: bytes.count + 1)
      switch number(below: 8) {
      case 0:
        if place < bytes.count { bytes[place] ^= 1 << UInt8(number(below: 8)) }
      case 1:
        if place < bytes.count { bytes[place] = UInt8(number(below: 256)) }
      case 2: bytes.removeSubrange(stretch(of: bytes))
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.insert(contentsOf: Array(bytes[stretch(of: bytes)]), at: place)
      case 5:
        let other: [UInt8] = files.isEmpty ? [] : files[number(below: files.count)]
        bytes.insert(contentsOf: Array(other[stretch(of: other)]), at: place)
      default: bytes.insert(contentsOf: Self.marks[number(below: Self.marks.count)], at: place)
      }
    }
    return Array(bytes.prefix(Self.greatestSize))
  }
}
