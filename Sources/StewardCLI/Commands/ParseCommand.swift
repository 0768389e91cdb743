import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Text

struct ParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Print what was meant: one JSON object for each text.",
    discussion: """
      Each argument is a text; without arguments each line of standard input is.

      EXAMPLES:
        steward parse "where is order #W2378156" "我要退货"
        cat questions.txt | steward parse --model mine
      """)

  @Argument(help: "Texts; without any, the lines of standard input.")
  var texts: [String] = []
  @OptionGroup var model: ModelOption
  @OptionGroup var clock: ClockOption

  func run() throws {
    let interpreter = try model.load(try Locations()).interpreter(try Tokenizer())
    let today = try clock.today()
    func show(_ text: String) throws {
      Output.line(try JSONForms.line(InterpretationForm(interpreter.interpret(text, today: today))))
    }
    guard texts.isEmpty else { return try texts.forEach(show) }
    let input = try InputFile(path: "-")
    while let (_, bytes) = try input.nextLine() { try show(String(decoding: bytes, as: UTF8.self)) }
  }
}
