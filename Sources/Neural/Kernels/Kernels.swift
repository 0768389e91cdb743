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

  /// y += alpha · x
  package func axpy(_ alpha: Float, _ x: UnsafeBufferPointer<Float>, _ y: UnsafeMutableBufferPointer<Float>) {
    precondition(x.count == y.count)
    guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
    set.pointee.axpy(x.count, alpha, xBase, yBase)
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

  /// One AdamW step on a run of parameters; see `adamw` in CKernels.h.
  func adamW(
    count: Int, parameter: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, m: UnsafeMutablePointer<Float>,
    v: UnsafeMutablePointer<Float>, stepSize: Float, vScale: Float, beta1: Float, beta2: Float, epsilon: Float,
    decay: Float
  ) {
    set.pointee.adamw(count, parameter, gradient, m, v, stepSize, vScale, beta1, beta2, epsilon, decay)
  }
}
