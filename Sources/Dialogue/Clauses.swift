/// Cuts a message into the clauses that may each ask for something of their own.
package enum Clauses {
  private static let greatestCount = 6
  /// What begins another request in the middle of a sentence.
  private static let openings = [
    ", and ", "，再", "，然后", "，还", " and also ", " also ", " and then ", " then ", " additionally ", " plus ", "另外", "还有", "顺便",
    "然后", "再帮我",
  ]
  private static let ends: Set<Character> = [".", "!", "?", "\n", "。", "！", "？"]

  /// One clause when there is nothing to cut, or too much.
  package static func split(_ text: String) -> [String] {
    guard text.utf8.count <= 2000 else { return [text] }
    var clauses: [String] = []
    var clause = ""
    var previous: Character = " "
    for character in text {
      // `4.5` and `a.b@c.d` are no ends of sentences; a stop before a space is.
      let isStop = character == "." ? false : ends.contains(character)
      if isStop || (previous == "." && character.isWhitespace) {
        clauses.append(clause)
        clause = ""
      } else {
        clause.append(character)
      }
      previous = character
    }
    clauses.append(clause)
    for opening in openings {
      clauses = clauses.flatMap { clause -> [String] in
        clause.components(opening)
      }
    }
    clauses = clauses.filter { $0.contains { $0.isLetter || $0.isNumber } }
    return clauses.count > greatestCount || clauses.isEmpty ? [text] : clauses
  }
}

extension String {
  /// The parts between occurrences of a separator, case ignored.
  fileprivate func components(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    let folded = separator.lowercased()
    while let range = rest.lowercased().firstRange(of: folded) {
      let lower = rest.lowercased()
      let start = rest.index(rest.startIndex, offsetBy: lower.distance(from: lower.startIndex, to: range.lowerBound))
      let end = rest.index(start, offsetBy: folded.count)
      parts.append(String(rest[..<start]))
      rest = rest[end...]
    }
    parts.append(String(rest))
    return parts
  }
}
