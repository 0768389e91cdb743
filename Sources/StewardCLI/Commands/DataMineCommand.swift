import ArgumentParser
import Conversation
import Corpus
import Foundation
import NLU
import Text

struct DataMineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mine",
    abstract: "Propose new intents: what customers ask again and again and no intent covers.",
    discussion: """
      Groups the texts that were out of scope by what they are about, and prints groups of three and more with a name to begin
      with, the largest first. The texts come from the log of conversations, or from files: examples in any form that train reads,
      of which those labelled out_of_scope count, or one text a line (.txt, or - for standard input). A model, where there is one,
      lends its words.

      EXAMPLES:
        steward data mine
        steward data mine questions.txt --clusters 10
        steward data mine --output proposed.yml && $EDITOR proposed.yml
      """)

  @Argument(help: "Files or folders (default: the log).")
  var paths: [String] = []
  @OptionGroup var log: LogOption
  @OptionGroup var model: ModelOption
  @Option(help: "How many groups to print.")
  var clusters = 20
  @Option(help: "How alike texts of a group are on average, 0 to 1 (default: 0.3, without a model 0.2).")
  var similarity: Double?
  @Option(name: [.short, .long], help: "Write the groups with all their texts to this file, as Rasa YAML to look through.")
  var output: String?
  @Flag(help: "Print one JSON object.")
  var json = false

  private static let smallestGroup = 3
  private static let shownExamples = 8
  private static let greatestCount = 50_000
  private static let usualSimilarity = 0.3
  private static let similarityWithoutModel = 0.2
  private static let exampleEndings: Set<String> = ["yml", "yaml", "tsv", "csv", "json", "jsonl"]

  private struct GroupForm: Encodable {
    let intent: String
    let count: Int
    let examples: [String]
  }

  private struct Form: Encodable {
    let texts: Int
    let in_clusters: Int
    let clusters: [GroupForm]
  }

  func validate() throws {
    if clusters < 1 { throw ValidationError("--clusters wants a number of at least 1") }
    if let similarity, !(similarity > 0 && similarity <= 1) {
      throw ValidationError("--similarity wants a number above 0 and up to 1")
    }
    if log.file != nil, !paths.isEmpty { throw ValidationError("give either --log or files, not both") }
  }

  func run() throws {
    let locations = try Locations()
    let texts = try texts(locations)
    guard !texts.isEmpty else {
      throw Failure(
        paths.isEmpty
          ? "\(log.path(locations)): nothing in it was out of scope yet"
          : "\(paths.joined(separator: ", ")): no texts in it; label some out_of_scope, or write one text a line into a .txt")
    }
    let model = try modelIfAny(locations)
    let vectors = TextVectors(texts, model: model, tokenizer: try Tokenizer())
    let threshold = similarity ?? (model == nil ? Self.similarityWithoutModel : Self.usualSimilarity)
    let groups = TextClusters(vectors, threshold: Float(threshold)).groups.prefix { $0.count >= Self.smallestGroup }
    let description = TextClusterDescription(vectors: vectors)
    var taken = Set(model?.intents.intents ?? [])
    var found: [(name: String, texts: [String])] = []
    for group in groups.prefix(clusters) {
      let name = description.name(group, taken: taken)
      taken.insert(name)
      found.append((name, description.central(group).map { texts[$0] }))
    }
    if let output { try write(found, to: output) }
    let grouped = groups.reduce(0) { $0 + $1.count }
    if json {
      let forms = found.map {
        GroupForm(intent: $0.name, count: $0.texts.count, examples: Array($0.texts.prefix(Self.shownExamples)))
      }
      return Output.line(try JSONForms.line(Form(texts: texts.count, in_clusters: grouped, clusters: forms)))
    }
    report(found, texts: texts.count, groups: groups.count, grouped: grouped)
  }

  /// The model asked for; else the current one, if any has been trained.
  private func modelIfAny(_ locations: Locations) throws -> Model? {
    if model.name != nil { return try model.load(locations) }
    guard let path = try? locations.model(flag: nil) else { return nil }
    return try Model(path: path)
  }

  // MARK: in

  /// Each text once, in the order they come.
  private func texts(_ locations: Locations) throws -> [String] {
    var texts: [String] = []
    if paths.isEmpty {
      texts = try log.open(locations).rejected(limit: Self.greatestCount).map(\.entry.text)
    } else {
      for path in paths { texts += try Self.texts(in: path) }
    }
    var seen: Set<String> = []
    return Array(texts.filter { seen.insert($0).inserted }.prefix(Self.greatestCount))
  }

  private static func texts(in path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if (isThere && isFolder.boolValue) || exampleEndings.contains(ending(path)) {
      return try TrainingData(paths: [path]).examples.filter(\.isOutOfScope).map(\.text)
    }
    let input = try InputFile(path: path)
    var texts: [String] = []
    while let (_, line) = try input.nextText() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if !text.isEmpty { texts.append(text) }
    }
    return texts
  }

  private static func ending(_ path: String) -> String {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    return name.split(separator: ".").last.map(String.init) ?? ""
  }

  // MARK: out

  private func write(_ found: [(name: String, texts: [String])], to path: String) throws {
    var examples: [Example] = []
    for (name, texts) in found {
      for text in texts {
        let line = IntentFileEditor.writable(text)
        if !line.isEmpty { examples.append(Example(text: line, intent: name, place: .init(file: path))) }
      }
    }
    let head = "# Proposed by steward data mine: rename, prune and complete before training on it.\n"
    try AtomicFile.write(Data((head + TrainingData.yaml(examples)).utf8), to: path)
  }

  private func report(_ found: [(name: String, texts: [String])], texts: Int, groups: Int, grouped: Int) {
    let style = Style(isOn: Output.hasColour(STDOUT_FILENO))
    for (name, members) in found {
      Output.line("\(members.count) texts  " + style.bold(TerminalText.oneLine(name)))
      for text in members.prefix(Self.shownExamples) { Output.line("    " + TerminalText.oneLine(text)) }
      if members.count > Self.shownExamples { Output.line(style.dim("    and \(members.count - Self.shownExamples) more")) }
      Output.line("")
    }
    let words = groups == 1 ? "group" : "groups"
    Output.line("\(texts) texts out of scope: \(grouped) of them in \(groups) \(words) of \(Self.smallestGroup) and more")
    if let output { Output.line("\(output): \(found.count) proposed, with all their texts") }
  }
}
