import Foundation
import TestSupport
import Testing

// One at a time: a program started beside another would hold the ends of its pipes open.
/// The release binary from outside. One test at a time: some measure time, and one fills the machine.
@Suite(.enabled(if: Program.isReady), .serialized) enum WholeProgram {}

extension WholeProgram {
  @Suite(.timeLimit(.minutes(5))) struct ProgramTests {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
    }

    // MARK: chat

    @Test func eachPipedLineGetsOneLine() throws {
      let lines = ["hi", "", "where is my order", "hannah.whitlock9256@example.com", "你好", "我的订单到哪了", "\u{1B}[31m", "🙂"]
      let outcome = try Program.run("chat", "--seed", "1", lines: lines)
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      try #require(outcome.lines.count == lines.count && outcome.lines.allSatisfy { !$0.isEmpty })
      #expect(outcome.lines[2].contains("e-mail") && outcome.lines[3].contains(" · 1. #W"))
      #expect(outcome.lines[4].contains("您好"))
      let again = try Program.run("chat", "--seed", "1", lines: lines)
      #expect(again.output == outcome.output)
    }

    @Test func bothLanguagesGetASensibleFirstAnswer() throws {
      let english = try Program.run("chat", lines: ["hi", "where is my order"])
      try #require(english.lines.count == 2)
      #expect(english.lines[0].contains("Harbour Lane") && english.lines[1].contains("e-mail"))
      let chinese = try Program.run("chat", lines: ["你好", "我的订单到哪了"])
      try #require(chinese.lines.count == 2)
      #expect(chinese.lines[0].contains("海港里") && chinese.lines[1].contains("邮箱"))
    }

