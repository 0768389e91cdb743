import Agent
import CLineEdit
import Commerce
import Conversation
import Foundation

/// The chat in a terminal: line editing and history by GNU readline, a few commands that begin with a slash.
struct REPL {
  let current: CurrentAgent
  let start: Session
  let clock: ClockOption
  let log: TurnLog
  let historyPath: String

  private enum Command: String, CaseIterable {
    case help = "/help"
    case explain = "/explain"
    case wrong = "/wrong"
    case profile = "/profile"
    case forget = "/forget"
    case reset = "/reset"
    case quit = "/quit"

    var help: String {
      switch self {
      case .help: "this list"
      case .explain: "what was understood of your last message, and what was done"
      case .wrong: "mark the last answer as wrong, for steward review"
      case .profile: "what the shop knows of your interests, once you have said who you are"
      case .forget: "have that forgotten"
      case .reset: "begin a new conversation"
      case .quit: "leave (Ctrl-D does too)"
      }
    }
  }

  private static let historyLength: Int32 = 1000

  func run() throws {
    let style = Style(isOn: Output.hasColour(STDOUT_FILENO))
    prepareReadline()
    cl_history_read(historyPath)
    defer { saveHistory() }

    // \001 and \002 tell readline which bytes of the prompt take no room.
    let prompt = style.isOn ? "\u{1}\u{1B}[1;36m\u{2}you\u{1}\u{1B}[0m\u{2} › " : "you › "
    var current = current
    var agent: Agent { current.agent }
    var session = start
    var last: Turn?
    Output.line(style.dim("Write to the assistant in English or Chinese; /help lists the commands, Ctrl-D leaves."))
    say(agent.greeting(session, now: try clock.timestamp()), style)
    while true {
      var buffer: UnsafeMutablePointer<CChar>?
      switch cl_read(prompt, &buffer) {
      case CL_END:
        Output.line("")
        return
      case CL_INTERRUPTED:
        continue
      default: break
      }
      guard let buffer else { return }
      defer { free(buffer) }
      let line = String(cString: buffer)
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty { continue }
      cl_history_add(buffer)
      if current.refresh() { Output.line(style.dim("  a new model has been taken up")) }
      guard text.hasPrefix("/") else {
        let turn = agent.respond(to: line, in: &session, now: try clock.timestamp())
        turn.replies.forEach { say($0, style) }
        last = turn
        log.add(turn, at: try clock.time())
        continue
      }
      switch Command(rawValue: text) {
      case .help:
        for command in Command.allCases {
          Output.line("  " + style.bold(command.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)) + command.help)
        }
      case .explain:
        if let last {
          Explanation(turn: last, style: style).lines.forEach(Output.line)
        } else {
          Output.line("  Nothing said yet.")
        }
      case .wrong:
        Output.line(
          last.map { log.markWrong($0.conversation) } ?? false
            ? "  Marked; steward review shows it first." : "  Nothing on record to mark.")
      case .profile:
        showProfile(try agent.interests(session), currency: agent.currency, style)
      case .forget:
        if try agent.interests(session) == nil {
          Output.line("  Say who you are first: only you can have your interests forgotten.")
        } else {
          try agent.forgetInterests(session, now: try clock.timestamp())
          Output.line("  Forgotten: recommendations no longer go by what you looked at or bought.")
        }
      case .reset:
        session = start
        last = nil
        say(agent.greeting(session, now: try clock.timestamp()), style)
      case .quit:
        return
      case nil:
        Output.line("  \(TerminalText.oneLine(text)): no such command; /help lists them.")
      }
    }
  }

  private func showProfile(_ interests: CustomerInterests?, currency: String, _ style: Style) {
    guard let interests else {
      Output.line("  Nothing: you have not said who you are.")
      return
    }
    func price(_ amount: Int) -> String {
      decimal(Money(minorUnits: amount, currency: currency).decimal, Money.decimals(currency))
    }
    let rows: [(String, String)] = [
      ("categories", interests.categories.joined(separator: ", ")), ("brands", interests.brands.joined(separator: ", ")),
      ("colours", interests.colors.joined(separator: ", ")), ("sizes", interests.sizes.joined(separator: ", ")),
      ("prices", interests.prices.map { "\(price($0.lowerBound)) to \(price($0.upperBound)) \(currency)" } ?? ""),
      (
        "products",
        interests.history.isEmpty
          ? "" : "\(interests.history.count) looked at or bought, \(interests.owned.count) of them bought"
      ),
      ("not wanted", interests.declined.isEmpty ? "" : "\(interests.declined.count) products"),
      ("latest", interests.latest.map { String($0.prefix(10)) } ?? ""),
    ].filter { !$0.1.isEmpty }
    if rows.isEmpty { Output.line("  Nothing.") }
    for (name, value) in rows {
      Output.line("  " + style.bold(name.padding(toLength: 12, withPad: " ", startingAt: 0)) + TerminalText.oneLine(value))
    }
  }

  private func say(_ reply: Reply, _ style: Style) {
    let lines = TerminalText.filtered(reply.text).split(separator: "\n", omittingEmptySubsequences: false)
    for (i, line) in lines.enumerated() {
      Output.line(i == 0 ? style.green("steward") + " › \(line)" : "          \(line)")
    }
  }

  private func prepareReadline() {
    // readline keeps the words for as long as the program runs, so they are never freed.
    let words = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: Command.allCases.count + 1)
    for (i, command) in Command.allCases.enumerated() { words[i] = UnsafePointer(strdup(command.rawValue)) }
    words[Command.allCases.count] = nil
    cl_prepare("steward", words)
  }

  private func saveHistory() {
    let folder = (historyPath as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let failure = cl_history_write(historyPath, Self.historyLength)
    if failure != 0 {
      Output.note("steward: the history could not be written to \(historyPath): \(String(cString: strerror(failure)))")
    }
  }
}
