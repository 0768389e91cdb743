import Foundation
import TestSupport
import Testing

/// The release binary, run as a user runs it.
struct Program {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast() }
  }

  static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path
  static let path = "\(root)/.build/release/steward"

  /// Whether `make build train store` has been run, which `make test` does before the tests.
  static let isReady: Bool = {
    let ready = FileManager.default.fileExists(atPath: path) && FileManager.default.fileExists(atPath: "\(root)/models/current")
    if !ready {
      print("no release binary or default model: run make build train store first; tests of the program are passed over")
    }
    return ready
  }()

  static func start(
    _ arguments: [String], in folder: String = root, environment: [String: String] = [:]
  ) throws -> (process: Process, input: FileHandle, output: FileHandle, errors: FileHandle) {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory(), "SWIFT_BACKTRACE": "enable=no"].merging(
      environment
    ) { $1 }
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    try process.run()
    return (process, input.fileHandleForWriting, output.fileHandleForReading, errors.fileHandleForReading)
  }

  static func run(_ arguments: String..., input: Data = Data()) throws -> Outcome { try run(arguments, input: input) }

  static func run(_ arguments: [String], input: Data = Data()) throws -> Outcome {
    let (process, stdin, stdout, stderr) = try start(arguments)
    // Fed from beside, so that neither side waits for the other's full pipe.
    let writer = Thread {
      try? stdin.write(contentsOf: input)
      try? stdin.close()
    }
    writer.start()
    let output = stdout.readDataToEndOfFile()
    let errors = stderr.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self))
  }

  static func run(_ arguments: String..., lines: [String]) throws -> Outcome {
    try run(arguments, input: Data(lines.map { $0 + "\n" }.joined().utf8))
  }
}

/// A line of JSON as an object.
func object(_ line: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
}

/// The first line a program printed, as an object.
func object(_ outcome: Program.Outcome) throws -> [String: Any] {
  try object(try #require(outcome.lines.first, "\(outcome.errors)"))
}

extension TemporaryFolder {
  /// A corpus that trains in a moment.
  func smallCorpus() throws -> String {
    try write(
      "small.tsv",
      (0..<20).map {
        "where is parcel \($0)\torder_status\n我的订单\($0)\torder_status\nhello \($0)\tgreet\n退货 \($0)\treturn items\n"
      }.joined())
  }
}
