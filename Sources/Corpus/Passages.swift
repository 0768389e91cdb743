/// A piece of a shop's knowledge that answers by itself: a level-2 heading of a Markdown file with what stands under it.
package struct Passage: Hashable, Sendable {
  package let file: String
  package let heading: String
  /// Whole and as written, paragraphs kept.
  package let text: String

  /// A customer's question that a passage answers.
  package struct Question: Hashable, Sendable {
    /// The file's name without folder and ending, and the heading.
    package let subject: String
    package let heading: String
    package let text: String

    /// Lines of SUBJECT TAB HEADING TAB QUESTION.
    package static func read(_ path: String) throws(CorpusError) -> [Question] {
      let file = try InputFile(path: path)
      var questions: [Question] = []
      while let (number, line) = try file.nextText() {
        if line.trimmed.isEmpty { continue }
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(\.trimmed)
        guard fields.count == 3, fields.allSatisfy({ !$0.isEmpty }) else {
          throw CorpusError(.init(file: file.name, line: number), "a question is SUBJECT TAB HEADING TAB TEXT")
        }
        questions.append(Question(subject: fields[0], heading: fields[1], text: fields[2]))
      }
      return questions
    }
  }

  /// The file's name without folder and ending.
  package var subject: String {
    let name = file.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  /// The passages of a Markdown file, in order.
  package static func read(_ path: String) throws(CorpusError) -> [Passage] {
    let file = try InputFile(path: path)
    var passages: [Passage] = []
    var heading: String?
    var lines: [String] = []
    func end() {
      let text = lines.joined(separator: "\n").trimmed
      if let heading, !text.isEmpty { passages.append(Passage(file: path, heading: heading, text: text)) }
      lines = []
    }
    while let (_, line) = try file.nextText() {
      if line.hasPrefix("## ") {
        end()
        heading = line.dropFirst(3).trimmed
      } else if line.hasPrefix("# ") {
        end()
        heading = nil
      } else {
        lines.append(line)
      }
    }
    end()
    return passages
  }
}
