/// A small seeded random number generator (Steele, Lea and Flood, 2014): the same numbers on every machine.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  /// A generator for one piece of work, so that pieces do not depend on the order they are done in.
  package init(seed: UInt64, stream: Int...) {
    var mixer = SplitMix64(seed: seed)
    var state = mixer.next()
    for number in stream {
      mixer = SplitMix64(seed: state ^ UInt64(bitPattern: Int64(number)))
      state = mixer.next()
    }
    self.state = state
  }

  /// A generator for a named piece of work.
  package init(seed: UInt64, name: String) {
    let hash = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    self.init(seed: seed, stream: Int(truncatingIfNeeded: hash))
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1), 24 bits.
  package mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }
}
