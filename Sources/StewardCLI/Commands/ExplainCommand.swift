import ArgumentParser
import Conversation
import Foundation
import Glibc
import NLU
import Neural
import Text

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show why a text is understood as it is.",
    discussion: """
      The likeliest intents, how much attention each word got, the entities, and the training examples most like the text: when the
      answer is wrong, those are the lines to look at.

      EXAMPLES:
        steward explain "where is my order"
        steward explain 我要退货 --model mine --json | jq .nearest
      """)

  @Argument(help: "The text.")
  var text: String
  @OptionGroup var model: ModelOption
  @OptionGroup var clock: ClockOption
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  private static let neighbours = 5

  private struct Form: Encodable {
    struct Weight: Encodable {
      let token: String
      let start: Int
      let end: Int
      let weight: Float
    }

    let interpretation: InterpretationForm
    let attention: [Weight]
    let nearest: [TrainingExamples.Neighbour]
  }

  func run() throws {
    let model = try model.load(try Locations())
    let tokenizer = try Tokenizer()
    let interpretation = model.interpreter(tokenizer).interpret(text, today: try clock.today())
    let nearest = model.examples.nearest(
      to: text, count: Self.neighbours, classifier: model.intents, tokenizer: tokenizer,
      threads: threads ?? Parallel.processors)
    if json {
      let weights = zip(interpretation.utterance.tokens, interpretation.attention).map { token, weight in
        Form.Weight(
          token: interpretation.utterance.substring(token.span), start: token.span.lowerBound, end: token.span.upperBound,
          weight: weight)
      }
      Output.line(
        try JSONForms.line(
          Form(interpretation: InterpretationForm(interpretation), attention: weights, nearest: nearest)))
      return
    }
    let style = Style(isOn: Output.hasColour(STDOUT_FILENO))
    Explanation(interpretation: interpretation, style: style).lines.forEach(Output.line)
    for (index, neighbour) in nearest.enumerated() {
      let head = index == 0 ? "  " + style.bold("nearest") + "     " : "              "
      let text = TerminalText.oneLine(neighbour.text)
      Output.line(
        head + decimal(neighbour.similarity, 2) + "  \(text)  " + style.dim(TerminalText.oneLine(neighbour.intent)))
    }
  }
}
