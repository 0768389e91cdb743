import ArgumentParser
import Commerce
import Conversation
import Dialogue
import Foundation
import NLU
import Text

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the shop's products.",
    discussion: """
      The query is read as in a conversation: prices (under $50, 500元以下), stars, colours and sizes become filters, what is misspelt is
      put right, the rest is searched in names, brands, kinds, descriptions and options. Each result says which words it has.

      EXAMPLES:
        steward search "wireless headphones under $100"
        steward search 降噪耳机 --json | jq '.results[0]'
      """)

  @Argument(help: "What to look for.")
  var query: String
  @OptionGroup var store: StoreOption
  @OptionGroup var model: ModelOption
  @Option(help: "Results to show.")
  var count = 10
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Form: Encodable {
    struct Filters: Encodable {
      let min_price: Double?
      let max_price: Double?
      let min_rating: Double?
      let options: [String: String]
      let without: [String]
      let in_stock: Bool
    }
    struct Hit: Encodable {
      let product_id: String
      let item_id: String
      let name: String
      let brand: String
      let price: Double
      let score: Double
      let matched: [String]
    }
    let query: String
    let words: String
    let unknown_currency: String?
    let read_as: [String: String]
    let filters: Filters
    let total: Int
    let results: [Hit]
    let facets: [String: [String: Int]]
  }

  func validate() throws {
    if !(1...1000).contains(count) { throw ValidationError("--count wants a number from 1 to 1000") }
  }

  func run() throws {
    let locations = try Locations()
    let store = try store.open(locations)
    let tokenizer = try Tokenizer()
    let file = try? Model.file(path: locations.model(flag: model.name))
    // A model knows the catalogue's colours and sizes; prices and stars are found without.
    let patterns = file.flatMap { try? Model($0, path: query) }?.entities.patterns ?? PatternEntities()
    let desk = try makeCatalogue(locations, store, model: file, tokenizer)
    let utterance = tokenizer.utterance(query)
    let mention = Mention(
      Interpretation(
        utterance: utterance, intent: IntentScore(name: Interpretation.outOfScope, confidence: 0), ranking: [],
        entities: patterns.entities(in: utterance), attention: []), answering: nil)
    let wanted = ProductQuery(
      mention, prices: ShopPrices(currency: store.settings.currencyCode, rates: store.settings.exchange_rates ?? [:]))
    let results = try desk.find(wanted, limit: count)
    let currency = store.settings.currencyCode
    func amount(_ minorUnits: Int) -> Double { Money(minorUnits: minorUnits, currency: currency).decimal }
    if json {
      Output.line(
        try JSONForms.line(
          Form(
            query: query, words: wanted.text, unknown_currency: wanted.unknownCurrency,
            read_as: Dictionary(results.repaired.map { ($0.written, $0.read) }, uniquingKeysWith: { first, _ in first }),
            filters: .init(
              min_price: wanted.leastPrice.map(amount), max_price: wanted.greatestPrice.map(amount),
              min_rating: wanted.leastRating, options: wanted.options, without: wanted.excludedWords,
              in_stock: wanted.onlyAvailable),
            total: results.total,
            results: results.hits.map {
              .init(
                product_id: $0.document.id, item_id: $0.itemID, name: $0.document.title, brand: $0.document.brand,
                price: amount($0.price), score: $0.score, matched: $0.matched)
            }, facets: results.facets)))
      return
    }
    if let code = wanted.unknownCurrency {
      Output.note(
        "steward: no exchange rate for \(TerminalText.oneLine(code)); the price is left out (exchange_rates in shop.yml)")
    }
    for (written, read) in results.repaired { Output.line("\(TerminalText.oneLine(written)) is read as \(read)") }
    if results.hits.isEmpty { Output.line("nothing found") }
    let style = Style(isOn: Output.hasColour(STDOUT_FILENO))
    for (i, hit) in results.hits.enumerated() {
      let matched = hit.matched.isEmpty ? "" : style.dim("  has: " + TerminalText.oneLine(hit.matched.joined(separator: " ")))
      Output.line(
        "\(i + 1). " + style.bold(TerminalText.oneLine(hit.document.title))
          + "  \(TerminalText.oneLine(hit.document.brand))  \(decimal(amount(hit.price), Money.decimals(currency))) \(currency)\(matched)"
      )
    }
  }
}
