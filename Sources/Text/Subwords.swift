/// Character n-grams of a word as hashes (Bojanowski et al., 2017): what a misspelt or unknown word shares with known ones.
package struct Subwords: Hashable, Sendable {
  /// Lengths in characters, boundary marks included.
  package let lengths: ClosedRange<Int>

  package init(lengths: ClosedRange<Int>) {
    precondition(lengths.lowerBound > 0)
    self.lengths = lengths
  }

  /// The hashes of the n-grams of `<word>`. Single Han characters count as well: each carries meaning of its own.
  package func hashes(of word: String) -> [UInt32] {
    var scalars: [UInt32] = [0x3C]
    for scalar in word.unicodeScalars { scalars.append(scalar.value) }
    scalars.append(0x3E)
    // A very long "word" is noise; its beginning is enough.
    if scalars.count > 64 { scalars.removeSubrange(64...) }
    var result: [UInt32] = []
    result.reserveCapacity(lengths.count * scalars.count)
    for scalar in scalars where isHan(scalar) { result.append(FeatureHash.hash(of: CollectionOfOne(scalar))) }
    for length in lengths where length <= scalars.count {
      for start in 0...(scalars.count - length) { result.append(FeatureHash.hash(of: scalars[start..<start + length])) }
    }
    return result
  }

  private func isHan(_ scalar: UInt32) -> Bool {
    (0x3400...0x9FFF).contains(scalar) || (0xF900...0xFAFF).contains(scalar) || (0x20000...0x3134F).contains(scalar)
  }
}
