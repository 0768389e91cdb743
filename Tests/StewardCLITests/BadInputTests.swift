import Foundation
import TestSupport
import Testing

extension WholeProgram {
  /// What is wrong with a file is said in one line that names it, or is no matter.
  @Suite(.timeLimit(.minutes(10))) struct BadInputTests {
    let folder: TemporaryFolder

    /// Every command here is done in a fraction of this.
    private static let seconds = 20

    init() throws {
      folder = try TemporaryFolder()
    }

    /// Runs the program with its output in files: a full pipe would hold it up, which is nothing to do with the input.
    private func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Program.Outcome {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/timeout")
      process.arguments = ["-s", "KILL", "\(Self.seconds)", Program.path] + arguments
      process.currentDirectoryURL = URL(filePath: Program.root)
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no"]
      let output = URL(filePath: try folder.write("said.output", ""))
      let errors = URL(filePath: try folder.write("said.errors", ""))
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      return Program.Outcome(
        status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
        output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    /// Checks what becomes of an input; returns the message without its place.
    private func check(_ input: BadInput) throws -> String {
      let folder = try TemporaryFolder()
      let path = try input.write(to: folder)
      let arguments = input.command.split(separator: " ").map { word in
        word == "@" ? path : String(word).replacing("+", with: folder.path)
      }
      let outcome = try run(arguments, in: folder)
      let (output, errors) = (outcome.output, outcome.errors.replacing(folder.path, with: ""))
      guard let says = input.says else {
        #expect(outcome.status == 0 && errors.isEmpty, "\(input): status \(outcome.status), \(errors.prefix(1000))")
        return ""
      }
      #expect(outcome.status == 1, "\(input): status \(outcome.status)")
      let isOneLine = errors.hasPrefix("steward: ") && errors.hasSuffix("\n") && errors.utf8.count { $0 == 0x0A } == 1
      #expect(isOneLine && errors.utf8.count < 1000 && !errors.contains("Fatal error"), "\(input): \(errors.prefix(1000))")
      // What is read and then found wanting is a result.
      let isChecked = input.command == BadInput.validate
      let isSaid = [errors, isChecked ? output : ""].contains { $0.contains(input.place) && $0.contains(says) }
      #expect(isSaid, "\(input): \(errors.prefix(1000))\(output.prefix(1000))")
      #expect(output.isEmpty || isChecked, "\(input): \(output.prefix(1000))")
      for made in ["out.safetensors", "out.sqlite"] {
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/\(made)"), "\(input) made \(made)")
      }
      return errors.replacing(input.place, with: "")
    }

    @Test(arguments: BadInput.Group.allCases) func isReadOrRefusedInOneLine(_ group: BadInput.Group) throws {
      var causes: [String: String] = [:]
      for input in group.inputs {
        let message = try check(input)
        if let says = input.says, let other = causes.updateValue(says, forKey: message) {
          #expect(other == says, "\(input): another cause has the same message: \(message)")
        }
      }
    }

    // Nothing is forbidden to root.
    @Test(.enabled(if: geteuid() != 0)) func aFileThatMayNotBeReadIsNamed() throws {
      let path = try folder.write("secret.tsv", "hi\tgreet\n")
      #expect(chmod(path, 0) == 0)
      let outcome = try run(["data", "validate", path], in: folder)
      #expect(outcome.status == 1 && outcome.errors == "steward: \(path): Permission denied\n", "\(outcome)")
    }
  }
}
