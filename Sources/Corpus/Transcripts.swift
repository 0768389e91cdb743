import Conversation
import Foundation

/// A recorded conversation.
package struct Transcript: Hashable, Sendable {
  /// What somebody has said a customer's message means, and what should come of it.
  package struct Labels: Hashable, Sendable {
    package struct Action: Hashable, Sendable {
      package let name: String
      package let arguments: [String: Argument]
    }

    /// A value of an action; a list is one of texts.
    package enum Argument: Hashable, Sendable, Decodable {
      case text(String)
      case texts([String])

      package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .text(text)
        } else if let texts = try? container.decode([String].self) {
          self = .texts(texts)
        } else if let flag = try? container.decode(Bool.self) {
          self = .text(flag ? "true" : "false")
        } else if let number = try? container.decode(Double.self) {
          self = .text(number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number))
        } else {
          throw DecodingError.dataCorruptedError(
            in: container, debugDescription: "an argument is a text, a number or a list of texts")
        }
      }
    }

    package var intent: String?
    package var annotations: [Example.Annotation]?
    package var actions: [Action]?
    /// The reply, by its key (`utter_…`) or its words.
    package var response: String?

    var isEmpty: Bool { intent == nil && annotations == nil && actions == nil && response == nil }
  }

  package let id: String
  package let turns: [Message]
  /// By the place of the customer's message. What the agent's messages that follow carry is said of the customer's before them.
  package let labels: [Int: Labels]

  package init(id: String, turns: [Message], labels: [Int: Labels] = [:]) {
    self.id = id
    self.turns = turns
    self.labels = labels
  }
}

