import CKernels

/// The float loops, as layers call them: one instruction set's functions, checked sizes.
///
/// A value, so that a test can hand any set to a layer; `best` is what this processor runs fastest.
package struct Kernels: @unchecked Sendable {
  // Safe to share: it points at a constant table of functions without state.
  private let set: UnsafePointer<sk_kernels>

  /// The fastest set of this processor.
  package static let best = Kernels(set: sk_best())

  /// Every set this processor can run, fastest first.
  package static var available: [Kernels] {
    var sets = [UnsafePointer<sk_kernels>](repeating: sk_best(), count: 8)
    let count = sk_available(&sets, sets.count)
    return sets[..<count].map(Kernels.init(set:))
  }

  package var name: String { String(cString: set.pointee.name) }

  /// A matrix operand read through strides: element (i, p) stands at `start + i · row + p · column`.
  package struct Operand {
    let base: UnsafePointer<Float>
    let row: Int
    let column: Int
  }

  /// c[m, n] = a[m, k] · b[k, n], or += when `accumulate`.
  func product(
    m: Int, n: Int, k: Int, _ a: Operand, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    set.pointee.gemm(m, n, k, a.base, a.row, a.column, b, n, c, n, accumulate ? 1 : 0)
  }

  /// c[m, n] += a[m, k] · b[k, n], for b in words of two bfloat16 (see `product_half` in CKernels.h) and n a multiple of 64.
  func product(
    m: Int, n: Int, k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<UInt32>, _ c: UnsafeMutablePointer<Float>
  ) {
    precondition(n % 64 == 0)
    set.pointee.product_half(m, n, k, a, k, b, c)
  }

  /// y += alpha · x
  package func axpy(_ alpha: Float, _ x: UnsafeBufferPointer<Float>, _ y: UnsafeMutableBufferPointer<Float>) {
    precondition(x.count == y.count)
    guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
    set.pointee.axpy(x.count, alpha, xBase, yBase)
  }

  /// y += alpha · x, for x in eight bits
  func axpy(_ alpha: Float, _ x: UnsafeBufferPointer<Int8>, _ y: UnsafeMutableBufferPointer<Float>) {
    precondition(x.count == y.count)
    guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
    set.pointee.axpy_int8(x.count, alpha, xBase, yBase)
  }

  /// y[columns, rows] = xᵀ for x[rows, columns]
  package func transpose(
    rows: Int, columns: Int, _ x: UnsafeBufferPointer<Float>, _ y: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(x.count == rows * columns && y.count == x.count)
    guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
    set.pointee.transpose(rows, columns, xBase, yBase)
  }

  /// y ⊙= x
  package func multiply(_ x: UnsafeBufferPointer<Float>, _ y: UnsafeMutableBufferPointer<Float>) {
    precondition(x.count == y.count)
    guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
    set.pointee.multiply(x.count, xBase, yBase)
  }

  /// Σ x·y
  package func dot(_ x: UnsafeBufferPointer<Float>, _ y: UnsafeBufferPointer<Float>) -> Float {
    precondition(x.count == y.count)
    guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return 0 }
    return set.pointee.dot(x.count, xBase, yBase)
  }

  /// x = tanh x
  package func tanh(_ x: UnsafeMutableBufferPointer<Float>) {
    guard let base = x.baseAddress else { return }
    set.pointee.tanh(x.count, base)
  }

  /// d ⊙= 1 − y², the step back through y = tanh x
  package func tanhBackward(_ y: UnsafeBufferPointer<Float>, _ d: UnsafeMutableBufferPointer<Float>) {
    precondition(y.count == d.count)
    guard let yBase = y.baseAddress, let dBase = d.baseAddress else { return }
    set.pointee.tanh_backward(y.count, yBase, dBase)
  }

  /// Factors of dropout: 0 with probability `rate`, else 1 / (1 − rate).
  func dropout(rate: Float, seed: UInt64, _ mask: UnsafeMutableBufferPointer<Float>) {
    guard let base = mask.baseAddress else { return }
    set.pointee.dropout(
      mask.count, UInt32(Double(rate) * 0x1p32), 1 / (1 - rate), UInt32(truncatingIfNeeded: seed),
      UInt32(truncatingIfNeeded: seed >> 32), base)
  }

  /// x = softmax(x); returns log Σ exp(x) of the values before.
  @discardableResult
  package func softmax(_ x: UnsafeMutableBufferPointer<Float>) -> Float {
    guard let base = x.baseAddress else { return 0 }
    return set.pointee.softmax(x.count, base)
  }

  /// One LSTM step forward; see `lstm_forward` in CKernels.h for the shapes.
  func lstmForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Float>, cPrevious: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>, tanhC: UnsafeMutablePointer<Float>, h: UnsafeMutablePointer<Float>
  ) {
    set.pointee.lstm_forward(rows, hidden, gates, cPrevious, c, tanhC, h, hidden)
  }

  /// One LSTM step back; see `lstm_backward` in CKernels.h for the shapes.
  func lstmBackward(
    rows: Int, hidden: Int, gates: UnsafePointer<Float>, cPrevious: UnsafePointer<Float>, tanhC: UnsafePointer<Float>,
    dh: UnsafePointer<Float>, dc: UnsafeMutablePointer<Float>, dGates: UnsafeMutablePointer<Float>
  ) {
    set.pointee.lstm_backward(rows, hidden, gates, cPrevious, tanhC, dh, dc, dGates)
  }

  /// Where x exceeds best, takes it over and notes `index`.
  func maxUpdate(
    _ x: UnsafeBufferPointer<Float>, best: UnsafeMutablePointer<Float>, index: Int32,
    bestIndex: UnsafeMutablePointer<Int32>
  ) {
    guard let base = x.baseAddress else { return }
    set.pointee.max_update(x.count, base, best, bestIndex, index)
  }

  /// Classes a step of the linear classifier takes at once.
  static let linearBlock = Int(SK_BLOCK)

  /// One example's step of the linear classifier; see `svm_step` in CKernels.h for the shapes.
  func linearStep(
    features: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, labels: UnsafePointer<Float>, diagonal: Float,
    inverse: Float, alpha: UnsafeMutablePointer<Float>, weights: UnsafeMutablePointer<Float>
  ) -> Float {
    precondition(features.count == values.count)
    guard let featureBase = features.baseAddress, let valueBase = values.baseAddress else { return 0 }
    return set.pointee.svm_step(features.count, featureBase, valueBase, labels, diagonal, inverse, alpha, weights)
  }

  /// One AdamW step on a run of parameters; see `adamw` in CKernels.h.
  func adamW(
    count: Int, parameter: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, m: UnsafeMutablePointer<Float>,
    v: UnsafeMutablePointer<Float>, stepSize: Float, vScale: Float, beta1: Float, beta2: Float, epsilon: Float,
    decay: Float
  ) {
    set.pointee.adamw(count, parameter, gradient, m, v, stepSize, vScale, beta1, beta2, epsilon, decay)
  }
}
