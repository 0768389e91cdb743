/// Features without a vocabulary: a hash picks a feature's place in a table of fixed size (Weinberger et al., 2009).
///
/// Hashes have 32 bits; a table of 2ⁿ places takes the lowest n, so one hash serves tables of several sizes.
package enum FeatureHash {
  /// FNV-1a over the scalars' three bytes (Fowler, Noll and Vo), mixed once more so that its low bits are good.
  package static func hash(of scalars: some Sequence<UInt32>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for scalar in scalars {
      for shift in [0, 8, 16] as [UInt32] {
        hash = (hash ^ UInt64((scalar >> shift) & 0xFF)) &* 0x0000_0100_0000_01B3
      }
    }
    return mixed(hash)
  }

  package static func hash(of text: String) -> UInt32 { hash(of: text.unicodeScalars.lazy.map(\.value)) }

  /// One hash for two that stand in this order.
  package static func pair(_ first: UInt32, _ second: UInt32) -> UInt32 { mixed(UInt64(first) << 32 | UInt64(second)) }

  private static func mixed(_ value: UInt64) -> UInt32 {
    var hash = value ^ value >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    return UInt32(truncatingIfNeeded: hash)
  }
}
