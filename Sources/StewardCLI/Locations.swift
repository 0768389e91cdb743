import Corpus
import Foundation
import Yams

/// Where things are: the flag wins over the environment, which wins over `steward.yml`, which wins over the default.
struct Locations {
  /// What `steward.yml` of the current folder may say.
  private struct File: Decodable {
    let model: String?
    let store: String?
    let log: Bool?
  }

  /// The folder with `intents/` and `corpora/`: the current one, or the checkout or installation this program stands in.
  let home: String
  /// Where models and the store are made: `home`, or for an installation the user's data folder.
  private let workplace: String
  private let file: File
  private let environment: [String: String]

  init() throws {
    let files = FileManager.default
    environment = ProcessInfo.processInfo.environment
    func isHome(_ folder: String) -> Bool {
      files.fileExists(atPath: "\(folder)/intents") && files.fileExists(atPath: "\(folder)/corpora")
    }
    var program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    var found: String?
    let data = environment["XDG_DATA_HOME"] ?? "\(environment["HOME"] ?? "")/.local/share"
    var workplace = "."
    if isHome(".") || files.fileExists(atPath: "models/current") {
      found = "."
    } else if isHome(program.appending(path: "../share/steward").path) {
      found = program.appending(path: "../share/steward").standardizedFileURL.path
      workplace = "\(data)/steward"
    } else {
      for _ in 0..<4 where found == nil {
        program.deleteLastPathComponent()
        if isHome(program.path) { found = program.path }
      }
      workplace = found ?? "."
    }
    home = found ?? "."
    self.workplace = workplace
    if let text = files.contents(atPath: "steward.yml") {
      do {
        file = try YAMLDecoder().decode(File.self, from: String(decoding: text, as: UTF8.self))
      } catch {
        throw Failure("steward.yml: \"model\" and \"store\" must be texts and \"log\" true or false in a YAML mapping")
      }
    } else {
      file = File(model: nil, store: nil, log: nil)
    }
  }

  func inHome(_ path: String) -> String { home == "." ? path : "\(home)/\(path)" }

  private func inWorkplace(_ path: String) -> String { workplace == "." ? path : "\(workplace)/\(path)" }

  // MARK: models

  /// The file of a model: `M` with a slash is a file, a name stands for `models/NAME.safetensors`.
  func modelPath(_ model: String) -> String {
    if model.contains("/") || model.hasSuffix(".safetensors") { return model }
    let path = inWorkplace("models/\(model).safetensors")
    let installed = inHome("models/\(model).safetensors")
    return !FileManager.default.fileExists(atPath: path) && FileManager.default.fileExists(atPath: installed) ? installed : path
  }

  /// The model to use.
  func model(flag: String?) throws -> String {
    if let named = flag ?? environment["STEWARD_MODEL"] ?? file.model {
      let path = modelPath(named)
      guard FileManager.default.fileExists(atPath: path) else {
        throw Failure("\(path): no such model; train it with steward train --model \(named)")
      }
      return path
    }
    for folder in [inWorkplace("models"), inHome("models")] {
      guard let text = FileManager.default.contents(atPath: "\(folder)/current") else { continue }
      let name = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      let path = "\(folder)/\(name).safetensors"
      guard FileManager.default.fileExists(atPath: path) else {
        throw Failure("\(folder)/current names the model \"\(name)\", which is not there; train one with steward train")
      }
      return path
    }
    throw Failure("there is no model yet; train one with steward train")
  }

  /// The names of the models in the workplace, in order.
  var modelNames: [String] {
    let ending = ".safetensors"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: inWorkplace("models"))) ?? []
    return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }

  /// The name in `models/current`.
  var currentModel: String? {
    FileManager.default.contents(atPath: inWorkplace("models/current")).map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// Makes `models/NAME.safetensors` the current model.
  func makeCurrent(_ name: String) throws {
    try AtomicFile.write(Data("\(name)\n".utf8), to: inWorkplace("models/current"))
  }

  // MARK: store

  /// The file of the shop's store.
  func store(flag: String?) throws -> String {
    let named = flag ?? environment["STEWARD_STORE"] ?? file.store ?? inWorkplace("store/steward.sqlite")
    if let colon = named.firstIndex(of: ":"), named[..<colon].allSatisfy(\.isLetter) {
      guard named[..<colon] == "sqlite" else {
        throw Failure("\(named): unknown kind of store \"\(named[..<colon])\"; write a path or sqlite:PATH")
      }
      return String(named[named.index(after: colon)...])
    }
    return named
  }

  // MARK: state

  /// Whether conversations are logged, unless a flag says otherwise.
  var keepsLog: Bool { file.log ?? true }

  /// The user's folder for what the program remembers between runs.
  var stateFolder: String {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (state ?? "\(environment["HOME"] ?? "/tmp")/.local/state") + "/steward"
  }
}
