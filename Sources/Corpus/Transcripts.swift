import Conversation
import Foundation

/// A recorded conversation.
package struct Transcript: Hashable, Sendable {
  package let id: String
  package let turns: [Message]

  package init(id: String, turns: [Message]) {
    self.id = id
    self.turns = turns
  }
}

/// Reads conversations one after another, in any of three forms, known by what a file begins with:
/// JSON Lines `{"id", "turns": [{"speaker", "text"}]}`, JSON Lines `{"messages": [{"role", "content"}]}`, and plain text with a line
/// `customer: …` or `agent: …` for each message (`user:`, `assistant:`, `顾客：`, `客服：` as well) and a blank line between
/// conversations.
package struct TranscriptReader {
  private let file: InputFile
  private let isJSON: Bool
  private var count = 0

  private struct Record: Decodable {
    struct Turn: Decodable {
      let speaker: String
      let text: String
    }
    struct RoleMessage: Decodable {
      let role: String
      let content: String?
    }

    let id: String?
    let turns: [Turn]?
    let messages: [RoleMessage]?
  }

  package init(path: String) throws(CorpusError) {
    var isFolder: ObjCBool = false
    if path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw CorpusError(.init(file: path), "a folder; name the files in it")
    }
    file = try InputFile(path: path)
    isJSON = try file.peekLine().drop { $0.isWhitespace }.first == "{"
  }

  /// The next conversation; nil at the end. A line that is none is an error, after which reading can go on.
  package mutating func next() throws(CorpusError) -> Transcript? {
    isJSON ? try nextRecord() : try nextPlain()
  }

  private mutating func nextRecord() throws(CorpusError) -> Transcript? {
    while let (number, line) = try file.nextText() {
      if line.trimmed.isEmpty { continue }
      count += 1
      let place = SourcePlace(file: file.name, line: number)
      let record: Record
      do {
        record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
      } catch {
        throw CorpusError(place, "not a conversation: it wants {\"turns\": [{\"speaker\", \"text\"}]} or {\"messages\": …}")
      }
      var turns: [Message] = []
      for turn in record.turns ?? [] {
        guard let isAgent = Self.speakers[turn.speaker.lowercased()] else {
          throw CorpusError(place, "the speaker \"\(turn.speaker.prefix(40))\" is neither customer nor agent")
        }
        turns.append(.init(isAgent: isAgent, text: turn.text))
      }
      // What a system or a tool says is no turn.
      for message in record.messages ?? [] {
        if let isAgent = Self.speakers[message.role.lowercased()], let text = message.content, !text.isEmpty {
          turns.append(.init(isAgent: isAgent, text: text))
        }
      }
      if record.turns == nil, record.messages == nil { throw CorpusError(place, "neither \"turns\" nor \"messages\" in it") }
      return Transcript(id: record.id ?? String(count), turns: turns)
    }
    return nil
  }

  private mutating func nextPlain() throws(CorpusError) -> Transcript? {
    var turns: [Message] = []
    while let (number, line) = try file.nextText() {
      let line = line.trimmed
      if line.isEmpty {
        if turns.isEmpty { continue }
        break
      }
      guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }),
        let isAgent = Self.speakers[line[..<colon].trimmed.lowercased()]
      else {
        throw CorpusError(
          .init(file: file.name, line: number), "a message begins with \"customer:\" or \"agent:\" (顾客：, 客服：)")
      }
      turns.append(.init(isAgent: isAgent, text: line[line.index(after: colon)...].trimmed))
    }
    if turns.isEmpty { return nil }
    count += 1
    return Transcript(id: String(count), turns: turns)
  }

  /// Who speaks, and whether it is the agent.
  private static let speakers = [
    "customer": false, "user": false, "顾客": false, "客户": false, "用户": false, "agent": true, "assistant": true, "客服": true,
    "助手": true,
  ]
}
