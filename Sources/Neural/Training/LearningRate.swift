import Glibc

/// A learning rate that rises linearly over the first steps and falls along a cosine to zero (Loshchilov and Hutter, 2017).
package struct LearningRate: Sendable {
  package let peak: Float
  package let steps: Int
  /// The share of the steps spent rising.
  package let warmUp: Float

  package init(peak: Float, steps: Int, warmUp: Float = 0.1) {
    self.peak = peak
    self.steps = max(steps, 1)
    self.warmUp = warmUp
  }

  /// The rate of a step, counted from 0.
  package subscript(step: Int) -> Float {
    let rising = max(1, Float(steps) * warmUp)
    let now = Float(step) + 1
    if now <= rising { return peak * now / rising }
    let progress = min(1, (now - rising) / max(1, Float(steps) - rising))
    return peak * 0.5 * (1 + cosf(progress * .pi))
  }
}
