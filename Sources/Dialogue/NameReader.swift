import Conversation

/// Finds a person's name in what they write when asked for it: `Maria Lopez 78701`, `my name is Sam, zip 10004`, `我叫李娜，邮编100027`.
///
/// It does not know names: it sets aside what was recognised otherwise and the words that introduce a name, and reads what is left.
/// Whether there is such a person the shop decides.
package enum NameReader {
  private static let introductions: Set<String> = [
    "my", "name", "names", "is", "i", "i'm", "im", "am", "it", "it's", "its", "this", "the", "and", "with", "in", "at", "on",
    "of",
    "zip", "zipcode", "code", "post", "postcode", "postal", "pin", "pincode", "email", "e-mail", "mail", "address", "first",
    "last",
    "full", "surname", "hi", "hello", "hey", "sure", "ok", "okay", "yes", "please", "pls", "here", "thanks", "thank", "you",
    "under",
    "registered", "account", "order", "number", "mr", "mrs", "ms", "dr", "living", "live", "from", "area", "customer", "for",
    "a",
    "so", "well", "um", "uh", "me", "to", "no", "not", "don't", "have", "can", "use", "instead", "remember", "but",
  ]
  /// Taken off the ends of a piece of Chinese text, longest first.
  private static let chineseIntroductions = [
    "收货人姓名", "邮政编码", "我的名字", "我的邮编", "收件人", "收货人", "名字是", "名字叫", "我名字", "我叫", "我是", "姓名", "名字", "邮编", "本人",
    "你好", "您好", "地址", "邮箱", "这是", "是的", "好的", "在吗", "谢谢", "的", "是", "叫", "我", "为", "嗯", "好", "和", "哦", "啊",
  ]
  /// Two-character family names that are common enough to try.
  private static let doubleFamilyNames: Set<String> = [
    "欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "东方", "独孤", "南宫", "端木", "司空",
  ]

  private static let longestName = 4

  private static let selfIntroductions = [
    "my name", "i am ", "i'm ", "im ", "this is ", "name:", "name is", "我叫", "我是", "姓名", "本人",
  ]

  /// Whether somebody says who they are.
  package static func introduces(_ utterance: Utterance) -> Bool {
    let folded = utterance.text.lowercased().replacing("’", with: "'")
    if selfIntroductions.contains(where: folded.contains) { return true }
    // `Hannah Whitlock, 97213`, and nothing else.
    return utterance.tokens.count <= 6
  }

  /// Readings of the name, likeliest first; empty when nothing is left to read.
  package static func names(in utterance: Utterance, without entities: [Entity]) -> [PersonName] {
    let pieces = pieces(utterance, entities)
    if let name = inTwoSentences(utterance.text) { return [name] }
    let readings = pieces.flatMap { piece in
      piece.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } ? chinese(piece) : spaced(piece)
    }
    // `Lopez, Maria`: two pieces of one word.
    return readings.isEmpty ? spaced(pieces.joined(separator: " ")) : readings
  }

  /// `My first name is Emma and my last name is Smith`.
  private static func inTwoSentences(_ text: String) -> PersonName? {
    let words = text.split { !$0.isLetter && $0 != "'" && $0 != "’" && $0 != "-" }.map(String.init)
    func word(after introductions: [String]) -> String? {
      for (i, word) in words.enumerated() where introductions.contains(word.lowercased()) {
        let rest = words[(i + 1)...].drop { ["name", "is", "s", "name's"].contains($0.lowercased()) }
        if let found = rest.first, rest.startIndex > i + 1 { return found }
      }
      return nil
    }
    guard let given = word(after: ["first", "given"]), let family = word(after: ["last", "family", "surname"]) else {
      return nil
    }
    return PersonName(given: given, family: family)
  }

  /// The text between recognised things and punctuation.
  private static func pieces(_ utterance: Utterance, _ entities: [Entity]) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    func end() {
      if !piece.isEmpty { pieces.append(String(piece)) }
      piece = .init()
    }
    for (i, scalar) in utterance.text.unicodeScalars.enumerated() {
      let isRecognised = entities.contains { $0.isIdentifier && $0.span.contains(i) }
      let isNamePart =
        scalar.properties.isAlphabetic || scalar == " " || scalar == "-" || scalar == "'" || scalar == "’" || scalar == "·"
      if isRecognised || !isNamePart { end() } else { piece.append(scalar) }
    }
    end()
    return pieces
  }

  /// `Maria Lopez`: each way to cut a run of unintroduced words in two; last, the family name first (`Lopez Maria`).
  private static func spaced(_ piece: String) -> [PersonName] {
    let words = piece.split(separator: " ").map(String.init)
    let runs = words.split { introductions.contains($0.lowercased()) || $0.lowercased().hasSuffix("'s") }
    var readings: [PersonName] = []
    for run in runs where (2...longestName).contains(run.count) {
      for cut in 1..<run.count {
        let front = run.prefix(cut).joined(separator: " ")
        let back = run.dropFirst(cut).joined(separator: " ")
        readings.append(PersonName(given: front, family: back))
      }
      if let first = run.first, let last = run.last, run.count == 2 { readings.append(PersonName(given: last, family: first)) }
    }
    return readings
  }

  /// `李娜`: one character of family name, or two where that is a known one.
  private static func chinese(_ piece: String) -> [PersonName] {
    var rest = piece.filter { $0 != " " && $0 != "·" }[...]
    var changed = true
    while changed {
      changed = false
      for word in chineseIntroductions {
        if rest.hasPrefix(word) {
          rest = rest.dropFirst(word.count)
          changed = true
        } else if rest.hasSuffix(word) {
          rest = rest.dropLast(word.count)
          changed = true
        }
      }
    }
    guard (2...longestName).contains(rest.count) else { return [] }
    var readings: [PersonName] = []
    if rest.count > 2, doubleFamilyNames.contains(String(rest.prefix(2))) {
      readings.append(PersonName(given: String(rest.dropFirst(2)), family: String(rest.prefix(2))))
    }
    readings.append(PersonName(given: String(rest.dropFirst(1)), family: String(rest.prefix(1))))
    return readings
  }
}