    @Test func jsonTurnsHaveTheirKeys() throws {
      let outcome = try Program.run(
        "chat", "--json", "--seed", "3", lines: ["hi", "where is order #W4783044", "hannah.whitlock9256@example.com"])
      let turns = try outcome.lines.map(object)
      let keys: Set = [
        "conversation", "turn", "user", "interpretation", "replies", "actions", "flow", "requested_slot",
        "awaiting_confirmation",
        "slots", "customer",
        "handoff", "ms",
      ]
      try #require(turns.count == 3)
      for turn in turns { #expect(Set(turn.keys) == keys) }
      #expect(turns[0]["flow"] is NSNull && turns[0]["customer"] is NSNull)
      #expect(turns[1]["flow"] as? String == "order_status" && turns[1]["requested_slot"] as? String == "customer")
      #expect(turns[2]["customer"] as? String == "hannah_whitlock_2947")
      let actions = try #require(turns[2]["actions"] as? [[String: Any]])
      #expect(actions.map { $0["name"] as? String } == ["find_user_id_by_email", "list_orders", "get_order_details"])
      #expect(turns.map { $0["conversation"] as? String } == ["3", "3", "3"])
    }

    @Test func aSignedInCustomerIsNotAskedWhoTheyAre() throws {
      let outcome = try Program.run("chat", "--customer", "hannah_whitlock_2947", lines: ["where is order #W4783044"])
      #expect(outcome.lines.first?.contains("being prepared") == true)
      let unknown = try Program.run("chat", "--customer", "nobody", lines: [])
      #expect(unknown.status == 1 && unknown.errors == "steward: --customer nobody: no such customer in this store\n")
    }

    @Test func theLanguageCanBeFixed() throws {
      #expect(try Program.run("chat", "--language", "zh", lines: ["hi"]).output.contains("海港里"))
      #expect(try Program.run("chat", "--language", "fr", lines: []).status == 2)
    }

    @Test func bytesThatAreNotTextAndLongLinesGetAnAnswer() throws {
      var input = Data([0xFF, 0xFE, 0x80, 0x0A]) + Data([0, 0, 0x0A])
      input += Data(String(repeating: "where is my order ", count: 600).utf8) + Data("\n".utf8)
      input += Data(String(repeating: "我", count: 10_000).utf8)
      let outcome = try Program.run("chat", input: input)
      #expect(outcome.status == 0 && outcome.lines.count == 4 && outcome.errors.isEmpty)
    }

    @Test func noControlCharacterComesOut() throws {
      let hostile = [
        "\u{1B}[2J\u{1B}]0;owned\u{7}", "\u{9B}31m hello", "name \u{202E}txt", "my email is \u{1B}[31ma@b.io",
        "\u{7F}\u{8}\u{D}x",
      ]
      for arguments in [["chat"], ["chat", "--json"]] {
        let (process, stdin, stdout, _) = try Program.start(arguments)
        try stdin.write(contentsOf: Data(hostile.map { $0 + "\n" }.joined().utf8))
        try stdin.close()
        let output = String(decoding: stdout.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let unsafe = output.unicodeScalars.filter {
          ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
        }
        #expect(unsafe.isEmpty, "\(arguments): \(unsafe)")
      }
    }

    @Test func aReplyLeavesBeforeTheNextLineComes() throws {
      let (process, stdin, stdout, _) = try Program.start(["chat"])
      for line in ["hi", "thanks"] {
        try stdin.write(contentsOf: Data("\(line)\n".utf8))
        #expect(!stdout.availableData.isEmpty)
      }
      try stdin.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }

    @Test func theFirstAnswerIsQuickAndSmall() throws {
      // The figures of a quiet machine are far below; `make bench` shows them.
      var best = Duration.seconds(100)
      var peak = 0
      for _ in 0..<5 {
        let start = ContinuousClock().now
        let (process, stdin, stdout, _) = try Program.start(["chat"])
        try stdin.write(contentsOf: Data("where is my order\n".utf8))
        #expect(!stdout.availableData.isEmpty)
        best = min(best, ContinuousClock().now - start)
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        peak = max(peak, line.flatMap { Int($0.filter(\.isNumber)) } ?? .max)
        try stdin.close()
        process.waitUntilExit()
      }
      #expect(best < .milliseconds(150), "\(best)")
      #expect(peak < 60_000, "\(peak) kB resident")
    }

    @Test func theTerminalChatEditsCompletesAndLeaves() throws {
      // `script` gives the program a terminal; Return is \r there. The pauses let readline take its keys one line at a time.
      // `exec`, because Ctrl-C reaches every process of the terminal, and a shell that waited for the program would end by it.
      let history = "\(folder.path)/state"
      let keys = [
        "hi\\r", "/he\\t\\r", "你好吗\\177\\177\\r", "/explain\\r", "dropped\\003", "/reset\\r", "/nonsense\\r", "/quit\\r",
      ]
      let typed = keys.map { "sleep 0.4; printf '\($0)'" }.joined(separator: "; ")
      let command =
        "(\(typed); sleep 0.4) | XDG_STATE_HOME='\(history)' SHELL=/bin/sh TERM=xterm script -qec 'exec \(Program.path) chat --seed 1' /dev/null"
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", command]
      process.currentDirectoryURL = URL(filePath: Program.root)
      let output = Pipe()
      process.standardOutput = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(text.contains("Harbour Lane") && text.contains("/explain") && text.contains("你"), "\(text)")
      #expect(text.contains("understood") && text.contains("^C") && text.contains("/nonsense: no such command"), "\(text)")
      #expect(!text.contains("dropped: no such"))
      let saved = try String(contentsOfFile: "\(history)/steward/history", encoding: .utf8)
      #expect(saved.contains("hi\n") && saved.contains("你\n") && !saved.contains("dropped"), "\(saved)")
    }

    // MARK: parse, evaluate, split

    @Test func parsePrintsRasasShape() throws {
      let outcome = try Program.run("parse", "where is #W2378156", "我要退货", "")
      let parsed = try outcome.lines.map(object)
      try #require(parsed.count == 3)
      for item in parsed {
        #expect(Set(item.keys).isSuperset(of: ["text", "language", "intent", "intent_ranking", "entities", "text_tokens"]))
      }
      #expect((parsed[0]["intent"] as? [String: Any])?["name"] as? String == "order_status")
      #expect(
        (parsed[1]["intent"] as? [String: Any])?["name"] as? String == "return_items"
          && parsed[1]["language"] as? String == "zh")
      #expect((parsed[0]["intent_ranking"] as? [Any])?.count == 10)
      let entity = try #require((parsed[0]["entities"] as? [[String: Any]])?.first)
      #expect(entity["entity"] as? String == "order_id" && entity["start"] as? Int == 9 && entity["end"] as? Int == 18)
      #expect(entity["value"] as? String == "W2378156" && entity["text"] as? String == "#W2378156")
      let piped = try Program.run("parse", lines: ["where is #W2378156", "我要退货", ""])
      #expect(piped.output == outcome.output)
    }

    @Test func trainsOnAnyCorpusAndMeasuresIt() throws {
      let corpus = try folder.smallCorpus()
      let model = "\(folder.path)/m.safetensors"
      let trained = try Program.run("train", "--intents", corpus, "--model", model, "--epochs", "40", "--json")
      try #require(trained.status == 0, "\(trained.errors)")
      #expect(try object(trained)["examples"] as? Int == 80)
      let measured = try Program.run(
        "evaluate", "intents", corpus, "--model", model, "--json", "--predictions", "\(folder.path)/p.jsonl")
      let metrics = try object(measured)
      #expect(
        Set(metrics.keys).isSuperset(of: ["n", "accuracy", "macro_f1", "weighted_f1", "ece", "top3_accuracy", "per_intent"]))
      #expect(metrics["n"] as? Int == 80 && metrics["accuracy"] as? Double ?? 0 > 0.9)
      #expect(try String(contentsOfFile: "\(folder.path)/p.jsonl", encoding: .utf8).split(separator: "\n").count == 80)
      #expect(try Program.run("evaluate", "intents", corpus, "--model", model).output.contains("return items"))
      // Such a model understands but cannot hold a conversation, and says so.
      let chat = try Program.run("chat", "--model", model, lines: ["hi"])
      #expect(chat.status == 1 && chat.errors.contains("no flows and replies"))
    }

