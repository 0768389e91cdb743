/// Character n-grams of a word, hashed into a fixed number of buckets (Bojanowski et al., 2017): what a misspelt or unknown word
/// shares with known ones.
package struct Subwords: Hashable, Sendable {
  package let buckets: Int
  /// Lengths in characters, boundary marks included.
  package let lengths: ClosedRange<Int>

  package init(buckets: Int, lengths: ClosedRange<Int>) {
    precondition(buckets > 0 && lengths.lowerBound > 0)
    self.buckets = buckets
    self.lengths = lengths
  }

  /// The buckets of the n-grams of `<word>`. Single Han characters count as well: each carries meaning of its own.
  package func indices(of word: String) -> [Int32] {
    var scalars: [UInt32] = [0x3C]
    for scalar in word.unicodeScalars { scalars.append(scalar.value) }
    scalars.append(0x3E)
    // A very long "word" is noise; its beginning is enough.
    if scalars.count > 64 { scalars.removeSubrange(64...) }
    var result: [Int32] = []
    for scalar in scalars where isHan(scalar) { result.append(bucket(of: [scalar])) }
    for length in lengths where length <= scalars.count {
      for start in 0...(scalars.count - length) { result.append(bucket(of: scalars[start..<start + length])) }
    }
    return result
  }

  private func bucket(of scalars: some Sequence<UInt32>) -> Int32 { FeatureHash.bucket(of: scalars, among: buckets) }

  private func isHan(_ scalar: UInt32) -> Bool {
    (0x3400...0x9FFF).contains(scalar) || (0xF900...0xFAFF).contains(scalar) || (0x20000...0x3134F).contains(scalar)
  }
}
