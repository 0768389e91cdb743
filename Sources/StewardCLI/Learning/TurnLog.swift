import Conversation
import Corpus
import Foundation

/// Writes turns into the log of conversations, personal data masked. A log that cannot be written is noted once and then left alone: a
/// conversation does not stop for it.
final class TurnLog {
  private var log: ConversationLog?

  /// - Parameter path: nil keeps no log.
  init(path: String?) {
    guard let path else { return }
    do {
      log = try ConversationLog(path: path)
    } catch {
      Output.note("steward: no log is kept: \(TerminalText.oneLine("\(error)"))")
    }
  }

  func add(_ turn: Turn, at time: Date) {
    guard let log else { return }
    let interpretation = turn.interpretation
    // What names somebody in the question names them in the answer too.
    let said = interpretation.entities.filter(\.isIdentifier).map(\.text)
    let reply = said.reduce(turn.replies.map(\.text).joined(separator: "\n")) { $0.replacing($1, with: "•") }
    let spans = interpretation.entities.filter(\.isIdentifier).map { (range: $0.span, kind: $0.type) }
    do {
      try log.add(
        .init(
          conversation: turn.conversation, turn: turn.number, at: time.formatted(.iso8601),
          text: PersonalData.masked(interpretation.utterance.text, spans: spans),
          language: (interpretation.utterance.language ?? .english).rawValue, intent: interpretation.intent.name,
          confidence: interpretation.intent.confidence, ranking: interpretation.ranking.map { ($0.name, $0.confidence) },
          flow: turn.flow, reply: PersonalData.masked(reply, spans: [])))
    } catch {
      Output.note("steward: the log is not written any more: \(TerminalText.oneLine("\(error)"))")
      self.log = nil
    }
  }

  /// Marks the last turn of a conversation as wrong; false when there is none on record.
  func markWrong(_ conversation: String) -> Bool {
    (try? log?.markLast(conversation: conversation, note: "wrong")) ?? false
  }
}
