import Agent
import ArgumentParser
import Commerce
import Conversation
import Corpus
import Foundation
import NLU
import Neural

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Let simulated customers talk to the whole assistant, and count how often they get what they want.",
    discussion: """
      Each draws a goal from the store (or takes one from --goals, the task file of the retail benchmark), has its own words, and is
      successful when the store afterwards is as if exactly the goal's actions had been done. The store itself is never changed.

      EXAMPLES:
        steward simulate --conversations 1000 --seed 1
        steward simulate --goals tasks.jsonl --store retail.sqlite --failures 5
      """)

  @OptionGroup var model: ModelOption
  @OptionGroup var store: StoreOption
  @OptionGroup var clock: ClockOption
  @Option(help: "How many conversations (default: 100, or all goals of the file).")
  var conversations: Int?
  @Option(help: "Goals as JSON Lines, in the form of the retail benchmark's tasks.")
  var goals: String?
  @Option(help: "The share of words with a typing error.")
  var noise = 0.0
  @Option(help: "The customers' language: en or zh.")
  var language = "en"
  @Option(help: "Fixes the goals and the words.")
  var seed: UInt64 = 1
  @Option(help: "Print so many of the conversations that failed.")
  var failures = 0
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Kind: Encodable {
    var conversations = 0
    var successes = 0
    var turns = 0
  }

  private struct Figures: Encodable {
    let conversations: Int
    let success: Double
    let turns_per_success: Double
    let questions_repeated: Int
    let violations: [String]
    let by_kind: [String: Kind]
    let failed: [String]
  }

  func validate() throws {
    guard Language(rawValue: language) != nil else { throw ValidationError("--language wants en or zh") }
    guard (0...1).contains(noise) else { throw ValidationError("--noise wants a share between 0 and 1") }
    if let conversations, conversations < 1 { throw ValidationError("--conversations wants a number above 0") }
  }

  func run() throws {
    let locations = try Locations()
    let sqlite = try store.open(locations)
    let phrases = try TrainingData(paths: [locations.inHome("corpora/simulation")]).script.responses
    var simulator = Simulator(model: try model.load(locations), store: sqlite, phrases: phrases, now: try clock.timestamp())
    simulator.noise = noise
    simulator.threads = Parallel.processors
    let speaks = Language(rawValue: language) ?? .english
    var list: [Goal]
    if let goals {
      list = []
      let file = try InputFile(path: goals)
      while let (number, text) = try file.nextText() {
        do {
          list.append(try TaskReader.goal(Data(text.utf8)))
        } catch {
          throw Failure("\(goals):\(number): no task with id, user_id, instruction and actions")
        }
      }
      if let conversations { list = Array(list.prefix(conversations)) }
    } else {
      list = try simulator.draw(conversations ?? 100, customers: sqlite.customerIDs(), language: speaks, seed: seed)
    }
    guard !list.isEmpty else { throw Failure("the store has no customer who could want something") }
    let outcomes = simulator.run(list, language: speaks, seed: seed)
    report(outcomes)
    if outcomes.contains(where: { !$0.violations.isEmpty }) { throw Failure("a rule was broken") }
  }

  private func report(_ outcomes: [Simulator.Outcome]) {
    var kinds: [String: Kind] = [:]
    for outcome in outcomes {
      kinds[outcome.goal.kind, default: Kind()].conversations += 1
      guard outcome.isSuccess else { continue }
      kinds[outcome.goal.kind]?.successes += 1
      kinds[outcome.goal.kind]?.turns += outcome.turns
    }
    let successes = outcomes.filter(\.isSuccess)
    let turns = successes.reduce(0) { $0 + $1.turns }
    let figures = Figures(
      conversations: outcomes.count, success: Double(successes.count) / Double(outcomes.count),
      turns_per_success: successes.isEmpty ? 0 : Double(turns) / Double(successes.count),
      questions_repeated: outcomes.reduce(0) { $0 + $1.repeatedQuestions }, violations: outcomes.flatMap(\.violations),
      by_kind: kinds,
      failed: outcomes.filter { !$0.isSuccess }.map(\.goal.id))
    if json {
      if let line = try? JSONForms.line(figures) { Output.line(line) }
    } else {
      Output.line("\(figures.conversations) conversations, \(decimal(figures.success * 100, 1))% successful")
      Output.line(
        "\(decimal(figures.turns_per_success, 1)) turns a success, \(figures.questions_repeated) questions asked again, \(figures.violations.count) rules broken"
      )
      for (kind, part) in kinds.sorted(by: { $0.key < $1.key }) {
        Output.line(
          Table.left("  \(kind)", 14) + Table.right("\(part.successes) of \(part.conversations)", 14)
            + Table.right(part.successes == 0 ? "" : "\(decimal(Double(part.turns) / Double(part.successes), 1)) turns", 14))
      }
    }
    for outcome in outcomes.filter({ !$0.isSuccess }).prefix(failures) {
      Output.line("\n\(outcome.goal.id) (\(outcome.goal.kind)):")
      for line in outcome.transcript { Output.line(TerminalText.oneLine("  \(line.speaker): \(line.text)")) }
    }
  }
}
