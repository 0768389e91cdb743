/// Features without a vocabulary: a hash picks a feature's place in a table of fixed size (Weinberger et al., 2009).
package enum FeatureHash {
  /// FNV-1a over the scalars' three bytes (Fowler, Noll and Vo), mixed once more so that its low bits are good.
  package static func bucket(of scalars: some Sequence<UInt32>, among buckets: Int) -> Int32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for scalar in scalars {
      for shift in [0, 8, 16] as [UInt32] {
        hash = (hash ^ UInt64((scalar >> shift) & 0xFF)) &* 0x0000_0100_0000_01B3
      }
    }
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    return Int32(hash % UInt64(buckets))
  }
}
