import ArgumentParser
import Conversation
import Corpus
import Foundation
import Glibc
import NLU
import Text

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Label what customers said and the assistant was unsure of.",
    discussion: """
      Walks through the texts of the log: first those marked as wrong, then the rejected ones, then the least sure. One key
      settles a text; what was accepted goes into the files of --intents, where the next steward train finds it. Nothing is
      written before q or the end: Ctrl-C leaves everything as it is.

      Without a terminal at standard input, lines of ID TAB INTENT are applied, all or none; ID TAB - drops a text for good.

      EXAMPLES:
        steward review
        steward review --list --limit 200 > queue.tsv
        printf '17\\tcancel_order\\n23\\t-\\n' | steward review
        steward review --json | jq -r 'select(.confidence < 0.5) | "\\(.id)\\t\\(.intent)"'
      """)

  @Option(help: "The folder of examples to add to (default: intents/).")
  var intents: String?
  @OptionGroup var log: LogOption
  @OptionGroup var model: ModelOption
  @Option(help: "How many texts.")
  var limit = 50
  @Flag(help: "Print the texts instead, as id, text, intent and confidence with TABs between.")
  var list = false
  @Flag(help: "Print the texts instead, one JSON object for each.")
  var json = false

  private struct ItemForm: Encodable {
    let id: Int64
    let text: String
    let language: String
    let intent: String
    let confidence: Double
    let intent_ranking: [IntentScore]
    let marked_wrong: Bool
  }

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit wants a number of at least 1") }
  }

  func run() throws {
    let locations = try Locations()
    let log = try log.open(locations)
    let folder = intents ?? locations.inHome("intents")
    if list || json { return try printQueue(try queue(log, locations)) }
    // What is wrong with the folder had better be known before the work than after it.
    let examples = try TrainingData(paths: [folder]).examples
    guard isatty(STDIN_FILENO) == 1 else {
      return try apply(try readDecisions(log), log, folder, examples)
    }
    let items = try queue(log, locations)
    if items.isEmpty { return Output.line("Nothing to review: every text of the log has been looked at.") }
    let session = ReviewSession(
      items: items, known: Set(examples.map(\.intent)), style: Style(isOn: Output.hasColour(STDOUT_FILENO)))
    guard let decisions = session.run() else {
      Output.note("steward: broken off; nothing was written")
      Glibc.exit(130)
    }
    try apply(decisions, log, folder, examples)
  }

  // MARK: the queue

  /// The texts to look at, with the intents the log has, or with those of the model that was asked for.
  private func queue(_ log: ConversationLog, _ locations: Locations) throws -> [ReviewItem] {
    let items = try log.uncertain(limit: limit).map { ReviewItem($0) }
    guard model.name != nil else { return items }
    let interpreter = try model.load(locations).interpreter(try Tokenizer())
    return items.map { ReviewItem($0, as: interpreter.interpret($0.text)) }
  }

  private func printQueue(_ items: [ReviewItem]) throws {
    for item in items {
      if json {
        Output.line(
          try JSONForms.line(
            ItemForm(
              id: item.id, text: item.text, language: item.language, intent: item.best.name, confidence: item.best.confidence,
              intent_ranking: item.ranking, marked_wrong: item.isWrong)))
      } else {
        // Filtered field by field: what is filtered holds no TAB.
        let fields = [
          String(item.id), TerminalText.oneLine(item.text), TerminalText.oneLine(item.best.name),
          decimal(item.best.confidence, 3),
        ]
        Output.line(fields.joined(separator: "\t"))
      }
    }
  }

  /// The lines of standard input; the last word on a text counts.
  private func readDecisions(_ log: ConversationLog) throws -> [ReviewDecision] {
    let input = try InputFile(path: "-")
    var decisions: [ReviewDecision] = []
    var places: [Int64: Int] = [:]
    while let (number, line) = try input.nextText() {
      if line.allSatisfy(\.isWhitespace) { continue }
      let place = SourcePlace(file: input.name, line: number)
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard fields.count == 2, let id = Int64(fields[0]), !fields[1].isEmpty else {
        throw CorpusError(place, "not ID TAB INTENT, nor ID TAB - ; steward review --list shows the ids")
      }
      guard let stored = try log.entry(id: id) else {
        throw CorpusError(place, "the log has no text \(id); steward review --list shows the ids")
      }
      let decision = ReviewDecision(id: id, text: stored.entry.text, intent: fields[1] == "-" ? nil : fields[1])
      if let index = places[id] {
        decisions[index] = decision
      } else {
        places[id] = decisions.count
        decisions.append(decision)
      }
    }
    return decisions
  }

  // MARK: the result

  /// Writes the accepted texts into the folder, takes all that was decided out of the queue, and says what went where.
  private func apply(
    _ decisions: [ReviewDecision], _ log: ConversationLog, _ folder: String, _ examples: [Example]
  ) throws {
    var accepted: [(text: String, intent: String)] = []
    for decision in decisions {
      if let intent = decision.intent { accepted.append((decision.text, intent)) }
    }
    noteConflicts(accepted, examples)
    let tokenizer = try Tokenizer()
    let contents = try IntentFileEditor.adding(accepted, toFolder: folder) {
      tokenizer.utterance($0).language?.rawValue ?? Language.english.rawValue
    }
    var added = 0
    var lines: [String] = []
    for (path, content) in contents.sorted(by: { $0.key < $1.key }) {
      let before = FileManager.default.fileExists(atPath: path) ? try TrainingData(paths: [path]).examples.count : 0
      try AtomicFile.write(Data(content.utf8), to: path)
      let count = try TrainingData(paths: [path]).examples.count - before
      added += count
      lines.append("  \(TerminalText.oneLine(path)): \(Self.counted(count, "example"))")
    }
    let groups = Dictionary(grouping: decisions) { $0.intent ?? "" }
    for (intent, group) in groups.sorted(by: { $0.key < $1.key }) {
      try log.setReviewed(ids: group.map(\.id), label: intent.isEmpty ? nil : intent)
    }
    var summary = "\(Self.counted(added, "example")) added"
    if accepted.count > added { summary += ", \(accepted.count - added) were there already" }
    if decisions.count > accepted.count { summary += ", \(decisions.count - accepted.count) dropped" }
    Output.line(summary)
    lines.forEach(Output.line)
    if added > 0 { Output.line("Learn them with steward train.") }
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// Texts that now stand under two intents teach chance; somebody has to choose.
  private func noteConflicts(_ accepted: [(text: String, intent: String)], _ examples: [Example]) {
    var first: [String: Example] = [:]
    for example in examples where example.question == nil && first[example.text] == nil { first[example.text] = example }
    for (text, intent) in accepted {
      guard let other = first[text], other.intent != intent else { continue }
      let words = "\"\(text.prefix(60))\" is \(other.intent) at \(other.place), and now \(intent); keep one of them"
      Output.note("steward: " + TerminalText.oneLine(words))
    }
  }
}

/// `--log`, wherever the log of conversations is read.
struct LogOption: ParsableArguments {
  @Option(
    name: .customLong("log"), help: "The log of conversations (default: conversations.sqlite in the user's state folder).")
  var file: String?

  /// Where it is.
  func path(_ locations: Locations) -> String { file ?? "\(locations.stateFolder)/conversations.sqlite" }

  /// Opens a log that is there.
  func open(_ locations: Locations) throws -> ConversationLog {
    let path = path(locations)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure("\(path): no log of conversations there yet; talk to the assistant first (steward chat)")
    }
    return try ConversationLog(path: path)
  }
}
