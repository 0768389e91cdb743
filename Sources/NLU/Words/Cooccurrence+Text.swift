import Corpus
import Neural
import Text

extension Cooccurrence {
  private static let batchSize = 8192
  private static let pieceSize = 512

  /// Adds the texts of a file, read on `threads` threads.
  package mutating func add(file path: String, tokenizer: Tokenizer, threads: Int) throws {
    let patterns = PatternEntities()
    try UnlabelledText.read(path, batchSize: Self.batchSize) { texts in
      let pieces = (texts.count + Self.pieceSize - 1) / Self.pieceSize
      let words = Parallel.map(pieces, threads: threads) { piece in
        texts[piece * Self.pieceSize..<min((piece + 1) * Self.pieceSize, texts.count)].map { text in
          let utterance = tokenizer.utterance(text)
          return TextEncoder.units(utterance, patterns.entities(in: utterance)).map(\.word)
        }
      }
      for text in words.lazy.flatMap(\.self) { add(text) }
    }
  }
}
