import Foundation

/// `{"text", "intent", "entities"?: [{"entity" (or "type"), "start", "end", "value"?, "role"?, "group"?}], "metadata"?: {"asked",
/// "question"?}}`, a line each; `end` is exclusive, positions count Unicode scalars.
enum JSONLines {
  private struct Record: Decodable {
    struct Metadata: Decodable {
      let asked: String?
      let question: String?
    }

    let text: String
    let intent: String
    let entities: [EntityRecord]?
    let metadata: Metadata?
  }

  static func examples(_ file: InputFile) throws(CorpusError) -> [Example] {
    var examples: [Example] = []
    let decoder = JSONDecoder()
    while let (number, line) = try file.nextText() {
      if line.trimmed.isEmpty { continue }
      let place = SourcePlace(file: file.name, line: number)
      let record: Record
      do {
        record = try decoder.decode(Record.self, from: Data(line.utf8))
      } catch {
        throw CorpusError(place, "not an example: \(reason(error))")
      }
      var annotations: [Example.Annotation] = []
      for entity in record.entities ?? [] { annotations.append(try entity.annotation(in: record.text, place)) }
      annotations.sort { ($0.span.lowerBound, $0.span.upperBound) < ($1.span.lowerBound, $1.span.upperBound) }
      for (one, next) in zip(annotations, annotations.dropFirst()) where next.span.lowerBound < one.span.upperBound {
        throw CorpusError(place, "entities \"\(one.entity)\" and \"\(next.entity)\" overlap")
      }
      let question = try Example.Question(asked: record.metadata?.asked, text: record.metadata?.question, at: place)
      examples.append(
        Example(text: record.text, intent: record.intent, annotations: annotations, question: question, place: place))
    }
    return examples
  }

  /// A decoding error in a few words.
  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _)?: "no \"\(key.stringValue)\""
    case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
      "wrong type at \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
    default: "the line is not JSON"
    }
  }
}
