import ArgumentParser
import Commerce
import Corpus
import Dialogue
import Foundation
import NLU
import Neural
import Text

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on intent corpora.",
    discussion: """
      Without --intents it reads intents/ and the new model becomes the current one. With it, any corpus in Rasa's YAML form, as
      text TAB intent (.tsv) or as JSON Lines trains a model of its own, and --model says where to. A tenth of the examples, and of few
      examples one tenth after the other, is first held out to measure the model and to fit its confidence; then all of them are learnt.
      The model is written in one piece or not at all.

      EXAMPLES:
        steward train
        steward train --intents my-intents/ --model mine
        steward train --intents train.tsv.gz --model ./banking.safetensors --epochs 20 --seed 7
      """)

  @Option(parsing: .upToNextOption, help: "Files or folders with examples, replies and flows (default: intents/).")
  var intents: [String] = []
  @Option(
    parsing: .upToNextOption,
    help:
      "Conversations (.jsonl, .txt) and knowledge (.md) for the response selector (default: corpora/ for the default model).")
  var corpora: [String] = []
  @Option(
    help:
      "What customers did, for the recommender: customer, product, event, weight, time; or customer and products with commas; or a basket a line, with bars (default: corpora/store for the default model)."
  )
  var interactions: String?
  @Option(
    help:
      "What shoppers clicked, for the search ranking: query TAB product TAB number of clicks; with --products, or for the demo shop's."
  )
  var clicks: String?
  @Option(
    help:
      "The products of --clicks and --interactions: id, title, brand, price in cents, date, description, attributes with TABs between."
  )
  var products: String?
  @Option(
    parsing: .upToNextOption,
    help:
      "Files or folders of text without labels, to learn words from, beside the built-in thesaurus (default: corpora/ for the default model, else none)."
  )
  var text: [String] = []
  @Option(
    help:
      "Word vectors you have, in place of those from --text and the built-in thesaurus: word2vec, GloVe or fastText text, or FILE.safetensors with FILE.vocab.txt."
  )
  var vectors: String?
  @Option(help: "The licence of --vectors, to be noted in the model.")
  var vectorsLicence: String?
  @Option(help: "A model to begin with, when the corpus has changed a little: a fraction of the time.")
  var from: String?
  @Option(help: "The model to write: a file, or a NAME for models/NAME.safetensors.")
  var model: String?
  @Option(
    help: "Labelled examples that decide: the new model takes the place of the one before only if it is no worse on them.")
  var gate: String?
  @Option(help: "Settings that steward tune found, as its --output wrote them.")
  var settings: String?
  @Option(help: "Passes over the examples (default: by their number).")
  var epochs: Int?
  @Option(help: "Networks whose mean decides, each trained twice as long: with 3 about half a point more accurate.")
  var ensemble: Int?
  @Flag(help: "Write the model in eight bits a number: less than half the size, a tenth of a point less accurate.")
  var quantize = false
  @Option(help: "Fixes every chance; the same seed gives the same weights whatever the number of threads.")
  var seed: UInt64 = 1
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @OptionGroup var store: StoreOption
  @OptionGroup var clock: ClockOption
  @Flag(help: "Print what was trained as one JSON object.")
  var json = false

  private static let shownConflicts = 3
  private static let defaultModel = "default"

  private struct Summary: Encodable {
    let model: String
    let examples: Int
    let intents: Int
    let seconds: Double
    let held_out: IntentMetrics?
  }

  func validate() throws {
    if gate != nil, intents.isEmpty, !corpora.isEmpty || interactions != nil || clicks != nil {
      throw ValidationError("--gate decides by intents; it goes with --intents, or with the default model")
    }
    if let epochs, epochs < 1 { throw ValidationError("--epochs wants a number of at least 1") }
    if let ensemble, !(1...64).contains(ensemble) { throw ValidationError("--ensemble wants a number from 1 to 64") }
    if let threads, threads < 1 { throw ValidationError("--threads wants a number of at least 1") }
    if from != nil, vectors != nil || !text.isEmpty {
      throw ValidationError("--from keeps the word vectors of its model; leave --text and --vectors out")
    }
    if !intents.isEmpty || !corpora.isEmpty || interactions != nil || clicks != nil, model == nil {
      throw ValidationError(
        "with --intents, --corpora, --interactions or --clicks say where the model goes: --model NAME or --model FILE")
    }
  }

  func run() throws {
    let locations = try Locations()
    let start = ContinuousClock().now
    if intents.isEmpty, !corpora.isEmpty || interactions != nil || clicks != nil {
      try trainWithoutIntents(locations, start)
      return
    }
    let isDefault = intents.isEmpty
    let paths = isDefault ? [locations.inHome("intents")] : intents
    let data = try TrainingData(paths: paths)
    guard !data.examples.isEmpty else {
      throw Failure("\(paths.joined(separator: " ")): no examples in it; add \"nlu:\" items or text TAB intent lines")
    }
    let conflicts = data.conflicts
    for conflict in conflicts.prefix(Self.shownConflicts) { Output.note("steward: \(TerminalText.oneLine("\(conflict)"))") }
    if conflicts.count > Self.shownConflicts {
      Output.note("steward: \(conflicts.count - Self.shownConflicts) more texts stand under two intents")
    }
    let labels = Set(data.examples.filter { !$0.isOutOfScope }.map(\.intent))
    if !data.script.flows.isEmpty {
      let problems = data.script.problems(intents: labels).map { problem in
        (problem.subject.flatMap { data.places[$0] }).map { "\($0): \(problem)" } ?? problem.description
      }
      if let first = problems.first {
        problems.dropFirst().forEach { Output.note("steward: \($0)") }
        throw Failure(first)
      }
    }
    let path = locations.modelPath(model ?? Self.defaultModel)
    let threads = threads ?? Parallel.processors
    let tokenizer = try Tokenizer()
    let gate = try gate.map { try Gate($0, replacing: path, locations) }
    var bar = ProgressBar()
    let conversations = isDefault ? ["corpora/dialogues", "corpora/knowledge"].map(locations.inHome) : corpora
    let corpus = try ConversationCorpus(paths: conversations)
    var words = Cooccurrence()
    // The thesaurus is known in its own way, and no text.
    let thesaurus = locations.inHome("corpora/thesaurus/")
    let texts = try UnlabelledText.files(text.isEmpty && isDefault && from == nil ? [locations.inHome("corpora")] : text)
      .filter { !$0.hasPrefix(thesaurus) }
    for (index, file) in texts.enumerated() {
      bar.update(Double(index) / Double(texts.count), "reading \(file)")
      try words.add(file: file, tokenizer: tokenizer, threads: threads)
    }
    var trainer = IntentTrainer(epochs: epochs, seed: seed, threads: threads)
    let earlier = try from.map { try Model(path: locations.model(flag: $0)) }
    trainer.earlier = earlier
    if let settings { trainer.adjustment = try TuneCommand.read(settings) }
    trainer.ensemble = ensemble ?? earlier?.intents.networks.count ?? 1
    if let vectors { trainer.vectors = { try WordVectors(file: vectors, inUse: $0) } }
    var curve: [Double] = []
    let result = try trainer.train(data.examples, tokenizer: tokenizer, text: words) { progress in
      let training = progress.training
      // Of the last pass: the model's own.
      if progress.pass == progress.passes {
        while curve.count < training.epoch { curve.append(training.accuracy) }
        curve[training.epoch - 1] = training.accuracy
      }
      bar.update(
        progress.fraction,
        "pass \(progress.pass)/\(progress.passes), epoch \(training.epoch)/\(training.epochs)  loss \(decimal(training.loss, 3))"
          + "  accuracy \(decimal(training.accuracy * 100, 1))%")
    }
    let selector =
      corpus.isEmpty
      ? nil : try SelectorTraining(corpus: corpus, data: data, seed: seed, threads: threads).run(tokenizer, bar: &bar)
    var others: [Safetensors.Part] = []
    if let interactions {
      others.append(try recommender(try Interactions(path: interactions), try catalogue(), tokenizer, threads, &bar).filePart)
    } else if isDefault, case let shop = locations.inHome("corpora/store"), let events = try Interactions(shop: shop) {
      others.append(try recommender(events, try SearchDocument.ofShop(shop), tokenizer, threads, &bar).filePart)
    }
    if let ranking = try searchRanking(locations, tokenizer) { others.append(ranking.filePart) }
    bar.end()
    let origin = Model.Origin(
      date: try clock.time().formatted(.iso8601), seed: seed, dataHash: Model.dataHash(data), examples: data.examples.count,
      settings: result.settings, heldOut: result.heldOut,
      vectors: vectors.map { .init(file: $0, licence: vectorsLicence) } ?? earlier?.origin.vectors, trainingAccuracies: curve)
    var hints = data.hints.adding(data.examples)
    let products = locations.inHome("corpora/store/products.json")
    if isDefault, FileManager.default.fileExists(atPath: products) { try hints.add(products: products) }
    let extractor = EntityExtractor(tags: result.tags, hints: hints)
    let trained = Model(
      intents: result.classifier, entities: extractor, script: data.script, origin: origin, examples: data.examples,
      selector: selector)
    try gate?.pass(trained, tokenizer, threads)
    try trained.write(to: path, quantized: quantize, with: others)
    if isDefault, model == nil || model == Self.defaultModel { try locations.makeCurrent(Self.defaultModel) }
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    if json {
      Output.line(
        try JSONForms.line(
          Summary(model: path, examples: data.examples.count, intents: labels.count, seconds: seconds, held_out: result.heldOut)
        ))
    } else {
      let accuracy = result.heldOut.map { "; \(decimal($0.accuracy * 100, 1))% right on the texts held out" } ?? ""
      Output.line(
        "\(path): \(data.examples.count) examples of \(labels.count) intents in \(decimal(seconds, 1)) s\(accuracy)")
    }
  }
}

