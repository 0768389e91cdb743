import Foundation
import TestSupport
import Testing

extension WholeProgram {
  /// Batch evaluation and the tools around training data.
  @Suite(.timeLimit(.minutes(5))) struct BatchTests {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
    }

    private func transcripts() throws -> String {
      let lines = [
        #"{"id": "a", "turns": [{"speaker": "customer", "text": "where is my order", "intent": "order_status"}, {"speaker": "agent", "text": "Who are you?", "response": "utter_ask_customer"}, {"speaker": "customer", "text": "hannah.whitlock9256@example.com", "entities": [{"entity": "email", "start": 0, "end": 31}], "actions": [{"name": "find_user_id_by_email", "arguments": {"email": "hannah.whitlock9256@example.com"}}, {"name": "list_orders", "arguments": {"limit": "50"}}]}]}"#,
        "not json",
        #"{"id": "b", "turns": [{"speaker": "customer", "text": "我要退货", "intent": "return_items"}, {"speaker": "customer", "text": "what is the meaning of life", "intent": "out_of_scope"}]}"#,
        #"{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]}"#,
      ]
      return try folder.write("t.jsonl", lines.map { $0 + "\n" }.joined())
    }

    @Test func evaluatesTranscriptsAgainstTheirLabels() throws {
      let path = try transcripts()
      let outcome = try Program.run(
        "evaluate", path, "--json", "--now", "2026-11-21", "--predictions", folder.path + "/p.jsonl")
      // A bad line is named and counted, and the others are judged.
      #expect(outcome.status == 1 && outcome.errors.contains("t.jsonl:2: ") && outcome.errors.contains("1 line was"))
      let figures = try object(outcome)
      #expect(figures["conversations"] as? Int == 3 && figures["turns"] as? Int == 5 && figures["skipped_lines"] as? Int == 1)
      let intent = try #require(figures["intent"] as? [String: Any])
      #expect(intent["n"] as? Int == 2 && intent["accuracy"] as? Double == 1)
      #expect((figures["entities"] as? [String: Any])?["f1"] as? Double == 1)
      let actions = try #require(figures["actions"] as? [String: Any])
      #expect(actions["n"] as? Int == 1)
      let predictions = try String(contentsOfFile: folder.path + "/p.jsonl", encoding: .utf8).split(separator: "\n")
      #expect(predictions.count == 4)
      let piped = try Program.run(
        ["evaluate", "--json", "--now", "2026-11-21", "--jobs", "1"], input: Data(contentsOf: URL(filePath: path)))
      #expect(piped.output == outcome.output)
      let strict = try Program.run("evaluate", path, "--strict")
      #expect(strict.status == 1 && strict.output.isEmpty)
    }

    @Test func respondsInOrderForAnyNumberOfJobs() throws {
      let path = try transcripts()
      let one = try Program.run("respond", path, "--now", "2026-11-21", "--jobs", "1")
      let two = try Program.run("respond", path, "--now", "2026-11-21", "--jobs", "2")
      #expect(one.output == two.output && one.lines.count == 3 && one.status == 1)
      let first = try object(one)
      let turns = try #require(first["turns"] as? [[String: Any]])
      #expect(turns.first?["text"] as? String == "where is my order")
      #expect(turns.contains { $0["speaker"] as? String == "agent" })
      #expect(!turns.contains { $0["text"] as? String == "Who are you?" })
    }

    @Test func comparesGatesAndManagesModels() throws {
      let data = try folder.smallCorpus()
      let better = folder.path + "/better.safetensors"
      let worse = folder.path + "/worse.safetensors"
      #expect(try Program.run("train", "--intents", data, "--model", better, "--epochs", "8").status == 0)
      // Half of it is mislabelled.
      let wrong = try folder.write(
        "wrong.tsv",
        String(contentsOfFile: data, encoding: .utf8).replacing("\tgreet", with: "\torder_status").replacing(
          "\treturn items", with: "\tgreet"))
      let gated = try Program.run(
        "train", "--intents", wrong, "--model", better, "--epochs", "2", "--gate", data)
      #expect(gated.status == 1 && gated.errors.contains("the new model is worse and was not kept"))
      #expect(try Program.run("train", "--intents", wrong, "--model", worse, "--epochs", "2").status == 0)
      let comparison = try object(try Program.run("compare", worse, better, data, "--json"))
      #expect(comparison["n"] as? Int == 80)
      #expect((comparison["accuracy_b"] as? Double ?? 0) > (comparison["accuracy_a"] as? Double ?? 1))
      #expect((comparison["p_value"] as? Double ?? 1) < 0.05)
      let shown = try object(try Program.run("model", "show", better, "--json"))
      #expect(shown["intents"] as? Int == 3 && shown["problem"] == nil)
      let names = try Program.run("model", "list", "--json").lines.map(object).compactMap { $0["name"] as? String }
      #expect(names.contains("default"))
      #expect(try Program.run("model", "remove", "default").status == 1)
      #expect(try Program.run("model", "use", "nothing-of-that-name").status == 1)
    }

