import Conversation

/// Which of our languages a text is in, read off its scripts.
package enum LanguageGuess {
  /// Chinese when there are at least as many Han characters as words in other letters (so `我的order到哪了` is Chinese and
  /// `size 大 please, thank you` is English), else English; nil without any letters.
  package static func language(of tokens: [Token]) -> Language? {
    var han = 0
    var words = 0
    for token in tokens {
      switch token.kind {
      case .ideograph: han += token.text.unicodeScalars.count
      case .word, .kana: words += 1
      case .number, .symbol: break
      }
    }
    if han == 0 && words == 0 { return nil }
    return han > 0 && han >= words ? .chinese : .english
  }
}
