import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Text

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure speed, memory and size on this machine.",
    discussion: """
      Takes texts (default: those the model was trained on) through the whole way from String to Interpretation, one by one and in
      batches, and trains on labelled examples when --train names some. Start-up and the shell's view are in `make bench`.

      EXAMPLES:
        steward bench
        steward bench --model mine --train my-intents/ --json
        steward bench --orders 1000000
      """)

  @OptionGroup var model: ModelOption
  @Option(help: "Labelled examples to measure training with.")
  var train: String?
  @Option(help: "Measure the store instead, with so many orders of a shop made up for it.")
  var orders: Int?
  @Option(help: "Threads for batches and training (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  private static let warmUp = 500
  private static let rounds = 5_000
  private static let batchTexts = 20_000
  private static let trainingEpochs = 2

  private struct Figures: Encodable {
    let kernels: String
    let threads: Int
    let load_ms: Double
    let parse_p50_us: Double
    let parse_p99_us: Double
    let batch_texts_per_second: Double
    let training_texts_per_second: Double?
    let rank_ten_p50_us: Double?
    let best_stored_p50_us: Double?
    let stored_replies: Int?
    let resident_mb: Double
    let model_mb: Double
  }

  func validate() throws {
    if let orders, !(1...100_000_000).contains(orders) { throw ValidationError("--orders wants a number above 0") }
  }

  func run() throws {
    if let orders {
      let figures = try StoreBench(orders: orders).run()
      if json { Output.line(try JSONForms.line(figures)) } else { report(figures) }
      return
    }
    let locations = try Locations()
    let clock = ContinuousClock()
    let threads = threads ?? Parallel.processors
    let path = try locations.model(flag: model.name)
    let start = clock.now
    let model = try Model(path: path)
    let tokenizer = try Tokenizer()
    let interpreter = model.interpreter(tokenizer)
    let load = (clock.now - start) / .milliseconds(1)

    let texts = model.examples.texts
    guard !texts.isEmpty else { throw Failure("\(path): the model keeps no texts to measure with; train it again") }
    var times: [Double] = []
    for round in 0..<Self.warmUp + Self.rounds {
      let text = texts[round * 7919 % texts.count]
      let begin = clock.now
      let interpretation = interpreter.interpret(text)
      let time = (clock.now - begin) / .microseconds(1)
      if round >= Self.warmUp, interpretation.utterance.text == text { times.append(time) }
    }
    times.sort()
    let resident = Self.residentMemory()
    let ranking = model.selector.flatMap { Self.ranking($0, $0.reader(tokenizer), texts) }
    let many = (0..<Self.batchTexts).map { Example(text: texts[$0 % texts.count], intent: "", place: .init(file: path)) }
    let begin = clock.now
    let count = IntentEvaluation(tokenizer: tokenizer, classifier: model.intents, threads: threads).outcomes(many).count
    let batch = Double(count) / ((clock.now - begin) / .seconds(1))
    var training: Double?
    if let train {
      let examples = try TrainingData(paths: [train]).examples
      let rate = try IntentTrainer(epochs: Self.trainingEpochs, seed: 1, threads: threads).textsPerSecond(
        examples, tokenizer: tokenizer)
      training = rate
    }
    let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int).map { Double($0) / 1e6 } ?? 0
    let figures = Figures(
      kernels: Kernels.best.name, threads: threads, load_ms: load, parse_p50_us: times[times.count / 2],
      parse_p99_us: times[times.count * 99 / 100], batch_texts_per_second: batch, training_texts_per_second: training,
      rank_ten_p50_us: ranking?.ten, best_stored_p50_us: ranking?.best, stored_replies: model.selector?.replies.count,
      resident_mb: resident, model_mb: size)
    if json { Output.line(try JSONForms.line(figures)) } else { report(figures) }
  }

  private func row(_ name: String, _ value: String) { Output.line(Table.left(name, 34) + value) }

  private func report(_ figures: StoreBench.Figures) {
    row("orders, customers", "\(figures.orders), \(figures.customers)")
    row("import", "\(decimal(figures.import_s, 1)) s, at most \(decimal(figures.peak_mb, 0)) MB resident")
    row("store file", "\(decimal(figures.store_mb, 0)) MB")
    row("an order by its id, median", "\(decimal(figures.order_p50_us, 1)) µs")
    row("99 of 100 within", "\(decimal(figures.order_p99_us, 1)) µs")
    row("a customer by id, median", "\(decimal(figures.customer_p50_us, 1)) µs")
    row("a cancellation on disk, median", "\(decimal(figures.cancel_p50_ms, 2)) ms")
  }

  private func report(_ figures: Figures) {
    row("kernels, threads", "\(figures.kernels), \(figures.threads)")
    row("loading the model", "\(decimal(figures.load_ms, 1)) ms")
    row("one text, median", "\(decimal(figures.parse_p50_us, 1)) µs")
    row("one text, 99 of 100 within", "\(decimal(figures.parse_p99_us, 1)) µs")
    row("texts in batches", "\(decimal(figures.batch_texts_per_second, 0)) a second")
    if let training = figures.training_texts_per_second { row("texts learnt from", "\(decimal(training, 0)) a second") }
    if let ten = figures.rank_ten_p50_us, let best = figures.best_stored_p50_us, let stored = figures.stored_replies {
      row("ten replies ranked, median", "\(decimal(ten, 0)) µs")
      row("the best of \(stored) replies, median", "\(decimal(best, 0)) µs")
    }
    row("resident memory", "\(decimal(figures.resident_mb, 1)) MB")
    row("model file", "\(decimal(figures.model_mb, 1)) MB")
  }

  private static let rankings = 300

  /// Microseconds to rank ten replies of strings, and to find the best stored ones, both from the words on; medians.
  private static func ranking(
    _ selector: ResponseSelector, _ reader: MessageReader, _ texts: [String]
  ) -> (ten: Double, best: Double)? {
    let replies = selector.replies
    guard replies.count >= 10 else { return nil }
    let clock = ContinuousClock()
    func median(_ body: (Int) -> Int) -> Double {
      let times = (0..<rankings).map { round -> Double in
        let begin = clock.now
        let count = body(round)
        return count > 0 ? (clock.now - begin) / .microseconds(1) : 0
      }
      return times.sorted()[rankings / 2]
    }
    func context(_ round: Int) -> ReadContext {
      ResponseSelector.context([.init(isAgent: false, text: texts[round * 7919 % texts.count])], reader)
    }
    return (
      median { round in
        let chosen = (0..<10).map { reader.read(replies[(round * 131 + $0 * 17) % replies.count].text) }
        return selector.scores(context(round), chosen).count
      },
      median { selector.suggestions(context($0), count: 3, reader).count }
    )
  }

  /// Resident megabytes of this process, by the kernel's books.
  private static func residentMemory() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return Double(line?.filter(\.isNumber) ?? "").map { $0 / 1000 } ?? 0
  }
}