    @Test func crossValidatesAndReports() throws {
      let data = try folder.smallCorpus()
      let report = folder.path + "/r.html"
      let outcome = try Program.run(
        "evaluate", "intents", data, "--cross-validate", "3", "--epochs", "3", "--json", "--html", report, "--confusion",
        folder.path + "/c.tsv")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try object(outcome)["n"] as? Int == 80)
      let page = try String(contentsOfFile: report, encoding: .utf8)
      #expect(page.lowercased().hasPrefix("<!doctype html>") && page.contains("return items") && !page.contains("http://"))
      let table = try String(contentsOfFile: folder.path + "/c.tsv", encoding: .utf8).split(separator: "\n")
      #expect(table.count == 4 && table[0].contains("return items"))
    }

    @Test func crossValidatesEntities() throws {
      let data = try folder.write(
        "e.yml",
        "version: \"3.1\"\nnlu:\n- intent: buy\n  examples: |\n"
          + (0..<24).map { "    - buy \($0) [\(["blue", "red", "green"][$0 % 3])](color) shirts\n" }.joined()
          + "- intent: greet\n  examples: |\n" + (0..<12).map { "    - hello \($0)\n" }.joined())
      let report = folder.path + "/e.html"
      let outcome = try Program.run(
        "evaluate", "entities", data, "--cross-validate", "3", "--epochs", "30", "--json", "--html", report, "--confusion",
        folder.path + "/ec.tsv")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let figures = try object(outcome)
      #expect(figures["n"] as? Int == 36 && (figures["f1"] as? Double ?? 0) > 0.5)
      #expect((figures["intervals"] as? [String: Any])?["f1"] != nil)
      #expect(try String(contentsOfFile: report, encoding: .utf8).contains("color"))
      let table = try String(contentsOfFile: folder.path + "/ec.tsv", encoding: .utf8)
      #expect(table.split(separator: "\n").count == 3)
    }

    @Test func textOfARegisteredMistakeCannotBreakTheReport() throws {
      let data = try folder.write(
        "x.tsv",
        (0..<12).map { "<script>alert(\($0))</script>\tgreet\nwhere \($0)\t\"><img src=x>\n" }.joined()
          + "<b>where</b>\tgreet\n")
      let report = folder.path + "/x.html"
      _ = try Program.run("evaluate", "intents", data, "--cross-validate", "2", "--epochs", "1", "--html", report)
      let page = try String(contentsOfFile: report, encoding: .utf8)
      #expect(!page.contains("<script>alert(") && !page.contains("<img src=x>"))
    }

    @Test func convertsAndAugments() throws {
      let data = try folder.smallCorpus()
      let yaml = try Program.run("data", "convert", data, "--to", "rasa")
      #expect(yaml.status == 0 && yaml.output.contains("- intent: \"return items\""))
      let back = try folder.write("back.yml", yaml.output)
      let tsv = try Program.run("data", "convert", back, "--to", "tsv")
      #expect(Set(tsv.lines) == Set(try String(contentsOfFile: data, encoding: .utf8).split(separator: "\n").map(String.init)))
      let noisy = try Program.run("data", "augment", data, "--tsv", "--count", "20")
      #expect(noisy.lines.count == 20 && noisy.lines.allSatisfy { $0.contains("\t") })
    }

    @Test func whatIsSaidIsLoggedMaskedAndReviewed() throws {
      let log = folder.path + "/log.sqlite"
      let said = try Program.run(
        "chat", "--log", log, lines: ["my card is 4111 1111 1111 1111, mail bob@example.com", "blorp the frobnicator"])
      #expect(said.status == 0)
      let queue = try Program.run("review", "--log", log, "--list")
      #expect(queue.status == 0 && !queue.output.contains("4111") && !queue.output.contains("bob@example.com"))
      let row = try #require(queue.lines.first { $0.contains("frobnicator") })
      let id = try #require(row.split(separator: "\t").first)
      let intents = try folder.write(
        "intents/a.yml", "version: \"3.1\"\nnlu:\n# a remark\n- intent: greet\n  examples: |\n    - hello\n")
      let applied = try Program.run(
        ["review", "--log", log, "--intents", folder.path + "/intents"], input: Data("\(id)\tgreet\n".utf8))
      #expect(applied.status == 0, "\(applied.errors)")
      let text = try String(contentsOfFile: intents, encoding: .utf8)
      #expect(text.contains("# a remark") && text.contains("    - blorp the frobnicator"))
      #expect(try !Program.run("review", "--log", log, "--list").output.contains("frobnicator"))
      let silent = folder.path + "/none.sqlite"
      _ = try Program.run("chat", "--log", silent, "--no-log", lines: ["hi"])
      #expect(!FileManager.default.fileExists(atPath: silent))
    }
  }
}
