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
      ChatCommand.self, TrainCommand.self, ParseCommand.self, EvaluateCommand.self, ExplainCommand.self, BenchCommand.self,
      DataCommand.self, StoreCommand.self, SimulateCommand.self, SuggestCommand.self,
      SearchCommand.self, RecommendCommand.self, RespondCommand.self, CompareCommand.self, ModelCommand.self, TuneCommand.self,
      ReviewCommand.self,
    ],
    defaultSubcommand: ChatCommand.self)

  /// Exit codes: 0, 1 for a failure explained in one line, 2 for wrong usage, 130 on Ctrl-C.
  static func main() {
    endOnInterrupt()
    // A file that may grow no further is an error to answer, not a reason to die.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      finish(error)
    }
  }

  /// Ctrl-C ends the program with 130, also when whoever started it had the signal blocked.
  private static func endOnInterrupt() {
    signal(SIGINT) { _ in _exit(130) }
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Ends the program as an error asks: help and versions are results, wrong usage shows how to call, the rest is one line.
  private static func finish(_ error: any Error) -> Never {
    switch exitCode(for: error) {
    case .success:
      Output.line(fullMessage(for: error))
      Glibc.exit(0)
    case .validationFailure:
      Output.note(fullMessage(for: error))
      Glibc.exit(2)
    default:
      Output.note("steward: \(TerminalText.filtered(String(describing: error)).replacing("\n", with: " "))")
      Glibc.exit(1)
    }
  }
}

/// A failure in one line.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
