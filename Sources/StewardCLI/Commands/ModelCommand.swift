import ArgumentParser
import Foundation
import NLU
import Neural

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "List, look at, choose and remove trained models.",
    discussion: """
      EXAMPLES:
        steward model list
        steward model use mine
      """,
    subcommands: [ModelListCommand.self, ModelShowCommand.self, ModelUseCommand.self, ModelRemoveCommand.self],
    defaultSubcommand: ModelListCommand.self)
}

/// What a model's file says of itself.
private struct Listed: Encodable {
  let name: String
  let isCurrent: Bool
  let bytes: Int
  let parts: [String]
  let date: String?
  let data: String?
  let seed: UInt64?
  let examples: Int?
  let intents: Int?
  /// On the texts held out of training.
  let accuracy: Double?
  /// Why the file cannot be used.
  let problem: String?

  init(name: String, path: String, isCurrent: Bool) {
    self.name = name
    self.isCurrent = isCurrent
    bytes = ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    var (model, problem): (Model?, String?)
    var parts: [String] = []
    do {
      let file = try Model.file(path: path)
      parts = Model.parts(file)
      if parts.contains("intents") { model = try Model(file, path: path) }
    } catch {
      problem = "\(error)"
    }
    self.parts = parts
    self.problem = problem
    date = model?.origin.date
    data = model?.origin.dataHash
    seed = model?.origin.seed
    examples = model?.origin.examples
    intents = model?.intents.intents.count
    accuracy = model?.origin.heldOut?.accuracy
  }
}

struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The models under models/.")

  @Flag(help: "Print a JSON object a model.")
  var json = false

  func run() throws {
    let locations = try Locations()
    let models = locations.modelNames.map {
      Listed(name: $0, path: locations.modelPath($0), isCurrent: $0 == locations.currentModel)
    }
    if json {
      for model in models { Output.line(try JSONForms.line(model)) }
      return
    }
    if models.isEmpty { Output.line("no models yet; train one with steward train") }
    for model in models {
      let accuracy = model.accuracy.map { "\(decimal($0 * 100, 1))%" } ?? ""
      Output.line(
        (model.isCurrent ? "* " : "  ") + Table.left(TerminalText.oneLine(model.name), 24)
          + Table.left(String(model.date?.prefix(16) ?? ""), 18)
          + Table.right("\(decimal(Double(model.bytes) / 1e6, 1)) MB", 10)
          + Table.right(accuracy, 8) + "  \(TerminalText.oneLine(model.problem ?? model.parts.joined(separator: ", ")))")
    }
  }
}

struct ModelShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Where a model comes from and how good it was.")

  @Argument(help: "A model: a file, or the NAME of models/NAME.safetensors (default: the current model).")
  var name: String?
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let locations = try Locations()
    let path = try locations.model(flag: name)
    let model = Listed(
      name: name ?? locations.currentModel ?? path, path: path, isCurrent: name == nil || name == locations.currentModel)
    if let problem = model.problem { throw Failure(problem) }
    if json {
      Output.line(try JSONForms.line(model))
      return
    }
    let rows: [(String, String?)] = [
      ("file", path), ("size", "\(decimal(Double(model.bytes) / 1e6, 1)) MB"), ("parts", model.parts.joined(separator: ", ")),
      ("trained", model.date), ("examples", model.examples.map(String.init)), ("data", model.data),
      ("seed", model.seed.map(String.init)), ("intents", model.intents.map(String.init)),
      ("held out", model.accuracy.map { "\(decimal($0 * 100, 1))% right" }), ("current", model.isCurrent ? "yes" : "no"),
    ]
    for (name, value) in rows { if let value { Output.line(Table.left(name, 12) + TerminalText.oneLine(value)) } }
  }
}

struct ModelUseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Make a model the current one; a running chat takes it up at the next message.")

  @Argument(help: "The NAME of models/NAME.safetensors.")
  var name: String

  func run() throws {
    let locations = try Locations()
    guard locations.modelNames.contains(name) else {
      throw Failure("\(name): no such model; there are \(locations.modelNames.joined(separator: ", "))")
    }
    _ = try Model(path: locations.modelPath(name))
    try locations.makeCurrent(name)
    Output.line("\(name) is the current model")
  }
}

struct ModelRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Delete a model that is not the current one.")

  @Argument(help: "The NAME of models/NAME.safetensors.")
  var name: String

  func run() throws {
    let locations = try Locations()
    guard locations.modelNames.contains(name) else { throw Failure("\(name): no such model") }
    guard name != locations.currentModel else {
      throw Failure("\(name) is the current model; choose another first with steward model use NAME")
    }
    guard unlink(locations.modelPath(name)) == 0 else {
      throw Failure("\(locations.modelPath(name)): \(String(cString: strerror(errno)))")
    }
    Output.line("\(name) removed")
  }
}
