/// A matrix in eight bits a value, with a scale for each row: value ≈ integer · scale, the greatest error of a row being half its scale.
/// Read-only; a quarter of the memory.
package struct QuantizedMatrix: Sendable {
  package let rows: Int
  package let columns: Int
  /// [1, rows]
  package let scales: Matrix
  private let storage: Storage

  /// `@unchecked Sendable`: nothing writes to the bytes after `init`.
  private final class Storage: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<Int8>
    /// What the bytes belong to when they are not our own.
    let mapping: MappedFile?

    init(_ values: [Int8]) {
      let copy = UnsafeMutableBufferPointer<Int8>.allocate(capacity: values.count)
      _ = copy.initialize(from: values)
      bytes = UnsafeBufferPointer(copy)
      mapping = nil
    }

    init(mapping file: MappedFile, offset: Int, count: Int) {
      precondition(offset >= 0 && offset + count <= file.bytes.count)
      bytes = UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset + count]).bindMemory(to: Int8.self)
      mapping = file
    }

    deinit {
      if mapping == nil { bytes.deallocate() }
    }
  }

  /// The nearest quantized matrix: a row's scale is its greatest magnitude over 127.
  package init(_ matrix: Matrix) {
    let columns = matrix.columns
    var scales = Matrix(zeros: 1, matrix.rows)
    var values = [Int8](repeating: 0, count: matrix.count)
    for row in 0..<matrix.rows {
      matrix.withRow(row) { floats in
        let greatest = floats.reduce(Float(0)) { max($0, $1.magnitude) }
        guard greatest > 0, greatest.isFinite else { return }
        scales[0, row] = greatest / 127
        for (column, value) in floats.enumerated() where value.isFinite {
          values[row * columns + column] = Int8((value / greatest * 127).rounded())
        }
      }
    }
    rows = matrix.rows
    self.columns = columns
    self.scales = scales
    storage = Storage(values)
  }

  /// A matrix on a mapped file; the range is the caller's to check.
  init(rows: Int, columns: Int, scales: Matrix, mapping file: MappedFile, offset: Int) {
    precondition(scales.count == rows)
    self.rows = rows
    self.columns = columns
    self.scales = scales
    storage = Storage(mapping: file, offset: offset, count: rows * columns)
  }

  package func withBytes<R>(_ body: (UnsafeBufferPointer<Int8>) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) { try body(storage.bytes) }
  }

  /// y += alpha · row, for y of `columns` values.
  package func addRow(_ row: Int, scaledBy alpha: Float, to y: UnsafeMutableBufferPointer<Float>, _ kernels: Kernels = .best) {
    precondition(row >= 0 && row < rows)
    let factor = alpha * scales.withFloats { $0[row] }
    guard factor != 0 else { return }
    withBytes { kernels.axpy(factor, UnsafeBufferPointer(rebasing: $0[row * columns..<(row + 1) * columns]), y) }
  }

  /// The values as floats.
  package var matrix: Matrix {
    var result = Matrix(zeros: rows, columns)
    for row in 0..<rows { result.withMutableRow(row) { addRow(row, scaledBy: 1, to: $0) } }
    return result
  }
}