    @Test func oneSeedGivesOneFileOnAnyNumberOfThreads() throws {
      let corpus = try folder.smallCorpus()
      func file(_ name: String, _ threads: String, _ seed: String) throws -> Data {
        let path = "\(folder.path)/\(name).safetensors"
        let outcome = try Program.run(
          "train", "--intents", corpus, "--model", path, "--epochs", "2", "--threads", threads, "--seed", seed, "--now",
          "2026-11-21")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try Data(contentsOf: URL(filePath: path))
      }
      let one = try file("one", "1", "7")
      #expect(try file("two", "2", "7") == one)
      #expect(try file("five", "5", "7") == one)
      #expect(try file("other", "1", "8") != one)
    }

    @Test func splitsACorpusInTwo() throws {
      let outcome = try Program.run("data", "split", "intents", "--output", folder.path)
      #expect(outcome.status == 0 && outcome.lines.count == 2)
      func count(_ name: String) throws -> Int {
        try String(contentsOfFile: "\(folder.path)/\(name).yml", encoding: .utf8).split(separator: "\n").count {
          $0.hasPrefix("    - ")
        }
      }
      let (train, test) = (try count("train"), try count("test"))
      #expect(abs(Double(test) / Double(train + test) - 0.2) < 0.01)
    }

    // MARK: failures

    @Test func killingTrainingLeavesTheModelUsable() throws {
      let corpus = try folder.smallCorpus()
      let path = "\(folder.path)/m.safetensors"
      #expect(try Program.run("train", "--intents", corpus, "--model", path, "--epochs", "2").status == 0)
      let before = try Data(contentsOf: URL(filePath: path))
      let rounds = ProcessInfo.processInfo.environment["STEWARD_SOAK"] == nil ? 8 : 200
      for round in 0..<rounds {
        let (process, _, _, _) = try Program.start([
          "train", "--intents", corpus, "--model", path, "--epochs", "2", "--seed", "\(round + 2)",
        ])
        Thread.sleep(forTimeInterval: Double(round % 20) * 0.03)
        kill(process.processIdentifier, round % 2 == 0 ? SIGKILL : SIGINT)
        process.waitUntilExit()
        let now = try Data(contentsOf: URL(filePath: path))
        // Either the old model or, when it was quick enough, a whole new one.
        let isUsable = try Program.run("parse", "hello", "--model", path).status == 0
        #expect(now == before || isUsable)
      }
    }

