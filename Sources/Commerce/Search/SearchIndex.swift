import Conversation
import Foundation
import GRDB
import Text

/// The catalogue as a full-text index in memory: SQLite's FTS5 over terms of `SearchTerms`, with fields weighted in its BM25 (Robertson
/// and Zaragoza, 2009), repair of spelling, and synonyms.
package final class SearchIndex: Sendable {
  /// A product found.
  package struct Hit: Sendable {
    package let document: SearchDocument
    package let score: Double
    /// The words of the query that it has.
    package let matched: [String]
    /// What those weigh, of all of them.
    package let coverage: Double
    /// The same, of those words that any product has.
    package let knownCoverage: Double
    /// The way to order it that fits the query best.
    package let itemID: String
    package let price: Int
  }

  package struct Results: Sendable {
    package let hits: [Hit]
    /// How many products fit.
    package let total: Int
    /// Words that were read as others.
    package let repaired: [(written: String, read: String)]
    /// For each kind of value (brand, color, size) how many of the products that fit have each.
    package let facets: [String: [String: Int]]
  }

  private let database: DatabaseQueue
  let documents: [SearchDocument]
  private let analysis: SearchTerms
  private let spelling: SpellingRepair
  private let synonyms: Synonyms
  private let rarity: [String: Double]
  /// How many products have each term.
  private let stems: [String: Int]
  private let ranking: SearchRanking?

  /// Products read again after the first ranking.
  private static let reread = 60
  /// What the words of a field count: title, brand, kind, description, attributes.
  private static let fieldWeights = [5.0, 2.0, 3.0, 1.0, 1.0]
  private static let facetKinds = ["color", "colour", "size"]

  package init(
    _ documents: [SearchDocument], tokenizer: Tokenizer, synonyms: Synonyms = Synonyms(), ranking: SearchRanking? = nil
  )
    throws
  {
    self.documents = documents
    self.synonyms = synonyms
    self.ranking = ranking
    let analysis = SearchTerms(tokenizer: tokenizer)
    self.analysis = analysis
    database = try DatabaseQueue()
    var counts: [String: Int] = [:]
    var stems: [String: Int] = [:]
    try database.write { db in
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE product USING fts5(
            title, brand, kind, description, attributes, content='', columnsize=1, tokenize="unicode61 remove_diacritics 0")
          """)
      let insert = try db.makeStatement(
        sql: "INSERT INTO product(rowid, title, brand, kind, description, attributes) VALUES(?, ?, ?, ?, ?, ?)")
      for (i, document) in documents.enumerated() {
        var seen = Set<String>()
        var seenStems = Set<String>()
        let fields = document.fields.map { field -> String in
          let terms = analysis.terms(field)
          for term in terms {
            seen.insert(term.word)
            seenStems.insert(term.stem)
          }
          return terms.map { Self.escaped($0.stem) }.joined(separator: " ")
        }
        for word in seen { counts[word, default: 0] += 1 }
        for stem in seenStems { stems[stem, default: 0] += 1 }
        try insert.execute(arguments: StatementArguments([i + 1]) + StatementArguments(fields))
      }
    }
    spelling = SpellingRepair(counts: counts)
    self.stems = stems
    let all = Double(documents.count)
    rarity = stems.mapValues { log(1 + (all - Double($0) + 0.5) / (Double($0) + 0.5)) }
  }

  private init(_ other: SearchIndex, ranking: SearchRanking?) {
    (database, documents, analysis) = (other.database, other.documents, other.analysis)
    (spelling, synonyms, rarity, stems) = (other.spelling, other.synonyms, other.rarity, other.stems)
    self.ranking = ranking
  }

  /// The same index with another second ranking.
  package func reranked(by ranking: SearchRanking?) -> SearchIndex { SearchIndex(self, ranking: ranking) }

  /// A term in letters and digits alone, which FTS5 takes for one word: everything else becomes its number.
  private static func escaped(_ term: String) -> String {
    term.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal ? String(scalar) : "x\(scalar.value)x"
    }.joined()
  }

  // MARK: queries

  /// A query as it is read: for each of its words what may stand for it.
  struct Reading {
    /// A word of the query; one that is read as several stands for each of them.
    struct Word {
      let written: String
      /// Runs of terms, each standing for the word.
      var alternatives: [[String]]
    }
    var words: [Word] = []
    var repaired: [(written: String, read: String)] = []
  }

  func read(_ text: String) -> Reading {
    var reading = Reading()
    var terms = analysis.query(text)
    for i in terms.indices where (stems[terms[i].stem] ?? 0) <= 1 {
      guard compound(terms[i].word) == nil, !isJoined(terms, i), let word = spelling.repair(terms[i].word) else { continue }
      reading.repaired.append((terms[i].word, word))
      terms[i] = SearchTerms.Term(stem: SearchTerms.stem(word), word: word)
    }
    for (i, term) in terms.enumerated() {
      var alternatives = [[term.stem]]
      // head set: headset
      if i + 1 < terms.count {
        let joined = SearchTerms.stem(term.word + terms[i + 1].word)
        if rarity[joined] != nil { alternatives.append([joined]) }
      }
      // headset: head set
      if let parts = compound(term.word) { alternatives.append(parts) }
      for length in 1...synonyms.longest where i + length <= terms.count {
        let run = terms[i..<i + length].map(\.stem)
        if let others = synonyms.byTerms[run], frequency(run) < wellKnown { alternatives += others }
      }
      var seen = Set<[String]>()
      reading.words.append(.init(written: term.word, alternatives: alternatives.filter { seen.insert($0).inserted }))
    }
    return reading
  }

  /// Words that so many products have need no synonyms: what those add is further from what was said. A small catalogue is short of
  /// words, and there they add more than they take.
  private var wellKnown: Int { documents.count < Self.smallCatalogue ? 5 : 1 }
  private static let smallCatalogue = 5_000

  /// How many products have the rarest of some terms.
  private func frequency(_ run: [String]) -> Int { run.map { stems[$0] ?? 0 }.min() ?? 0 }

  /// Whether a term makes a word of the catalogue with one of its neighbours.
  private func isJoined(_ terms: [SearchTerms.Term], _ i: Int) -> Bool {
    func joined(_ j: Int) -> Bool {
      terms.indices.contains(j) && terms.indices.contains(j + 1)
        && rarity[SearchTerms.stem(terms[j].word + terms[j + 1].word)] != nil
    }
    return joined(i - 1) || joined(i)
  }

  private static let leastPart = 3

  /// The two words of the catalogue that a word is made of, where the word itself is rarer than both.
  private func compound(_ word: String) -> [String]? {
    guard word.utf8.count >= 2 * Self.leastPart, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return nil }
    let own = spelling.count(word)
    for split in Self.leastPart...word.utf8.count - Self.leastPart {
      let (first, second) = (String(word.prefix(split)), String(word.dropFirst(split)))
      if min(spelling.count(first), spelling.count(second)) > max(own, 2) {
        return [first, second].map(SearchTerms.stem)
      }
    }
    return nil
  }

  /// The products that fit a query, best first.
  package func search(_ query: ProductQuery, limit: Int) throws -> Results {
    let reading = read(query.text)
    let ranked = try candidates(reading, isFiltered: query.hasFilters || query.order != .relevance)
    var fitting = ranked.compactMap { place, score -> (Int, Double, SearchDocument.Offer)? in
      query.offer(of: documents[place]).map { (place, score, $0) }
    }
    switch query.order {
    case .relevance: break
    case .cheapestFirst: fitting.sort { ($0.2.price, $1.1, $0.0) < ($1.2.price, $0.1, $1.0) }
    case .bestFirst:
      fitting.sort { (documents[$1.0].rating ?? 0, $1.1, $0.0) < (documents[$0.0].rating ?? 0, $0.1, $1.0) }
    }
    var hits = fitting.prefix(max(Self.reread, limit)).map { place, score, offer in
      Hit(
        document: documents[place], score: score, matched: [], coverage: 0, knownCoverage: 0, itemID: offer.itemID,
        price: offer.price)
    }
    if let ranking, query.order == .relevance {
      let scores = ranking.scores(hits.map { SearchRanking.features($0, reading, rarity, analysis) })
      hits = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.map { hits[$0] }
    }
    return Results(
      hits: hits.prefix(limit).map { hit in
        let matched = matched(hit.document, reading)
        let all = reading.words.reduce(0) { $0 + weight($1) }
        let known = reading.words.reduce(0) { $0 + (isKnown($1) ? weight($1) : 0) }
        let found = matched.reduce(0) { $0 + weight($1) }
        return Hit(
          document: hit.document, score: hit.score, matched: matched.map(\.written),
          coverage: all > 0 ? found / all : 1, knownCoverage: all > 0 ? found / max(known, 1e-9) : 1, itemID: hit.itemID,
          price: hit.price)
      }, total: fitting.count, repaired: reading.repaired, facets: facets(fitting.map(\.0)))
  }

  /// Places and scores, best first; all products where there are no words.
  private func candidates(_ reading: Reading, isFiltered: Bool) throws -> [(place: Int, score: Double)] {
    var seen = Set<[String]>()
    let terms = reading.words.flatMap(\.alternatives).filter { seen.insert($0).inserted }
    if terms.isEmpty {
      return documents.indices.sorted { (documents[$1].rating ?? 0, $0) < (documents[$0].rating ?? 0, $1) }.map { ($0, 0) }
    }
    let expression = terms.map { run in
      "\"" + run.map(Self.escaped).joined(separator: " ") + "\""
    }.joined(separator: " OR ")
    let weights = Self.fieldWeights.map { String($0) }.joined(separator: ", ")
    let rows = try database.read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT rowid, bm25(product, \(weights)) FROM product WHERE product MATCH ? ORDER BY 2 LIMIT \(isFiltered ? -1 : 400)
            """), arguments: [expression])
    }
    return rows.map { (Int($0[0] as Int64) - 1, -($0[1] as Double)) }
  }

  private func matched(_ document: SearchDocument, _ reading: Reading) -> [Reading.Word] {
    let stems = Set(document.fields.flatMap { analysis.terms($0).map(\.stem) })
    return reading.words.filter { $0.alternatives.contains { $0.allSatisfy(stems.contains) } }
  }

  private func isKnown(_ word: Reading.Word) -> Bool {
    word.alternatives.contains { $0.allSatisfy { rarity[$0] != nil } }
  }

  /// How telling a word is.
  private func weight(_ word: Reading.Word) -> Double { word.alternatives.first?.first.flatMap { rarity[$0] } ?? Self.unknown }

  /// What a word weighs that no product has.
  private static let unknown = 5.0

  private func facets(_ places: [Int]) -> [String: [String: Int]] {
    var facets: [String: [String: Int]] = [:]
    for place in places {
      let document = documents[place]
      if let category = document.category { facets["category", default: [:]][category, default: 0] += 1 }
      facets["price", default: [:]][Self.priceBand(document.price), default: 0] += 1
      facets["stock", default: [:]][document.offers.contains(where: \.isAvailable) ? "in stock" : "sold out", default: 0] += 1
      if !document.brand.isEmpty { facets["brand", default: [:]][document.brand, default: 0] += 1 }
      for kind in Self.facetKinds {
        for value in Set(document.offers.compactMap { $0.options[kind] }) { facets[kind, default: [:]][value, default: 0] += 1 }
      }
    }
    return facets
  }

  /// The power of ten a price lies in, halved: `20-50` units of the currency.
  private static func priceBand(_ minorUnits: Int) -> String {
    let price = Double(minorUnits) / 100
    var low = 0.0
    for high in [10.0, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] {
      if price < high { return "\(Int(low))-\(Int(high))" }
      low = high
    }
    return "\(Int(low))-"
  }

  // MARK: learning

  /// The features of the products a query finds, with their ids, for a ranking to learn from.
  package func features(_ query: String) throws -> [(id: String, features: [Double])] {
    let reading = read(query)
    return try candidates(reading, isFiltered: false).prefix(Self.reread).map { place, score in
      let document = documents[place]
      let hit = Hit(
        document: document, score: score, matched: [], coverage: 0, knownCoverage: 0, itemID: "", price: document.price)
      return (document.id, SearchRanking.features(hit, reading, rarity, analysis))
    }
  }
}

