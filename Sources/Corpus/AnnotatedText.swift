import Foundation

/// Rasa's inline entity notation: `[text](entity)`, `[text](entity:value)`, `[text]{"entity": …, "role": …, "group": …, "value": …}`.
///
/// A bracket that begins none of these is itself. Reference: Rasa NLU training-data format 3.1.
package enum AnnotatedText {
  /// The plain text and its annotations.
  package static func parse(_ source: String, at place: SourcePlace) throws(CorpusError) -> (
    text: String, annotations: [Example.Annotation]
  ) {
    guard source.contains("[") else { return (source, []) }
    let scalars = Array(source.unicodeScalars)
    var text = String.UnicodeScalarView()
    var annotations: [Example.Annotation] = []
    var i = 0
    while i < scalars.count {
      if scalars[i] == "[", let close = scalars[i...].firstIndex(of: "]"), close > i + 1, close + 1 < scalars.count,
        !scalars[(i + 1)..<close].contains("["), scalars[close + 1] == "(" || scalars[close + 1] == "{"
      {
        let closing: Unicode.Scalar = scalars[close + 1] == "(" ? ")" : "}"
        guard let end = scalars[(close + 1)...].firstIndex(of: closing) else {
          throw CorpusError(place, "an entity annotation is not closed; add the missing \"\(closing)\"")
        }
        let inside = scalars[(i + 1)..<close]
        let start = text.count
        text.append(contentsOf: inside)
        let span = start..<start + inside.count
        let body = String(String.UnicodeScalarView(scalars[(close + 2)..<end]))
        annotations.append(closing == ")" ? try short(body, span, place) : try long("{\(body)}", span, place))
        i = end + 1
      } else {
        text.append(scalars[i])
        i += 1
      }
    }
    return (String(text), annotations)
  }

  private static func short(_ body: String, _ span: Range<Int>, _ place: SourcePlace) throws(CorpusError) -> Example.Annotation
  {
    let parts = body.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let entity = parts.first, !entity.isEmpty else {
      throw CorpusError(place, "an entity annotation has no entity name; write [text](entity)")
    }
    return .init(entity: String(entity), span: span, value: parts.count > 1 ? String(parts[1]) : nil)
  }

  private struct Details: Decodable {
    let entity: String
    let role: String?
    let group: String?
    let value: String?
  }

  private static func long(_ body: String, _ span: Range<Int>, _ place: SourcePlace) throws(CorpusError) -> Example.Annotation {
    guard let details = try? JSONDecoder().decode(Details.self, from: Data(body.utf8)) else {
      throw CorpusError(place, "an entity annotation is not JSON with a text under \"entity\": \(body.prefix(60))")
    }
    return .init(entity: details.entity, span: span, value: details.value, role: details.role, group: details.group)
  }

  /// The notation for an example; `parse` of it gives the example back.
  package static func format(_ example: Example) -> String {
    let scalars = Array(example.text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var position = 0
    for annotation in example.annotations {
      result.append(contentsOf: scalars[position..<annotation.span.lowerBound])
      result.append("[")
      result.append(contentsOf: scalars[annotation.span])
      result.append("]")
      result.append(contentsOf: notation(annotation).unicodeScalars)
      position = annotation.span.upperBound
    }
    result.append(contentsOf: scalars[position...])
    return String(result)
  }

  private static func notation(_ annotation: Example.Annotation) -> String {
    let value = annotation.value
    let isShort =
      annotation.role == nil && annotation.group == nil && !annotation.entity.contains { ":)".contains($0) }
      && !(value?.contains(")") ?? false)
    if isShort { return "(\(annotation.entity)\(value.map { ":" + $0 } ?? ""))" }
    var object = ["entity": annotation.entity]
    object["value"] = value
    object["role"] = annotation.role
    object["group"] = annotation.group
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { preconditionFailure("texts under texts are always JSON") }
    return String(decoding: data, as: UTF8.self)
  }
}
