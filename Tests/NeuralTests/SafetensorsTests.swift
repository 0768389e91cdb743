import Foundation
import Neural
import Testing

@Suite struct SafetensorsTests {
  private func temporaryFile() -> String { NSTemporaryDirectory() + "/steward-\(UUID().uuidString).safetensors" }

  private func sample() throws -> Data {
    try Safetensors.encode(
      [
        ("small", .quantized(QuantizedMatrix(randomMatrix(3, 5, seed: 3)))), ("a", .floats(randomMatrix(3, 5, seed: 1))),
        ("b", .floats(randomMatrix(1, 7, seed: 2))), ("empty", .floats(Matrix(zeros: 0, 4))),
      ],
      metadata: ["note": "引号 \" and / and \\"])
  }

  @Test func whatWasWrittenIsRead() throws {
    let path = temporaryFile()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try sample().write(to: URL(filePath: path))
    let file = try Safetensors(path: path)
    #expect(file.matrix("a")?.values == randomMatrix(3, 5, seed: 1).values)
    #expect(file.matrix("b")?.values == randomMatrix(1, 7, seed: 2).values)
    #expect(file.matrix("empty")?.count == 0)
    #expect(file.matrix("c") == nil && file.quantized("a") == nil)
    let small = QuantizedMatrix(randomMatrix(3, 5, seed: 3)).matrix.values
    #expect(file.quantized("small")?.matrix.values == small && file.matrix("small")?.values == small)
    #expect(file.metadata["note"] == "引号 \" and / and \\")
    // A write to a mapped tensor goes to a copy.
    var a = try #require(file.matrix("a"))
    a[0, 0] = 7
    #expect(try Safetensors(path: path).matrix("a")?.values == randomMatrix(3, 5, seed: 1).values)
  }

  @Test func everyTruncationIsRefusedWithOneLine() throws {
    let data = try sample()
    let path = temporaryFile()
    defer { try? FileManager.default.removeItem(atPath: path) }
    for length in 0..<data.count {
      try data.prefix(length).write(to: URL(filePath: path))
      expectRefusal(path, "cut to \(length)")
    }
  }

  @Test func everyAlteredByteIsRefusedWithOneLine() throws {
    let data = try sample()
    let path = temporaryFile()
    defer { try? FileManager.default.removeItem(atPath: path) }
    for place in data.indices {
      var altered = data
      altered[place] ^= 0x15
      try altered.write(to: URL(filePath: path))
      expectRefusal(path, "byte \(place) altered")
    }
  }

  @Test func foreignFilesAreRefused() throws {
    let path = temporaryFile()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var hugeHeader = withUnsafeBytes(of: UInt64.max.littleEndian) { Data($0) }
    hugeHeader.append(Data("{}".utf8))
    for content in [Data(), Data("hello, I am a poem".utf8), Data(repeating: 0, count: 4096), hugeHeader] {
      try content.write(to: URL(filePath: path))
      expectRefusal(path, "\(content.count) foreign bytes")
    }
    expectRefusal(NSTemporaryDirectory(), "a folder")
    expectRefusal(path + ".missing", "no file")
  }

  private func expectRefusal(_ path: String, _ what: String) {
    do {
      _ = try Safetensors(path: path)
      Issue.record("\(what) was taken")
    } catch {
      #expect(!error.description.contains("\n") && error.description.contains(path), "\(what): \(error)")
    }
  }
}
