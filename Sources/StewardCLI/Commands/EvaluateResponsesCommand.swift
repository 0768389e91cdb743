import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Text

struct EvaluateResponsesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "responses",
    abstract: "Measure how well replies are ranked.",
    discussion: """
      DATA has one choice a line: {"context": […], "speakers": ["customer", "agent", …], "candidates": […], "answer": 3}, or is - for
      standard input. Without "speakers" the last message is the customer's and the others alternate. A tie counts against the answer.

      EXAMPLES:
        steward evaluate responses choices.jsonl
        zcat choices.jsonl.gz | steward evaluate responses - --model ./support.safetensors --json | jq '."r@1"'
      """)

  @Argument(help: "Choices, as JSON Lines.")
  var data: String
  @OptionGroup var model: ModelOption
  @Option(help: "Write the scores of each choice's candidates to this file, as JSON Lines.")
  var predictions: String?
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Choice: Decodable {
    let context: [String]
    let speakers: [String]?
    let candidates: [String]
    let answer: Int

    /// The context with who spoke, oldest first.
    var turns: [Message] {
      context.enumerated().map { i, text in
        let isAgent = speakers.map { $0[i] != "customer" && $0[i] != "user" } ?? ((context.count - 1 - i) % 2 == 1)
        return .init(isAgent: isAgent, text: text)
      }
    }

    var isSound: Bool {
      !candidates.isEmpty && candidates.indices.contains(answer) && (speakers.map { $0.count == context.count } ?? true)
    }
  }

  private struct PredictionForm: Encodable {
    let answer: Int
    let rank: Int
    let scores: [Double]
  }

  func run() throws {
    let selector = try Model.selector(path: try Locations().model(flag: model.name))
    let reader = selector.reader(try Tokenizer())
    let choices = try read()
    let scores = Parallel.map(choices.count, threads: threads ?? Parallel.processors) { index in
      selector.scores(
        ResponseSelector.context(choices[index].turns, reader), choices[index].candidates.map(reader.read))
    }
    let ranks = zip(choices, scores).map { ResponseMetrics.rank(of: $0.answer, in: $1) }
    if let predictions {
      let lines = try zip(zip(choices, ranks), scores).map {
        try JSONForms.line(PredictionForm(answer: $0.0.answer, rank: $0.1, scores: $1)) + "\n"
      }
      try AtomicFile.write(Data(lines.joined().utf8), to: predictions)
    }
    let metrics = ResponseMetrics(ranks: ranks)
    if json {
      Output.line(try JSONForms.line(metrics))
      return
    }
    Output.line("\(metrics.n) choices")
    for (name, value) in [("R@1", metrics.recall1), ("R@2", metrics.recall2), ("R@5", metrics.recall5), ("MRR", metrics.mrr)] {
      Output.line(Table.left(name, 8) + "\(decimal(value * 100, 1))%")
    }
  }

  private func read() throws -> [Choice] {
    let file = try InputFile(path: data)
    var choices: [Choice] = []
    let decoder = JSONDecoder()
    while let (number, line) = try file.nextText() {
      if line.allSatisfy(\.isWhitespace) { continue }
      guard let choice = try? decoder.decode(Choice.self, from: Data(line.utf8)), choice.isSound else {
        throw Failure(
          "\(file.name):\(number): not a choice; it wants \"context\", \"candidates\" and the \"answer\"'s place among them, and as many \"speakers\" as messages"
        )
      }
      choices.append(choice)
    }
    guard !choices.isEmpty else { throw Failure("\(data): no choices in it") }
    return choices
  }
}
