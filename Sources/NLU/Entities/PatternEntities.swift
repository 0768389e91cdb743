import Conversation

/// Information that has a form of its own, in English, Chinese and both mixed: e-mail addresses, order numbers, postcodes, telephone
/// numbers, prices and ranges of them, percentages, dates, durations, sizes, the catalogue's words, numbers.
///
/// Of two finds that overlap the longer stays ("$50" gives way to "under $50", "20" to "20%"); of equally long ones the kind that
/// stands first in `EntityKind`, and of one kind the find further left. One exception: an e-mail address stays whatever overlaps it,
/// for its local part may hold anything.
///
/// Characters are read once, and words looked up in dictionaries; there is no regular expression, because this runs on every message
/// and on every line of the training data.
package struct PatternEntities: Sendable {
  private let catalogue: CatalogueWords

  /// No message of a customer holds more; what is beyond is noise.
  private static let greatestCount = 64

  package init(catalogue: CatalogueWords = CatalogueWords()) {
    self.catalogue = catalogue
  }

  /// The finds in text order, not overlapping. Spans count Unicode scalars of the text as written.
  ///
  /// `today` is the day "tomorrow" and "12 November" count from; without it what depends on it is found all the same, and its value
  /// is its own text.
  package func entities(in utterance: Utterance, today: Day? = nil) -> [Entity] {
    let text = LexedText(utterance)
    let finds = Self.resolved(finds(in: text, today))
    return finds.prefix(Self.greatestCount).map { find in
      let substring = utterance.substring(find.span)
      return Entity(
        type: find.type, span: find.span, text: substring, value: find.value ?? substring, confidence: 1,
        extractor: "PatternEntities")
    }
  }

  private func finds(in text: LexedText, _ today: Day?) -> [EntityFind] {
    var finds = catalogue.finds(in: text.text)
    guard text.hasTrigger else { return finds + text.text.emails() }
    let runs = text.text.digitRuns()
    if !runs.isEmpty {
      finds += text.text.orderNumbers(runs)
      finds += text.text.postcodes(runs)
      finds += text.phones(runs)
      finds += text.numericDates(runs, today)
    }
    finds += text.text.emails()
    let amounts = text.amounts()
    finds += text.priceRanges(amounts)
    finds += text.money(amounts)
    finds += text.percentages()
    finds += text.dates(today)
    let spans = text.timeSpans()
    finds += text.relativeDates(spans, today)
    finds += text.durations(spans)
    finds += text.sizes()
    finds += text.numbers()
    return finds
  }

  /// What stays by the rule above, in text order.
  private static func resolved(_ finds: [EntityFind]) -> [EntityFind] {
    guard finds.count > 1 else { return finds }
    let byPrecedence = finds.sorted { a, b in
      if (a.kind == .email) != (b.kind == .email) { return a.kind == .email }
      if a.span.count != b.span.count { return a.span.count > b.span.count }
      if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
      return a.span.lowerBound < b.span.lowerBound
    }
    // A find is short beside a text of ten thousand characters: its own places are marked, not the text's.
    var taken: Set<Int> = []
    var kept: [EntityFind] = []
    if finds.count <= 16 {
      for find in byPrecedence where !kept.contains(where: { $0.span.overlaps(find.span) }) { kept.append(find) }
    } else {
      for find in byPrecedence where taken.isDisjoint(with: find.span) {
        taken.formUnion(find.span)
        kept.append(find)
      }
    }
    return kept.sorted { $0.span.lowerBound < $1.span.lowerBound }
  }
}

/// The kinds of find, the more telling first.
enum EntityKind: Int, Sendable {
  case email, orderID, postcode, phone, priceRange, money, percentage, date, duration, size, catalogue, number
}

/// A find before it is known whether it stays.
struct EntityFind: Sendable {
  let kind: EntityKind
  let type: String
  let span: Range<Int>
  /// Nil for the text itself.
  let value: String?

  init(_ kind: EntityKind, _ span: Range<Int>, _ value: String?) {
    self.init(kind, type: EntityFind.type(of: kind), span, value)
  }

  /// A word of the catalogue has the catalogue's type.
  init(catalogue type: String, _ span: Range<Int>, _ value: String) {
    self.init(.catalogue, type: type, span, value)
  }

  private init(_ kind: EntityKind, type: String, _ span: Range<Int>, _ value: String?) {
    self.kind = kind
    self.type = type
    self.span = span
    self.value = value
  }

  private static func type(of kind: EntityKind) -> String {
    switch kind {
    case .email: "email"
    case .orderID: "order_id"
    case .postcode: "postcode"
    case .phone: "phone"
    case .priceRange: "price_range"
    case .money: "money"
    case .percentage: "percentage"
    case .date: "date"
    case .duration: "duration"
    // A word of the catalogue brings its own; most are sizes.
    case .size, .catalogue: "size"
    case .number: "number"
    }
  }
}
