import Foundation
import Neural

/// How much each view of a candidate counts: score = w · (f − μ) / σ, with w learnt on held-out choices so that the product taken next
/// stands before a hundred others (a softmax over them).
struct Blend: Sendable {
  /// [3, features]: μ, σ, w.
  var table: Matrix

  /// A held-out choice: for each feature a value for each candidate, of which the first was taken.
  typealias Choice = [[Float]]

  private static let epochs = 12
  private static let rate: Float = 0.02
  private static let batchSize = 64

  init?(table: Matrix, features: Int) {
    guard table.rows == 3, table.columns == features, table.values.allSatisfy(\.isFinite),
      table.withRow(1, { $0.allSatisfy { $0 > 0 } })
    else { return nil }
    self.table = table
  }

  /// Even weights where there is nothing to learn from.
  init(features: Int) {
    table = Matrix(zeros: 3, features)
    for row in 1...2 { table.withMutableRow(row) { for i in $0.indices { $0[i] = 1 } } }
  }

  init(_ choices: [Choice], features: Int, seed: UInt64) {
    self.init(features: features)
    guard !choices.isEmpty else { return }
    for feature in 0..<features {
      var (sum, squares, count) = (0.0, 0.0, 0.0)
      for choice in choices {
        for value in choice[feature] {
          sum += Double(value)
          squares += Double(value) * Double(value)
          count += 1
        }
      }
      let mean = sum / count
      table[0, feature] = Float(mean)
      table[1, feature] = Float(max((squares / count - mean * mean), 0).squareRoot() + 1e-6)
      table[2, feature] = 0.1
    }
    var (m, v) = ([Float](repeating: 0, count: features), [Float](repeating: 0, count: features))
    var step = 0
    for epoch in 0..<Self.epochs {
      var generator = SplitMix64(seed: seed, stream: -9, epoch)
      let order = choices.indices.shuffled(using: &generator)
      for start in stride(from: 0, to: order.count, by: Self.batchSize) {
        let batch = order[start..<min(start + Self.batchSize, order.count)]
        var gradient = [Float](repeating: 0, count: features)
        for index in batch {
          var scores = scores(choices[index])
          scores.withUnsafeMutableBufferPointer { _ = Kernels.best.softmax($0) }
          scores[0] -= 1
          for feature in 0..<features {
            var sum: Float = 0
            for (d, value) in zip(scores, choices[index][feature]) { sum += d * (value - table[0, feature]) }
            gradient[feature] += sum / table[1, feature] / Float(batch.count)
          }
        }
        step += 1
        for feature in 0..<features {
          m[feature] = 0.9 * m[feature] + 0.1 * gradient[feature]
          v[feature] = 0.999 * v[feature] + 0.001 * gradient[feature] * gradient[feature]
          let corrected = (m[feature] / (1 - pow(0.9, Float(step))), v[feature] / (1 - pow(0.999, Float(step))))
          table[2, feature] -= Self.rate * corrected.0 / (corrected.1.squareRoot() + 1e-6)
        }
      }
    }
  }

  func scores(_ values: [[Float]]) -> [Float] {
    var scores = [Float](repeating: 0, count: values.first?.count ?? 0)
    for (feature, column) in values.enumerated() {
      let (mean, weight) = (table[0, feature], table[2, feature] / table[1, feature])
      for (i, value) in column.enumerated() { scores[i] += weight * (value - mean) }
    }
    return scores
  }
}
