import Conversation
import Corpus
import Neural
import Text

/// Makes an intent classifier of a corpus.
package struct IntentTrainer: Sendable {
  /// What the corpus cannot be used for.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  /// How far training is. The first passes learn without a part of the texts each, to measure and calibrate on it; the last ones, one a
  /// network, learn from all.
  package struct Progress: Sendable {
    package let pass: Int
    package let passes: Int
    package let training: NetworkTraining.Progress

    /// The share of all work done.
    package var fraction: Double { (Double(pass - 1) + training.fraction) / Double(passes) }
  }

  /// What was learnt, and how well it did on the texts held out.
  package struct Result: Sendable {
    package let classifier: IntentClassifier
    package let tags: EntityTags
    package let heldOut: IntentMetrics?
    package let settings: NetworkTraining.Settings
  }

  package var epochs: Int?
  package var seed: UInt64
  package var threads: Int
  /// Nothing is held out: for the time it takes alone.
  private var measuresOnly = false
  /// What the settings chosen by the corpus' size are changed to.
  package var adjustment = Adjustment()

  /// Settings other than the default; nil leaves one as it is.
  package struct Adjustment: Codable, Hashable, Sendable {
    package var rate: Float?
    package var hidden: Int?
    /// Of the pooled vector.
    package var dropout: Float?
    /// The chance of a text being altered as customers mistype.
    package var noise: Float?

    package init() {}
  }

  /// Networks whose mean decides.
  package var ensemble = 1
  /// An earlier model to begin with: its vectors, calibration and all it knows of the same words, intents and entities are kept, and
  /// half the passes at a lower rate teach it the rest.
  package var earlier: Model?
  /// What is known of words beside the texts.
  package var thesaurus = Thesaurus.builtIn
  /// Vectors learnt elsewhere, in place of those learnt from the texts and the thesaurus.
  package var vectors: (@Sendable (_ inUse: Set<String>) throws -> WordVectors)?

  package init(epochs: Int? = nil, seed: UInt64, threads: Int) {
    self.epochs = epochs
    self.seed = seed
    self.threads = threads
  }

  private static let subwordRows = 8192
  /// Buckets of the wide part's features, of a corpus that is not large and of one that is: there they would share too many.
  private static let linearBuckets = (few: 1 << 15, many: 1 << 17)
  private static let vectorDimensions = 128
  private static let largeCorpus = 20_000
  /// Entries of the thesaurus a word of the texts, from which on it counts as knowing them: a language that is not in it has some words
  /// by accident.
  private static let thesaurusShare: Float = 0.1
  /// How long the mean vector is that the linear part learns from, beside sparse features of length 1: of few texts, and of `manyTexts`,
  /// where as much gains nothing and loses half a point of telling strangers. Chosen on the training and validation parts of public corpora.
  private static let meanLength: (few: Float, many: Float) = (0.75, 0.35)
  private static let manyTexts = 5_000
  /// With this many texts held out, what is left of miscalibration is mostly the chance of which texts they are.
  private static let enoughHeldOut = 500

  /// A text read and ready, with its class.
  private struct Prepared: Sendable {
    let example: Example
    let language: Language?
    let units: [TextUnit]
    /// One a unit; empty where the corpus annotates nothing.
    let tags: [Int]
    let label: Int
  }

  package func train(
    _ examples: [Example], tokenizer: Tokenizer, text: Cooccurrence = Cooccurrence(), progress: (Progress) -> Void
  ) throws -> Result {
    guard let first = examples.first else {
      throw Unusable(description: "the corpus has no examples; add \"nlu:\" items or text TAB intent lines")
    }
    let inScope = Set(examples.filter { !$0.isOutOfScope }.map(\.intent)).sorted()
    guard !inScope.isEmpty else {
      throw Unusable(description: "\(first.place.file): every example is out of scope; add examples of at least one intent")
    }
    let hasOutOfScopeClass = examples.contains(where: \.isOutOfScope)
    let intents = hasOutOfScopeClass ? inScope + [Interpretation.outOfScope] : inScope
    let tags = EntityTags(examples)
    let prepared = prepare(examples, intents, tags, tokenizer)
    var knowsMore = !text.isEmpty || self.vectors != nil || earlier?.intents.linear.usesVectors == true
    var text = text
    for item in prepared { text.add(item.units.map(\.word)) }
    let vectors: WordVectors
    if let earlier {
      vectors = earlier.intents.wordVectors
    } else if let source = self.vectors {
      vectors = try source(Set(text.words))
    } else {
      let own = text.words.count
      let entries = text.add(thesaurus, tokenizer: tokenizer, threads: threads)
      if Float(entries) > Self.thesaurusShare * Float(own) { knowsMore = true }
      vectors = WordVectors(text, dimensions: Self.vectorDimensions, seed: seed)
    }
    let base = Base(
      earlier: earlier?.intents, knowsMore: knowsMore, tags: tags.count, intents: intents,
      hasOutOfScopeClass: hasOutOfScopeClass, prepared: prepared,
      vectors: vectors)

    var settings = NetworkTraining.Settings(examples: examples.count)
    if ensemble > 1 { settings.prolong() }
    if earlier != nil { settings.shorten() }
    if let epochs { settings.epochs = epochs }
    if let rate = adjustment.rate { settings.peakRate = rate }
    if let dropout = adjustment.dropout { settings.regularization.outputDropout = dropout }
    if let noise = adjustment.noise { settings.noise = noise }
    // What an earlier model has learnt by heart cannot be held out from it any more; its calibration is the honest one, as long as
    // out of scope means the same.
    let keepsCalibration = earlier?.intents.hasOutOfScopeClass == hasOutOfScopeClass
    let folds = !keepsCalibration && !measuresOnly ? self.folds(examples, prepared) : []
    var inheritance = earlier.map { self.inheritance(from: $0, base, tags) }
    let passes = folds.count + ensemble
    var calibration = Calibration(hasOutOfScopeClass: hasOutOfScopeClass)
    if keepsCalibration, let earlier { calibration = earlier.intents.calibration }
    var heldOut: IntentMetrics?
    var trial: IntentClassifier?
    var tested: [(prepared: Prepared, evidence: IntentClassifier.Evidence)] = []
    for (index, fold) in folds.enumerated() {
      let places = Set(fold)
      let kept = prepared.indices.filter { !places.contains($0) }.map { prepared[$0] }
      let fitted = fit(kept, base, settings, networks: 1) { _, training in
        progress(Progress(pass: index + 1, passes: passes, training: training))
      }
      trial = fitted
      // A class that the trial never saw says nothing about how sure it may be of the others.
      let learnt = Set(kept.map(\.label))
      let fair = fold.filter { learnt.contains(prepared[$0].label) }
      let evidence = fitted.evidence(fair.map { fitted.encoder.encode(prepared[$0].units) })
      tested += zip(fair, evidence).map { (prepared[$0], $1) }
    }
    if !tested.isEmpty {
      calibration = Calibration(
        tested.map { .init(evidence: $0.evidence, label: $0.prepared.label, isOutOfScope: $0.prepared.example.isOutOfScope) },
        hasOutOfScopeClass: hasOutOfScopeClass)
      heldOut = IntentMetrics(
        tested.map {
          .init(
            example: $0.prepared.example, language: $0.prepared.language,
            prediction: calibration.prediction($0.evidence, intents: intents, hasOutOfScopeClass: hasOutOfScopeClass))
        })
    }
    // A large corpus is not learnt twice: the last pass goes on from the trial, which has seen nine tenths of it.
    if let trial, earlier == nil, ensemble == 1, examples.count >= Self.largeCorpus {
      settings.goOn()
      inheritance = JointNetwork.Inheritance(
        network: trial.networks[0], words: (0..<base.encoder.trainedWords).map(\.self), intents: intents.indices.map(\.self),
        tags: tags.count == 0 ? [] : (0..<1 + 2 * tags.labels.count).map(\.self))
    }
    var classifier = fit(prepared, base, settings, inheritance, networks: ensemble) { network, training in
      progress(Progress(pass: passes - ensemble + network + 1, passes: passes, training: training))
    }
    classifier.calibration = calibration
    return Result(classifier: classifier, tags: tags, heldOut: heldOut, settings: settings)
  }

  /// The tenths held out in turn: as many as make enough texts to calibrate on, of a few hundred examples all ten. Larger parts would
  /// leave too little to learn, and make the calibration doubt more than it should.
  private func folds(_ examples: [Example], _ prepared: [Prepared]) -> [[Int]] {
    let languages = Dictionary(zip(prepared.map(\.example.text), prepared.map(\.language))) { first, _ in first }
    let folds = Split.folds(
      examples, count: 10, language: { languages[$0] ?? nil }, generator: { SplitMix64(seed: seed, name: $0) })
    let tenth = max(examples.count / 10, 1)
    return Array(
      folds.filter { fold in fold.contains { !examples[$0].isOutOfScope } && fold.count < examples.count }
        .prefix((Self.enoughHeldOut + tenth - 1) / tenth))
  }

  private func prepare(_ examples: [Example], _ intents: [String], _ tags: EntityTags, _ tokenizer: Tokenizer) -> [Prepared] {
    let labels = Dictionary(uniqueKeysWithValues: intents.enumerated().map { ($1, $0) })
    let patterns = PatternEntities()
    let questions = questions(examples)
    return zip(examples, questions).map { example, question in
      let utterance = tokenizer.utterance(example.text)
      let units = TextEncoder.units(utterance, patterns.entities(in: utterance), after: question)
      return Prepared(
        example: example, language: utterance.language, units: units,
        tags: tags.count == 0 ? [] : tags.tags(example.annotations, units: units, in: utterance),
        label: labels[example.isOutOfScope ? Interpretation.outOfScope : example.intent] ?? 0)
    }
  }

  /// An intent with fewer of its examples after questions than this means the same after any.
  private static let dependentShare = 0.05
  /// How many of such an intent's other examples are learnt as if they came after some question.
  private static let askedShare: Float = 0.15

  /// What each example comes after. Where a corpus knows of questions, whoever begins another business or says goodbye does so after
  /// some of them, though few corpora show it: a share of those examples is given one by chance, so that a question does not turn
  /// everything after it into an answer.
  private func questions(_ examples: [Example]) -> [QuestionKind?] {
    let kinds = Set(examples.compactMap { $0.question?.kind }).sorted { $0.rawValue < $1.rawValue }
    if kinds.isEmpty { return examples.map { _ in nil } }
    var (all, asked): ([String: Int], [String: Int]) = ([:], [:])
    for example in examples {
      all[example.intent, default: 0] += 1
      if example.question != nil { asked[example.intent, default: 0] += 1 }
    }
    var generator = SplitMix64(seed: seed, name: "questions")
    return examples.map { example in
      let depends = Double(asked[example.intent] ?? 0) > Self.dependentShare * Double(all[example.intent] ?? 1)
      if example.question != nil || depends || generator.uniform() >= Self.askedShare { return example.question?.kind }
      return kinds[Int.random(in: kinds.indices, using: &generator)]
    }
  }

  /// How many texts a second the network learns from: `epochs` passes over the examples, reading and the linear part left out.
  package func textsPerSecond(_ examples: [Example], tokenizer: Tokenizer) throws -> Double {
    let clock = ContinuousClock()
    var (first, last): (ContinuousClock.Instant?, ContinuousClock.Instant?)
    var settings = NetworkTraining.Settings(examples: examples.count)
    var trainer = self
    trainer.measuresOnly = true
    _ = try trainer.train(examples, tokenizer: tokenizer) { progress in
      if first == nil { first = clock.now }
      last = clock.now
      settings.epochs = progress.training.epochs
    }
    guard let first, let last, last > first else { return 0 }
    return Double(examples.count * settings.epochs) / ((last - first) / .seconds(1))
  }

  /// What all training runs of a corpus share.
  private struct Base {
    let intents: [String]
    let hasOutOfScopeClass: Bool
    let encoder: TextEncoder
    /// In vocabulary order, row 0 zeros.
    let vectors: Matrix
    /// Whether the vectors come from more than the examples.
    let knowsMore: Bool
    let tags: Int
    let noise: TypingNoise
    let linearBuckets: Int
    let meanLength: Float

    init(
      earlier: IntentClassifier?, knowsMore: Bool, tags: Int, intents: [String], hasOutOfScopeClass: Bool, prepared: [Prepared],
      vectors: WordVectors
    ) {
      self.knowsMore = knowsMore
      self.tags = tags
      self.intents = intents
      self.hasOutOfScopeClass = hasOutOfScopeClass
      var trained = Vocabulary(counting: prepared.map { $0.units.map(\.word) }, minimumCount: 2)
      if let encoder = earlier?.encoder {
        let kept = Array(encoder.vocabulary.words.prefix(encoder.trainedWords))
        let known = Set(kept)
        trained = Vocabulary(words: kept + trained.words.dropFirst().filter { !known.contains($0) })
      }
      let known = Set(trained.words)
      let vocabulary = Vocabulary(words: trained.words + vectors.words.filter { !known.contains($0) })
      encoder = TextEncoder(
        vocabulary: vocabulary, trainedWords: trained.count, subwords: Subwords(lengths: 2...5), subwordRows: subwordRows)
      var table = Matrix(zeros: vocabulary.count, vectors.table.columns)
      for (row, word) in vectors.words.enumerated() {
        vectors.table.withRow(row) { source in
          table.withMutableRow(Int(vocabulary[word])) { _ = $0.update(fromContentsOf: source) }
        }
      }
      self.vectors = table
      noise = TypingNoise(words: trained.words)
      linearBuckets = prepared.count < largeCorpus ? IntentTrainer.linearBuckets.few : IntentTrainer.linearBuckets.many
      meanLength = prepared.count < manyTexts ? IntentTrainer.meanLength.few : IntentTrainer.meanLength.many
    }
  }

  private func inheritance(from model: Model, _ base: Base, _ tags: EntityTags) -> JointNetwork.Inheritance {
    let old = model.intents
    let intents = Dictionary(old.intents.enumerated().map { ($1, $0) }) { first, _ in first }
    let labels = Dictionary(model.entities.tags.labels.enumerated().map { ($1, $0) }) { first, _ in first }
    let tagSources = tags.labels.flatMap { label -> [Int?] in
      labels[label].map { [1 + 2 * $0, 2 + 2 * $0] } ?? [nil, nil]
    }
    return JointNetwork.Inheritance(
      network: old.networks[0],
      words: (0..<base.encoder.trainedWords).map { $0 < old.encoder.trainedWords ? $0 : nil },
      intents: base.intents.map { intents[$0] },
      tags: tags.count == 0 ? [] : [model.entities.tags.count > 0 ? EntityTags.outside : nil] + tagSources)
  }

  /// One training, uncalibrated.
  private func fit(
    _ prepared: [Prepared], _ base: Base, _ settings: NetworkTraining.Settings,
    _ inheritance: JointNetwork.Inheritance? = nil, networks count: Int,
    progress: (Int, NetworkTraining.Progress) -> Void
  ) -> IntentClassifier {
    let labels = prepared.map(\.label)
    let texts = TrainingTexts(
      prepared.map(\.units), tags: base.tags == 0 ? [] : prepared.map(\.tags), encoder: base.encoder, noise: base.noise)
    let networks = (0..<count).map { index in
      let seed = seed &+ UInt64(index) &* 0x1_0000
      var generator = SplitMix64(seed: seed, name: "weights")
      var shape = JointNetwork.Shape(
        words: base.encoder.trainedWords, vectors: base.vectors.rows, subwords: Self.subwordRows, intents: base.intents.count)
      shape.vectorDimensions = base.vectors.columns
      shape.tags = base.tags
      if let hidden = adjustment.hidden { shape.hidden = hidden }
      var network = JointNetwork(shape, vectors: base.vectors, using: &generator)
      if let inheritance { network = network.inheriting(inheritance) }
      return NetworkTraining(settings: settings, seed: seed, threads: threads).run(network, texts, labels: labels) {
        progress(index, $0)
      }
    }
    let linear = LinearClassifier(
      prepared.map { base.encoder.encode($0.units) }, labels: labels, classes: base.intents.count,
      vectors: base.knowsMore ? base.vectors : nil,
      meanLength: base.meanLength, buckets: base.linearBuckets, seed: seed,
      threads: threads)
    return IntentClassifier(
      intents: base.intents, hasOutOfScopeClass: base.hasOutOfScopeClass, encoder: base.encoder, networks: networks,
      linear: linear, calibration: Calibration(hasOutOfScopeClass: base.hasOutOfScopeClass))
  }
}
