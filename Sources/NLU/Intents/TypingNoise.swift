import Neural
import Text

/// How customers mistype: a neighbouring key, two letters swapped, one too many, one too few; in Chinese a character that sounds the
/// same, as pinyin input gives it.
package struct TypingNoise: Sendable {
  /// For each Han character others with the same pinyin.
  private let homophones: [Unicode.Scalar: [Unicode.Scalar]]

  /// - Parameter words: the words whose characters may stand for one another.
  package init(words: some Sequence<String>) {
    var bySound: [String: [Unicode.Scalar]] = [:]
    var characters = Set<Unicode.Scalar>()
    for word in words { for scalar in word.unicodeScalars where scalar.value >= 0x3400 { characters.insert(scalar) } }
    // Opened only for Chinese: it loads a large table.
    if !characters.isEmpty, let pinyin = Pinyin() {
      for character in characters { pinyin.sound(of: character).map { bySound[$0, default: []].append(character) } }
    }
    var homophones: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for group in bySound.values where group.count > 1 {
      let sorted = group.sorted()
      for scalar in sorted { homophones[scalar] = sorted.filter { $0 != scalar } }
    }
    self.homophones = homophones
  }

  /// The rows of a keyboard; keys beside each other are mistaken for one another.
  private static let keyboard: [[Unicode.Scalar]] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map { Array($0.unicodeScalars) }
  private static let neighbours: [Unicode.Scalar: [Unicode.Scalar]] = {
    var neighbours: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for row in keyboard {
      for (left, right) in zip(row, row.dropFirst()) {
        neighbours[left, default: []].append(right)
        neighbours[right, default: []].append(left)
      }
    }
    for (upper, lower) in zip(keyboard, keyboard.dropFirst()) {
      for (above, below) in zip(upper, lower) {
        neighbours[above, default: []].append(below)
        neighbours[below, default: []].append(above)
      }
    }
    return neighbours
  }()

  /// A word with one slip in it; nil where none is likely: numbers, symbols, a placeholder.
  package func altered(_ word: String, using generator: inout SplitMix64) -> String? {
    var scalars = Array(word.unicodeScalars)
    let similar = scalars.indices.filter { homophones[scalars[$0]] != nil }
    if let place = similar.randomElement(using: &generator) {
      guard let other = homophones[scalars[place]]?.randomElement(using: &generator) else { return nil }
      scalars[place] = other
      return String(String.UnicodeScalarView(scalars))
    }
    guard scalars.count > 1, scalars.allSatisfy({ Self.neighbours[$0] != nil }) else { return nil }
    let place = Int.random(in: scalars.indices, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      guard let key = Self.neighbours[scalars[place]]?.randomElement(using: &generator) else { return nil }
      scalars[place] = key
    case 1:
      let other = place == 0 ? 1 : place - 1
      scalars.swapAt(place, other)
    case 2: scalars.insert(scalars[place], at: place)
    default: scalars.remove(at: place)
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
