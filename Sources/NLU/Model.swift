import CZlib
import Conversation
import Corpus
import Foundation
import Neural
import Text

/// A trained model: its parts, and where it comes from. One safetensors file.
package struct Model: Sendable {
  /// Where a model comes from; part of its file.
  package struct Origin: Codable, Hashable, Sendable {
    /// When it was trained, ISO 8601.
    package var date: String
    package var seed: UInt64
    /// A checksum of the examples and the script.
    package var dataHash: String
    package var examples: Int
    package var settings: NetworkTraining.Settings
    /// On the tenths held out of training.
    package var heldOut: IntentMetrics?
    /// Where the word vectors come from, when they were not learnt here.
    package var vectors: ForeignVectors?
    /// On the training texts, altered as they were learnt, after each epoch of the last pass.
    package var trainingAccuracies: [Double]?

    package init(
      date: String, seed: UInt64, dataHash: String, examples: Int, settings: NetworkTraining.Settings, heldOut: IntentMetrics?,
      vectors: ForeignVectors? = nil, trainingAccuracies: [Double]? = nil
    ) {
      self.trainingAccuracies = trainingAccuracies
      self.vectors = vectors
      self.date = date
      self.seed = seed
      self.dataHash = dataHash
      self.examples = examples
      self.settings = settings
      self.heldOut = heldOut
    }
  }

  /// Word vectors that somebody else made.
  package struct ForeignVectors: Codable, Hashable, Sendable {
    package let file: String
    package let licence: String?

    package init(file: String, licence: String?) {
      self.file = file
      self.licence = licence
    }
  }

  package let intents: IntentClassifier
  package let entities: EntityExtractor
  /// Flows and wordings; empty in a model trained on examples alone.
  package let script: Script
  package let origin: Origin
  /// What the model was trained on.
  package let examples: TrainingExamples
  /// nil in a model trained without conversations.
  package let selector: ResponseSelector?

  package init(
    intents: IntentClassifier, entities: EntityExtractor, script: Script, origin: Origin,
    examples: [Example], selector: ResponseSelector? = nil
  ) {
    self.selector = selector
    self.intents = intents
    self.entities = entities
    self.script = script
    self.origin = origin
    self.examples = TrainingExamples(examples)
  }

  package func interpreter(_ tokenizer: Tokenizer) -> Interpreter {
    Interpreter(tokenizer: tokenizer, classifier: intents, extractor: entities, selector: selector)
  }

  private static let formatVersion = "8"
  /// Rows a table of an honest model stays far below.
  private static let greatestTable = 1 << 26
  private static let greatestEnsemble = 64

  private enum Key {
    static let format = "steward_format"
    static let parts = "parts"
    static let intents = "intents"
    static let script = "script"
    static let origin = "origin"
    static let vectors = "vectors"
    static let examples = "examples"
    static let weighting = "linear.weighting"
    static let center = "linear.center"
    static let linear = "linear.weights"
  }

  /// What the classifier is beside its tensors.
  private struct IntentsHeader: Codable {
    let labels: [String]
    let hasOutOfScopeClass: Bool
    let vocabulary: [String]
    let subwordLengths: [Int]
    let shape: JointNetwork.Shape
    let networks: Int
    let calibration: Calibration
    let tags: EntityTags
    let hints: EntityHints
  }

  // MARK: file

  /// Reads a model file. Whatever is wrong with it is one line.
  package init(path: String) throws(Safetensors.Refusal) { try self.init(try Self.file(path: path), path: path) }

  /// - Parameter file: that of `Model.file`.
  package init(_ file: Safetensors, path: String) throws(Safetensors.Refusal) {
    func refuse(_ reason: String) -> Safetensors.Refusal { Safetensors.Refusal(description: "\(path): \(reason)") }
    guard file.metadata[Key.intents] != nil else {
      throw refuse(
        "has no intents, only \(file.metadata[Key.parts] ?? "nothing"); train them with steward train --intents PATH")
    }
    func decode<T: Decodable>(_ type: T.Type, _ key: String) -> T? {
      file.metadata[key].flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
    }
    guard let header = decode(IntentsHeader.self, Key.intents), let script = decode(Script.self, Key.script),
      let origin = decode(Origin.self, Key.origin)
    else { throw refuse("damaged: its description cannot be read") }
    let shape = header.shape
    // An honest file's sizes are these; a hostile one must not make us allocate or trap.
    guard header.subwordLengths.count == 2, header.subwordLengths[0] > 0, header.subwordLengths[0] <= header.subwordLengths[1],
      header.subwordLengths[1] < 64, header.vocabulary.count == shape.vectors, shape.words <= shape.vectors,
      header.labels.count == shape.intents, !header.labels.isEmpty, (1...Self.greatestEnsemble).contains(header.networks),
      header.calibration.isUsable, header.tags.count == shape.tags,
      (1...Self.greatestTable).contains(shape.words), (1...Self.greatestTable).contains(shape.vectors),
      (1...Self.greatestTable).contains(shape.subwords), shape.subwords & (shape.subwords - 1) == 0,
      (16...4096).contains(shape.hidden), shape.hidden % 16 == 0, (1...4096).contains(shape.wordDimensions),
      (1...4096).contains(shape.vectorDimensions), (1...4096).contains(shape.subwordDimensions),
      (1...4096).contains(shape.attention), !header.hasOutOfScopeClass || header.labels.count > 1
    else { throw refuse("damaged: its sizes do not fit together") }
    guard let vectors = file.matrix(Key.vectors), let weighting = file.matrix(Key.weighting),
      let center = file.matrix(Key.center), [0, shape.vectorDimensions].contains(center.columns),
      let weights = file.quantized(Key.linear), weights.columns == shape.intents,
      let linear = LinearClassifier(weighting: weighting, center: center, weights: weights)
    else { throw refuse("damaged: a tensor is missing or has another shape") }
    var networks: [JointNetwork] = []
    for index in 0..<header.networks {
      guard let network = JointNetwork(shape, vectors: vectors, tensors: { file.matrix("\(index).\($0)") }) else {
        throw refuse("damaged: a tensor is missing or has another shape")
      }
      networks.append(network)
    }
    intents = IntentClassifier(
      intents: header.labels, hasOutOfScopeClass: header.hasOutOfScopeClass,
      encoder: TextEncoder(
        vocabulary: Vocabulary(words: header.vocabulary), trainedWords: shape.words,
        subwords: Subwords(lengths: header.subwordLengths[0]...header.subwordLengths[1]), subwordRows: shape.subwords),
      networks: networks, linear: linear, calibration: header.calibration)
    entities = EntityExtractor(tags: header.tags, hints: header.hints)
    self.script = script
    self.origin = origin
    examples = TrainingExamples(file.bytes(Key.examples))
    selector = ResponseSelector(file)
    if selector == nil, Self.parts(file).contains(ResponseSelector.part) {
      throw refuse("damaged: a tensor of the response selector is missing or has another shape")
    }
  }

  private static func checkFormat(_ file: Safetensors, _ path: String) throws(Safetensors.Refusal) {
    guard let version = file.metadata[Key.format] else {
      throw Safetensors.Refusal(description: "\(path): a foreign file: not written by steward")
    }
    guard version == formatVersion else {
      throw Safetensors.Refusal(
        description: "\(path): model format \(version), this steward reads \(formatVersion); train again with steward train")
    }
  }

  /// The names of a file's parts.
  package static func parts(_ file: Safetensors) -> [String] {
    (file.metadata[Key.parts] ?? "").split(separator: ",").map(String.init)
  }

  /// The response selector of a model file, the only part it needs to have.
  package static func selector(path: String) throws(Safetensors.Refusal) -> ResponseSelector {
    let file = try file(path: path)
    guard let selector = ResponseSelector(file) else {
      throw Safetensors.Refusal(
        description: parts(file).contains(ResponseSelector.part)
          ? "\(path): damaged: a tensor of the response selector is missing or has another shape"
          : "\(path): has no response selector; train one with steward train --corpora PATH")
    }
    return selector
  }

  /// The file of a model, checked, for those who read a part of it that is not of this target.
  package static func file(path: String) throws(Safetensors.Refusal) -> Safetensors {
    let file = try Safetensors(path: path)
    try checkFormat(file, path)
    return file
  }

  /// Writes a model without intents, in one piece.
  package static func write(_ parts: [Safetensors.Part], to path: String) throws {
    let names = parts.map(\.name).joined(separator: ",")
    try AtomicFile.write(
      try Safetensors.encode(parts.flatMap(\.tensors), metadata: [Key.format: formatVersion, Key.parts: names]), to: path)
  }

  /// Writes the model in one piece: an interrupted write leaves what was there before.
  /// - Parameters:
  ///   - quantized: every table and every layer's weights in eight bits: a third of the size, at a tenth of a point of accuracy.
  ///   - others: parts of the model that are not of this target.
  package func write(to path: String, quantized: Bool = false, with others: [Safetensors.Part] = []) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func encode(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
    let parts = try (selector.map { [try $0.filePart] } ?? []) + others
    let subwords = intents.encoder.subwords
    let header = IntentsHeader(
      labels: intents.intents, hasOutOfScopeClass: intents.hasOutOfScopeClass, vocabulary: intents.encoder.vocabulary.words,
      subwordLengths: [subwords.lengths.lowerBound, subwords.lengths.upperBound], shape: intents.networks[0].shape,
      networks: intents.networks.count, calibration: intents.calibration, tags: entities.tags, hints: entities.hints)
    let metadata = [
      Key.format: Self.formatVersion,
      Key.parts: (["intents", script.isEmpty ? nil : "script"].compactMap(\.self) + parts.map(\.name)).joined(separator: ","),
      Key.intents: try encode(header), Key.script: try encode(script), Key.origin: try encode(origin),
    ]
    try AtomicFile.write(
      try Safetensors.encode(tensors(quantized: quantized) + parts.flatMap(\.tensors), metadata: metadata), to: path)
  }

  private func tensors(quantized: Bool) -> [(name: String, tensor: Safetensors.Tensor)] {
    // Vectors such as biases are small, and what is added to every sum had better be exact.
    func packed(_ matrix: Matrix) -> Safetensors.Tensor {
      quantized && matrix.rows > 1 && matrix.columns > 1 ? .quantized(QuantizedMatrix(matrix)) : .floats(matrix)
    }
    let shared: [(String, Safetensors.Tensor)] = [
      (Key.vectors, packed(intents.networks[0].vectors.table)), (Key.weighting, .floats(intents.linear.weighting)),
      (Key.center, .floats(intents.linear.center)),
      (Key.linear, .quantized(intents.linear.weights)), (Key.examples, .bytes(examples.bytes)),
    ]
    return shared
      + intents.networks.enumerated().flatMap { index, network in
        network.tensors.map { ("\(index).\($0.name)", packed($0.matrix)) }
      }
  }

  /// A checksum of what a model is trained on: the same for the same examples and script in the same order.
  package static func dataHash(_ data: TrainingData) -> String {
    var sum: UInt = 0
    func add(_ text: String) {
      let bytes = Array(text.utf8) + [0]
      sum = crc32_z(sum, bytes, bytes.count)
    }
    for example in data.examples {
      add(example.intent)
      add(AnnotatedText.format(example))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    if let script = try? encoder.encode(data.script) { add(String(decoding: script, as: UTF8.self)) }
    return "crc32:" + String(sum, radix: 16)
  }
}
