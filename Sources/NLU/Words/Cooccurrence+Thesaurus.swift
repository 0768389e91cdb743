import Text

extension Cooccurrence {
  /// What a companion is worth beside a word that may stand in the same place.
  private static let companionWeight: Float = 0.5

  /// Adds what a thesaurus says of the words that are here, read on `threads` threads: a word and one that may stand in its place count 1
  /// towards each other, a word and a companion ½; the words of a phrase share. An entry is about a word that is written as in the entry:
  /// phrases are learnt with an entry, but do not choose it.
  /// - Returns: how many entries there are about words that are here.
  package mutating func add(_ thesaurus: Thesaurus, tokenizer: Tokenizer, threads: Int) -> Int {
    let chosen = thesaurus.entries.filter { $0.similar.contains(where: contains) }
    let items = Array(Set(chosen.lazy.flatMap { $0.similar + $0.companions })).sorted()
    let words = Dictionary(uniqueKeysWithValues: zip(items, Self.words(of: items, tokenizer: tokenizer, threads: threads)))
    for entry in chosen {
      let similar = entry.similar.map { words[$0] ?? [] }
      let companions = entry.companions.map { words[$0] ?? [] }
      for (index, item) in similar.enumerated() {
        for other in similar[(index + 1)...] { add(item, near: other, weight: 1) }
        for other in companions { add(item, near: other, weight: Self.companionWeight) }
      }
    }
    return chosen.count
  }
}
