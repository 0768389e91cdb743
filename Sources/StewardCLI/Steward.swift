import ArgumentParser
import Glibc

/// The program: its commands, and what becomes of their errors.
@main
struct Steward: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steward",
    abstract: "A customer-service assistant for shops, in English and Chinese, on an ordinary machine.",
    discussion: """
      Without a command, `steward` opens a chat.

      EXAMPLES:
        steward                                         chat in the terminal
        printf 'hi\\n我的订单到哪了\\n' | steward chat    answer each line of a pipe
        steward train                                   train the default model
        steward train --intents my-intents/ --model mine
        steward evaluate intents test.tsv --model mine
      """,
    version: "0.1.0",
    subcommands: [
      ChatCommand.self, TrainCommand.self, ParseCommand.self, EvaluateCommand.self, DataCommand.self, StoreCommand.self,
    ],
    defaultSubcommand: ChatCommand.self)

  /// Exit codes: 0, 1 for a failure explained in one line, 2 for wrong usage, 130 on Ctrl-C.
  static func main() {
    signal(SIGINT) { _ in _exit(130) }
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      finish(error, usage: true)
    }
    do {
      try command.run()
    } catch {
      finish(error, usage: false)
    }
    finish(nil, usage: false)
  }

  private static func finish(_ error: (any Error)?, usage: Bool) -> Never {
    guard let error else { Glibc.exit(0) }
    let isParserError = usage || error is ValidationError || error is CleanExit || error is ExitCode
    if isParserError {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty {
        if code.isSuccess { Output.line(message) } else { Output.note(message) }
      }
      Glibc.exit(code.isSuccess ? 0 : code == .validationFailure ? 2 : code.rawValue)
    }
    Output.note("steward: \(TerminalText.filtered(String(describing: error)).replacing("\n", with: " "))")
    Glibc.exit(1)
  }
}

/// A failure in one line.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
