import Conversation
import Corpus
import Neural
import Text

/// How well entities were found: exact span and type, micro-averaged (Tjong Kim Sang and De Meulder, 2003). The keys of its JSON form
/// are the command line's contract.
package struct EntityMetrics: Codable, Hashable, Sendable {
  /// The figures of one type.
  package struct PerType: Codable, Hashable, Sendable {
    package let precision: Double
    package let recall: Double
    package let f1: Double
    /// How many there are in the data.
    package let support: Int
  }

  /// Texts.
  package let n: Int
  package let f1: Double
  package let precision: Double
  package let recall: Double
  /// The same where an overlap with the right type counts as found.
  package let partialF1: Double
  package let perType: [String: PerType]
  /// 95% intervals of `f1`, `precision` and `recall`, by the bootstrap over texts.
  package let intervals: [String: [Double]]

  enum CodingKeys: String, CodingKey {
    case n, f1, precision, recall, intervals
    case partialF1 = "partial_f1"
    case perType = "per_type"
  }

  package init(_ outcomes: [EntityEvaluation.Outcome]) {
    var tally = Tally()
    for outcome in outcomes { tally.add(outcome) }
    self.init(tally)
  }

  /// The counts behind the figures, added up text by text.
  package struct Tally: Sendable {
    fileprivate var counts: [String: Counts] = [:]
    fileprivate var texts = 0
    /// Of each text and type what was found, what of it exactly, and what there is: a bootstrap draws texts.
    fileprivate var byText: [[(type: String, exact: Int32, predicted: Int32, gold: Int32)]] = []

    package init() {}

    package mutating func add(_ outcome: EntityEvaluation.Outcome) {
      texts += 1
      let gold = outcome.example.annotations
      let types = Set(gold.map(\.entity)).union(outcome.entities.map(\.type))
      if !types.isEmpty {
        byText.append(
          types.sorted().map { type in
            let found = outcome.entities.filter { $0.type == type }
            let there = gold.filter { $0.entity == type }
            let exact = found.count { entity in there.contains { $0.span == entity.span } }
            return (type, Int32(exact), Int32(found.count), Int32(there.count))
          })
      }
      for annotation in gold { counts[annotation.entity, default: Counts()].gold += 1 }
      for entity in outcome.entities {
        counts[entity.type, default: Counts()].predicted += 1
        if gold.contains(where: { $0.entity == entity.type && $0.span == entity.span }) {
          counts[entity.type, default: Counts()].exact += 1
        }
        if gold.contains(where: { $0.entity == entity.type && $0.span.overlaps(entity.span) }) {
          counts[entity.type, default: Counts()].overlapping += 1
        }
      }
      for annotation in gold
      where outcome.entities.contains(where: { $0.type == annotation.entity && $0.span.overlaps(annotation.span) }) {
        counts[annotation.entity, default: Counts()].touched += 1
      }
    }
  }

  /// Types that the data never annotates do not count: of numbers, say, nobody has said whether they are right.
  package init(_ tally: Tally) {
    let counts = tally.counts.filter { $0.value.gold > 0 }
    n = tally.texts
    let total = counts.values.reduce(into: Counts()) { $0.add($1) }
    precision = total.precision
    recall = total.recall
    f1 = total.f1
    let (loose, reached) = (share(total.overlapping, total.predicted), share(total.touched, total.gold))
    partialF1 = loose + reached > 0 ? 2 * loose * reached / (loose + reached) : 0
    perType = counts.mapValues { PerType(precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.gold) }
    intervals = Self.intervals(tally.byText, types: Set(counts.keys))
  }

  private static let resamples = 500

  private static func intervals(
    _ texts: [[(type: String, exact: Int32, predicted: Int32, gold: Int32)]], types: Set<String>
  ) -> [String: [Double]] {
    let sums = texts.map { text in
      text.lazy.filter { types.contains($0.type) }.reduce(into: (exact: 0, predicted: 0, gold: 0)) {
        $0.exact += Int($1.exact)
        $0.predicted += Int($1.predicted)
        $0.gold += Int($1.gold)
      }
    }
    guard sums.count > 1 else { return [:] }
    var generator = SplitMix64(seed: 1, name: "entity bootstrap")
    var values: [String: [Double]] = [:]
    for _ in 0..<resamples {
      var counts = Counts()
      for _ in sums.indices {
        let text = sums[Int(((generator.next() >> 32) &* UInt64(sums.count)) >> 32)]
        counts.exact += text.exact
        counts.predicted += text.predicted
        counts.gold += text.gold
      }
      values["f1", default: []].append(counts.f1)
      values["precision", default: []].append(counts.precision)
      values["recall", default: []].append(counts.recall)
    }
    return values.mapValues { list in
      let sorted = list.sorted()
      return [sorted[resamples / 40], sorted[resamples - 1 - resamples / 40]]
    }
  }

  fileprivate struct Counts {
    var gold = 0
    var predicted = 0
    var exact = 0
    /// Predicted with something of the right type under them, and annotated with something of the right type over them.
    var overlapping = 0
    var touched = 0

    var precision: Double { share(exact, predicted) }
    var recall: Double { share(exact, gold) }
    var f1: Double { gold + predicted > 0 ? 2 * Double(exact) / Double(gold + predicted) : 0 }

    mutating func add(_ other: Counts) {
      gold += other.gold
      predicted += other.predicted
      exact += other.exact
      overlapping += other.overlapping
      touched += other.touched
    }
  }
}

private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

/// Runs an interpreter over annotated examples.
package struct EntityEvaluation: Sendable {
  /// An example and the entities found in it.
  package struct Outcome: Sendable {
    package let example: Example
    package let entities: [Entity]

    package init(example: Example, entities: [Entity]) {
      self.example = example
      self.entities = entities
    }
  }

  let interpreter: Interpreter
  let threads: Int

  private static let pieceSize = 64

  package init(interpreter: Interpreter, threads: Int) {
    self.interpreter = interpreter
    self.threads = threads
  }

  /// In the order of the examples, with every entity found.
  package func outcomes(_ examples: [Example]) -> [Outcome] {
    let pieces = (examples.count + Self.pieceSize - 1) / Self.pieceSize
    return Parallel.map(pieces, threads: threads) { piece in
      examples[piece * Self.pieceSize..<min((piece + 1) * Self.pieceSize, examples.count)].map { example in
        Outcome(example: example, entities: interpreter.interpret(example.text).entities)
      }
    }.flatMap(\.self)
  }
}
