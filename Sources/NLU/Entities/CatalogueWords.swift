/// The words a shop's catalogue gives its variants, by entity type: `color` with "navy blue" and 藏青色, `size` with "XL" and 加大码.
///
/// A word in Latin letters or digits is found only whole, a Chinese one anywhere in the text; case and width do not matter, and a space
/// stands for a hyphen too. Of several words that begin at one place the longest is meant. A single letter (S, M, L) is too common to be
/// one: it counts only beside "size", 尺码, 码 or 号, or when it is the whole message.
package struct CatalogueWords: Sendable {
  private struct Form: Sendable {
    let characters: [UInt32]
    let type: String
    let value: String
  }

  /// By first character, the longest first.
  private let forms: [UInt32: [Form]]

  /// For each entity type, canonical values by the forms they are written in.
  package init(_ valuesByForm: [String: [String: String]] = [:]) {
    var forms: [UInt32: [Form]] = [:]
    for (type, values) in valuesByForm {
      for (form, value) in values {
        let characters = FoldedText.folded(form)
        guard let first = characters.first, !FoldedText.isSpace(first) else { continue }
        forms[first, default: []].append(Form(characters: characters, type: type, value: value))
      }
    }
    // The types in alphabetical order, so that a word of two of them is the same in every run.
    self.forms = forms.mapValues { forms in
      forms.sorted { a, b in
        (b.characters.count, a.type, a.value) < (a.characters.count, b.type, b.value)
      }
    }
  }

  func finds(in text: FoldedText) -> [EntityFind] {
    if forms.isEmpty { return [] }
    var finds: [EntityFind] = []
    var i = 0
    while i < text.count {
      // Inside a word no form begins.
      let isInside = FoldedText.isWordPart(text[i]) && text.isWordPart(i - 1)
      if !isInside, let form = forms[text[i]]?.first(where: { isWhole($0, in: text, at: i) }) {
        finds.append(EntityFind(catalogue: form.type, i..<i + form.characters.count, form.value))
        i += form.characters.count
      } else {
        i += 1
      }
    }
    return finds
  }

  private func isWhole(_ form: Form, in text: FoldedText, at start: Int) -> Bool {
    for (offset, character) in form.characters.enumerated() {
      let found = text[start + offset]
      guard found == character || (character == 0x20 && found == 0x2D) else { return false }
    }
    let end = start + form.characters.count
    if FoldedText.isWordPart(text[start]), text.isWordPart(start - 1) { return false }
    if FoldedText.isWordPart(text[end - 1]), text.isWordPart(end) { return false }
    return form.characters.count > 1 || !text.isLetter(start) || isNamedSize(text, start)
  }

  /// Whether a letter stands beside a word for sizes, or alone.
  private func isNamedSize(_ text: FoldedText, _ letter: Int) -> Bool {
    func isSpacing(_ i: Int) -> Bool { text.isSpace(i) || text.isCharacter(i, ":") }
    func word(_ place: Int, _ letters: String) -> Bool {
      let characters = letters.unicodeScalars
      return characters.enumerated().allSatisfy { text.isCharacter(place + $0.offset, $0.element) }
        && !text.isLetter(place - 1) && !text.isLetter(place + characters.count)
    }
    // A few spaces, not a page of them.
    var (before, after) = (letter - 1, letter + 1)
    while isSpacing(before), letter - before < 4 { before -= 1 }
    while isSpacing(after), after - letter < 4 { after += 1 }
    if text.isCharacter(before, "码") || text.isCharacter(after, "码") || text.isCharacter(after, "号") { return true }
    if word(before - 3, "size") || word(after, "size") { return true }
    return (0..<text.count).allSatisfy { $0 == letter || !(text.isWordPart($0) || FoldedText.isHan(text[$0])) }
  }
}
