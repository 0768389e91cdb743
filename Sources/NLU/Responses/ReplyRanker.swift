import Neural

/// The selector's second pass, over the few replies the first thinks best: reads each of them against the conversation word by word.
///
///     f = (agreement of the towers, counted features, for each of the last four messages Σ_i ρ_i s_i / Σ_i ρ_i)
///     score = w · tanh(V (f − μ) / σ + b)
///
/// s are the similarities of `SoftAlignment` from the reply's words to the message's, ρ the words' rarity.
package struct ReplyRanker: Parameters {
  package var alignment: SoftAlignment
  package var hidden: Linear
  package var output: Linear
  /// μ and σ of the features over the training pairs, [2, features]; not learnt.
  var scaling: Matrix

  package static let features = 1 + MatchFeatures.count + MatchFeatures.turns
  static let hiddenUnits = 48
  package static let dimensions = 64

  package init(seed: UInt64) {
    var generator = SplitMix64(seed: seed, name: "ranker")
    alignment = SoftAlignment(dimensions: Self.dimensions)
    hidden = Linear(inputs: Self.features, outputs: Self.hiddenUnits, using: &generator)
    output = Linear(inputs: Self.hiddenUnits, outputs: 1, using: &generator)
    scaling = Matrix(zeros: 2, Self.features)
    scaling.withMutableRow(1) { for i in $0.indices { $0[i] = 1 } }
  }

  package mutating func visitParameters(_ body: (String, inout Matrix) throws -> Void) rethrows {
    try alignment.visitParameters { try body("alignment.\($0)", &$1) }
    try hidden.visitParameters { try body("hidden.\($0)", &$1) }
    try output.visitParameters { try body("output.\($0)", &$1) }
  }

  /// A conversation with some replies, all that the ranker reads of them.
  package struct Item: Sendable {
    /// The agreement of the towers and the counted features of each reply.
    let counted: [[Float]]
    /// The word vectors of each reply, rows of length 1, and the words' rarity.
    let replies: [(words: Matrix, rarity: [Float])]
    /// Those of the last four messages; nil where there is none.
    let turns: [Matrix?]

    package init(counted: [[Float]], replies: [(words: Matrix, rarity: [Float])], turns: [Matrix?]) {
      self.counted = counted
      self.replies = replies
      self.turns = turns
    }
  }

  /// What `backward` needs of a forward pass over one item.
  struct Tape {
    let x: Matrix
    let activations: Matrix
    /// For each reply and message.
    let alignments: [[SoftAlignment.Tape?]]
  }

  /// A score for each reply.
  func forward(_ item: Item) -> (scores: [Float], tape: Tape) {
    var x = Matrix(zeros: item.counted.count, Self.features)
    var alignments: [[SoftAlignment.Tape?]] = []
    for (row, counted) in item.counted.enumerated() {
      var values = counted
      let (words, rarity) = item.replies[row]
      let projected = words.rows > 0 ? alignment.queries(words) : words
      let all = max(rarity.reduce(0, +), 1e-3)
      var tapes: [SoftAlignment.Tape?] = []
      for turn in item.turns {
        guard let turn, turn.rows > 0, words.rows > 0 else {
          values.append(0)
          tapes.append(nil)
          continue
        }
        let (similarities, tape) = alignment.forward(words, projected: projected, turn)
        values.append(zip(similarities, rarity).reduce(0) { $0 + $1.0 * $1.1 } / all)
        tapes.append(tape)
      }
      alignments.append(tapes)
      for (i, value) in values.enumerated() { x[row, i] = (value - scaling[0, i]) / scaling[1, i] }
    }
    var activations = hidden.forward(x)
    activations.withMutableFloats { Kernels.best.tanh($0) }
    return (output.forward(activations).values, Tape(x: x, activations: activations, alignments: alignments))
  }

  /// Adds to `gradient` what dScores says.
  func backward(_ item: Item, _ tape: Tape, dScores: [Float], gradient: inout ReplyRanker) {
    let dY = Matrix(rows: dScores.count, columns: 1, dScores)
    var dHidden = output.backward(x: tape.activations, dY: dY, gradient: &gradient.output)
    tape.activations.withFloats { y in dHidden.withMutableFloats { Kernels.best.tanhBackward(y, $0) } }
    let dX = hidden.backward(x: tape.x, dY: dHidden, gradient: &gradient.hidden)
    for (row, tapes) in tape.alignments.enumerated() {
      let rarity = item.replies[row].rarity
      let all = max(rarity.reduce(0, +), 1e-3)
      for (turn, alignmentTape) in tapes.enumerated() {
        guard let alignmentTape else { continue }
        let column = 1 + MatchFeatures.count + turn
        let d = dX[row, column] / scaling[1, column]
        alignment.backward(alignmentTape, dSimilarities: rarity.map { d * $0 / all }, gradient: &gradient.alignment)
      }
    }
  }

  /// −log softmax(scores)[answer] and its gradient, added to `gradient`.
  package func lossAndGradient(_ item: Item, answer: Int, gradient: inout ReplyRanker) -> (loss: Double, isRight: Bool) {
    let (scores, tape) = forward(item)
    let result = SoftmaxCrossEntropy.lossAndGradient(
      logits: Matrix(rows: 1, columns: scores.count, scores), labels: [answer])
    backward(item, tape, dScores: result.gradient.values, gradient: &gradient)
    return (result.loss, result.correct == 1)
  }
}