/// Reads conversations one after another, in any of three forms, known by what a file begins with:
/// JSON Lines `{"id", "turns": [{"speaker", "text"}]}`, JSON Lines `{"messages": [{"role", "content"}]}`, and plain text with a line
/// `customer: …` or `agent: …` for each message (`user:`, `assistant:`, `顾客：`, `客服：` as well) and a blank line between
/// conversations.
package struct TranscriptReader {
  private let file: InputFile
  private var count = 0

  private struct Record: Decodable {
    struct Action: Decodable {
      let name: String
      let arguments: [String: Transcript.Labels.Argument]?
    }
    struct Turn: Decodable {
      let speaker: String
      let text: String
      let intent: String?
      let entities: [EntityRecord]?
      let actions: [Action]?
      let response: String?
    }
    struct RoleMessage: Decodable {
      let role: String
      let content: String?
    }

    /// A text, or a number.
    struct ID: Decodable {
      let text: String

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = try (try? container.decode(String.self)) ?? String(container.decode(Int.self))
      }
    }

    let id: ID?
    let turns: [Turn]?
    let messages: [RoleMessage]?
  }

  package init(path: String) throws(CorpusError) {
    var isFolder: ObjCBool = false
    if path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw CorpusError(.init(file: path), "a folder; name the files in it")
    }
    file = try InputFile(path: path)
  }

  /// The next conversation; nil at the end. What is none is an error, after which reading can go on.
  package mutating func next() throws(CorpusError) -> Transcript? {
    guard let pending = try nextPending() else { return nil }
    switch pending.transcript() {
    case .success(let transcript): return transcript
    case .failure(let error): throw error
    }
  }

  /// A conversation still to be made of its line: the work that can be shared out.
  package enum Pending: Sendable {
    case line(String, SourcePlace, id: Int)
    case ready(Result<Transcript, CorpusError>)

    package func transcript() -> Result<Transcript, CorpusError> {
      switch self {
      case .ready(let result): return result
      case .line(let text, let place, let id):
        do throws(CorpusError) {
          return .success(try TranscriptReader.transcript(text, place, id: id))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  /// The next conversations, at most so many, as far as reading the file makes them; none at the end.
  package mutating func pending(_ greatest: Int) -> [Pending] {
    var pending: [Pending] = []
    while pending.count < greatest {
      do throws(CorpusError) {
        guard let next = try nextPending() else { break }
        pending.append(next)
      } catch {
        pending.append(.ready(.failure(error)))
      }
    }
    return pending
  }

  fileprivate static func transcript(_ line: String, _ place: SourcePlace, id: Int) throws(CorpusError) -> Transcript {
    let record: Record
    do {
      record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
    } catch {
      throw CorpusError(place, "not a conversation: \(reason(error))")
    }
    var turns: [Message] = []
    var labels: [Int: Transcript.Labels] = [:]
    var lastCustomer: Int?
    for turn in record.turns ?? [] {
      guard let isAgent = speakers[turn.speaker.lowercased()] else {
        throw CorpusError(place, "the speaker \"\(turn.speaker.prefix(40))\" is neither customer nor agent")
      }
      if !isAgent { lastCustomer = turns.count }
      if let customer = lastCustomer {
        var known = labels[customer] ?? Transcript.Labels()
        try add(turn, isAgent: isAgent, to: &known, place)
        if !known.isEmpty { labels[customer] = known }
      }
      turns.append(.init(isAgent: isAgent, text: turn.text))
    }
    // What a system or a tool says is no turn.
    for message in record.messages ?? [] {
      if let isAgent = speakers[message.role.lowercased()], let text = message.content, !text.isEmpty {
        turns.append(.init(isAgent: isAgent, text: text))
      }
    }
    if record.turns == nil, record.messages == nil { throw CorpusError(place, "neither \"turns\" nor \"messages\" in it") }
    return Transcript(id: record.id?.text ?? String(id), turns: turns, labels: labels)
  }

  /// What a decoder found wrong, with the way to it.
  private static func reason(_ error: any Error) -> String {
    func way(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? "\"\($0.stringValue)\"" }.joined(separator: ".")
    }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context)?: "no \"\(key.stringValue)\" in \(way(context.codingPath))"
    case .typeMismatch(let type, let context)?: "\(way(context.codingPath)) is no \(type)"
    case .valueNotFound(_, let context)?: "\(way(context.codingPath)) has no value"
    case .dataCorrupted(let context)? where !context.codingPath.isEmpty:
      "\(way(context.codingPath)): \(context.debugDescription)"
    default: "the line is not JSON"
    }
  }

  private static func add(
    _ turn: Record.Turn, isAgent: Bool, to labels: inout Transcript.Labels, _ place: SourcePlace
  ) throws(CorpusError) {
    if !isAgent {
      labels.intent = turn.intent
      if let entities = turn.entities {
        var annotations: [Example.Annotation] = []
        for entity in entities { annotations.append(try entity.annotation(in: turn.text, place)) }
        labels.annotations = annotations
      }
    }
    if let actions = turn.actions {
      labels.actions = (labels.actions ?? []) + actions.map { .init(name: $0.name, arguments: $0.arguments ?? [:]) }
    }
    if let response = turn.response { labels.response = labels.response ?? response }
  }

  /// A line that begins with a brace is a conversation, other lines are messages of one.
  private mutating func nextPending() throws(CorpusError) -> Pending? {
    var turns: [Message] = []
    while let (number, text) = try file.nextText() {
      let line = text.trimmed
      if line.isEmpty {
        if turns.isEmpty { continue }
        break
      }
      let place = SourcePlace(file: file.name, line: number)
      if turns.isEmpty, line.hasPrefix("{") {
        count += 1
        return .line(text, place, id: count)
      }
      guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }),
        let isAgent = Self.speakers[line[..<colon].trimmed.lowercased()]
      else {
        // What follows belongs to the same conversation, and half of one says something else than it did.
        if !turns.isEmpty { while let (_, rest) = try file.nextText(), !rest.trimmed.isEmpty {} }
        throw CorpusError(place, "a message begins with \"customer:\" or \"agent:\" (顾客：, 客服：), a conversation in JSON with {")
      }
      turns.append(.init(isAgent: isAgent, text: line[line.index(after: colon)...].trimmed))
    }
    if turns.isEmpty { return nil }
    count += 1
    return .ready(.success(Transcript(id: String(count), turns: turns)))
  }

  /// Who speaks, and whether it is the agent.
  private static let speakers = [
    "customer": false, "user": false, "顾客": false, "客户": false, "用户": false, "agent": true, "assistant": true, "客服": true,
    "助手": true,
  ]
}
