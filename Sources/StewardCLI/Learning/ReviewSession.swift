import Conversation
import Foundation

/// A text that waits for a person's word.
struct ReviewItem {
  let id: Int64
  let text: String
  let language: String
  /// The intent it was taken for, and how surely.
  let best: IntentScore
  /// The likeliest intents, best first.
  let ranking: [IntentScore]
  let isWrong: Bool

  init(_ stored: ConversationLog.StoredEntry) {
    id = stored.id
    text = stored.entry.text
    language = stored.entry.language
    best = IntentScore(name: stored.entry.intent, confidence: stored.entry.confidence)
    ranking = stored.entry.ranking.map { IntentScore(name: $0.0, confidence: $0.1) }
    isWrong = stored.isWrong
  }

  /// The same text as a model understands it now.
  init(_ item: ReviewItem, as interpretation: Interpretation) {
    id = item.id
    text = item.text
    language = item.language
    isWrong = item.isWrong
    best = interpretation.intent
    ranking = interpretation.ranking
  }
}

/// What a person said of a text.
struct ReviewDecision {
  let id: Int64
  let text: String
  /// nil drops it.
  let intent: String?
}

/// The walk through texts in a terminal, a key for each.
struct ReviewSession {
  let items: [ReviewItem]
  /// The intents that have examples.
  let known: Set<String>
  let style: Style

  private static let shown = 5
  private static let keys =
    "1-\(shown) take that intent, o out of scope, n type a name, s skip, d drop for good, u undo, q write and leave"

  /// The decisions; nil when the walk was broken off.
  func run() -> [ReviewDecision]? {
    var input = KeyInput()
    var decisions: [ReviewDecision?] = []
    Output.line(style.dim(Self.keys))
    Output.line(style.dim("Nothing is written before q or the end; Ctrl-C leaves everything as it is."))
    while decisions.count < items.count {
      let item = items[decisions.count]
      show(item, number: decisions.count + 1)
      switch answer(to: item, &input) {
      case .decided(let intent):
        decisions.append(ReviewDecision(id: item.id, text: item.text, intent: intent))
        let isNew = intent.map { !known.contains($0) } ?? false
        Output.line("  → " + (intent.map(TerminalText.oneLine) ?? "dropped") + (isNew ? style.dim("  a new intent") : ""))
      case .skipped:
        decisions.append(nil)
        Output.line("  → " + style.dim("skipped"))
      case .undo:
        if decisions.popLast() == nil { Output.line("  " + style.dim("Nothing to undo.")) }
      case .finished:
        return decisions.compactMap(\.self)
      case .interrupted:
        return nil
      }
    }
    return decisions.compactMap(\.self)
  }

  private enum Answer {
    case decided(String?)
    case skipped, undo, finished, interrupted
  }

  private func show(_ item: ReviewItem, number: Int) {
    Output.line("")
    Output.line("\(number)/\(items.count)  " + style.bold(TerminalText.oneLine(item.text)))
    let wrong = item.isWrong ? "marked wrong; " : ""
    Output.line(style.dim("  \(wrong)taken for \(TerminalText.oneLine(item.best.name)) \(percent(item.best.confidence))"))
    for (i, score) in item.ranking.prefix(Self.shown).enumerated() {
      Output.line("  \(i + 1)  " + Table.left(score.name, 34) + percent(score.confidence))
    }
  }

  /// Waits for a key that means something.
  private func answer(to item: ReviewItem, _ input: inout KeyInput) -> Answer {
    while true {
      switch input.next() {
      case .interrupt: return .interrupted
      case .end: return .finished
      case .character("q"): return .finished
      case .character("o"): return .decided(Interpretation.outOfScope)
      case .character("d"): return .decided(nil)
      case .character("s"): return .skipped
      case .character("u"): return .undo
      case .character("n"):
        Output.line("  " + style.dim("The intent's name, and Enter; without a name back to the keys:"))
        if let name = input.line().map(Self.name), !name.isEmpty { return .decided(name) }
      case .character(let key):
        if let number = key.wholeNumberValue, (1...Self.shown).contains(number), number <= item.ranking.count {
          return .decided(item.ranking[number - 1].name)
        }
        Output.line("  " + style.dim(Self.keys))
      }
    }
  }

  /// A typed name without white space at its ends and without what is no text.
  private static func name(_ line: String) -> String {
    String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func percent(_ share: Double) -> String { Table.right(decimal(share * 100, 1), 5) + "%" }
}
