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
  @Flag(help: "Print one JSON object for each customer line.")
  var json = false

  func run() throws {
    let locations = try Locations()
    let (agent, service) = try makeAgent(locations, model: model, store: store)
    var authorization = Authorization()
    if let customer {
      guard let granted = service.authorization(forSignedIn: customer) else {
        throw Failure("--customer \(customer): no such customer in this store")
      }
      authorization = granted
    }
    let start = Session(seed: seed ?? .random(in: 0 ... .max), language: language.language, authorization: authorization)
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !json {
      try REPL(agent: agent, start: start, clock: clock, historyPath: "\(locations.stateFolder)/history").run()
    } else {
      try answerLines(agent, start)
    }
  }

  private func answerLines(_ agent: Agent, _ start: Session) throws {
    var session = start
    let input = try InputFile(path: "-")
    while let (_, bytes) = try input.nextLine() {
      // What is not UTF-8 comes through as replacement characters.
      let turn = agent.respond(to: String(decoding: bytes, as: UTF8.self), in: &session, now: try clock.timestamp())
      if json {
        Output.line(try JSONForms.line(TurnForm(turn)))
      } else {
        Output.line(TerminalText.oneLine(turn.replies.map(\.text).joined(separator: " ")))
      }
    }
  }
}