extension TrainCommand {
  private struct PartsSummary: Encodable {
    let model: String
    let conversations: Int?
    let passages: Int?
    let interactions: Int?
    let seconds: Double
  }

  /// Trains the parts that --corpora and --interactions feed, and nothing else.
  private func trainWithoutIntents(_ locations: Locations, _ start: ContinuousClock.Instant) throws {
    let corpus = try ConversationCorpus(paths: corpora)
    guard !corpus.isEmpty || corpora.isEmpty else {
      throw Failure("\(corpora.joined(separator: " ")): no conversations (.jsonl, .txt) and no knowledge (.md) in it")
    }
    let events = try interactions.map { try Interactions(path: $0) }
    if let events, let interactions, events.isEmpty { throw Failure("\(interactions): no interactions in it") }
    let threads = threads ?? Parallel.processors
    var bar = ProgressBar()
    var parts: [Safetensors.Part] = []
    if !corpus.isEmpty {
      parts.append(
        try SelectorTraining(corpus: corpus, data: nil, seed: seed, threads: threads, epochs: epochs)
          .run(try Tokenizer(), bar: &bar).filePart)
    }
    let tokenizer = try Tokenizer()
    if let events { parts.append(try recommender(events, try catalogue(), tokenizer, threads, &bar).filePart) }
    if let ranking = try searchRanking(locations, tokenizer) { parts.append(ranking.filePart) }
    bar.end()
    let path = locations.modelPath(model ?? Self.defaultModel)
    try Model.write(parts, to: path)
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    let summary = PartsSummary(
      model: path, conversations: corpora.isEmpty ? nil : corpus.transcripts.count,
      passages: corpora.isEmpty ? nil : corpus.passages.count, interactions: events?.count, seconds: seconds)
    let counted = [
      summary.conversations.map { "\($0) conversations" }, summary.passages.map { "\($0) passages" },
      events.map { "\($0.count) interactions of \($0.customers.count) customers with \($0.items.count) products" },
    ]
    Output.line(
      json
        ? try JSONForms.line(summary)
        : "\(path): \(counted.compactMap(\.self).joined(separator: ", ")) in \(decimal(seconds, 1)) s")
  }

