import Glibc

/// A run of floats: owned memory, or a piece of a mapped file.
///
/// `@unchecked Sendable`: `Matrix` writes through it only while it holds the one reference, and copies otherwise; a mapped run is
/// never written.
final class FloatStorage: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  let count: Int
  /// What the floats belong to when they are not our own.
  private let mapping: MappedFile?

  var isMapped: Bool { mapping != nil }

  init(zeros count: Int) {
    self.count = count
    // 64 bytes: a cache line and the widest vector.
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: count)
    mapping = nil
  }

  init(copying other: FloatStorage) {
    count = other.count
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(from: other.base, count: count)
    mapping = nil
  }

  /// The `count` floats at `offset` bytes of a mapped file. The range is the caller's to check.
  init(mapping file: MappedFile, offset: Int, count: Int) {
    self.count = count
    precondition(offset % MemoryLayout<Float>.alignment == 0 && offset + count * 4 <= file.bytes.count)
    guard let start = file.bytes.baseAddress else { preconditionFailure("an empty mapping has no floats") }
    base = UnsafeMutableRawPointer(mutating: start + offset).assumingMemoryBound(to: Float.self)
    mapping = file
  }

  deinit {
    if mapping == nil { base.deallocate() }
  }
}

/// A file mapped read-only into memory, unmapped and closed with the last value that reads it.
///
/// `@unchecked Sendable`: nothing writes to it after `init`.
package final class MappedFile: @unchecked Sendable {
  package let bytes: UnsafeRawBufferPointer
  private let descriptor: Int32

  private static let pieceSize = 1 << 20

  /// Maps the file at `path`, or returns the system's reason.
  package init(path: String) throws(SystemError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(errno) }
    self.descriptor = descriptor
    do { bytes = try Self.map(descriptor) } catch {
      close(descriptor)
      throw error
    }
  }

  private static func map(_ descriptor: Int32) throws(SystemError) -> UnsafeRawBufferPointer {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL) }
    let size = Int(status.st_size)
    if size == 0 { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw SystemError(errno)
    }
    return UnsafeRawBufferPointer(start: start, count: size)
  }

  /// Reads the file from an offset on, piece by piece and past the mapping, so that it need never be resident whole.
  func read(from offset: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(SystemError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    var place = offset
    while place < bytes.count {
      let count = pread(descriptor, buffer.baseAddress, min(buffer.count, bytes.count - place), off_t(place))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(count < 0 ? errno : EIO) }
      body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      place += count
    }
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    close(descriptor)
  }
}

/// An error number of the operating system, worded by it.
package struct SystemError: Error, CustomStringConvertible {
  package let number: Int32

  package init(_ number: Int32) {
    self.number = number
  }

  package var description: String { String(cString: strerror(number)) }
}
