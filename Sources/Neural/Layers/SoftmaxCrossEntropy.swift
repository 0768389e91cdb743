/// The loss of a classifier: −Σ_k q_k log softmax(z)_k, with label smoothing ε (Szegedy et al., 2016):
/// q = 1 − ε + ε/K for the label, ε/K for the others.
package enum SoftmaxCrossEntropy {
  /// The summed loss over the rows of logits[rows, classes], and its gradient softmax(z) − q of the same shape.
  package static func lossAndGradient(
    logits: Matrix, labels: [Int], smoothing: Float = 0, _ kernels: Kernels = .best
  ) -> (loss: Double, gradient: Matrix, correct: Int) {
    precondition(logits.rows == labels.count && logits.columns > 0)
    let share = smoothing / Float(logits.columns)
    var gradient = logits
    var loss = 0.0
    var correct = 0
    for (row, label) in labels.enumerated() {
      precondition(label >= 0 && label < logits.columns)
      gradient.withMutableRow(row) { z in
        let target = z[label]
        // Σ q z, before the logits become probabilities
        let mean = share * z.reduce(0, +) + (1 - smoothing) * target
        // A tie counts against the label.
        if z.enumerated().allSatisfy({ $0.offset == label || $0.element < target }) { correct += 1 }
        loss += Double(kernels.softmax(z) - mean)
        for k in z.indices { z[k] -= share }
        z[label] -= 1 - smoothing
      }
    }
    return (loss, gradient, correct)
  }
}
