import Neural

/// The deep part of understanding: word vectors, vectors learnt without labels and character n-grams → bidirectional LSTM, whose states
/// go two ways: attention and maximum → linear layer for the intent, and a conditional random field for the entities, where the
/// corpus has some (joint training, Zhang and Wang, 2016).
package struct JointNetwork: Sendable {
  /// Sizes that make a network.
  package struct Shape: Codable, Hashable, Sendable {
    package var words: Int
    /// Rows of the table of vectors learnt without labels, row 0 for words without one.
    package var vectors: Int
    package var subwords: Int
    package var intents: Int
    /// Tags of the entity tagger; none where the corpus annotates nothing.
    package var tags = 0
    package var wordDimensions = 64
    package var vectorDimensions = 128
    package var subwordDimensions = 64
    /// Hidden units of each direction.
    package var hidden = 128
    package var attention = 64

    var inputs: Int { wordDimensions + vectorDimensions + subwordDimensions }

    package init(words: Int, vectors: Int, subwords: Int, intents: Int) {
      self.words = words
      self.vectors = vectors
      self.subwords = subwords
      self.intents = intents
    }
  }

  /// Some texts: their distinct words, and for each place of each text its word.
  package struct Input: Sendable {
    package var units: [EncodedUnit]
    /// Indices of `units`, text after text.
    package var items: [Int]
    package var lengths: [Int]
    /// The tag at each place, to learn from.
    package var tags: [Int] = []

    package init(units: [EncodedUnit] = [], items: [Int] = [], lengths: [Int] = []) {
      self.units = units
      self.items = items
      self.lengths = lengths
    }

    package init(_ texts: [EncodedText]) {
      lengths = texts.map(\.units.count)
      guard texts.count > 1 else {
        units = texts.flatMap(\.units)
        items = Array(units.indices)
        return
      }
      // A word that many texts share is read once.
      var places: [EncodedUnit: Int] = [:]
      (units, items) = ([], [])
      for unit in texts.lazy.flatMap(\.units) {
        if let place = places[unit] {
          items.append(place)
        } else {
          places[unit] = units.count
          items.append(units.count)
          units.append(unit)
        }
      }
    }
  }

  /// The layers every text goes through.
  package struct Dense: Parameters {
    package var encoder: BidirectionalLSTM
    package var pooling: AttentionPooling
    package var output: Linear
    package var tagger: Tagger?

    package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
      try encoder.visitParameters { try body("encoder." + $0, &$1) }
      try pooling.visitParameters { try body("pooling." + $0, &$1) }
      try output.visitParameters { try body("output." + $0, &$1) }
      try tagger?.visitParameters { try body("tagger." + $0, &$1) }
    }
  }

  /// States → a score for each tag → the most likely row of tags.
  package struct Tagger: Parameters {
    package var emission: Linear
    package var field: ConditionalRandomField

    package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
      try emission.visitParameters { try body("emission." + $0, &$1) }
      try field.visitParameters { try body("field." + $0, &$1) }
    }
  }

  package let shape: Shape
  /// [words, wordDimensions]
  package var words: EmbeddingBag
  /// [vectors, vectorDimensions]; training leaves it as it is.
  package let vectors: EmbeddingBag
  /// [n-gram rows, subwordDimensions]
  package var subwords: EmbeddingBag
  package var dense: Dense
  /// The encoder as `output` runs it; made with the network, or when training is done.
  private var reader: LSTMReader

  /// - Parameter vectors: [shape.vectors, shape.vectorDimensions]
  package init(_ shape: Shape, vectors: Matrix, using generator: inout SplitMix64) {
    precondition(vectors.rows == shape.vectors && vectors.columns == shape.vectorDimensions)
    self.shape = shape
    words = EmbeddingBag(rows: shape.words, dimensions: shape.wordDimensions, using: &generator)
    self.vectors = EmbeddingBag(table: vectors)
    subwords = EmbeddingBag(rows: shape.subwords, dimensions: shape.subwordDimensions, using: &generator)
    let encoder = BidirectionalLSTM(inputs: shape.inputs, hidden: shape.hidden, using: &generator)
    dense = Dense(
      encoder: encoder, pooling: AttentionPooling(inputs: encoder.outputs, units: shape.attention, using: &generator),
      output: Linear(inputs: 2 * encoder.outputs, outputs: shape.intents, using: &generator),
      tagger: shape.tags == 0
        ? nil
        : Tagger(
          emission: Linear(inputs: encoder.outputs, outputs: shape.tags, using: &generator),
          field: ConditionalRandomField(tags: shape.tags)))
    reader = LSTMReader(encoder)
  }

  /// Every tensor that training changes, by its name in a model file.
  package var tensors: [(name: String, matrix: Matrix)] {
    [("words", words.table), ("subwords", subwords.table)] + dense.parameters.map { ($0.name, $0.matrix) }
  }

  /// A network whose tensors are `source`'s, by name; nil when one is missing or of another shape. Nothing is copied.
  package init?(_ shape: Shape, vectors: Matrix, tensors source: (String) -> Matrix?) {
    guard vectors.rows == shape.vectors, vectors.columns == shape.vectorDimensions else { return nil }
    var complete = true
    func tensor(_ name: String, _ rows: Int, _ columns: Int) -> Matrix {
      guard let found = source(name), found.rows == rows, found.columns == columns else {
        complete = false
        return Matrix(zeros: 0, 0)
      }
      return found
    }
    func lstm(_ name: String) -> LSTM {
      LSTM(
        inputWeights: tensor("\(name).inputWeights", shape.inputs, 4 * shape.hidden),
        recurrentWeights: tensor("\(name).recurrentWeights", shape.hidden, 4 * shape.hidden),
        bias: tensor("\(name).bias", 1, 4 * shape.hidden))
    }
    func linear(_ name: String, _ inputs: Int, _ outputs: Int) -> Linear {
      Linear(weights: tensor("\(name).weights", inputs, outputs), bias: tensor("\(name).bias", 1, outputs))
    }
    self.shape = shape
    self.vectors = EmbeddingBag(table: vectors)
    words = EmbeddingBag(table: tensor("words", shape.words, shape.wordDimensions))
    subwords = EmbeddingBag(table: tensor("subwords", shape.subwords, shape.subwordDimensions))
    dense = Dense(
      encoder: BidirectionalLSTM(forwardLayer: lstm("encoder.forward"), backwardLayer: lstm("encoder.backward")),
      pooling: AttentionPooling(
        projection: linear("pooling.projection", 2 * shape.hidden, shape.attention),
        query: tensor("pooling.query", 1, shape.attention)),
      output: linear("output", 4 * shape.hidden, shape.intents),
      tagger: shape.tags == 0
        ? nil
        : Tagger(
          emission: linear("tagger.emission", 2 * shape.hidden, shape.tags),
          field: ConditionalRandomField(
            transitions: tensor("tagger.field.transitions", shape.tags, shape.tags),
            start: tensor("tagger.field.start", 1, shape.tags))))
    reader = LSTMReader(dense.encoder)
    guard complete else { return nil }
  }

  // MARK: forward

  /// The network with its encoder ready to read: what training changed goes into `output` now.
  package func finished() -> JointNetwork {
    var network = self
    network.reader = LSTMReader(dense.encoder)
    return network
  }

  /// What the network makes of some texts.
  package struct Output: Sendable {
    /// [texts, intents]
    package let logits: Matrix
    /// [texts, pooled]: what the intents are read off.
    package let pooled: Matrix
    /// One a unit, text after text.
    package let attention: [Float]
    /// The scores of the tags, [units, tags]; nil without a tagger.
    package let emissions: Matrix?
  }

  package func output(_ texts: [EncodedText]) -> Output {
    let input = Input(texts)
    let batch = SequenceBatch(lengths: input.lengths)
    let states = reader.states(embedded(input.units), items: input.items, batch)
    let (pooled, tape) = dense.pooling.forward(states, batch)
    return Output(
      logits: dense.output.forward(pooled), pooled: pooled, attention: tape.attention,
      emissions: dense.tagger?.emission.forward(states))
  }

  /// x[units, inputs]: a unit's three vectors beside one another.
  private func embedded(_ units: [EncodedUnit]) -> Matrix {
    var x = Matrix(zeros: units.count, shape.inputs)
    words.forward(units.map { [$0.word] }, into: &x)
    vectors.forward(units.map { [$0.vector] }, into: &x, column: shape.wordDimensions)
    subwords.forward(units.map(\.subwords), into: &x, column: shape.wordDimensions + shape.vectorDimensions)
    return x
  }

  // MARK: training

  /// Chances of dropping something while training.
  package struct Regularization: Codable, Hashable, Sendable {
    /// Of a value of a word's vectors, for all its places in the batch (Gal and Ghahramani, 2016).
    package var inputDropout: Float = 0.3
    /// Of a value of the pooled vector.
    package var outputDropout: Float = 0.5
    /// Of a word being taken for unknown, its n-grams left.
    package var wordDropout: Float = 0.1
    package var labelSmoothing: Float = 0.1
    /// Of a value of the tagger's input.
    package var tagDropout: Float = 0.5
    /// What the loss of a text's tags counts beside the loss of its intent.
    package var tagWeight: Float = 1

    package init() {}
  }

  /// A gradient of all parameters; gradients add.
  package struct Gradient: Sendable {
    package var words: SparseGradient
    package var subwords: SparseGradient
    package var dense: Dense
    package var loss = 0.0
    package var correct = 0

    package mutating func add(_ other: Gradient) {
      words.add(other.words)
      subwords.add(other.subwords)
      dense.add(other.dense)
      loss += other.loss
      correct += other.correct
    }

    package mutating func scale(by factor: Float) {
      words.scale(by: factor)
      subwords.scale(by: factor)
      dense.scale(by: factor)
    }

    package var norm: Double { (words.squaredNorm + subwords.squaredNorm + dense.squaredNorm).squareRoot() }
  }

  /// The summed loss of some texts and its gradient, under dropout drawn from `generator`.
  package func gradient(
    _ input: Input, labels: [Int], _ regularization: Regularization, using generator: inout SplitMix64
  ) -> Gradient {
    let batch = SequenceBatch(lengths: input.lengths)
    let units = input.units.map { unit -> EncodedUnit in
      var unit = unit
      if generator.uniform() < regularization.wordDropout { (unit.word, unit.vector) = (0, 0) }
      return unit
    }
    var x = embedded(units)
    let inputMask = Dropout(rate: regularization.inputDropout).mask(rows: x.rows, columns: x.columns, using: &generator)
    x.multiply(by: inputMask)
    let (states, encoderTape) = dense.encoder.forward(x, items: input.items, batch)
    var (pooled, poolingTape) = dense.pooling.forward(states, batch)
    let outputMask = Dropout(rate: regularization.outputDropout)
      .mask(rows: pooled.rows, columns: pooled.columns, using: &generator)
    pooled.multiply(by: outputMask)
    let (loss, dLogits, correct) = SoftmaxCrossEntropy.lossAndGradient(
      logits: dense.output.forward(pooled), labels: labels, smoothing: regularization.labelSmoothing)

    var gradient = Gradient(
      words: SparseGradient(tableRows: shape.words, dimensions: shape.wordDimensions),
      subwords: SparseGradient(tableRows: shape.subwords, dimensions: shape.subwordDimensions), dense: dense.zeros,
      loss: loss, correct: correct)
    var dPooled = dense.output.backward(x: pooled, dY: dLogits, gradient: &gradient.dense.output)
    dPooled.multiply(by: outputMask)
    var dStates = dense.pooling.backward(
      poolingTape, h: states, dOutput: dPooled, batch, gradient: &gradient.dense.pooling)
    if let tagger = dense.tagger, gradient.dense.tagger != nil {
      var partial = tagger.zeros
      let mask = Dropout(rate: regularization.tagDropout).mask(rows: states.rows, columns: states.columns, using: &generator)
      var masked = states
      masked.multiply(by: mask)
      let (loss, dEmissions) = tagger.field.lossAndGradient(
        emissions: tagger.emission.forward(masked), tags: input.tags, batch, gradient: &partial.field)
      var dMasked = tagger.emission.backward(x: masked, dY: dEmissions, gradient: &partial.emission)
      dMasked.multiply(by: mask)
      dStates.add(dMasked, scaledBy: regularization.tagWeight)
      partial.scale(by: regularization.tagWeight)
      gradient.loss += loss * Double(regularization.tagWeight)
      gradient.dense.tagger = partial
    }
    var dX = dense.encoder.backward(encoderTape, dOutput: dStates, batch, gradient: &gradient.dense.encoder)
    dX.multiply(by: inputMask)
    words.backward(units.map { [$0.word] }, dY: dX, gradient: &gradient.words)
    subwords.backward(
      units.map(\.subwords), dY: dX, column: shape.wordDimensions + shape.vectorDimensions, gradient: &gradient.subwords)
    return gradient
  }
}
