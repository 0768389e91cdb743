import Conversation

/// A customer's words, ready to be looked for names in.
struct Words {
  /// In the order said, folded, plurals made singular.
  let stems: [String]
  /// Everything said, folded, without spaces: Chinese names are looked for in it.
  let joined: String

  init(_ tokens: some Sequence<String>) {
    let tokens = Array(tokens)
    stems = tokens.filter { $0.contains { $0.isLetter || $0.isNumber } }.map(Self.stem)
    joined = tokens.joined()
  }

  /// `shoes` → `shoe`, `batteries` → `battery`.
  static func stem(_ word: String) -> String {
    guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss") else { return word }
    if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    for ending in ["ches", "shes", "xes", "sses"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
    return String(word.dropLast())
  }

  /// A name's words, folded as customers' are.
  static func parts(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map { stem(String($0)) }
  }

  var isEmpty: Bool { stems.isEmpty }

  func contains(_ word: String) -> Bool {
    Self.isHan(word) ? joined.contains(word) : stems.contains(Self.stem(word))
  }

  func containsAny(_ words: some Sequence<String>) -> Bool { words.contains(where: contains) }

  /// Words that stand next to one another.
  func containsPhrase(_ phrase: String) -> Bool {
    if Self.isHan(phrase) { return joined.contains(phrase) }
    let wanted = Self.parts(phrase)
    guard !wanted.isEmpty, wanted.count <= stems.count else { return false }
    return (0...stems.count - wanted.count).contains { start in stems[start..<start + wanted.count].elementsEqual(wanted) }
  }

  static func isHan(_ text: String) -> Bool { text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) } }

  /// How surely an option's value was said. `yes` and `no` are values of some options, and say nothing by themselves.
  func valueShare(of value: String) -> Double {
    ["yes", "no", "true", "false"].contains(value.lowercased()) ? 0 : share(of: value)
  }

  /// How surely a name was said: 0 not at all, 1 in full. Of an English name its last word counts most (`Oxford Shirt` is a shirt), of a
  /// Chinese one the longest piece said, from two characters on.
  func share(of name: String) -> Double {
    if Self.isHan(name) {
      let characters = Array(name.filter { $0.isLetter || $0.isNumber })
      guard characters.count > 1 else { return joined.contains(name) ? 1 : 0 }
      var longest = 0
      for start in characters.indices {
        var length = max(longest + 1, 2)
        while start + length <= characters.count, joined.contains(String(characters[start..<start + length])) {
          longest = length
          length += 1
        }
      }
      // The end of a Chinese name says what it is.
      let end = String(characters.suffix(2))
      return longest == 0
        ? 0
        : joined.contains(end)
          ? max(0.6, Double(longest) / Double(characters.count)) : 0.5 * Double(longest) / Double(characters.count)
    }
    let parts = Self.parts(name)
    guard let head = parts.last else { return 0 }
    var (said, all) = (0.0, 0.0)
    for part in parts {
      let weight = part == head ? 2.0 : 1.0
      all += weight
      if stems.contains(part) { said += weight }
    }
    return said / all
  }

  /// A share from which a name counts as said.
  static let named = 0.5
}
