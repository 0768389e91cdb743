import ArgumentParser
import Commerce
import Conversation
import Corpus
import Foundation

struct StoreToolsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tools", abstract: "Run the shop's tools, given as JSON Lines: the operator's door.",
    discussion: """
      Each line is {"name":…,"arguments":{…}} or {"id":…,"steps":[{"name":…,"arguments":{…}},…]}, and gets a line
      {"id":…,"steps":[{"name":…,"result":…} or {"name":…,"error":…},…],"changed":{"orders":{…},"users":{…}}}.
      Nobody is asked who they are and nothing is confirmed here; the rules of the shop hold all the same.

      EXAMPLE:
        echo '{"name":"get_order_details","arguments":{"order_id":"#W9872317"}}' | steward store tools
      """)

  @OptionGroup var store: StoreOption
  @OptionGroup var clock: ClockOption
  @Flag(help: "Run each line on a fresh copy of the store, and leave the store as it is.")
  var fresh = false
  @Flag(
    help: "As the reference of the retail benchmark: a cancellation refunds every entry of the payment history.")
  var benchmark = false
  @Argument(help: "Files with tool calls (default: standard input).")
  var files: [String] = []

  private struct Call: Decodable {
    let name: String
    let arguments: [String: JSONValue]?
    /// The benchmark's own word for arguments.
    let kwargs: [String: JSONValue]?
  }

  private struct Line: Decodable {
    let id: JSONValue?
    let steps: [Call]
    let isSingle: Bool

    enum CodingKeys: CodingKey {
      case id, steps
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decodeIfPresent(JSONValue.self, forKey: .id)
      isSingle = !container.contains(.steps)
      steps = isSingle ? [try Call(from: decoder)] : try container.decode([Call].self, forKey: .steps)
    }
  }

  private struct StepForm: Encodable {
    enum CodingKeys: CodingKey {
      case name, result, error
    }

    let name: String
    let outcome: ToolDesk.Outcome

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      switch outcome {
      case .result(let value): try value.encode(to: container.superEncoder(forKey: .result))
      case .error(let text): try container.encode(text, forKey: .error)
      }
    }
  }

  private struct LineForm: Encodable {
    let id: JSONValue?
    let steps: [StepForm]
    let changed: ToolDesk.Changes
  }

  func run() throws {
    let base = try store.open(Locations())
    var badLines = 0
    for path in files.isEmpty ? ["-"] : files {
      let input = try InputFile(path: path)
      while let (number, bytes) = try input.nextLine() {
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        let line: Line
        do {
          line = try JSONDecoder().decode(Line.self, from: Data(bytes))
        } catch {
          badLines += 1
          Output.note("\(input.name):\(number): no tool call such as {\"name\":\"get_order_details\",\"arguments\":{…}}")
          continue
        }
        Output.line(try JSONForms.line(try answer(line, base)))
      }
    }
    if badLines > 0 { throw Failure("\(badLines) \(badLines == 1 ? "line" : "lines") could not be read") }
  }

  private func answer(_ line: Line, _ base: SQLiteStore) throws -> LineForm {
    let now = try clock.timestamp()
    let store: any Store = fresh ? ScratchStore(base) : base
    let desk = ToolDesk(store: store, isBenchmark: benchmark)
    var touched = ToolDesk.Touched()
    let steps = line.steps.map { call in
      let arguments = call.arguments ?? call.kwargs ?? [:]
      return StepForm(name: call.name, outcome: desk.call(call.name, arguments, now: now, touched: &touched))
    }
    return LineForm(id: line.id, steps: steps, changed: desk.changes(touched))
  }
}
