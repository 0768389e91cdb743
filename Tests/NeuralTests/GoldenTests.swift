import Foundation
import Neural
import Testing

/// The bidirectional LSTM against numpy; Golden/make_lstm.py made the numbers.
@Suite struct GoldenTests {
  private struct Golden: Decodable {
    let inputs: Int
    let hidden: Int
    let lengths: [Int]
    let parameters: [String: [Float]]
    let outputWeight: [Float]
    let output: [Float]
    let gradients: [String: [Float]]
  }

  @Test func outputsAndGradientsAgreeWithNumpy() throws {
    let url = try #require(Bundle.module.url(forResource: "lstm", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    let rows = golden.lengths.reduce(0, +)
    func matrix(_ name: String, _ columns: Int) throws -> Matrix {
      let values = try #require(golden.parameters[name])
      return Matrix(rows: values.count / columns, columns: columns, values)
    }
    func lstm(_ direction: String) throws -> LSTM {
      LSTM(
        inputWeights: try matrix("\(direction).inputWeights", 4 * golden.hidden),
        recurrentWeights: try matrix("\(direction).recurrentWeights", 4 * golden.hidden),
        bias: try matrix("\(direction).bias", 4 * golden.hidden))
    }
    let layer = BidirectionalLSTM(forwardLayer: try lstm("forward"), backwardLayer: try lstm("backward"))
    let batch = SequenceBatch(lengths: golden.lengths)
    let weight = Matrix(rows: rows, columns: 2 * golden.hidden, golden.outputWeight)
    for kernels in Kernels.available {
      let (output, tape) = layer.forward(try matrix("x", golden.inputs), items: Array(0..<rows), batch, kernels)
      expectClose(output.values, golden.output, "\(kernels.name) output")
      var gradient = layer.zeros
      let dX = layer.backward(tape, dOutput: weight, batch, gradient: &gradient, kernels)
      expectClose(dX.values, try #require(golden.gradients["x"]), "\(kernels.name) dX")
      for (name, matrix) in gradient.parameters {
        expectClose(matrix.values, try #require(golden.gradients[name]), "\(kernels.name) \(name)")
      }
    }
  }

  private func expectClose(_ actual: [Float], _ expected: [Float], _ what: String) {
    #expect(actual.count == expected.count)
    let worst = zip(actual, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(worst < 2e-5, "\(what): off by \(worst)")
  }
}