extension SearchDocument {
  /// The text of each field, in the order of the index.
  var fields: [String] { [title, brand, kind, description, attributes] }
}

extension ProductQuery {
  /// The cheapest way to order a product that fits; nil when none does.
  func offer(of document: SearchDocument) -> SearchDocument.Offer? {
    if excludedProducts.contains(document.id) { return nil }
    if let leastRating, document.rating ?? 0 < leastRating { return nil }
    let words = "\(document.title) \(document.brand)".lowercased()
    if excludedWords.contains(where: { words.contains($0.lowercased()) }) { return nil }
    let fitting = document.offers.filter { offer in
      if onlyAvailable && !offer.isAvailable { return false }
      if let leastPrice, offer.price < leastPrice { return false }
      if let greatestPrice, offer.price > greatestPrice { return false }
      if excludedWords.contains(where: { word in offer.options.values.contains { $0.lowercased() == word.lowercased() } }) {
        return false
      }
      return options.allSatisfy { kind, value in
        offer.options.contains { name, own in
          name.lowercased().contains(kind) || kind == "color" && name.lowercased().contains("colour")
            ? own.lowercased() == value.lowercased() : false
        }
      }
    }
    return fitting.min { ($0.isAvailable ? 0 : 1, $0.price, $0.itemID) < ($1.isAvailable ? 0 : 1, $1.price, $1.itemID) }
  }
}
