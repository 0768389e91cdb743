/// Telephone numbers.
extension LexedText {
  /// A number written in groups: the digits of each, and whether brackets or signs part them.
  private struct Groups {
    var runs: [Range<Int>]
    /// `+` before the first.
    let hasPlus: Bool
    /// Where the text begins, with `+` or `(`.
    let start: Int

    var digits: Int { runs.reduce(0) { $0 + $1.count } }
  }

  private static let mostGroups = 7

  /// International numbers (`+1 (415) 555-0132`, `0044 20 7946 0958`), ten digits in three groups (`415-555-0132`), Chinese mobile numbers,
  /// numbers with an area code that begins with 0 (`010-62345678`); any ten or eleven digits after a word for telephone. The value is the
  /// digits as written, with a leading `+` where there is one.
  ///
  /// Seven digits alone are an order number.
  func phones(_ runs: [Range<Int>]) -> [EntityFind] {
    var finds: [EntityFind] = []
    var i = 0
    while i < runs.count {
      guard let groups = groups(runs, from: i), let count = likeliestCount(groups) else {
        i += 1
        continue
      }
      let taken = groups.runs.prefix(count)
      let digits = taken.map { text.ascii($0) }.joined()
      let end = taken.last?.upperBound ?? groups.start
      finds.append(EntityFind(.phone, groups.start..<end, groups.hasPlus ? "+" + digits : digits))
      i += count
    }
    return finds
  }

  /// The runs of digits from `first` on that a space, a hyphen, a point or brackets part.
  private func groups(_ runs: [Range<Int>], from first: Int) -> Groups? {
    var start = runs[first].lowerBound
    if text.isCharacter(start - 1, "(") { start -= 1 }
    var hasPlus = text.isCharacter(start - 1, "+")
    if hasPlus {
      start -= 1
    } else if text.isCharacter(start - 2, "+"), text.isCharacter(start - 1, " ") {
      hasPlus = true
      start -= 2
    }
    let before = text[start - 1]
    if FoldedText.isWordPart(before) || "#$€£¥₹.,/-_@:".unicodeScalars.contains(where: { $0.value == before && before != 0x3A })
    {
      return nil
    }
    var groups = Groups(runs: [runs[first]], hasPlus: hasPlus, start: start)
    for next in runs.dropFirst(first + 1).prefix(LexedText.mostGroups - 1) {
      guard isSeparator(groups.runs[groups.runs.count - 1].upperBound..<next.lowerBound) else { break }
      groups.runs.append(next)
    }
    return groups
  }

  private func isSeparator(_ gap: Range<Int>) -> Bool {
    guard (1...3).contains(gap.count) else { return false }
    var marks = 0
    for place in gap {
      switch Unicode.Scalar(text[place]) {
      case " ": break
      case "-", ".", "(", ")", "–": marks += 1
      default: return false
      }
    }
    return marks <= 2
  }

  /// How many of the groups make a number: the most that do.
  private func likeliestCount(_ groups: Groups) -> Int? {
    for count in stride(from: groups.runs.count, to: 0, by: -1) {
      let part = Groups(runs: Array(groups.runs.prefix(count)), hasPlus: groups.hasPlus, start: groups.start)
      guard let last = part.runs.last, !text.isWordPart(last.upperBound) else { continue }
      if isNumber(part) { return count }
    }
    return nil
  }

  private func isNumber(_ groups: Groups) -> Bool {
    let lengths = groups.runs.map(\.count)
    let count = groups.digits
    guard let first = groups.runs.first, count <= 17 else { return false }
    let digits = groups.runs.flatMap { text.scalars[$0].map { Int($0 & 0xF) } }
    func begins(_ start: Int...) -> Bool { digits.starts(with: start) }
    if groups.hasPlus {
      if begins(1) { return count == 11 }
      if begins(8, 6) { return isChinese(digits.dropFirst(2)) }
      return (8...15).contains(count)
    }
    if begins(0, 0) {
      if begins(0, 0, 8, 6) { return isChinese(digits.dropFirst(4)) }
      return (11...17).contains(count)
    }
    if begins(8, 6), lengths.count > 1 || count == 13 { return count == 13 && isChineseMobile(digits.dropFirst(2)) }
    if lengths == [3, 3, 4] { return true }
    if lengths == [1, 3, 3, 4] { return begins(1) }
    if isChineseMobile(digits[...]) { return lengths == [11] || lengths == [3, 4, 4] || lengths == [3, 8] }
    if begins(0) { return (10...12).contains(count) && (lengths.count > 1 || count > 10) && first.count >= 3 }
    return lengths.count == 1 && (10...11).contains(count) && isAfterTelephoneWord(first.lowerBound)
  }

  private func isChineseMobile(_ digits: ArraySlice<Int>) -> Bool {
    digits.count == 11 && digits.first == 1 && (3...9).contains(digits[digits.startIndex + 1])
  }

  /// What follows the country's code: a mobile number, or an area code with its leading zero left out.
  private func isChinese(_ digits: ArraySlice<Int>) -> Bool { isChineseMobile(digits) || (10...11).contains(digits.count) }

  /// Whether one of the four pieces before a place speaks of a telephone.
  private func isAfterTelephoneWord(_ place: Int) -> Bool {
    let next = pieceIndex(from: place)
    return (max(0, next - 4)..<next).contains { pieces[$0].word == .telephone }
  }
}