  /// The products of --products; none without it.
  private func catalogue() throws -> [SearchDocument] { try products.map { try SearchDocument.read($0) } ?? [] }

  /// What --clicks teach; nil without them.
  private func searchRanking(_ locations: Locations, _ tokenizer: Tokenizer) throws -> SearchRanking? {
    guard let clicks else { return nil }
    let judgments = try SearchMetrics.Judgments(path: clicks, greatest: nil)
    let documents =
      products == nil ? try store.open(locations).products().map(SearchDocument.init) : try catalogue()
    let index = try SearchIndex(documents, tokenizer: tokenizer, synonyms: try synonymsOrDefault(nil, tokenizer))
    let queries = try judgments.queries.map { query in
      try index.features(query.text).map { (features: $0.features, grade: query.grades[$0.id] ?? 0) }
    }
    guard let ranking = SearchRanking(queries) else {
      throw Failure(
        "\(clicks): nothing to learn from; it wants queries of which some products found were clicked and others not")
    }
    return ranking
  }

  private func recommender(
    _ events: Interactions, _ catalogue: [SearchDocument], _ tokenizer: Tokenizer, _ threads: Int, _ bar: inout ProgressBar
  ) -> LearntRecommender {
    LearntRecommender(
      training: events, catalogue: (catalogue, SearchTerms(tokenizer: tokenizer)), seed: seed, threads: threads
    ) { bar.update($0, "recommender: \($1)") }
  }
}

/// A number with a fixed count of decimals.
func decimal(_ value: Double, _ places: Int) -> String {
  value.formatted(.number.precision(.fractionLength(places)).locale(Locale(identifier: "en_US_POSIX")))
}
