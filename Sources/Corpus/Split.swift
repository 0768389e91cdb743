import Conversation

/// Parts of a corpus, drawn so that each intent in each language gives the same share.
package struct Split: Sendable {
  package let train: [Example]
  package let test: [Example]

  /// A stratified split. The strata are the intents in each language; `share` of each goes to the test part, at least one of two
  /// or more. `generator` gives the chance for a stratum's name, so that adding an intent does not reshuffle the others. Both parts
  /// keep the order of the corpus.
  package init(
    _ examples: [Example], testShare share: Double, language: (String) -> Language?,
    generator: (String) -> some RandomNumberGenerator
  ) {
    let strata = Self.strata(examples, language: language)
    var test = Set<Int>()
    for (name, members) in strata {
      var generator = generator(name)
      let count = members.count < 2 ? 0 : max(1, Int((Double(members.count) * share).rounded()))
      test.formUnion(members.shuffled(using: &generator).prefix(count))
    }
    self.train = examples.indices.filter { !test.contains($0) }.map { examples[$0] }
    self.test = examples.indices.filter { test.contains($0) }.map { examples[$0] }
  }

  /// `count` disjoint parts of near the same size that together hold every example: the indices of each, stratified as above.
  package static func folds(
    _ examples: [Example], count: Int, language: (String) -> Language?, generator: (String) -> some RandomNumberGenerator
  ) -> [[Int]] {
    var folds = [[Int]](repeating: [], count: count)
    var next = 0
    for (name, members) in strata(examples, language: language) {
      var generator = generator(name)
      for index in members.shuffled(using: &generator) {
        folds[next % count].append(index)
        next += 1
      }
    }
    return folds.map { $0.sorted() }
  }

  /// The indices of each intent's examples in each language, in name order.
  private static func strata(_ examples: [Example], language: (String) -> Language?) -> [(name: String, members: [Int])] {
    var strata: [String: [Int]] = [:]
    for (i, example) in examples.enumerated() {
      strata["\(language(example.text)?.rawValue ?? "")\t\(example.intent)", default: []].append(i)
    }
    return strata.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
