import Corpus
import Foundation

/// Reads a JSON object of records one record at a time, whatever the size of the file.
///
/// It finds where each record begins and ends and leaves its content to Foundation's decoder.
struct JSONRecordReader {
  /// A record's key, its bytes, and the line it begins on.
  struct RawRecord: Sendable {
    let key: String
    let bytes: [UInt8]
    let line: Int
  }

  private enum Expecting {
    case open, key, colon, value, comma, nothing
  }

  private let file: InputFile
  private var expecting = Expecting.open
  private var line = 1
  private var isFirst = true
  /// The key or value being read.
  private var text: [UInt8] = []
  private var startLine = 1
  private var depth = 0
  private var inString = false
  private var escaped = false
  private var key = ""

  /// A key or record larger than this is no shop's record.
  private static let greatestRecord = 16 << 20

  private init(_ file: InputFile) {
    self.file = file
  }

  /// Passes every record of the file at `path` to `body`, in file order.
  static func read(_ path: String, _ body: (RawRecord) throws -> Void) throws {
    let file = try InputFile(path: path)
    var reader = JSONRecordReader(file)
    while let piece = try file.nextPiece() {
      try piece.withUnsafeBufferPointer { bytes in
        for byte in bytes { try reader.take(byte, body) }
      }
    }
    guard reader.expecting == .nothing else { throw reader.error("the JSON object is not closed; is the file cut?") }
  }

  private func error(_ message: String) -> CorpusError { CorpusError(.init(file: file.name, line: line), message) }

  private mutating func take(_ byte: UInt8, _ body: (RawRecord) throws -> Void) throws {
    if byte == 0x0A { line += 1 }
    if inString {
      text.append(byte)
      if text.count > Self.greatestRecord { throw error("\(key): a record of more than 16 MB") }
      if escaped {
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else if byte == 0x22 {
        inString = false
        if expecting == .key { try finishKey() }
      }
      return
    }
    let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    switch expecting {
    case .value where depth > 0 || !isSpace:
      if depth == 0 {
        if text.isEmpty { startLine = line }
        // Only objects are records; anything else is the decoder's to refuse.
        guard byte == UInt8(ascii: "{") else { throw error("\(key): not an object") }
      }
      text.append(byte)
      if text.count > Self.greatestRecord { throw error("\(key): a record of more than 16 MB") }
      switch byte {
      case 0x22: inString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          try body(RawRecord(key: key, bytes: text, line: startLine))
          text.removeAll(keepingCapacity: true)
          expecting = .comma
        }
      default: break
      }
    case _ where isSpace: break
    case .open:
      // A byte order mark may stand first.
      if line == 1, [0xEF, 0xBB, 0xBF].contains(byte) { break }
      guard byte == UInt8(ascii: "{") else { throw error("not a JSON object of records by id") }
      expecting = .key
    case .key:
      if byte == UInt8(ascii: "}"), isFirst {
        expecting = .nothing
      } else if byte == 0x22 {
        inString = true
        text = [byte]
      } else {
        throw error("not JSON: a record's id in quotation marks should stand here")
      }
    case .colon:
      guard byte == UInt8(ascii: ":") else { throw error("\(key): not JSON: a colon should follow") }
      expecting = .value
    case .comma:
      isFirst = false
      if byte == UInt8(ascii: ",") {
        expecting = .key
      } else if byte == UInt8(ascii: "}") {
        expecting = .nothing
      } else {
        throw error("not JSON: a comma or } should follow the record \(key)")
      }
    case .nothing: throw error("not JSON: something follows the object")
    case .value: break
    }
  }

  private mutating func finishKey() throws {
    guard let decoded = try? JSONDecoder().decode(String.self, from: Data(text)) else {
      throw error("not JSON: an id cannot be read")
    }
    key = decoded
    text.removeAll(keepingCapacity: true)
    expecting = .colon
  }
}
