import CThesaurus
import Neural
import Text

/// Which everyday words mean nearly the same and which go together, in English and Chinese: what a few examples are too few to teach.
package struct Thesaurus: Sendable {
  /// A word with what is near it.
  package struct Entry: Hashable, Sendable {
    /// The headword and the words and phrases that may stand in its place.
    package let similar: [String]
    /// Words of the messages it stands in.
    package let companions: [String]

    /// Reads `headword: similar, …; companion, …` in UTF-8; nil for anything else.
    package init?(line: Slice<UnsafeBufferPointer<UInt8>>) {
      func items(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
        bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
          String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
        }
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), let semicolon = line.firstIndex(of: UInt8(ascii: ";")),
        colon < semicolon
      else { return nil }
      similar = items(line[..<colon]) + items(line[line.index(after: colon)..<semicolon])
      companions = items(line[line.index(after: semicolon)...])
      if similar.contains(where: \.isEmpty) || companions.contains(where: \.isEmpty) { return nil }
    }
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// That of `corpora/thesaurus`.
  package static let builtIn: Thesaurus = {
    var length = 0
    let bytes = UnsafeBufferPointer(start: ct_lines(&length), count: length)
    return Thesaurus(bytes.split(separator: UInt8(ascii: "\n")).compactMap { Entry(line: $0) })
  }()
}

extension Cooccurrence {
  /// What a companion is worth beside a word that may stand in the same place.
  private static let companionWeight: Float = 0.5

  /// Adds what a thesaurus says of the words that are here, read on `threads` threads: a word and one that may stand in its place count 1
  /// towards each other, a word and a companion ½; the words of a phrase share.
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
