import Corpus
import Neural
import Text

extension Cooccurrence {
  private static let batchSize = 8192
  private static let pieceSize = 512

  /// Adds the texts of a file, read on `threads` threads.
  package mutating func add(file path: String, tokenizer: Tokenizer, threads: Int) throws {
    try UnlabelledText.read(path, batchSize: Self.batchSize) { texts in
      for text in Self.words(of: texts, tokenizer: tokenizer, threads: threads) { add(text) }
    }
  }

  /// The words of each text as the classifier sees them.
  static func words(of texts: [String], tokenizer: Tokenizer, threads: Int) -> [[String]] {
    let patterns = PatternEntities()
    let pieces = (texts.count + pieceSize - 1) / pieceSize
    return Parallel.map(pieces, threads: threads) { piece in
      texts[piece * pieceSize..<min((piece + 1) * pieceSize, texts.count)].map { text in
        let utterance = tokenizer.utterance(text)
        return TextEncoder.units(utterance, patterns.entities(in: utterance)).map(\.word)
      }
    }.flatMap(\.self)
  }
}
