import Foundation
import TestSupport
import Testing

/// Simulated customers against the whole program.
extension WholeProgram {
  @Suite struct SimulationTests {
    private struct Figures: Decodable {
      let conversations: Int
      let success: Double
      let violations: [String]
    }

    private func simulate(_ arguments: String...) throws -> Figures {
      let outcome = try Program.run(["simulate", "--json", "--now", "2026-11-21"] + arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try JSONDecoder().decode(Figures.self, from: Data(outcome.output.utf8))
    }

    @Test(arguments: [("en", "0", 0.9), ("zh", "0", 0.85), ("en", "0.15", 0.75), ("zh", "0.15", 0.75)])
    func customersOfTheDemoShopGetWhatTheyWant(_ language: String, _ noise: String, _ bar: Double) throws {
      let figures = try simulate("--conversations", "300", "--seed", "7", "--language", language, "--noise", noise)
      #expect(figures.conversations == 300)
      #expect(figures.success >= bar)
      #expect(figures.violations.isEmpty)
    }

    @Test func theTasksOfTheRetailBenchmarkAreDoneByTalking() throws {
      let retail = "\(Program.root)/../shared/data/retail"
      guard FileManager.default.fileExists(atPath: "\(retail)/tasks.jsonl") else {
        print("no ../shared/data/retail: its tasks are passed over")
        return
      }
      let folder = try TemporaryFolder()
      let store = "\(folder.path)/r.sqlite"
      #expect(try Program.run("store", "import", retail, "--store", store).status == 0)
      let figures = try simulate("--goals", "\(retail)/tasks.jsonl", "--store", store)
      #expect(figures.conversations == 520)
      #expect(figures.success >= 0.6)
      #expect(figures.violations.isEmpty)
    }

    @Test func oneSeedIsOneResult() throws {
      func run() throws -> String {
        try Program.run(["simulate", "--json", "--conversations", "40", "--seed", "3", "--now", "2026-11-21", "--noise", "0.2"])
          .output
      }
      #expect(try run() == run())
    }

    @Test func wrongUseIsSaidInOneLine() throws {
      #expect(try Program.run("simulate", "--language", "fr").status == 2)
      #expect(try Program.run("simulate", "--noise", "3").status == 2)
      let missing = try Program.run("simulate", "--goals", "/nonexistent.jsonl")
      #expect(missing.status == 1 && missing.errors.split(separator: "\n").count == 1)
    }
  }
}
