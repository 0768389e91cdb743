import Corpus
import Foundation
import Neural

extension WordVectors {
  /// Rows kept beyond those of words in use: the first of the file, which such files sort by frequency.
  private static let frequentWords = 20_000
  private static let greatestDimensions = 1024

  /// Vectors learnt elsewhere: the text form of word2vec, GloVe and fastText (a word and its numbers a line, perhaps with a first line of
  /// two counts), or a safetensors file with one matrix and beside it `NAME.vocab.txt`, a word a line.
  ///
  /// Only the rows of words in use and of the file's most frequent are kept, scaled together to unit variance.
  /// - Parameter inUse: words that count whatever their frequency.
  package init(file path: String, inUse: Set<String>) throws {
    let vectors =
      path.hasSuffix(".safetensors") ? try Self.matrix(path, inUse: inUse) : try Self.text(path, inUse: inUse)
    guard let dimensions = vectors.rows.first?.count else {
      throw CorpusError(.init(file: path), "no vectors in it; expected a word and its numbers on each line")
    }
    var table = Matrix(rows: vectors.rows.count, columns: dimensions, vectors.rows.flatMap(\.self))
    let square = table.values.reduce(0.0) { $0 + Double($1 * $1) } / Double(max(table.count, 1))
    let scale = square > 0 ? Float(1 / square.squareRoot()) : 1
    table.withMutableFloats { for i in $0.indices { $0[i] *= scale } }
    self.init(words: vectors.words, table: table)
  }

  private typealias Rows = (words: [String], rows: [[Float]])

  private static func text(_ path: String, inUse: Set<String>) throws(CorpusError) -> Rows {
    let file = try InputFile(path: path)
    var result: Rows = ([], [])
    var seen = Set<String>()
    while let (number, bytes) = try file.nextLine() {
      let end = bytes.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? bytes.count
      let word = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
      if number == 1, bytes.split(separator: 0x20).count == 2 { continue }
      guard result.words.count < frequentWords || inUse.contains(word), !word.isEmpty, seen.insert(word).inserted else {
        continue
      }
      let numbers = String(decoding: bytes[end...], as: UTF8.self).split(whereSeparator: \.isWhitespace).map { Float($0) }
      let row = numbers.compactMap(\.self)
      let place = SourcePlace(file: path, line: number)
      guard row.count == numbers.count, row.allSatisfy(\.isFinite), !row.isEmpty, row.count <= greatestDimensions else {
        throw CorpusError(place, "expected a word and up to \(greatestDimensions) numbers")
      }
      if let first = result.rows.first, first.count != row.count {
        throw CorpusError(place, "\(row.count) numbers where the lines before have \(first.count)")
      }
      result.words.append(word)
      result.rows.append(row)
    }
    return result
  }

  private static func matrix(_ path: String, inUse: Set<String>) throws -> Rows {
    let matrix = try Safetensors.foreignMatrix(path: path)
    guard matrix.columns <= greatestDimensions else {
      throw CorpusError(.init(file: path), "\(matrix.columns) numbers a word; at most \(greatestDimensions) are read")
    }
    let vocabulary = String(path.dropLast(".safetensors".count)) + ".vocab.txt"
    let file = try InputFile(path: vocabulary)
    var result: Rows = ([], [])
    var seen = Set<String>()
    var row = 0
    while let (_, bytes) = try file.nextLine() {
      defer { row += 1 }
      guard row < matrix.rows else { continue }
      let word = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces).lowercased()
      guard result.words.count < frequentWords || inUse.contains(word), !word.isEmpty, seen.insert(word).inserted else {
        continue
      }
      result.words.append(word)
      result.rows.append(matrix.withRow(row) { $0.map { $0.isFinite ? $0 : 0 } })
    }
    guard row == matrix.rows else {
      throw CorpusError(.init(file: vocabulary), "\(row) words for the \(matrix.rows) rows of \(path)")
    }
    return result
  }
}
