import Corpus
import Foundation
import Text

/// Words that mean the same to a shopper: a line of a file each, with commas between; `#` begins a remark.
package struct Synonyms: Sendable {
  /// By a word's terms, those of its synonyms.
  private(set) var byTerms: [[String]: [[String]]] = [:]
  /// The most terms a word has.
  private(set) var longest = 1

  package init() {}

  package init(path: String, tokenizer: Tokenizer) throws(CorpusError) {
    let file = try InputFile(path: path)
    let analysis = SearchTerms(tokenizer: tokenizer)
    while let (number, line) = try file.nextText() {
      let text = line.prefix { $0 != "#" }
      let words = text.split(whereSeparator: { $0 == "," || $0 == "，" || $0 == "\t" }).map {
        analysis.terms(String($0)).map(\.stem)
      }
      .filter { !$0.isEmpty }
      if words.isEmpty { continue }
      guard words.count > 1 else {
        throw CorpusError(
          .init(file: file.name, line: number), "a line of synonyms wants two words or more, with commas between")
      }
      for word in words {
        byTerms[word, default: []] += words.filter { $0 != word }
        longest = max(longest, word.count)
      }
    }
  }
}
