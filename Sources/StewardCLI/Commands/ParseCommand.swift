import ArgumentParser
import Corpus
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

  func run() throws {
    let interpreter = Interpreter(tokenizer: try Tokenizer(), classifier: try model.load(try Locations()).intents)
    func show(_ text: String) throws { Output.line(try JSONForms.line(InterpretationForm(interpreter.interpret(text)))) }
    guard texts.isEmpty else { return try texts.forEach(show) }
    let input = try InputFile(path: "-")
    while let (_, bytes) = try input.nextLine() { try show(String(decoding: bytes, as: UTF8.self)) }
  }
}
