import Agent
import ArgumentParser
import Commerce
import Conversation
import Corpus
import Foundation

struct ChatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Talk to the assistant: in the terminal, or line by line through a pipe.",
    discussion: """
      In a pipe each input line gets exactly one output line; line breaks inside a reply become " · ".

      Messages are logged for steward review, with e-mail addresses, numbers of telephones, cards and orders, and postcodes masked;
      --no-log, or "log: false" in steward.yml, keeps none.

      EXAMPLES:
        steward chat
        printf 'hi\\nwhere is my order\\n' | steward chat
        steward chat --customer hannah_whitlock_2947 --json < lines.txt
      """)

  enum LanguageChoice: String, ExpressibleByArgument, CaseIterable {
    case en, zh, auto

    var language: Language? { Language(rawValue: rawValue) }
  }

  @OptionGroup var model: ModelOption
  @OptionGroup var store: StoreOption
  @OptionGroup var clock: ClockOption
  @Option(help: "The id of a customer who is signed in already.")
  var customer: String?
  @Option(help: "The language of the replies: en, zh, or auto for the customer's.")
  var language: LanguageChoice = .auto
  @Option(help: "Fixes the conversation's id and choice of words.")
  var seed: UInt64?
  @OptionGroup var log: LogOption
  @Flag(help: "Keep no log of the conversation.")
  var noLog = false
  @Flag(help: "Print one JSON object for each customer line.")
  var json = false

  func run() throws {
    let locations = try Locations()
    let (agent, service) = try makeAgent(locations, model: model, store: store)
    var current = CurrentAgent(agent, locations: locations, model: model, store: store)
    var authorization = Authorization()
    if let customer {
      guard let granted = service.authorization(forSignedIn: customer) else {
        throw Failure("--customer \(customer): no such customer in this store")
      }
      authorization = granted
    }
    let start = Session(seed: seed ?? .random(in: 0 ... .max), language: language.language, authorization: authorization)
    let turns = TurnLog(path: noLog || !locations.keepsLog ? nil : log.path(locations))
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !json {
      try REPL(current: current, start: start, clock: clock, log: turns, historyPath: "\(locations.stateFolder)/history").run()
    } else {
      try answerLines(&current, start, turns)
    }
  }

  private func answerLines(_ current: inout CurrentAgent, _ start: Session, _ log: TurnLog) throws {
    var session = start
    let input = try InputFile(path: "-")
    while let (_, bytes) = try input.nextLine() {
      current.refresh()
      // What is not UTF-8 comes through as replacement characters.
      let turn = current.agent.respond(to: String(decoding: bytes, as: UTF8.self), in: &session, now: try clock.timestamp())
      log.add(turn, at: try clock.time())
      if json {
        Output.line(try JSONForms.line(TurnForm(turn)))
      } else {
        Output.line(TerminalText.oneLine(turn.replies.map(\.text).joined(separator: " ")))
      }
    }
  }
}
