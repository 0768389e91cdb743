import ArgumentParser
import Corpus
import NLU
import Text

struct SuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Suggest replies to the last customer message of a conversation.",
    discussion: """
      For a person who answers customers: prints the replies that fit best of all those the model has learnt, with scores and sources. A
      conversation is plain text with customer: and agent: lines, or JSON Lines as in README; of several the last counts.

      EXAMPLES:
        printf 'customer: how long does shipping take?\\n' | steward suggest
        steward suggest chat.jsonl --count 5 --json
      """)

  @Argument(help: "A conversation (default: standard input).")
  var file = "-"
  @OptionGroup var model: ModelOption
  @Option(help: "How many replies.")
  var count = 3
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct SuggestionForm: Encodable {
    let text: String
    let score: Double
    let source: String
  }
  private struct Form: Encodable {
    let customer: String
    let suggestions: [SuggestionForm]
  }

  func validate() throws {
    if !(1...100).contains(count) { throw ValidationError("--count wants a number from 1 to 100") }
  }

  func run() throws {
    let selector = try Model.selector(path: try Locations().model(flag: model.name))
    var reader = try TranscriptReader(path: file)
    var last: Transcript?
    while let transcript = try reader.next() { last = transcript }
    guard let turns = last?.turns, let end = turns.lastIndex(where: { !$0.isAgent }) else {
      throw Failure("\(file): no customer's message in it; write lines that begin with \"customer:\"")
    }
    let messages = selector.reader(try Tokenizer())
    let context = ResponseSelector.context(Array(turns[...end]), messages)
    let suggestions = selector.suggestions(context, count: count, messages)
    if json {
      Output.line(
        try JSONForms.line(
          Form(
            customer: turns[end].text,
            suggestions: suggestions.map { .init(text: $0.reply.text, score: $0.score, source: $0.reply.source) })))
      return
    }
    for (i, suggestion) in suggestions.enumerated() {
      let text = TerminalText.filtered(suggestion.reply.text)
      Output.line("\(i + 1). \(text)\n   \(decimal(suggestion.score, 2))  \(TerminalText.oneLine(suggestion.reply.source))")
    }
  }
}
