import Conversation
import Foundation
import Neural
import Text

/// Ranks replies to a conversation: the towers of `DualEncoder` find the likely ones among all stored, `ReplyRanker` reads those again
/// word by word.
package struct ResponseSelector: Sendable {
  /// A reply the selector knows, whole and as written.
  package struct StoredReply: Codable, Hashable, Sendable {
    package let text: String
    /// Where it stands: a file and heading, a response's key, a conversation's id.
    package let source: String
    /// The heading of a passage of the shop's knowledge, which answers by itself; nil for any other reply.
    package let heading: String?
    package let language: Language?
    /// The languages of the questions it answers: its own, and another that has nothing on the matter.
    package let askedIn: [Language]

    package init(
      text: String, source: String, heading: String? = nil, language: Language? = nil, askedIn: [Language] = []
    ) {
      self.text = text
      self.source = source
      self.heading = heading
      self.language = language
      self.askedIn = askedIn
    }
  }

  /// A reply and how well it fits, best first.
  package struct Suggestion: Sendable {
    package let reply: StoredReply
    package let score: Double
  }

  /// The vocabulary of the word vectors; the first stands for every unknown word.
  let words: [String]
  /// [words, dimensions], rows of length 1.
  let vectors: Matrix
  let rarity: WordRarity
  let contextTable: QuantizedMatrix
  let replyTable: QuantizedMatrix
  let ranker: ReplyRanker
  package let replies: [StoredReply]
  /// [replies, dimensions], rows of length 1.
  let replyVectors: Matrix

  /// Replies that the second pass reads.
  private static let shortlist = 20

  package func reader(_ tokenizer: Tokenizer) -> MessageReader {
    MessageReader(tokenizer: tokenizer, vocabulary: Vocabulary(words: words))
  }

  package static func context(_ messages: [Message], _ reader: MessageReader) -> ReadContext {
    ReadContext(messages.map { ($0.isAgent, reader.read($0.text)) })
  }

  /// How well each reply fits; log odds among them.
  package func scores(_ context: ReadContext, _ replies: [ReadMessage]) -> [Double] {
    let vector = vector(context.features, contextTable)
    let agreements = replies.map { reply in dot(vector, self.vector(reply.features, replyTable)) }
    return scores(context, zip(replies, agreements).map { (reply: $0, agreement: $1) })
  }

  private func scores(_ context: ReadContext, _ replies: [(reply: ReadMessage, agreement: Float)]) -> [Double] {
    if replies.isEmpty { return [] }
    let item = Self.item(context, replies, rarity, vectors)
    return ranker.forward(item).scores.map(Double.init)
  }

  /// The stored replies that fit best.
  package func suggestions(_ context: ReadContext, count: Int, _ reader: MessageReader) -> [Suggestion] {
    Array(best(context, among: Array(replies.indices), count: max(count, Self.shortlist), reader).prefix(count))
  }

  /// Of the replies at some places the best by the first pass, read again by the second.
  private func best(_ context: ReadContext, among places: [Int], count: Int, _ reader: MessageReader) -> [Suggestion] {
    let vector = vector(context.features, contextTable)
    let agreements = places.map { place in
      replyVectors.withRow(place) { row in vector.withUnsafeBufferPointer { Kernels.best.dot($0, row) } }
    }
    let best = agreements.indices.sorted { (agreements[$1], $0) < (agreements[$0], $1) }.prefix(count)
    let scores = scores(context, best.map { (reader.read(replies[places[$0]].text), agreements[$0]) })
    return zip(best, scores).map { Suggestion(reply: replies[places[$0]], score: $1) }.sorted { $0.score > $1.score }
  }

  /// A passage must have this share of the probability among the likeliest to be given as the answer. At it nine of ten answers to
  /// questions worded as no example is were right, and one of twenty questions that no passage answers got one.
  private static let sureOfAnswer = 0.6
  /// And this where the message has a fixed answer, which is right more often than not.
  private static let surerThanFixed = 0.85
  /// And where the message sounds like no business of the shop's, this share of what its words weigh must stand in the passage.
  private static let covered: Float = 0.5
  private static let passagesRead = 8

  /// The passage of the shop's knowledge that answers the last message, if one does surely enough.
  /// - Parameter isStrange: whether the message sounds like no business of the shop's.
  package func answer(
    _ context: ReadContext, _ language: Language, isStrange: Bool, _ reader: MessageReader
  ) -> KnowledgeAnswer? {
    let places = replies.indices.filter { replies[$0].heading != nil && replies[$0].askedIn.contains(language) }
    let suggestions = best(context, among: places, count: Self.passagesRead, reader)
    guard let first = suggestions.first, let heading = first.reply.heading else { return nil }
    let share = 1 / suggestions.reduce(0) { $0 + exp($1.score - first.score) }
    let isForeign = first.reply.language != language
    guard share >= (isStrange && !isForeign ? Self.sureOfAnswer : Self.surerThanFixed) else { return nil }
    if isStrange, !isForeign, let asked = context.customer.first {
      let said = reader.read("\(heading) \(first.reply.text)").distinct
      guard rarity.sum(asked.distinct.shared(with: said)) >= Self.covered * rarity.sum(asked.distinct) else { return nil }
    }
    return KnowledgeAnswer(
      text: first.reply.text, heading: heading, source: first.reply.source, language: first.reply.language ?? language,
      confidence: share)
  }

  /// The share of a reply's attention that each word of a message gets, each of the reply's words counted by its rarity and by how
  /// much it is like what it found.
  package func attention(of reply: String, to message: String, _ reader: MessageReader) -> [(word: String, weight: Float)] {
    let read = (reply: reader.read(reply), message: reader.read(message))
    let (q, k) = (Self.rows(read.reply, vectors), Self.rows(read.message, vectors))
    guard q.rows > 0, k.rows > 0 else { return [] }
    let (similarities, tape) = ranker.alignment.forward(q, projected: ranker.alignment.queries(q), k)
    var weights = [Float](repeating: 0, count: k.rows)
    for (row, word) in read.reply.words.enumerated() {
      let weight = rarity[word] * max(0, similarities[row])
      for column in weights.indices { weights[column] += weight * tape.attention[row, column] }
    }
    let all = max(weights.reduce(0, +), .leastNormalMagnitude)
    return zip(reader.words(message), weights).map { ($0, $1 / all) }
  }

  private func vector(_ features: [UInt32], _ table: QuantizedMatrix) -> [Float] {
    var sum = [Float](repeating: 0, count: table.columns)
    sum.withUnsafeMutableBufferPointer { sum in
      for row in DualEncoder.bag(features, table.rows) { table.addRow(Int(row), scaledBy: 1, to: sum) }
      let length = Kernels.best.dot(UnsafeBufferPointer(sum), UnsafeBufferPointer(sum)).squareRoot()
      if length > 0 { for i in sum.indices { sum[i] /= length } }
    }
    return sum
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Float {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { Kernels.best.dot(a, $0) } }
  }

  /// What the ranker reads.
  static func item(
    _ context: ReadContext, _ replies: [(reply: ReadMessage, agreement: Float)], _ rarity: WordRarity, _ vectors: Matrix
  ) -> ReplyRanker.Item {
    ReplyRanker.Item(
      counted: replies.map { [$0.agreement] + MatchFeatures.values(context, $0.reply, rarity) },
      replies: replies.map { (rows($0.reply, vectors), $0.reply.words.map { rarity[$0] }) },
      turns: MatchFeatures.turns(context).map { $0.map { rows($0, vectors) } })
  }

  static func rows(_ message: ReadMessage, _ vectors: Matrix) -> Matrix { vectors.gathered(message.vectors.map(Int.init)) }

  // MARK: file

  static let part = "responses"

  private enum Key {
    static let vocabulary = "responses.vocabulary"
    static let replies = "responses.replies"
    static let vectors = "responses.vectors"
    static let rarity = "responses.rarity"
    static let context = "responses.context"
    static let reply = "responses.reply"
    static let replyVectors = "responses.reply_vectors"
    static let scaling = "responses.scaling"
  }

  /// What of a model file is the selector's.
  package var filePart: Safetensors.Part {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let packed: [(String, Safetensors.Tensor)] = [
        (Key.vocabulary, .bytes(Array(words.joined(separator: "\n").utf8))),
        (Key.replies, .bytes(Array(try encoder.encode(replies)))), (Key.vectors, .quantized(QuantizedMatrix(vectors))),
        (Key.rarity, .floats(rarity.table)), (Key.context, .quantized(contextTable)), (Key.reply, .quantized(replyTable)),
        (Key.replyVectors, .quantized(QuantizedMatrix(replyVectors))), (Key.scaling, .floats(ranker.scaling)),
      ]
      let layers = ranker.parameters.map { ("\(Self.part).\($0.name)", Safetensors.Tensor.floats($0.matrix)) }
      return Safetensors.Part(name: Self.part, tensors: (packed + layers).map { (name: $0.0, tensor: $0.1) })
    }
  }

  /// The selector of a model file; nil when the file has none, or what it has does not fit together.
  init?(_ file: Safetensors) {
    guard let vocabulary = file.bytes(Key.vocabulary), let stored = file.bytes(Key.replies),
      let vectors = file.matrix(Key.vectors), let rarity = file.matrix(Key.rarity),
      let context = file.quantized(Key.context), let reply = file.quantized(Key.reply),
      let replyVectors = file.matrix(Key.replyVectors), let scaling = file.matrix(Key.scaling)
    else { return nil }
    let words = String(decoding: vocabulary.array, as: UTF8.self).components(separatedBy: "\n")
    guard let replies = try? JSONDecoder().decode([StoredReply].self, from: Data(stored.array)),
      words.count == vectors.rows, vectors.columns == ReplyRanker.dimensions,
      rarity.rows == 1, rarity.columns == WordRarity.buckets,
      context.rows == DualEncoder.contextBuckets, context.columns == DualEncoder.dimensions,
      reply.rows == DualEncoder.replyBuckets, reply.columns == DualEncoder.dimensions,
      replyVectors.rows == replies.count, replyVectors.columns == DualEncoder.dimensions,
      scaling.rows == 2, scaling.columns == ReplyRanker.features
    else { return nil }
    var ranker = ReplyRanker(seed: 0)
    ranker.scaling = scaling
    var fits = true
    ranker.visitParameters { name, matrix in
      guard let found = file.matrix("\(Self.part).\(name)"), found.rows == matrix.rows, found.columns == matrix.columns else {
        fits = false
        return
      }
      matrix = found
    }
    guard fits else { return nil }
    self.init(
      words: words, vectors: vectors, rarity: WordRarity(table: rarity), contextTable: context, replyTable: reply,
      ranker: ranker, replies: replies, replyVectors: replyVectors)
  }

  init(
    words: [String], vectors: Matrix, rarity: WordRarity, contextTable: QuantizedMatrix, replyTable: QuantizedMatrix,
    ranker: ReplyRanker, replies: [StoredReply], replyVectors: Matrix
  ) {
    self.words = words
    self.vectors = vectors
    self.rarity = rarity
    self.contextTable = contextTable
    self.replyTable = replyTable
    self.ranker = ranker
    self.replies = replies
    self.replyVectors = replyVectors
  }
}
