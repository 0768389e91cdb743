import Foundation

/// Files that appear in one piece: written beside their place, made durable, and renamed over it.
package enum AtomicFile {
  /// What is written at once the system keeps together, and maps together when a part of it is read: a model written whole is resident
  /// by a third more than one written in pieces.
  private static let pieceSize = 1 << 16

  /// Writes `data` to `path`, making its folder; a reader sees the old content or the new, never a part.
  package static func write(_ data: Data, to path: String) throws(CorpusError) {
    let place = SourcePlace(file: path)
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw CorpusError(place, "cannot make the folder \(folder)")
      }
    }
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw CorpusError(place, "cannot be written: \(String(cString: strerror(errno)))") }
    var failure: Int32 = 0
    data.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count, failure == 0 {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, min(pieceSize, bytes.count - offset))
        if count < 0 {
          if errno != EINTR { failure = errno }
        } else {
          offset += count
        }
      }
    }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    close(descriptor)
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw CorpusError(place, "cannot be written: \(String(cString: strerror(failure)))")
    }
  }
}
