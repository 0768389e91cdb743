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

/// A file mapped read-only into memory, unmapped with the last value that reads it.
///
/// `@unchecked Sendable`: nothing writes to it after `init`.
package final class MappedFile: @unchecked Sendable {
  package let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`, or returns the system's reason.
  package init(path: String) throws(SystemError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL) }
    let size = Int(status.st_size)
    if size == 0 {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw SystemError(errno)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  /// Lets a part of the mapping leave memory; it comes back from the file when it is read again.
  func release(_ part: UnsafeRawBufferPointer) {
    guard let start = part.baseAddress else { return }
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let first = (UInt(bitPattern: start) + page - 1) / page * page
    let end = (UInt(bitPattern: start) + UInt(part.count)) / page * page
    guard first < end, let whole = UnsafeMutableRawPointer(bitPattern: first) else { return }
    madvise(whole, Int(end - first), MADV_DONTNEED)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
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
