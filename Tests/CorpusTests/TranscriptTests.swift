import Conversation
import Corpus
import TestSupport
import Testing

@Suite struct TranscriptReaderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func read(_ text: String) throws -> [Transcript] {
    var reader = try TranscriptReader(path: try folder.write("t.jsonl", text))
    var all: [Transcript] = []
    while let transcript = try reader.next() { all.append(transcript) }
    return all
  }

  private let expected: [Message] = [
    .init(isAgent: false, text: "在吗"), .init(isAgent: true, text: "hi: there"), .init(isAgent: false, text: "where is it"),
  ]

  @Test(arguments: [
    #"{"id":"x","turns":[{"speaker":"customer","text":"在吗"},{"speaker":"agent","text":"hi: there"},{"speaker":"customer","text":"where is it","intent":"y"}],"more":1}"#,
    #"{"messages":[{"role":"system","content":"be kind"},{"role":"user","content":"在吗"},{"role":"assistant","content":"hi: there"},{"role":"tool","content":"{}"},{"role":"user","content":"where is it"}]}"#,
    "\n顾客：在吗\nagent: hi: there\nuser:where is it\n\n",
  ]) func readsEachForm(_ text: String) throws {
    #expect(try read(text + "\n").map(\.turns) == [expected])
  }

  @Test func blankLinesPartConversations() throws {
    #expect(try read("customer: a\nagent: b\n\n\ncustomer: c\n").map(\.turns.count) == [2, 1])
    #expect(try read("").isEmpty)
  }

  @Test(arguments: [
    ("{\"turns\":[{\"speaker\":\"robot\",\"text\":\"x\"}]}", "neither customer nor agent"),
    ("{\"turns\":3}", "not a conversation"),
    ("{\"id\":\"x\"}", "neither \"turns\" nor \"messages\""), ("customer: a\nhello", ":2: a message begins with"),
  ]) func badLinesAreNamed(_ text: String, _ message: String) throws {
    #expect { try read(text + "\n") } throws: { "\($0)".contains(message) && "\($0)".contains("t.jsonl:") }
  }

  @Test func passagesAreCutAtTheirHeadings() throws {
    let path = try folder.write(
      "returns.md", "# Returns\n\nintro\n\n## How long\n\n30 days.\n\nReally.\n\n## Empty\n\n## Who pays\nWe do.\n")
    let passages = try Passage.read(path)
    #expect(passages.map(\.heading) == ["How long", "Who pays"])
    #expect(passages[0].text == "30 days.\n\nReally." && passages[0].subject == "returns")
  }

  @Test func questionsFindTheirPassages() throws {
    _ = try folder.write("k/returns.md", "# R\n## How long\n30 days.\n")
    _ = try folder.write("k/questions.tsv", "returns\tHow long\tuntil when can i send it back\n")
    let corpus = try ConversationCorpus(paths: ["\(folder.path)/k"])
    #expect(corpus.questions.map(\.question) == ["until when can i send it back"])
    #expect(corpus.questions.first?.passage.text == "30 days.")
    _ = try folder.write("k/questions.tsv", "returns\tHow far\twhat\n")
    #expect { try ConversationCorpus(paths: ["\(folder.path)/k"]) } throws: { "\($0)".contains("no passage \"How far\"") }
  }
}
