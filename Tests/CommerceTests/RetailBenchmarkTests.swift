import Commerce
import Conversation
import Corpus
import Foundation
import TestSupport
import Testing

/// The retail benchmark's own vectors and tasks, where the data is: every result, error and changed record.
@Suite(.enabled(if: DemoShop.retail != nil, "wants ../shared/data/retail")) struct RetailBenchmarkTests {
  let folder: TemporaryFolder
  let store: SQLiteStore
  let source: String

  init() throws {
    folder = try TemporaryFolder()
    source = try #require(DemoShop.retail)
    try SQLiteStore.importFiles(from: source, to: "\(folder.path)/r.sqlite")
    store = try SQLiteStore(path: "\(folder.path)/r.sqlite")
  }

  private func lines(_ name: String) throws -> [[String: Any]] {
    let file = try InputFile(path: "\(source)/\(name)")
    var lines: [[String: Any]] = []
    while let (_, text) = try file.nextText() {
      lines.append(try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]))
    }
    return lines
  }

  /// JSON with amounts to the cent, so that two of a kind are equal.
  private func normal(_ value: Any) -> NSObject {
    switch value {
    case let number as NSNumber: return NSNumber(value: (number.doubleValue * 100).rounded())
    case let list as [Any]: return list.map(normal) as NSArray
    case let object as [String: Any]: return object.mapValues(normal) as NSDictionary
    default: return value as? NSObject ?? NSNull()
    }
  }

  private func json(_ value: any Encodable) throws -> Any {
    try JSONSerialization.jsonObject(with: JSONEncoder().encode(value), options: .fragmentsAllowed)
  }

  /// Runs the steps on a fresh copy: what each gave, and what changed.
  private func run(_ steps: [[String: Any]], isBenchmark: Bool) throws -> (results: [NSObject], changed: NSObject) {
    let desk = ToolDesk(store: ScratchStore(store), isBenchmark: isBenchmark)
    var touched = ToolDesk.Touched()
    var results: [NSObject] = []
    for step in steps {
      let name = try #require((step["name"] as? String))
      let arguments = try JSONDecoder().decode(
        [String: JSONValue].self, from: JSONSerialization.data(withJSONObject: try #require(step["kwargs"])))
      switch desk.call(name, arguments, now: Timestamp(seconds: 0), touched: &touched) {
      case .result(let value): results.append(normal(try json(value)))
      case .error(let text): results.append(text as NSString)
      }
    }
    return (results, normal(try json(desk.changes(touched))))
  }

  @Test func everyVectorMatches() throws {
    let vectors = try lines("tool_vectors.jsonl")
    #expect(vectors.count == 63)
    var withoutBenchmark: [String] = []
    for vector in vectors {
      let steps = try #require(vector["steps"] as? [[String: Any]])
      let id = try #require(vector["id"] as? String)
      let expected = try steps.map { step -> NSObject in
        let text = try #require(step["result"] as? String)
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        return value.map(normal) ?? text as NSString
      }
      let changed = normal(try #require(vector["changed"]))
      let outcome = try run(steps, isBenchmark: true)
      #expect(outcome.results == expected, "\(id)")
      #expect(outcome.changed == changed, "\(id)")
      let ours = try run(steps, isBenchmark: false)
      if ours.results != expected || ours.changed != changed { withoutBenchmark.append(id) }
    }
    // The one that cancels after a change of payment.
    #expect(withoutBenchmark == ["v61"])
  }

  @Test func replayingEveryTaskLeavesTheExpectedRecords() throws {
    let tasks = try lines("tasks.jsonl")
    let expected = Dictionary(
      try lines("expected_state.jsonl.gz").map { ($0["id"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    #expect(tasks.count == 520)
    for task in tasks {
      let id = try #require(task["id"] as? String)
      let outcome = try run(try #require(task["actions"] as? [[String: Any]]), isBenchmark: true)
      #expect(outcome.changed == normal(try #require(expected[id]?["changed"])), "\(id)")
    }
  }

  @Test func exportGivesTheSameValuesAndImportsAgain() throws {
    let exported = "\(folder.path)/exported"
    try store.export(to: exported)
    for (ours, theirs) in [("products", "products"), ("customers", "users"), ("orders", "orders")] {
      func read(_ path: String) throws -> NSObject {
        normal(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))))
      }
      #expect(try read("\(exported)/\(ours).json") == read("\(source)/\(theirs).json"), "\(ours)")
    }
    let again = "\(folder.path)/again.sqlite"
    try SQLiteStore.importFiles(from: exported, to: again)
    try SQLiteStore(path: again).export(to: "\(folder.path)/twice")
    for name in ["products.json", "customers.json", "orders.json", "interactions.tsv", "shop.yml"] {
      #expect(
        FileManager.default.contents(atPath: "\(exported)/\(name)")
          == FileManager.default.contents(atPath: "\(folder.path)/twice/\(name)"), "\(name)")
    }
  }
}
