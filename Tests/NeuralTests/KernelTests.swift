import Foundation
import Neural
import Testing

/// Every instruction set this machine can run, against loops as plain as the formulas.
@Suite struct KernelTests {
  @Test func thereIsAPortableSetBesideTheBest() {
    let names = Kernels.available.map(\.name)
    #expect(names.first == Kernels.best.name)
    #expect(Set(names).count == names.count)
  }

  @Test func productsAgreeWithTheDefinition() {
    for kernels in Kernels.available {
      for (m, k, n) in [
        (1, 1, 1), (1, 7, 16), (5, 3, 17), (6, 300, 64), (13, 64, 100), (32, 128, 512), (2, 513, 33),
        (3, 20, 64), (7, 20, 48), (8, 20, 33), (9, 20, 80),
      ] {
        let (a, b) = (randomMatrix(m, k, seed: 1), randomMatrix(k, n, seed: 2))
        let expected = naiveProduct(a, b)
        expectClose(Matrix.product(a, b, kernels), expected, kernels.name)
        var sum = randomMatrix(m, n, seed: 3)
        var expectedSum = sum
        sum.accumulate(transposed: a.transposed, times: b, kernels)
        expectedSum.add(expected)
        expectClose(sum, expectedSum, kernels.name)
      }
    }
  }

  @Test(arguments: [(1, 1), (1, 9), (7, 7), (8, 8), (8, 40), (16, 8), (17, 23), (24, 31), (33, 16), (128, 512)])
  func transposingPutsEveryValueInItsPlace(_ rows: Int, _ columns: Int) {
    let matrix = Matrix(rows: rows, columns: columns, (0..<rows * columns).map(Float.init))
    let expected = (0..<columns).flatMap { column in (0..<rows).map { matrix[$0, column] } }
    for kernels in Kernels.available {
      var result = [Float](repeating: -1, count: rows * columns)
      matrix.withFloats { source in
        result.withUnsafeMutableBufferPointer { kernels.transpose(rows: rows, columns: columns, source, $0) }
      }
      #expect(result == expected, "\(kernels.name)")
    }
  }

  @Test func aRowIsTheSameWhateverStandsBesideIt() {
    for kernels in Kernels.available {
      let (a, b) = (randomMatrix(23, 70, seed: 4), randomMatrix(70, 77, seed: 5))
      let all = Matrix.product(a, b, kernels)
      for row in 0..<a.rows {
        #expect(
          Matrix.product(a.gathered([row]), b, kernels).values == all.gathered([row]).values, "\(kernels.name) row \(row)")
      }
    }
  }

  @Test func tanhIsExactToTheLastBits() {
    for kernels in Kernels.available {
      var x = (0..<4001).map { Float($0 - 2000) * 0.01 } + [1e-20, -1e-20, 1e-4, 88, -88, 1e30, -1e30]
      let input = x
      x.withUnsafeMutableBufferPointer { kernels.tanh($0) }
      for (value, at) in zip(x, input) {
        #expect(abs(Double(value) - tanh(Double(at))) < 3e-7, "\(kernels.name) tanh(\(at)) = \(value)")
      }
      #expect(x[4001] == 1e-20 || abs(x[4001] - 1e-20) < 1e-26)
    }
  }

  @Test func softmaxSumsToOneAndKnowsItsNormalizer() {
    for kernels in Kernels.available {
      for count in [1, 2, 15, 16, 17, 150] {
        var x = randomMatrix(1, count, seed: 6).values.map { $0 * 20 }
        let input = x
        let logSum = x.withUnsafeMutableBufferPointer { kernels.softmax($0) }
        let expected = log(input.reduce(0) { $0 + exp(Double($1)) })
        #expect(abs(Double(logSum) - expected) < 1e-4)
        for (p, z) in zip(x, input) { #expect(abs(Double(p) - exp(Double(z) - expected)) < 1e-5) }
      }
    }
  }

  @Test func vectorOperationsAgreeAtEveryLength() {
    for kernels in Kernels.available {
      for count in 0...40 {
        let (x, y) = (randomMatrix(1, count, seed: 7).values, randomMatrix(1, count, seed: 8).values)
        var (axpy, product, slope) = (y, y, y)
        x.withUnsafeBufferPointer { x in
          axpy.withUnsafeMutableBufferPointer { kernels.axpy(0.5, x, $0) }
          product.withUnsafeMutableBufferPointer { kernels.multiply(x, $0) }
          slope.withUnsafeMutableBufferPointer { kernels.tanhBackward(x, $0) }
        }
        for i in 0..<count {
          #expect(abs(axpy[i] - (y[i] + 0.5 * x[i])) < 1e-6)
          #expect(abs(product[i] - x[i] * y[i]) < 1e-6)
          #expect(abs(slope[i] - y[i] * (1 - x[i] * x[i])) < 1e-6)
        }
        let dot = x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { kernels.dot(x, $0) } }
        #expect(abs(Double(dot) - zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }) < 1e-5)
      }
    }
  }

  private func naiveProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
    let (av, bv) = (a.values, b.values)
    var values = [Float](repeating: 0, count: a.rows * b.columns)
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        var sum = 0.0
        for p in 0..<a.columns { sum += Double(av[i * a.columns + p]) * Double(bv[p * b.columns + j]) }
        values[i * b.columns + j] = Float(sum)
      }
    }
    return Matrix(rows: a.rows, columns: b.columns, values)
  }

  private func expectClose(_ a: Matrix, _ b: Matrix, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let worst = zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
    #expect(worst < 1e-4, "\(name): off by \(worst)", sourceLocation: sourceLocation)
  }
}