    @Test func aDamagedModelIsRefusedWithOneLine() throws {
      let corpus = try folder.smallCorpus()
      let path = "\(folder.path)/m.safetensors"
      #expect(try Program.run("train", "--intents", corpus, "--model", path, "--epochs", "1").status == 0)
      let whole = try Data(contentsOf: URL(filePath: path))
      for (name, content) in [
        ("cut", whole.prefix(whole.count / 2)), ("short", whole.prefix(5)), ("longer", whole + Data([0])),
        ("foreign", Data("hello".utf8)), ("empty", Data()),
      ] {
        let file = try folder.write("\(name).safetensors", Data(content))
        let outcome = try Program.run("parse", "hi", "--model", file)
        #expect(outcome.status == 1 && outcome.output.isEmpty, "\(name)")
        #expect(
          outcome.errors.hasPrefix("steward: \(file): ") && outcome.errors.split(separator: "\n").count == 1,
          "\(name): \(outcome.errors)")
      }
    }

    /// What goes wrong in a corpus is either handled or one line that names file, line and remedy.
    @Test func badCorporaAreHandledOrRefusedInOneLine() throws {
      let model = "\(folder.path)/bad.safetensors"
      func train(_ name: String, _ content: Data) throws -> Program.Outcome {
        try Program.run("train", "--intents", folder.write(name, content), "--model", model, "--epochs", "1")
      }
      func refused(_ outcome: Program.Outcome, _ message: String) {
        #expect(outcome.status == 1 && outcome.output.isEmpty, "\(message)")
        #expect(outcome.errors.contains(message) && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      }
      refused(try train("empty.tsv", Data()), "empty.tsv: no examples in it")
      refused(try train("untabbed.tsv", Data("a\tb\nno tab here\n".utf8)), "untabbed.tsv:2: no TAB between text and intent")
      let levels = zip("abcdefgh", "bcdefghi").map {
        "\($1): &\($1) [\(Array(repeating: "*\($0)", count: 9).joined(separator: ","))]"
      }
      let bomb = "a: &a [lol, lol]\n" + levels.joined(separator: "\n") + "\nnlu:\n- intent: x\n  examples: *i\n"
      refused(try train("bomb.yml", Data(bomb.utf8)), "bomb.yml:")
      let conflict = try train("two.tsv", Data("same text\ta\nother\ta\nsame text\tb\nmore\tb\n".utf8))
      #expect(conflict.status == 0 && conflict.errors.contains("two.tsv:3: \"same text\" is b here and a at "))
      let long = String(repeating: "a ", count: 2_500_000)
      for content in ["a b\tone\nc d\tone\n", "\(long)\tbig\nhello\tgreet\n", "x\u{0}y\tnul\nx\u{0}z\tnul\nb\t退 货\n"] {
        #expect(try train("handled.tsv", Data(content.utf8)).status == 0)
        #expect(try Program.run("parse", "hello", "--model", model).status == 0)
      }
      let many = (0..<1000).flatMap { i in (0..<2).map { "text number \(i) w\(i * 7 + $0)\tintent \(i)" } }.joined(
        separator: "\n")
      #expect(try train("many.tsv", Data(many.utf8)).status == 0)
      #expect(try Program.run("evaluate", "intents", "\(folder.path)/many.tsv", "--model", model).status == 0)
    }

    @Test func aModelIsContinuedQuantizedAndExplained() throws {
      let corpus = try folder.smallCorpus()
      let (first, second) = ("\(folder.path)/first.safetensors", "\(folder.path)/second.safetensors")
      #expect(try Program.run("train", "--intents", corpus, "--model", first, "--epochs", "20").status == 0)
      let grown = try String(contentsOfFile: corpus, encoding: .utf8) + (0..<20).map { "cancel order \($0)\tcancel\n" }.joined()
      let more = try folder.write("more.tsv", grown)
      let continued = try Program.run("train", "--intents", more, "--from", first, "--model", second, "--quantize")
      #expect(continued.status == 0, "\(continued.errors)")
      let metrics = try object(try Program.run("evaluate", "intents", more, "--model", second, "--json"))
      #expect(metrics["accuracy"] as? Double ?? 0 > 0.9)
      func size(_ path: String) throws -> Int { try Data(contentsOf: URL(filePath: path)).count }
      #expect(try size(second) < size(first))
      let explained = try object(try Program.run("explain", "where is parcel 3", "--model", second, "--json"))
      let nearest = try #require(explained["nearest"] as? [[String: Any]])
      #expect(nearest.first?["intent"] as? String == "order_status" && nearest.count == 5)
      let attention = try #require(explained["attention"] as? [[String: Any]])
      #expect(abs(attention.reduce(0) { $0 + ($1["weight"] as? Double ?? 0) } - 1) < 1e-3)
      #expect(try Program.run("explain", "我的订单", "--model", second).output.contains("nearest"))
      let usage = try Program.run("train", "--intents", corpus, "--from", first, "--text", corpus, "--model", second)
      #expect(usage.status == 2)
    }

    @Test func wordVectorsAreReadInTheirForms() throws {
      let corpus = try folder.smallCorpus()
      let model = "\(folder.path)/v.safetensors"
      func train(_ vectors: String) throws -> Program.Outcome {
        try Program.run(
          "train", "--intents", corpus, "--vectors", vectors, "--vectors-licence", "CC0", "--model", model, "--epochs", "1")
      }
      let glove = try folder.write("glove.txt", "where 0.1 0.2 -0.3\nParcel 1 2 3\n订单 0.5 0.5 0.5\n")
      #expect(try train(glove).status == 0)
      #expect(try String(decoding: Data(contentsOf: URL(filePath: model)).prefix(200_000), as: UTF8.self).contains("CC0"))
      #expect(try train(folder.write("word2vec.txt", "2 2\nwhere 1 2\nis 3 4\n")).status == 0)
      let ragged = try train(folder.write("ragged.txt", "where 1 2\nis 3\n"))
      #expect(ragged.status == 1 && ragged.errors.contains("ragged.txt:2: 1 numbers where the lines before have 2"))
      let prose = try train(folder.write("prose.txt", "this is no table\n"))
      #expect(prose.status == 1 && prose.errors.contains("prose.txt:1: expected a word and up to"))
      #expect(try train("\(folder.path)/missing.txt").status == 1)
    }

    @Test func entitiesAreLearntAndMeasured() throws {
      let lines = (0..<40).map { i in
        let city = ["paris", "rome", "上海", "new york"][i % 4]
        return
          "{\"text\":\"fly to \(city) now\",\"intent\":\"trip\",\"entities\":[{\"type\":\"city\",\"start\":7,\"end\":\(7 + city.unicodeScalars.count)}]}"
      }
      let data = try folder.write(
        "trips.jsonl", (lines + ["{\"text\":\"thank you\",\"intent\":\"thanks\"}"]).joined(separator: "\n"))
      let model = "\(folder.path)/e.safetensors"
      #expect(try Program.run("train", "--intents", data, "--model", model, "--epochs", "30").status == 0)
      let outcome = try Program.run(
        "evaluate", "entities", data, "--model", model, "--json", "--predictions", "\(folder.path)/e.jsonl")
      let metrics = try object(outcome)
      #expect(
        Set(metrics.keys).isSuperset(of: ["f1", "precision", "recall", "per_type"]) && metrics["f1"] as? Double ?? 0 > 0.95)
      #expect(try String(contentsOfFile: "\(folder.path)/e.jsonl", encoding: .utf8).split(separator: "\n").count == 41)
      #expect(
        try Program.run("evaluate", "entities", folder.smallCorpus(), "--model", model).errors.contains("no annotated entities")
      )
    }

    @Test func repliesAreLearntRankedAndSuggested() throws {
      let talk = (0..<40).map { i in
        let thing = ["kettle", "lamp", "水壶", "台灯"][i % 4]
        return
          #"{"id":"c\#(i)","turns":[{"speaker":"customer","text":"where is my \#(thing)"},{"speaker":"agent","text":"the \#(thing) comes tomorrow"}]}"#
      }
      let corpus = try folder.write("talk.jsonl", talk.joined(separator: "\n") + "\n")
      let knowledge = try folder.write("rules.md", "# Rules\n## Opening hours\nWe are open from nine to five.\n")
      let model = "\(folder.path)/replies.safetensors"
      let trained = try Program.run("train", "--corpora", corpus, knowledge, "--model", model, "--json")
      #expect(
        trained.status == 0 && trained.output.contains("\"conversations\":40") && trained.output.contains("\"passages\":1"))
      let choices = try folder.write(
        "choices.jsonl",
        #"{"context":["where is my lamp"],"candidates":["the kettle comes tomorrow","the lamp comes tomorrow"],"answer":1}"#
          + "\n")
      let scores = try Program.run("evaluate", "responses", choices, "--model", model, "--json")
      #expect(scores.status == 0 && scores.output.contains("\"r@1\":1") && scores.output.contains("\"n\":1"), "\(scores)")
      let suggested = try Program.run(
        "suggest", "--model", model, lines: ["customer: hi", "agent: hello", "customer: where is my 水壶"])
      #expect(suggested.status == 0 && suggested.lines.first == "1. the 水壶 comes tomorrow", "\(suggested)")
      let bad = try folder.write("bad.jsonl", #"{"context":["a"],"candidates":["b"],"answer":4}"# + "\n")
      #expect(try Program.run("evaluate", "responses", bad, "--model", model).errors.contains("bad.jsonl:1: not a choice"))
      #expect(try Program.run("suggest", "--model", model, lines: ["agent: hello"]).errors.contains("no customer's message"))
      #expect(try Program.run("parse", "--model", model, "hi").errors.contains("has no intents"))
      let intents = "\(folder.path)/intents.safetensors"
      #expect(try Program.run("train", "--intents", folder.smallCorpus(), "--epochs", "1", "--model", intents).status == 0)
      #expect(
        try Program.run("suggest", "--model", intents, lines: ["customer: hi"]).errors.contains("has no response selector"))
      #expect(try Program.run("train", "--corpora", corpus).status == 2)
    }

    @Test func exitCodesAreThoseOfTheDocs() throws {
      #expect(try Program.run("--help").status == 0)
      #expect(try Program.run("--version").status == 0)
      #expect(try Program.run("nonsense", "--flag").status == 2)
      #expect(try Program.run("train", "--epochs", "0").status == 2)
      #expect(try Program.run("train", "--intents", "x.tsv").status == 2)
      let missing = try Program.run("evaluate", "intents", "nowhere.tsv")
      #expect(missing.status == 1 && missing.errors == "steward: nowhere.tsv: no such file or folder\n")
      let (process, _, _, _) = try Program.start(["chat"])
      Thread.sleep(forTimeInterval: 0.5)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    }

    @Test(arguments: [
      [], ["chat"], ["train"], ["parse"], ["evaluate"], ["evaluate", "intents"], ["evaluate", "entities"],
      ["explain"], ["bench"], ["data"], ["data", "split"], ["store"],
      ["store", "init"], ["store", "import"], ["evaluate", "responses"], ["suggest"], ["simulate"],
    ]) func everyCommandHelpsWithAnExample(_ command: [String]) throws {
      let (process, _, stdout, _) = try Program.start(command + ["--help"])
      let text = String(decoding: stdout.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0 && text.contains("EXAMPLE") && text.contains("steward "), "\(command)")
    }

    @Test func aReaderThatLeavesIsNoError() throws {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", "yes hi | head -5000 | '\(Program.path)' chat | head -1"]
      process.currentDirectoryURL = URL(filePath: Program.root)
      let (output, errors) = (Pipe(), Pipe())
      (process.standardOutput, process.standardError) = (output, errors)
      try process.run()
      #expect(!output.fileHandleForReading.readDataToEndOfFile().isEmpty)
      #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
      process.waitUntilExit()
    }

    // MARK: settings

    @Test func theFlagWinsOverTheEnvironmentOverTheFileOverTheDefault() throws {
      let corpus = try folder.smallCorpus()
      func intent(_ arguments: [String], _ environment: [String: String] = [:]) throws -> String {
        let (process, _, stdout, stderr) = try Program.start(
          ["parse", "hello"] + arguments, in: folder.path, environment: environment)
        let output = String(decoding: stdout.readDataToEndOfFile() + stderr.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return output
      }
      for name in ["flag", "variable", "file"] {
        let labelled = try String(contentsOfFile: corpus, encoding: .utf8).replacing("greet", with: "greet-\(name)")
        let source = try folder.write("\(name).tsv", labelled)
        let outcome = try Program.run(
          "train", "--intents", source, "--model", "\(folder.path)/\(name).safetensors", "--epochs", "2")
        #expect(outcome.status == 0)
      }
      #expect(try intent([]).contains("\"greet\""))
      _ = try folder.write("steward.yml", "model: ./file.safetensors\nstore: sqlite:./x.sqlite\n")
      #expect(try intent([]).contains("greet-file"))
      let variable = ["STEWARD_MODEL": "./variable.safetensors"]
      #expect(try intent([], variable).contains("greet-variable"))
      #expect(try intent(["--model", "./flag.safetensors"], variable).contains("greet-flag"))
      _ = try folder.write("steward.yml", "model: [1\n")
      #expect(try intent([]).hasPrefix("steward: steward.yml: "))
    }

    @Test func aShopOfOnesOwn() throws {
      let store = "\(folder.path)/own.sqlite"
      #expect(try Program.run("store", "import", "corpora/store", "--store", store).status == 0)
      let outcome = try Program.run(
        "chat", "--store", "sqlite:\(store)", "--customer", "mingyuan_chen_3043", lines: ["where is #W7617537"])
      #expect(outcome.lines.first?.contains("Trekking Poles") == true)
      let missing = try Program.run("chat", "--store", "\(folder.path)/none.sqlite", lines: ["hi"])
      #expect(missing.status == 1 && missing.errors.contains("no such store"))
      #expect(try Program.run("store", "import", folder.path, "--store", store).status == 1)
      #expect(try Program.run("chat", "--store", "oracle:x", lines: ["hi"]).errors.contains("unknown kind of store"))
    }
  }
}
