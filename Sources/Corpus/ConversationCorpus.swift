import Foundation

/// What a response selector learns from and chooses from: recorded conversations (`.jsonl`, `.txt`), and knowledge in Markdown (`.md`)
/// with questions it answers beside it (`questions.tsv`).
package struct ConversationCorpus: Sendable {
  static let questionsFile = "questions.tsv"

  package private(set) var transcripts: [Transcript] = []
  package private(set) var passages: [Passage] = []
  /// Questions with the passages that answer them.
  package private(set) var questions: [(question: String, passage: Passage)] = []

  package var isEmpty: Bool { transcripts.isEmpty && passages.isEmpty }

  /// Reads files and folders (recursively, in name order; hidden files, READMEs and folders named `test` are passed over).
  package init(paths: [String]) throws(CorpusError) {
    var asked: [(file: String, questions: [Passage.Question])] = []
    for path in paths {
      for file in try UnlabelledText.files([path]) {
        if file.hasSuffix(Self.questionsFile) {
          asked.append((file, try Passage.Question.read(file)))
          continue
        }
        switch Self.ending(file) {
        case "md": passages += try Passage.read(file)
        case "jsonl", "txt": try readTranscripts(file)
        case _ where file == path:
          throw CorpusError(.init(file: file), "conversations are .jsonl or .txt, knowledge is .md, each also with .gz")
        default: break
        }
      }
    }
    for (file, list) in asked {
      let folder = file.dropLast(Self.questionsFile.count)
      let known = Dictionary(
        passages.filter { $0.file.hasPrefix(folder) }.map { ("\($0.subject)\t\($0.heading)", $0) },
        uniquingKeysWith: { first, _ in first })
      for question in list {
        guard let passage = known["\(question.subject)\t\(question.heading)"] else {
          throw CorpusError(.init(file: file), "there is no passage \"\(question.heading)\" in \(question.subject).md")
        }
        questions.append((question.text, passage))
      }
    }
  }

  private mutating func readTranscripts(_ path: String) throws(CorpusError) {
    var reader = try TranscriptReader(path: path)
    while let transcript = try reader.next() { transcripts.append(transcript) }
  }

  private static func ending(_ path: String) -> String {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    return name.split(separator: ".").last.map(String.init) ?? ""
  }
}
