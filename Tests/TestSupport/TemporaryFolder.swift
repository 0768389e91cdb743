import Foundation

/// A folder that goes with the value.
package final class TemporaryFolder {
  package let path = NSTemporaryDirectory() + "/steward-\(UUID().uuidString)"

  package init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and returns its path.
  package func write(_ name: String, _ content: Data) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try content.write(to: URL(filePath: file))
    return file
  }

  package func write(_ name: String, _ content: String) throws -> String { try write(name, Data(content.utf8)) }
}
