/// E-mail addresses, order numbers and postcodes.
extension FoldedText {
  private func isFree(_ range: Range<Int>) -> Bool {
    !isAlphanumeric(range.lowerBound - 1) && !isAlphanumeric(range.upperBound)
  }

  /// `local@domain.tld`, in lower case. The local part has RFC 5322's common characters.
  func emails() -> [EntityFind] {
    func isLocal(_ i: Int) -> Bool {
      isAlphanumeric(i) || (self[i] < 0x80 && ".!#$%&'*+/=?^_`{|}~-".utf8.contains(UInt8(self[i])))
    }
    func isDomain(_ i: Int) -> Bool { isAlphanumeric(i) || isCharacter(i, ".") || isCharacter(i, "-") }
    var finds: [EntityFind] = []
    for at in scalars.indices where isCharacter(at, "@") {
      var start = at
      while start > 0, isLocal(start - 1) { start -= 1 }
      while start < at, !isAlphanumeric(start), !isCharacter(start, "_") { start += 1 }
      var end = at + 1
      while isDomain(end) { end += 1 }
      while end > at + 1, !isAlphanumeric(end - 1) { end -= 1 }
      guard start < at, end - start <= 254 else { continue }
      let labels = ascii(at + 1..<end).split(separator: ".", omittingEmptySubsequences: false)
      guard labels.count >= 2, !labels.contains(where: { $0.isEmpty || $0.first == "-" || $0.last == "-" }),
        let top = labels.last, top.count >= 2, top.allSatisfy(\.isLetter)
      else { continue }
      finds.append(EntityFind(.email, start..<end, ascii(start..<end)))
    }
    return finds
  }

  /// `#W2378156`, `w2378156`, `2378156`, `#10023`, `#A-1042`: after a `#` up to three letters, perhaps a hyphen, and three to twelve
  /// digits; without it a W and digits, or seven digits alone. The value is in upper case, without the `#`.
  func orderNumbers(_ runs: [Range<Int>]) -> [EntityFind] {
    var finds: [EntityFind] = []
    for run in runs where !isAlphanumeric(run.upperBound) {
      var start = run.lowerBound
      if isCharacter(start - 1, "-"), isLetter(start - 2) { start -= 1 }
      // More letters than a number can have decide nothing, and need no counting.
      var letters = start
      while letters > 0, start - letters < 5, isLetter(letters - 1) { letters -= 1 }
      let prefix = letters..<start
      let hash = isCharacter(letters - 1, "#")
      let isW = prefix.count == 1 && isCharacter(letters, "w")
      if hash, prefix.count <= 3, (3...12).contains(run.count) {
        let number = ascii(letters..<run.upperBound).uppercased()
        finds.append(EntityFind(.orderID, letters - 1..<run.upperBound, number))
      } else if isW, (5...12).contains(run.count), !isAlphanumeric(letters - 1) {
        finds.append(EntityFind(.orderID, letters..<run.upperBound, ascii(letters..<run.upperBound).uppercased()))
      } else if run.count == 7, isFree(run), !isCharacter(run.lowerBound - 1, "-") {
        finds.append(EntityFind(.orderID, run, ascii(run)))
      }
    }
    return finds
  }

  /// Five digits (US; nine as `12345-6789`), six (China, India), `SW1A 1AA` (UK), `K1A 0B1` (Canada), in upper case.
  func postcodes(_ runs: [Range<Int>]) -> [EntityFind] {
    var finds: [EntityFind] = []
    for run in runs where run.count == 5 || run.count == 6 {
      guard isFree(run) else { continue }
      var end = run.upperBound
      if run.count == 5, isCharacter(end, "-"), (1...4).allSatisfy({ isDigit(end + $0) }), !isAlphanumeric(end + 5) {
        end += 5
      }
      finds.append(EntityFind(.postcode, run.lowerBound..<end, ascii(run)))
    }
    // Two groups, the first beginning with a letter, the second digit-letter-letter or digit-letter-digit.
    for gap in scalars.indices where scalars[gap] == 0x20 && isDigit(gap + 1) {
      var start = gap
      while start > 0, isAlphanumeric(start - 1), gap - start < 4 { start -= 1 }
      let first = start..<gap
      let isUK = isLetter(gap + 2) && isLetter(gap + 3)
      let isCanada = isLetter(gap + 2) && isDigit(gap + 3)
      guard (2...4).contains(first.count), !isAlphanumeric(start - 1), isLetter(start), first.contains(where: isDigit),
        isUK || (isCanada && first.count == 3), !isAlphanumeric(gap + 4)
      else { continue }
      finds.append(EntityFind(.postcode, start..<gap + 4, ascii(start..<gap + 4).uppercased()))
    }
    return finds
  }
}
