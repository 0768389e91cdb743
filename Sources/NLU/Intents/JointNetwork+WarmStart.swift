import Neural

extension JointNetwork {
  /// What an earlier network has that this one can begin with.
  struct Inheritance: Sendable {
    let network: JointNetwork
    /// For each of our rows, classes and tags the earlier one's, where it had one.
    let words: [Int?]
    let intents: [Int?]
    let tags: [Int?]
  }

  /// This network with all that `inheritance` knows in the places of its own beginnings; itself where the layers have other sizes.
  func inheriting(_ inheritance: Inheritance) -> JointNetwork {
    let old = inheritance.network
    guard old.shape.inputs == shape.inputs, old.shape.wordDimensions == shape.wordDimensions,
      old.shape.subwords == shape.subwords, old.shape.subwordDimensions == shape.subwordDimensions,
      old.shape.hidden == shape.hidden, old.shape.attention == shape.attention
    else { return self }
    var network = self
    for (row, source) in inheritance.words.enumerated() {
      guard let source else { continue }
      old.words.table.withRow(source) { values in
        network.words.table.withMutableRow(row) { _ = $0.update(fromContentsOf: values) }
      }
    }
    network.subwords = old.subwords
    network.dense.encoder = old.dense.encoder
    network.dense.pooling = old.dense.pooling
    network.dense.output.takeColumns(of: old.dense.output, inheritance.intents)
    if let tagger = old.dense.tagger, var own = network.dense.tagger {
      own.emission.takeColumns(of: tagger.emission, inheritance.tags)
      for (to, source) in inheritance.tags.enumerated() {
        guard let source else { continue }
        own.field.start[0, to] = tagger.field.start[0, source]
        for (next, sourceNext) in inheritance.tags.enumerated() {
          guard let sourceNext else { continue }
          own.field.transitions[to, next] = tagger.field.transitions[source, sourceNext]
        }
      }
      network.dense.tagger = own
    }
    return network
  }
}

extension Linear {
  /// Takes over the weights and biases of the outputs that `other` has as well.
  fileprivate mutating func takeColumns(of other: Linear, _ sources: [Int?]) {
    for (column, source) in sources.enumerated() {
      guard let source else { continue }
      for row in 0..<weights.rows { weights[row, column] = other.weights[row, source] }
      bias[0, column] = other.bias[0, source]
    }
  }
}
