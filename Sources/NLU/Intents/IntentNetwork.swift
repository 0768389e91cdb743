import Neural

/// The intent classifier's network, deep and wide (Cheng et al., 2016): word and character n-gram vectors → bidirectional LSTM →
/// attention and maximum → linear layer, plus a linear model of the text's words, n-grams and pairs straight into the logits. The wide part
/// remembers single telling features that few examples are too few to teach an LSTM.
package struct IntentNetwork: Sendable {
  /// Sizes that make a network.
  package struct Shape: Codable, Hashable, Sendable {
    package var words: Int
    package var subwords: Int
    package var intents: Int
    package var wordDimensions = 64
    package var subwordDimensions = 64
    /// Hidden units of each direction.
    package var hidden = 96
    package var attention = 64

    var wideFeatures: Int { subwords + TextEncoder.pairBuckets + words }

    package init(words: Int, subwords: Int, intents: Int) {
      self.words = words
      self.subwords = subwords
      self.intents = intents
    }
  }

  /// The layers every text goes through.
  package struct Dense: Parameters {
    package var encoder: BidirectionalLSTM
    package var pooling: AttentionPooling
    package var output: Linear

    package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
      try encoder.visitParameters { try body("encoder." + $0, &$1) }
      try pooling.visitParameters { try body("pooling." + $0, &$1) }
      try output.visitParameters { try body("output." + $0, &$1) }
    }
  }

  /// `words` and `subwords`: [words, wordDimensions] and [buckets, subwordDimensions]; a unit's vector is the two beside each other.
  package let shape: Shape
  package var words: EmbeddingBag
  package var subwords: EmbeddingBag
  /// The wide part, [features, intents]: the n-grams' weights, then the pairs', then the words'.
  package var wide: EmbeddingBag
  package var dense: Dense

  package init(_ shape: Shape, using generator: inout SplitMix64) {
    self.shape = shape
    words = EmbeddingBag(rows: shape.words, dimensions: shape.wordDimensions, using: &generator)
    subwords = EmbeddingBag(rows: shape.subwords, dimensions: shape.subwordDimensions, using: &generator)
    wide = EmbeddingBag(table: Matrix(zeros: shape.wideFeatures, shape.intents))
    let encoder = BidirectionalLSTM(
      inputs: shape.wordDimensions + shape.subwordDimensions, hidden: shape.hidden, using: &generator)
    dense = Dense(
      encoder: encoder, pooling: AttentionPooling(inputs: encoder.outputs, units: shape.attention, using: &generator),
      output: Linear(inputs: 2 * encoder.outputs, outputs: shape.intents, using: &generator))
  }

  /// Every tensor by its name in a model file.
  package var tensors: [(name: String, matrix: Matrix)] {
    [("words", words.table), ("subwords", subwords.table), ("wide", wide.table)] + dense.parameters.map { ($0.name, $0.matrix) }
  }

  /// A network whose tensors are `source`'s, by name; nil when one is missing or of another shape. Nothing is copied.
  package init?(_ shape: Shape, tensors source: (String) -> Matrix?) {
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
        inputWeights: tensor("\(name).inputWeights", shape.wordDimensions + shape.subwordDimensions, 4 * shape.hidden),
        recurrentWeights: tensor("\(name).recurrentWeights", shape.hidden, 4 * shape.hidden),
        bias: tensor("\(name).bias", 1, 4 * shape.hidden))
    }
    func linear(_ name: String, _ inputs: Int, _ outputs: Int) -> Linear {
      Linear(weights: tensor("\(name).weights", inputs, outputs), bias: tensor("\(name).bias", 1, outputs))
    }
    self.shape = shape
    words = EmbeddingBag(table: tensor("words", shape.words, shape.wordDimensions))
    subwords = EmbeddingBag(table: tensor("subwords", shape.subwords, shape.subwordDimensions))
    wide = EmbeddingBag(table: tensor("wide", shape.wideFeatures, shape.intents))
    dense = Dense(
      encoder: BidirectionalLSTM(forwardLayer: lstm("encoder.forward"), backwardLayer: lstm("encoder.backward")),
      pooling: AttentionPooling(
        projection: linear("pooling.projection", 2 * shape.hidden, shape.attention),
        query: tensor("pooling.query", 1, shape.attention)),
      output: linear("output", 4 * shape.hidden, shape.intents))
    guard complete else { return nil }
  }

  // MARK: forward

  /// logits[texts, intents], and the attention of each unit, text after text.
  package func logits(_ texts: [EncodedText]) -> (logits: Matrix, attention: [Float]) {
    let batch = SequenceBatch(lengths: texts.map(\.words.count))
    let x = vectors(words: texts.flatMap(\.words), subwords: texts.flatMap(\.subwords))
    let (states, _) = dense.encoder.forward(x, batch)
    let (pooled, tape) = dense.pooling.forward(states, batch)
    var logits = dense.output.forward(pooled)
    wide.forward(texts.map(features), into: &logits)
    return (logits, tape.attention)
  }

  /// x[units, dimensions]
  private func vectors(words indices: [Int32], subwords bags: [[Int32]]) -> Matrix {
    var x = Matrix(zeros: indices.count, words.dimensions + subwords.dimensions)
    words.forward(indices.map { [$0] }, into: &x)
    subwords.forward(bags, into: &x, column: words.dimensions)
    return x
  }

  /// The rows of the wide part that a text names.
  private func features(_ text: EncodedText) -> [Int32] {
    let pairStart = Int32(shape.subwords)
    let wordStart = pairStart + Int32(TextEncoder.pairBuckets)
    return text.subwords.flatMap(\.self) + text.pairs.map { pairStart + $0 } + text.words.map { wordStart + $0 }
  }

  // MARK: training

  /// Chances of dropping something while training.
  package struct Regularization: Codable, Hashable, Sendable {
    /// Of a value of a unit's vector.
    package var inputDropout: Float = 0.3
    /// Of a value of the pooled vector.
    package var outputDropout: Float = 0.5
    /// Of a word being taken for unknown, its n-grams left.
    package var wordDropout: Float = 0.1
    /// Of a feature of the wide part.
    package var featureDropout: Float = 0.3
    package var labelSmoothing: Float = 0.1

    package init() {}
  }

  /// A gradient of all parameters; gradients add.
  package struct Gradient: Sendable {
    package var words: SparseGradient
    package var subwords: SparseGradient
    package var wide: SparseGradient
    package var dense: Dense
    package var loss = 0.0
    package var correct = 0

    package mutating func add(_ other: Gradient) {
      words.add(other.words)
      subwords.add(other.subwords)
      wide.add(other.wide)
      dense.add(other.dense)
      loss += other.loss
      correct += other.correct
    }

    package mutating func scale(by factor: Float) {
      words.scale(by: factor)
      subwords.scale(by: factor)
      wide.scale(by: factor)
      dense.scale(by: factor)
    }

    package var norm: Double {
      (words.squaredNorm + subwords.squaredNorm + wide.squaredNorm + dense.squaredNorm).squareRoot()
    }
  }

  /// The summed loss of some texts and its gradient, under dropout drawn from `generator`.
  package func gradient(
    _ texts: [EncodedText], labels: [Int], _ regularization: Regularization, using generator: inout SplitMix64
  ) -> Gradient {
    let batch = SequenceBatch(lengths: texts.map(\.words.count))
    let wordBags = texts.flatMap(\.words).map { word -> [Int32] in
      generator.uniform() < regularization.wordDropout ? [0] : [word]
    }
    let subwordBags = texts.flatMap(\.subwords)

    var x = Matrix(zeros: batch.rows, words.dimensions + subwords.dimensions)
    words.forward(wordBags, into: &x)
    subwords.forward(subwordBags, into: &x, column: words.dimensions)
    let inputMask = Dropout(rate: regularization.inputDropout).mask(rows: x.rows, columns: x.columns, using: &generator)
    x.multiply(by: inputMask)
    let (states, encoderTape) = dense.encoder.forward(x, batch)
    var (pooled, poolingTape) = dense.pooling.forward(states, batch)
    let outputMask = Dropout(rate: regularization.outputDropout)
      .mask(rows: pooled.rows, columns: pooled.columns, using: &generator)
    pooled.multiply(by: outputMask)
    var logits = dense.output.forward(pooled)
    let featureBags = texts.map { text in
      features(text).filter { _ in generator.uniform() >= regularization.featureDropout }
    }
    wide.forward(featureBags, into: &logits)
    let (loss, dLogits, correct) = SoftmaxCrossEntropy.lossAndGradient(
      logits: logits, labels: labels, smoothing: regularization.labelSmoothing)

    var gradient = Gradient(
      words: SparseGradient(dimensions: words.dimensions), subwords: SparseGradient(dimensions: subwords.dimensions),
      wide: SparseGradient(dimensions: wide.dimensions), dense: dense.zeros, loss: loss, correct: correct)
    var dPooled = dense.output.backward(x: pooled, dY: dLogits, gradient: &gradient.dense.output)
    dPooled.multiply(by: outputMask)
    let dStates = dense.pooling.backward(
      poolingTape, h: states, dOutput: dPooled, batch, gradient: &gradient.dense.pooling)
    var dX = dense.encoder.backward(encoderTape, dOutput: dStates, batch, gradient: &gradient.dense.encoder)
    dX.multiply(by: inputMask)
    wide.backward(featureBags, dY: dLogits, gradient: &gradient.wide)
    words.backward(wordBags, dY: dX, gradient: &gradient.words)
    subwords.backward(subwordBags, dY: dX, column: words.dimensions, gradient: &gradient.subwords)
    return gradient
  }
}
