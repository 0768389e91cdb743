import ArgumentParser
import Commerce
import Foundation
import NLU
import Text

struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Recommend products to a customer.",
    discussion: """
      With the default model the customer is one of the shop's; with a model trained by --interactions, one of that file's, and no store
      is needed. A customer who is not known gets what most like. --like lists what is like a product, and what is often bought with it.

      EXAMPLES:
        steward recommend clementine_royce_1585
        steward recommend anybody --like 4785089125 --json
        steward recommend 6 --model ./games.safetensors
      """)

  @Argument(help: "The customer's id.")
  var customer: String
  @Option(help: "A product's id: what is like it, and what goes with it.")
  var like: String?
  @OptionGroup var store: StoreOption
  @OptionGroup var model: ModelOption
  @Option(help: "Products to show.")
  var count = 10
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Form: Encodable {
    struct Entry: Encodable {
      let product: String
      let name: String?
      let score: Float
      let reason: String
      let because: String?
    }
    struct Pair: Encodable {
      let product: String
      let name: String?
      let together: Int
      let confidence: Double
      let lift: Double
      let significance: Double
    }
    let customer: String
    let known: Bool
    let recommendations: [Entry]
    let often_bought_with: [Pair]?
    let ms: Double
  }

  func validate() throws {
    if !(1...1000).contains(count) { throw ValidationError("--count wants a number from 1 to 1000") }
  }

  func run() throws {
    let locations = try Locations()
    let path = try locations.model(flag: model.name)
    let learnt = LearntRecommender(try Model.file(path: path))
    // Names and stock are the shop's; a model of other data does without.
    let shop = model.name == nil || store.name != nil ? try store.open(locations) : nil
    let catalogue = try shop.map { CatalogueDesk(store: $0, tokenizer: try Tokenizer(), recommender: { learnt }) }
    guard let recommender = try like.flatMap({ try catalogue?.recommender(knowing: $0) }) ?? learnt ?? catalogue?.fallback()
    else {
      throw Failure("\(path): has no recommender; train one with steward train --interactions FILE")
    }
    if let like, !recommender.knows(product: like) { throw Failure("\(like): a product the recommender has never seen") }
    func accepts(_ product: String) -> Bool {
      guard let shop else { return true }
      return (try? shop.product(id: product))?.variants.contains(where: \.isAvailable) ?? false
    }
    let clock = ContinuousClock()
    let start = clock.now
    // The shop knows of purchases since the training, of what is not wanted, and of what shall be forgotten.
    let interests = try shop?.interests(ofCustomer: customer)
    let isWanted = { (product: String) in
      accepts(product) && !(interests?.declined.contains(product) ?? false) && !(interests?.owned.contains(product) ?? false)
    }
    let found =
      try like.map { try recommender.similar(to: $0, count: count, accepts: accepts) }
      ?? interests.map { try recommender.recommend(after: $0.history, count: count, accepts: isWanted) }
      ?? recommender.recommend(for: customer, count: count, accepts: accepts)
    let milliseconds = (clock.now - start) / .milliseconds(1)
    func name(_ product: String) -> String? { (try? shop?.product(id: product))?.name }
    let entries = found.map { recommendation -> Form.Entry in
      let (reason, because): (String, String?) =
        switch recommendation.reason {
        case .because(let id): ("because", id)
        case .similar(let id): ("similar", id)
        case .popular: ("popular", nil)
        case .suits: ("suits", nil)
        }
      return Form.Entry(
        product: recommendation.product, name: name(recommendation.product), score: recommendation.score, reason: reason,
        because: because)
    }
    let pairs = try like.map { product in
      try recommender.alsoBought(with: product, count: count, accepts: accepts).map {
        Form.Pair(
          product: $0.product, name: name($0.product), together: $0.together, confidence: $0.confidence, lift: $0.lift,
          significance: $0.significance)
      }
    }
    if json {
      Output.line(
        try JSONForms.line(
          Form(
            customer: customer, known: interests.map { !$0.history.isEmpty } ?? recommender.knows(customer: customer),
            recommendations: entries,
            often_bought_with: pairs, ms: milliseconds)))
      return
    }
    if like == nil, interests.map(\.history.isEmpty) ?? !recommender.knows(customer: customer) {
      Output.note("steward: \(TerminalText.oneLine(customer)): a customer without history; this is what most like")
    }
    func shown(_ id: String) -> String { TerminalText.oneLine(name(id).map { "\($0) (\(id))" } ?? id) }
    for (i, entry) in entries.enumerated() {
      let reason =
        switch entry.reason {
        case "because": "  because of \(shown(entry.because ?? ""))"
        case "popular": "  much liked"
        case "suits": "  suits their history"
        default: ""
        }
      Output.line("\(i + 1). \(shown(entry.product))  \(decimal(Double(entry.score), 2))\(reason)")
    }
    for pair in pairs ?? [] {
      Output.line(
        "often bought with it: \(shown(pair.product))  \(pair.together) times, \(decimal(pair.lift, 1)) times chance")
    }
  }
}
