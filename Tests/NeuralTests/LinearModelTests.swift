import Foundation
import Neural
import Testing

@Suite struct LinearSVMTests {
  private struct Golden: Decodable {
    let x: [[Float]]
    let labels: [Int]
    let weights: [[Float]]
  }

  /// Golden/make_svm.py made the numbers.
  @Test func theWeightsAgreeWithScikitLearn() throws {
    let url = try #require(Bundle.module.url(forResource: "svm", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    var rows = SparseRows()
    for row in golden.x { rows.append(row.enumerated().filter { $0.element != 0 }.map { (Int32($0.offset), $0.element) }) }
    for kernels in Kernels.available {
      let weights = LinearSVM.train(
        rows, labels: golden.labels, features: 9, classes: 3, epochs: 2000, seed: 1, threads: 1, kernels)
      for (row, expected) in golden.weights.enumerated() {
        for (column, value) in expected.enumerated() {
          #expect(abs(weights[row, column] - value) < 2e-3, "\(kernels.name) [\(row), \(column)]")
        }
      }
    }
  }

  @Test func theNumberOfThreadsDoesNotShow() {
    var rows = SparseRows()
    var generator = SplitMix64(seed: 2)
    let labels = (0..<200).map { $0 % 40 }
    for label in labels {
      let second = Int32(40 + Int.random(in: 0..<10, using: &generator))
      let row: [(column: Int32, value: Float)] = [(Int32(label), 1), (second, 0.5)]
      rows.append(row)
    }
    func train(_ threads: Int) -> [Float] {
      LinearSVM.train(rows, labels: labels, features: 50, classes: 40, seed: 1, threads: threads).values
    }
    #expect(train(1) == train(3))
  }
}

@Suite struct TruncatedSVDTests {
  @Test func aMatrixOfLowRankIsRebuilt() {
    // A = X · Y of rank 5: its five greatest singular values carry all of it.
    let (x, y) = (randomMatrix(60, 5, seed: 1), randomMatrix(5, 60, seed: 2))
    let matrix = Matrix.product(x, y)
    var rows = SparseRows()
    for row in 0..<60 { rows.append((0..<60).map { (Int32($0), matrix[row, $0]) }) }
    let svd = TruncatedSVD(rows, k: 8, seed: 3)
    #expect(svd.singularValues.count == 8 && svd.singularValues[4] > 0.1)
    #expect(svd.singularValues.dropFirst(5).allSatisfy { $0 < 1e-2 * svd.singularValues[0] })
    // The first five columns are orthonormal and keep A: U Uᵀ A = A.
    var basis = Matrix(zeros: 60, 5)
    for row in 0..<60 { for column in 0..<5 { basis[row, column] = svd.left[row, column] } }
    let gram = Matrix.product(basis.transposed, basis)
    for i in 0..<5 { for j in 0..<5 { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-3) } }
    let rebuilt = Matrix.product(basis, Matrix.product(basis.transposed, matrix))
    #expect(zip(rebuilt.values, matrix.values).allSatisfy { abs($0 - $1) < 1e-2 })
    let squares = matrix.values.reduce(0) { $0 + Double($1 * $1) }
    #expect(abs(svd.singularValues.reduce(0) { $0 + Double($1 * $1) } / squares - 1) < 1e-3)
  }

  @Test func smallAndEmptyMatricesAreNoProblem() {
    var one = SparseRows()
    one.append([(0, 2)])
    #expect(TruncatedSVD(one, k: 4, seed: 1).singularValues.count == 1)
    #expect(TruncatedSVD(SparseRows(), k: 4, seed: 1).singularValues.isEmpty)
    var zeros = SparseRows()
    for _ in 0..<5 { zeros.append([]) }
    #expect(TruncatedSVD(zeros, k: 2, seed: 1).left.values.allSatisfy { $0.isFinite })
  }
}

@Suite struct QuantizedMatrixTests {
  @Test func noValueIsFurtherOffThanHalfAStep() {
    let matrix = randomMatrix(20, 33, seed: 4)
    let quantized = QuantizedMatrix(matrix)
    for row in 0..<20 {
      let step = quantized.scales[0, row]
      for column in 0..<33 { #expect(abs(quantized.matrix[row, column] - matrix[row, column]) <= step * 0.5001) }
    }
  }

  @Test func everyInstructionSetAddsTheSameRow() {
    let quantized = QuantizedMatrix(randomMatrix(4, 37, seed: 5))
    for kernels in Kernels.available {
      var y = Matrix(rows: 1, columns: 37, [Float](repeating: 1, count: 37))
      y.withMutableRow(0) { quantized.addRow(2, scaledBy: 0.5, to: $0, kernels) }
      for column in 0..<37 { #expect(abs(y[0, column] - 1 - 0.5 * quantized.matrix[2, column]) < 1e-6) }
    }
  }

  @Test func zerosAndHostileValuesStayFinite() {
    let quantized = QuantizedMatrix(Matrix(rows: 3, columns: 2, [0, 0, .infinity, 1, .nan, 2]))
    #expect(quantized.matrix.values.allSatisfy { $0.isFinite })
  }
}

@Suite struct PositiveDefiniteTests {
  /// A = X Xᵀ + I
  private func matrix(_ n: Int) -> Matrix {
    var generator = SplitMix64(seed: UInt64(n))
    let x = Matrix(uniform: n, n + 3, limit: 1, using: &generator)
    var a = Matrix.product(x, x.transposed)
    for i in 0..<n { a[i, i] += 1 }
    return a
  }

  @Test(arguments: [1, 2, 5, 63, 64, 65, 150]) func inverseTimesMatrixIsIdentity(_ n: Int) throws {
    let a = matrix(n)
    let product = Matrix.product(a, try #require(a.inverseOfPositiveDefinite()))
    for i in 0..<n { for j in 0..<n { #expect(abs(product[i, j] - (i == j ? 1 : 0)) < 2e-3) } }
  }

  @Test(arguments: [1, 7, 70]) func solves(_ n: Int) throws {
    let a = matrix(n)
    let x = (0..<n).map { Float($0 % 5) - 2 }
    let b = Matrix.product(a, Matrix(rows: n, columns: 1, x)).values
    for (own, expected) in zip(try #require(a.solvePositiveDefinite(b)), x) { #expect(abs(own - expected) < 1e-2) }
  }

  @Test func refusesWhatIsNotPositiveDefinite() {
    #expect(Matrix(rows: 2, columns: 2, [1, 2, 2, 1]).inverseOfPositiveDefinite() == nil)
    #expect(Matrix(rows: 1, columns: 1, [.nan]).solvePositiveDefinite([1]) == nil)
  }
}
