import Conversation
import Corpus
import Foundation
import Neural
import Text

/// Finds examples whose label is probably wrong by confident learning (Northcutt, Jiang and Chuang, 2021): a linear classifier that has
/// not seen an example says how likely each intent is; where another intent is likelier than it is on average for its own examples,
/// and likelier than the label, the example is suspected. The least likely labels come first.
package struct LabelErrors: Sendable {
  /// An example whose label is doubted.
  package struct Suspect: Sendable {
    package let index: Int
    package let suggested: String
    /// How likely the label and the suggestion are.
    package let label: Double
    package let suggestion: Double
  }

  /// The likeliest errors first.
  package private(set) var suspects: [Suspect] = []
  /// Every example, the likeliest error first: for those who want to look at a certain share.
  package private(set) var order: [Int] = []

  private static let parts = 5
  private static let buckets = 1 << 15
  /// Makes probabilities of margins; found on the public corpora, where it makes them about as sure as they are right.
  private static let sharpness: Float = 3

  package init(_ examples: [Example], tokenizer: Tokenizer, seed: UInt64, threads: Int) {
    let intents = Set(examples.map(\.intent)).sorted()
    guard examples.count >= 2 * Self.parts, intents.count > 1 else { return }
    let labels = Dictionary(uniqueKeysWithValues: intents.enumerated().map { ($1, $0) })
    let patterns = PatternEntities()
    let units = Parallel.map(examples.count, threads: threads) { i -> [TextUnit] in
      let utterance = tokenizer.utterance(examples[i].text)
      return TextEncoder.units(utterance, patterns.entities(in: utterance), after: examples[i].question?.kind)
    }
    let encoder = TextEncoder(
      vocabulary: Vocabulary(counting: units.map { $0.map(\.word) }, minimumCount: 1), trainedWords: 1,
      subwords: Subwords(lengths: 2...5), subwordRows: 1 << 10)
    let texts = Parallel.map(units.count, threads: threads) { encoder.encode(units[$0]) }
    let folds = Split.folds(
      examples, count: Self.parts, language: { _ in nil }, generator: { SplitMix64(seed: seed, name: "label errors \($0)") })
    var probabilities = [[Float]](repeating: [], count: examples.count)
    for fold in folds {
      let held = Set(fold)
      let rest = examples.indices.filter { !held.contains($0) }
      let classifier = LinearClassifier(
        rest.map { texts[$0] }, labels: rest.map { labels[examples[$0].intent] ?? 0 }, classes: intents.count, vectors: nil,
        buckets: Self.buckets, seed: seed, threads: threads)
      let empty = Matrix(zeros: 0, 0)
      let judged = Parallel.map(fold.count, threads: threads) { i -> [Float] in
        var values = classifier.margins(texts[fold[i]], vectors: empty).map { $0 * Self.sharpness }
        values.withUnsafeMutableBufferPointer { _ = Kernels.best.softmax($0) }
        return values
      }
      for (place, values) in zip(fold, judged) { probabilities[place] = values }
    }
    let own = examples.map { labels[$0.intent] ?? 0 }
    // How sure the classifier is of an intent on the intent's own examples.
    var (sums, counts) = ([Float](repeating: 0, count: intents.count), [Float](repeating: 0, count: intents.count))
    for (label, values) in zip(own, probabilities) {
      sums[label] += values[label]
      counts[label] += 1
    }
    let thresholds = zip(sums, counts).map { $0 / max($1, 1) }
    func margin(_ i: Int) -> Float {
      let other = probabilities[i].enumerated().lazy.filter { $0.offset != own[i] }.map(\.element).max() ?? 0
      return probabilities[i][own[i]] - other
    }
    let margins = examples.indices.map(margin)
    order = examples.indices.sorted { (margins[$0], $0) < (margins[$1], $1) }
    for i in order {
      let values = probabilities[i]
      let likely = values.indices.filter { $0 != own[i] && values[$0] >= thresholds[$0] && values[$0] > values[own[i]] }
      guard let best = likely.max(by: { values[$0] < values[$1] }) else { continue }
      suspects.append(
        Suspect(index: i, suggested: intents[best], label: Double(values[own[i]]), suggestion: Double(values[best])))
    }
  }
}
