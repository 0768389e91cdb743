import Foundation
import NLU
import Neural
import Text

/// Texts as vectors that are near each other when the texts are about the same: their words and the trigrams of their
/// characters, weighted by inverse document frequency, and beside them the mean of their word vectors where a model lends its
/// own.
///
/// The network's own view of a text is of no use here: it has learnt to see every text out of scope as the same.
struct TextVectors {
  /// A feature of a text: its number, and its weight in a vector of length 1.
  struct Feature {
    let id: Int
    let weight: Float
  }

  let texts: [String]
  /// The words of each text, folded, without numbers and symbols.
  let words: [[String]]
  /// Of each text, by ascending number; empty where a text has no words.
  let sparse: [[Feature]]
  /// How many features there are.
  let featureCount: Int
  /// Of length 1, or empty where no word of a text has a vector.
  let dense: [[Float]]
  private let rarity: Rarity

  private static let subwords = Subwords(lengths: 3...3)
  private static let wordWeight: Float = 1
  private static let trigramWeight: Float = 0.4
  /// Texts of the model's that say which words are common.
  private static let greatestBackground = 4000

  /// In how many documents features occur.
  private struct Rarity {
    private var frequencies: [UInt64: Int] = [:]
    private var documents = 0

    mutating func add(_ keys: some Sequence<UInt64>) {
      documents += 1
      for key in keys { frequencies[key, default: 0] += 1 }
    }

    /// Inverse document frequency, smoothed so that it is never 0.
    func callAsFunction(_ key: UInt64) -> Float {
      Float(log(Double(documents + 1) / Double((frequencies[key] ?? 0) + 1)) + 0.2)
    }
  }

  init(_ texts: [String], model: Model?, tokenizer: Tokenizer) {
    self.texts = texts
    let documents = texts.map { Self.tokens($0, tokenizer) }
    words = documents
    let background = model.map { Self.background($0, tokenizer) } ?? []
    var rarity = Rarity()
    for document in background + documents { rarity.add(Set(Self.features(document).map(\.key))) }
    self.rarity = rarity
    let frequencies = rarity

    var numbers: [UInt64: Int] = [:]
    var vectors: [[Feature]] = []
    for document in documents {
      var weights: [Int: Float] = [:]
      for (key, weight) in Self.features(document) {
        let id = numbers[key] ?? numbers.count
        numbers[key] = id
        weights[id] = weight * frequencies(key)
      }
      let features = weights.sorted { $0.key < $1.key }
      let length = features.reduce(Float(0)) { $0 + $1.value * $1.value }.squareRoot()
      vectors.append(length > 0 ? features.map { Feature(id: $0.key, weight: $0.value / length) } : [])
    }
    sparse = vectors
    featureCount = numbers.count
    dense = model.map { Self.means(documents, background, $0.intents.wordVectors, frequencies) } ?? texts.map { _ in [] }
  }

  /// Inverse document frequency of a word.
  func weight(ofWord word: String) -> Double { Double(rarity(Self.key(word))) }

  // MARK: features

  /// What a text says in words. Marks of masked data (`[email]`) are not its own.
  private static func tokens(_ text: String, _ tokenizer: Tokenizer) -> [String] {
    tokenizer.utterance(withoutMarks(text)).tokens.filter { $0.kind != .symbol && $0.kind != .number }.map(\.text)
  }

  private static func withoutMarks(_ text: String) -> String {
    guard text.contains("[") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      let inside = rest[rest.index(after: open)..<close]
      result += rest[..<open]
      if inside.allSatisfy({ $0 == "_" || ("a"..."z").contains($0) }) {
        result += " "
      } else {
        result += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private static func key(_ word: String) -> UInt64 { UInt64(FeatureHash.hash(of: word)) }

  /// Each feature once, with the weight of its kind, words before trigrams.
  private static func features(_ words: [String]) -> [(key: UInt64, weight: Float)] {
    var result: [(key: UInt64, weight: Float)] = []
    var seen: Set<UInt64> = []
    for word in words where seen.insert(key(word)).inserted { result.append((key(word), wordWeight)) }
    for word in words {
      for hash in subwords.hashes(of: word) {
        let key = UInt64(hash) | 1 << 32
        if seen.insert(key).inserted { result.append((key, trigramWeight)) }
      }
    }
    return result
  }

  /// Some of the texts a model was trained on, evenly drawn.
  private static func background(_ model: Model, _ tokenizer: Tokenizer) -> [[String]] {
    let texts = model.examples.texts
    let step = max(1, texts.count / greatestBackground)
    return stride(from: 0, to: texts.count, by: step).map { tokens(texts[$0], tokenizer) }
  }

  // MARK: word vectors

  /// The weighted means of word vectors, less what all texts have in common (the mean of the background).
  private static func means(
    _ documents: [[String]], _ background: [[String]], _ vectors: WordVectors, _ rarity: Rarity
  ) -> [[Float]] {
    let rows = Dictionary(zip(vectors.words, vectors.words.indices), uniquingKeysWith: { first, _ in first })
    let dimensions = vectors.table.columns
    func mean(_ words: [String]) -> [Float]? {
      var sum = [Float](repeating: 0, count: dimensions)
      var isKnown = false
      for word in words {
        guard let row = rows[word] else { continue }
        isKnown = true
        let weight = rarity(key(word))
        vectors.table.withRow(row) { values in
          for i in sum.indices { sum[i] += weight * values[i] }
        }
      }
      return isKnown ? unit(sum) : nil
    }
    var common = [Float](repeating: 0, count: dimensions)
    let known = background.compactMap(mean)
    for vector in known {
      for i in common.indices { common[i] += vector[i] / Float(known.count) }
    }
    return documents.map { words -> [Float] in
      guard let vector = mean(words) else { return [] }
      return unit(zip(vector, common).map { $0 - $1 }) ?? []
    }
  }

  /// Of length 1; nil where there is no direction.
  private static func unit(_ vector: [Float]) -> [Float]? {
    let length = vector.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    return length > 0 && length.isFinite ? vector.map { $0 / length } : nil
  }

  /// The cosine of the word vectors of two texts; nil where one has none.
  func denseSimilarity(_ a: Int, _ b: Int) -> Float? {
    guard !dense[a].isEmpty, !dense[b].isEmpty else { return nil }
    return dense[a].withUnsafeBufferPointer { a in dense[b].withUnsafeBufferPointer { Kernels.best.dot(a, $0) } }
  }

  /// The mean of both cosines, from that of the features; that one alone where a text has no word vectors.
  func similarity(_ a: Int, _ b: Int, sparse: Float) -> Float {
    guard let dense = denseSimilarity(a, b) else { return sparse }
    return (sparse + max(0, dense)) / 2
  }
}
