import CThesaurus

/// Which everyday words mean nearly the same and which go together, in English and Chinese: what a few examples are too few to teach.
package struct Thesaurus: Sendable {
  /// A word with what is near it.
  package struct Entry: Hashable, Sendable {
    /// The headword and the words and phrases that may stand in its place.
    package let similar: [String]
    /// Words of the messages it stands in.
    package let companions: [String]

    /// Reads `headword: similar, …; companion, …` in UTF-8; nil for anything else.
    package init?(line: some Collection<UInt8>) {
      let parts = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      let lists = parts[1].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      guard lists.count == 2 else { return nil }
      func items(_ list: some Collection<UInt8>) -> [String] {
        list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
          String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
        }
      }
      similar = items(parts[0]) + items(lists[0])
      companions = items(lists[1])
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
    let bytes = UnsafeBufferPointer(start: cthesaurus_lines(&length), count: length)
    return Thesaurus(bytes.split(separator: UInt8(ascii: "\n")).compactMap { Entry(line: $0) })
  }()
}
