import Conversation
import Corpus
import Neural
import Text

/// The texts a model was trained on, kept in its file to explain it by; read only when asked for.
package struct TrainingExamples: Sendable {
  private enum Source {
    case memory([UInt8])
    case file(Safetensors.Bytes)
  }

  private let source: Source

  init(_ examples: [Example]) {
    var bytes: [UInt8] = []
    for example in examples {
      bytes += example.text.utf8.map { $0 == 0x09 || $0 == 0x0A ? 0x20 : $0 } + [0x09] + example.intent.utf8 + [0x0A]
    }
    source = .memory(bytes)
  }

  init(_ bytes: Safetensors.Bytes?) {
    source = bytes.map(Source.file) ?? .memory([])
  }

  /// Text TAB intent, a line each, in UTF-8.
  var bytes: [UInt8] {
    switch source {
    case .memory(let bytes): bytes
    case .file(let bytes): bytes.array
    }
  }

  /// Texts and their intents.
  private var lines: [(text: String, intent: String)] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard let tab = line.lastIndex(of: "\t") else { return nil }
      return (String(line[..<tab]), String(line[tab...].dropFirst()))
    }
  }

  package var texts: [String] { lines.map(\.text) }

  /// A training text that is like another.
  package struct Neighbour: Codable, Hashable, Sendable {
    package let text: String
    package let intent: String
    /// The cosine between the two as the network sees them, -1 to 1.
    package let similarity: Double
  }

  private static let batchSize = 32

  /// The training texts most like `text`, the most similar first: every one goes through the network, a second for some ten thousand.
  package func nearest(
    to text: String, count: Int, classifier: IntentClassifier, tokenizer: Tokenizer, threads: Int
  ) -> [Neighbour] {
    let patterns = PatternEntities()
    @Sendable func pooled(_ texts: [String]) -> [[Float]] {
      let encoded = texts.map { text in
        let utterance = tokenizer.utterance(text)
        return classifier.encoder.encode(utterance, patterns.entities(in: utterance))
      }
      let matrix = classifier.networks[0].output(encoded).pooled
      return (0..<matrix.rows).map { row in
        matrix.withRow(row) { values in
          let length = Kernels.best.dot(values, values).squareRoot()
          return values.map { length > 0 ? $0 / length : 0 }
        }
      }
    }
    let target = pooled([text])[0]
    let lines = lines
    let batches = (lines.count + Self.batchSize - 1) / Self.batchSize
    let similarities = Parallel.map(batches, threads: threads) { batch in
      pooled(lines[batch * Self.batchSize..<min((batch + 1) * Self.batchSize, lines.count)].map(\.text)).map { vector in
        vector.withUnsafeBufferPointer { a in target.withUnsafeBufferPointer { Double(Kernels.best.dot(a, $0)) } }
      }
    }.flatMap(\.self)
    var neighbours: [Neighbour] = []
    var seen = Set<String>()
    for i in similarities.indices.sorted(by: { (similarities[$1], $0) < (similarities[$0], $1) }) {
      if neighbours.count == count { break }
      guard seen.insert(lines[i].text).inserted else { continue }
      neighbours.append(
        Neighbour(text: lines[i].text, intent: lines[i].intent, similarity: similarities[i].isFinite ? similarities[i] : 0))
    }
    return neighbours
  }
}
