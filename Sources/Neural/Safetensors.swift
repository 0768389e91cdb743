import CZlib
import Foundation

/// A tensor file in the safetensors format: eight bytes with the length of a JSON header, the header, the raw little-endian values.
///
/// Nothing in such a file can run. Here it carries one thing more, a CRC-32 over header and values under
/// `__metadata__.checksum`, so that an altered file is refused; other readers of the format do not mind.
/// Format: https://github.com/huggingface/safetensors
package struct Safetensors: Sendable {
  package let metadata: [String: String]
  private let tensors: [String: Location]
  private let file: MappedFile

  private struct Location {
    let rows: Int
    let columns: Int
    let offset: Int
    let type: String
  }

  /// What a file holds under a name: floats, or eight-bit integers with a second tensor `NAME.scales` of a float a row.
  package enum Tensor: Sendable {
    case floats(Matrix)
    case quantized(QuantizedMatrix)
    case bytes([UInt8])
  }

  /// What one part of a model keeps in its file.
  package struct Part: Sendable {
    package let name: String
    package let tensors: [(name: String, tensor: Tensor)]

    package init(name: String, tensors: [(name: String, tensor: Tensor)]) {
      self.name = name
      self.tensors = tensors
    }
  }

  private static let scales = ".scales"

  /// Why a file was refused; `description` is one line.
  package struct Refusal: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
      self.description = description
    }
  }

  private static let checksumKey = "checksum"
  private static let checksumZero = "00000000"

  /// Maps and checks the file at `path`.
  package init(path: String) throws(Refusal) {
    try self.init(path: path, isOurs: true)
  }

  /// The one matrix of a file that another program wrote, in 32-bit floats.
  package static func foreignMatrix(path: String) throws(Refusal) -> Matrix {
    let file = try Safetensors(path: path, isOurs: false)
    guard file.tensors.count == 1, let name = file.tensors.keys.first, let matrix = file.matrix(name), matrix.count > 0 else {
      throw Refusal(description: "\(path): expected one matrix of 32-bit floats, not \(file.tensors.count)")
    }
    return matrix
  }

  /// - Parameter isOurs: whether the checksum of our own files must be there and right.
  private init(path: String, isOurs: Bool) throws(Refusal) {
    func refuse(_ reason: String) -> Refusal { Refusal(description: "\(path): \(reason)") }
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw refuse("\(error)") }
    let bytes = file.bytes
    guard bytes.count >= 8 else { throw refuse("not a model file: shorter than a safetensors header") }
    let headerLength = bytes.loadUnaligned(as: UInt64.self).littleEndian
    guard headerLength >= 2, headerLength <= UInt64(bytes.count - 8) else {
      throw refuse("not a model file, or cut short: the header does not fit in the file")
    }
    let start = 8 + Int(headerLength)
    let header = UnsafeRawBufferPointer(rebasing: bytes[8..<start])
    guard header.first == UInt8(ascii: "{"),
      let object = try? JSONSerialization.jsonObject(with: Data(header)) as? [String: Any]
    else { throw refuse("not a model file: the header is no JSON object") }
    let available = bytes.count - start

    var tensors: [String: Location] = [:]
    var ranges: [Range<Int>] = []
    for (name, value) in object where name != "__metadata__" {
      guard let entry = value as? [String: Any], let type = entry["dtype"] as? String, let size = Self.sizes[type],
        let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int],
        shape.count == 2, offsets.count == 2, shape.allSatisfy({ $0 >= 0 && $0 <= Int32.max }),
        // Before the product, which could overflow.
        shape[0] == 0 || shape[1] <= available / size / shape[0],
        offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= available,
        offsets[1] - offsets[0] == shape[0] * shape[1] * size, (start + offsets[0]) % size == 0
      else { throw refuse("damaged, or cut short: tensor \"\(name)\" does not fit the file") }
      tensors[name] = Location(
        rows: shape[0], columns: shape[1], offset: start + offsets[0], type: type)
      ranges.append(offsets[0]..<offsets[1])
    }
    var end = 0
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      guard range.lowerBound == end else { throw refuse("damaged: the tensors do not follow one another") }
      end = range.upperBound
    }
    guard end == available else { throw refuse("damaged, or cut short: \(available) bytes of values, the header names \(end)") }

    guard isOurs else {
      metadata = [:]
      self.tensors = tensors
      self.file = file
      return
    }
    guard let metadata = object["__metadata__"] as? [String: String], let checksum = metadata[Self.checksumKey] else {
      throw refuse("a foreign file: not written by steward")
    }
    var sum = Self.checksum(header: header, recorded: checksum)
    do { try file.read(from: start) { sum = Self.crc(sum, $0) } } catch { throw refuse("\(error)") }
    guard checksum == Self.digits(sum) else { throw refuse("altered since it was written: the checksum does not match") }
    self.metadata = metadata
    self.tensors = tensors
    self.file = file
  }

  /// Bytes a value of each type we read takes.
  private static let sizes = ["F32": 4, "I8": 1, "U8": 1]

  /// A tensor as a matrix: floats stand on the mapped file, eight-bit values are unpacked.
  package func matrix(_ name: String) -> Matrix? {
    guard let location = tensors[name] else { return nil }
    if location.type == "I8" { return quantized(name)?.matrix }
    guard location.type == "F32" else { return nil }
    let storage = FloatStorage(mapping: file, offset: location.offset, count: location.rows * location.columns)
    return Matrix(rows: location.rows, columns: location.columns, storage: storage)
  }

  /// An eight-bit tensor as it stands on the mapped file; nil when there is none, or its scales are missing.
  package func quantized(_ name: String) -> QuantizedMatrix? {
    guard let location = tensors[name], location.type == "I8", let scales = matrix(name + Self.scales),
      scales.rows == 1, scales.columns == location.rows
    else { return nil }
    return QuantizedMatrix(
      rows: location.rows, columns: location.columns, scales: scales, mapping: file, offset: location.offset)
  }

  /// Where the bytes of a tensor of bytes stand; nil when there is none of the name. Nothing is read.
  package func bytes(_ name: String) -> Bytes? {
    guard let location = tensors[name], location.type == "U8" else { return nil }
    return Bytes(file: file, range: location.offset..<location.offset + location.rows * location.columns)
  }

  /// A run of bytes of the mapped file.
  package struct Bytes: Sendable {
    fileprivate let file: MappedFile
    fileprivate let range: Range<Int>

    /// The bytes, copied.
    package var array: [UInt8] { Array(file.bytes[range]) }
  }

  /// The file's bytes for these tensors. Floats stand first, so that they are aligned.
  package static func encode(_ tensors: [(name: String, tensor: Tensor)], metadata: [String: String]) throws -> Data {
    var floats: [(name: String, matrix: Matrix)] = []
    var quantized: [(name: String, matrix: QuantizedMatrix)] = []
    var bytes: [(name: String, values: [UInt8])] = []
    for (name, tensor) in tensors {
      switch tensor {
      case .floats(let matrix): floats.append((name, matrix))
      case .quantized(let matrix):
        floats.append((name + scales, matrix.scales))
        quantized.append((name, matrix))
      case .bytes(let values): bytes.append((name, values))
      }
    }
    var metadata = metadata
    metadata[checksumKey] = checksumZero
    var header: [String: Any] = ["__metadata__": metadata]
    var offset = 0
    func add(_ name: String, _ type: String, _ rows: Int, _ columns: Int) {
      let end = offset + rows * columns * (sizes[type] ?? 0)
      header[name] = ["dtype": type, "shape": [rows, columns], "data_offsets": [offset, end]]
      offset = end
    }
    for (name, matrix) in floats { add(name, "F32", matrix.rows, matrix.columns) }
    for (name, matrix) in quantized { add(name, "I8", matrix.rows, matrix.columns) }
    for (name, values) in bytes { add(name, "U8", 1, values.count) }
    var headerData = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    // Values start at a multiple of 64, as wide as the widest vector.
    let padding = (64 - (8 + headerData.count) % 64) % 64
    headerData.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
    var values = Data(capacity: offset)
    for (_, matrix) in floats { matrix.withFloats { values.append(Data(buffer: $0)) } }
    for (_, matrix) in quantized { matrix.withBytes { values.append(Data(buffer: $0)) } }
    for (_, run) in bytes { values.append(contentsOf: run) }

    let sum = headerData.withUnsafeBytes { header in
      values.withUnsafeBytes { digits(crc(checksum(header: header, recorded: checksumZero), $0)) }
    }
    guard let place = headerData.range(of: Data("\"\(checksumKey)\":\"\(checksumZero)\"".utf8)) else {
      preconditionFailure("the checksum was just written")
    }
    headerData.replaceSubrange(place, with: Data("\"\(checksumKey)\":\"\(sum)\"".utf8))
    var result = withUnsafeBytes(of: UInt64(headerData.count).littleEndian) { Data($0) }
    result.append(headerData)
    result.append(values)
    return result
  }

  /// CRC-32 over the header, with the recorded checksum's digits as zeros; the values' bytes follow.
  private static func checksum(header: UnsafeRawBufferPointer, recorded: String) -> UInt {
    var copy = Data(header)
    if let place = copy.range(of: Data("\"\(checksumKey)\":\"\(recorded)\"".utf8)) {
      copy.replaceSubrange(place, with: Data("\"\(checksumKey)\":\"\(checksumZero)\"".utf8))
    }
    return copy.withUnsafeBytes { crc(0, $0) }
  }

  private static func digits(_ sum: UInt) -> String {
    let hex = String(sum, radix: 16)
    return String(repeating: "0", count: max(0, 8 - hex.count)) + hex
  }

  private static func crc(_ start: UInt, _ bytes: UnsafeRawBufferPointer) -> UInt {
    crc32_z(start, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
  }
}
