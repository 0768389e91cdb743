import CZlib
import Foundation

/// A file, or standard input as `-`, read in pieces; gzip is recognised by its first bytes and unpacked on the way.
package final class InputFile {
  package let name: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0
  private var inflater: Inflater?
  private var begun = false
  private var ended = false
  private var lineNumber = 0
  private var peeked: (number: Int, bytes: [UInt8])?

  private static let pieceSize = 1 << 16

  package init(path: String) throws(CorpusError) {
    if path == "-" {
      name = "standard input"
      descriptor = dup(STDIN_FILENO)
    } else {
      name = path
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
    }
    let number = errno
    guard descriptor >= 0 else { throw CorpusError(.init(file: name), String(cString: strerror(number))) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// A line without its end, and its number from 1; nil at the end. A last line without a line end counts.
  package func nextLine() throws(CorpusError) -> (number: Int, bytes: [UInt8])? {
    if let line = peeked {
      peeked = nil
      return line
    }
    var line: [UInt8] = []
    while true {
      if let newline = buffer[position...].firstIndex(of: 0x0A) {
        line.append(contentsOf: buffer[position..<newline])
        position = newline + 1
        break
      }
      line.append(contentsOf: buffer[position...])
      position = buffer.count
      if try !readMore() {
        if line.isEmpty { return nil }
        break
      }
    }
    if line.last == 0x0D { line.removeLast() }
    lineNumber += 1
    if lineNumber == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    return (lineNumber, line)
  }

  /// The next line's text, still to be read; empty at the end.
  func peekLine() throws(CorpusError) -> String {
    if peeked == nil { peeked = try nextLine() }
    return String(decoding: peeked?.bytes ?? [], as: UTF8.self)
  }

  /// The next line as text. Bytes that are not UTF-8 are an error that names the line.
  package func nextText() throws(CorpusError) -> (number: Int, text: String)? {
    guard let (number, bytes) = try nextLine() else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CorpusError(.init(file: name, line: number), "not UTF-8; save the file in UTF-8 (iconv -t utf-8)")
    }
    return (number, text)
  }

  /// The bytes that come next, as many as are at hand; nil at the end.
  package func nextPiece() throws(CorpusError) -> ArraySlice<UInt8>? {
    if position == buffer.count, try !readMore() { return nil }
    defer { position = buffer.count }
    return buffer[position...]
  }

  /// Everything left, as UTF-8 text.
  package func allText() throws(CorpusError) -> String {
    var lines: [String] = []
    while let (_, text) = try nextText() { lines.append(text) }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// Reads the next piece into the emptied buffer; false at the end.
  private func readMore() throws(CorpusError) -> Bool {
    while !ended {
      var piece = [UInt8](repeating: 0, count: Self.pieceSize)
      let count = read(descriptor, &piece, piece.count)
      if count < 0 {
        if errno == EINTR { continue }
        // Whoever goes on after an error must come to an end.
        ended = true
        throw CorpusError(.init(file: name), String(cString: strerror(errno)))
      }
      piece.removeSubrange(count...)
      if !begun, count > 0 {
        begun = true
        if piece.starts(with: [0x1F, 0x8B]) { inflater = Inflater() }
      }
      if count == 0 {
        ended = true
        if let inflater, !inflater.isComplete { throw CorpusError(.init(file: name), "the gzip data is cut short") }
        return false
      }
      if let inflater {
        guard let unpacked = inflater.unpack(piece) else {
          ended = true
          throw CorpusError(.init(file: name), "the gzip data is damaged")
        }
        piece = unpacked
      }
      if piece.isEmpty { continue }
      buffer = piece
      position = 0
      return true
    }
    return false
  }
}

/// A running gzip decompression; several members one after another are one stream.
private final class Inflater {
  private var stream = z_stream()
  private(set) var isComplete = false

  init?() {
    // 15 bits of window, 16 for the gzip form.
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(&stream)
  }

  /// What these bytes unpack to; nil when they are no gzip data.
  func unpack(_ input: [UInt8]) -> [UInt8]? {
    var input = input
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let ok = input.withUnsafeMutableBufferPointer { source -> Bool in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      while stream.avail_in > 0 {
        if isComplete {
          guard inflateReset(&stream) == Z_OK else { return false }
          isComplete = false
        }
        var produced = 0
        let status = chunk.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          produced = target.count - Int(stream.avail_out)
          return status
        }
        output.append(contentsOf: chunk[..<produced])
        if status == Z_STREAM_END { isComplete = true } else if status != Z_OK { return false }
      }
      return true
    }
    return ok ? output : nil
  }
}
