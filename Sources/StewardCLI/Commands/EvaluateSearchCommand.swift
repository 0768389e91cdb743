import ArgumentParser
import Commerce
import Conversation
import Corpus
import Foundation
import Neural
import Text

struct EvaluateSearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Measure how well products are found.",
    discussion: """
      PRODUCTS has id, title, brand, price in cents, date, description and attributes (name=value; …) with TABs between, JUDGMENTS a
      query, a product's id and a grade from 0 to 3. With --cross-validate K a second ranking is learnt from the judgments of all other
      parts for the queries of each.

      EXAMPLES:
        steward evaluate search --products products.tsv.gz --judgments judgments.tsv
        steward evaluate search --products products.tsv.gz --judgments judgments.tsv --cross-validate 5 --json
      """)

  @Option(help: "The products.")
  var products: String
  @Option(help: "The judgments.")
  var judgments: String
  @Option(help: "Synonyms, a line each with commas between (default: corpora/store/synonyms.txt).")
  var synonyms: String?
  @Option(help: "Learn a second ranking from the judgments, in so many parts.")
  var crossValidate: Int?
  @Flag(help: "Put one typing error into each query of four letters and more.")
  var noise: Bool = false
  @Option(help: "Write what was found for each query to this file, as JSON Lines.")
  var predictions: String?
  @Option(help: "Fixes every chance.")
  var seed: UInt64 = 1
  @Flag(help: "Print one JSON object.")
  var json = false

  private static let found = 10

  private struct PredictionForm: Encodable {
    let query: String
    let products: [String]
    let grades: [Double?]
  }

  private struct Form: Encodable {
    let metrics: SearchMetrics
    let milliseconds: Double

    private enum Key: String, CodingKey { case ms_p50 }

    func encode(to encoder: any Encoder) throws {
      try metrics.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(milliseconds, forKey: .ms_p50)
    }
  }

  func validate() throws {
    if let crossValidate, crossValidate < 2 { throw ValidationError("--cross-validate wants a number of at least 2") }
  }

  func run() throws {
    let tokenizer = try Tokenizer()
    let documents = try SearchDocument.read(products)
    guard !documents.isEmpty else { throw Failure("\(products): no products in it") }
    let judgments = try SearchMetrics.Judgments(path: judgments)
    guard !judgments.queries.isEmpty else { throw Failure("\(self.judgments): no judgments in it") }
    let words = try synonymsOrDefault(synonyms, tokenizer)
    let index = try SearchIndex(documents, tokenizer: tokenizer, synonyms: words)
    var indices = [SearchIndex](repeating: index, count: judgments.queries.count)
    if let parts = crossValidate {
      var generator = SplitMix64(seed: seed, name: "search parts")
      let order = judgments.queries.indices.shuffled(using: &generator)
      let queries = try judgments.queries.map { query in
        try index.features(query.text).map { (features: $0.features, grade: query.grades[$0.id] ?? 0) }
      }
      for part in 0..<parts {
        let held = order.enumerated().filter { $0.offset % parts == part }.map(\.element)
        let rest = order.enumerated().filter { $0.offset % parts != part }.map { queries[$0.element] }
        let learnt = index.reranked(by: SearchRanking(rest))
        for query in held { indices[query] = learnt }
      }
    }
    var generator = SplitMix64(seed: seed, name: "typing errors")
    var times: [Double] = []
    let results = try zip(judgments.queries, indices).map { query, index in
      let text = noise ? Self.misspelt(query.text, &generator) : query.text
      let clock = ContinuousClock()
      let start = clock.now
      let found = try index.search(ProductQuery(text: text), limit: Self.found).hits.map(\.document.id)
      times.append((clock.now - start) / .milliseconds(1))
      return found
    }
    if let predictions {
      let lines = try zip(judgments.queries, results).map { query, found in
        try JSONForms.line(PredictionForm(query: query.text, products: found, grades: found.map { query.grades[$0] })) + "\n"
      }
      try AtomicFile.write(Data(lines.joined().utf8), to: predictions)
    }
    let metrics = SearchMetrics(judgments, results)
    let median = times.sorted()[times.count / 2]
    if json {
      Output.line(try JSONForms.line(Form(metrics: metrics, milliseconds: median)))
      return
    }
    Output.line("\(metrics.n) queries over \(documents.count) products")
    for (name, value) in [("NDCG@10", metrics.ndcg10), ("P@10", metrics.precision10), ("MRR", metrics.mrr)] {
      Output.line(Table.left(name, 10) + decimal(value, 4))
    }
    Output.line(Table.left("median", 10) + "\(decimal(median, 2)) ms")
  }

  /// A text with one letter of its longest word left out, doubled, changed or swapped with its neighbour.
  private static func misspelt(_ text: String, _ generator: inout SplitMix64) -> String {
    var words = text.split(separator: " ").map(String.init)
    guard let longest = words.indices.max(by: { (words[$0].count, $1) < (words[$1].count, $0) }), words[longest].count >= 4,
      words[longest].allSatisfy({ $0.isASCII && $0.isLetter })
    else { return text }
    var letters = Array(words[longest])
    let place = Int.random(in: 1..<letters.count - 1, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2: letters[place] = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) ?? "a"
    default: letters.swapAt(place, place + 1)
    }
    words[longest] = String(letters)
    return words.joined(separator: " ")
  }
}

/// The synonyms of a file, by default the demo shop's.
func synonymsOrDefault(_ path: String?, _ tokenizer: Tokenizer) throws -> Synonyms {
  let path = try path ?? Locations().inHome("corpora/store/synonyms.txt")
  return FileManager.default.fileExists(atPath: path) ? try Synonyms(path: path, tokenizer: tokenizer) : Synonyms()
}
