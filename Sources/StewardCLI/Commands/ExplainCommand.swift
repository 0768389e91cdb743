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
      The likeliest intents, how much attention each word got, the entities, the stored reply that fits best with the words it hangs on,
      and the training examples most like the text: when the answer is wrong, those are the lines to look at.

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

    struct ReplyWeight: Encodable {
      let token: String
      let weight: Float
    }
    struct ReplyForm: Encodable {
      let text: String
      let source: String
      let attention: [ReplyWeight]
    }

    let interpretation: InterpretationForm
    let attention: [Weight]
    let reply: ReplyForm?
    let nearest: [TrainingExamples.Neighbour]
  }

  func run() throws {
    let model = try model.load(try Locations())
    let tokenizer = try Tokenizer()
    let interpretation = model.interpreter(tokenizer).interpret(text, today: try clock.today())
    let reply = model.selector.flatMap { selector -> Form.ReplyForm? in
      let reader = selector.reader(tokenizer)
      let context = ResponseSelector.context([Message(isAgent: false, text: text)], reader)
      let given = interpretation.answer.map { (text: $0.text, source: $0.source) }
      guard
        let best = given ?? selector.suggestions(context, count: 1, reader).first.map({ ($0.reply.text, $0.reply.source) })
      else { return nil }
      return Form.ReplyForm(
        text: best.text, source: best.source,
        attention: selector.attention(of: best.text, to: text, reader).map { .init(token: $0.word, weight: $0.weight) })
    }
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
          Form(
            interpretation: InterpretationForm(interpretation), attention: weights, reply: reply, nearest: nearest)))
      return
    }
    let style = Style(isOn: Output.hasColour(STDOUT_FILENO))
    let explanation = Explanation(interpretation: interpretation, style: style)
    explanation.lines.forEach(Output.line)
    if let reply {
      Output.line(
        "  " + style.bold("best reply") + "  " + TerminalText.oneLine(reply.text) + "  "
          + style.dim(TerminalText.oneLine(reply.source)))
      Output.line("  " + style.bold("it rests on") + " " + explanation.strip(reply.attention.map { ($0.token, $0.weight) }))
    }
    for (index, neighbour) in nearest.enumerated() {
      let head = index == 0 ? "  " + style.bold("nearest") + "     " : "              "
      let text = TerminalText.oneLine(neighbour.text)
      Output.line(
        head + decimal(neighbour.similarity, 2) + "  \(text)  " + style.dim(TerminalText.oneLine(neighbour.intent)))
    }
  }
}
