import Conversation

/// Parts of a corpus, drawn so that each intent in each language gives the same share.
package struct Split: Sendable {
  package let train: [Example]
  package let test: [Example]
  /// Where in the corpus the test part stands.
  package let testIndices: [Int]

  /// A stratified split. The strata are the intents in each language; `share` of each goes to the test part, at least one of two
  /// or more. `generator` gives the chance for a stratum's name, so that adding an intent does not reshuffle the others. Both parts
  /// keep the order of the corpus.
  package init(
    _ examples: [Example], testShare share: Double, language: (String) -> Language?,
    generator: (String) -> some RandomNumberGenerator
  ) {
    var strata: [String: [Int]] = [:]
    for (i, example) in examples.enumerated() {
      strata["\(language(example.text)?.rawValue ?? "")\t\(example.intent)", default: []].append(i)
    }
    var test = Set<Int>()
    for (name, members) in strata.sorted(by: { $0.key < $1.key }) {
      var generator = generator(name)
      let count = members.count < 2 ? 0 : max(1, Int((Double(members.count) * share).rounded()))
      test.formUnion(members.shuffled(using: &generator).prefix(count))
    }
    testIndices = test.sorted()
    self.train = examples.indices.filter { !test.contains($0) }.map { examples[$0] }
    self.test = examples.indices.filter { test.contains($0) }.map { examples[$0] }
  }
}
