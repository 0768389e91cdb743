import Foundation

/// Rasa's inline entity notation: `[text](entity)`, `[text](entity:value)`, `[text]{"entity": …, "role": …, "group": …, "value": …}`.
///
/// A bracket that begins none of these is itself. Reference: Rasa NLU training-data format 3.1.
///
/// Beyond it, for a text that spells such a notation without meaning it and for brackets in an entity's text: a backslash
/// makes the bracket behind it an ordinary one, and two before a bracket are one. Anywhere else, and in a text without `[`, a
/// backslash is itself.
package enum AnnotatedText {
  /// The plain text and its annotations.
  package static func parse(_ source: String, at place: SourcePlace) throws(CorpusError) -> (
    text: String, annotations: [Example.Annotation]
  ) {
    guard source.unicodeScalars.contains("[") else { return (source, []) }
    let scalars = Array(source.unicodeScalars)
    var text = String.UnicodeScalarView()
    var length = 0
    var annotations: [Example.Annotation] = []
    var i = 0
    while i < scalars.count {
      if scalars[i] == "[", let (inside, after) = bracketed(scalars, at: i), !inside.isEmpty, after < scalars.count,
        scalars[after] == "(" || scalars[after] == "{"
      {
        let closing: Unicode.Scalar = scalars[after] == "(" ? ")" : "}"
        guard let end = scalars[after...].firstIndex(of: closing) else {
          throw CorpusError(place, "an entity annotation is not closed; add the missing \"\(closing)\"")
        }
        text.append(contentsOf: inside)
        let span = length..<length + inside.count
        length += inside.count
        let body = String(String.UnicodeScalarView(scalars[(after + 1)..<end]))
        annotations.append(closing == ")" ? try short(body, span, place) : try long("{\(body)}", span, place))
        i = end + 1
      } else {
        let (part, next) = unescaped(scalars, at: i)
        text.append(contentsOf: part)
        length += part.count
        i = next
      }
    }
    return (String(text), annotations)
  }

  /// What the bracket at `i` encloses, and where the text goes on; nil when it is not closed, or another opens first.
  private static func bracketed(_ scalars: [Unicode.Scalar], at i: Int) -> (inside: [Unicode.Scalar], after: Int)? {
    var inside: [Unicode.Scalar] = []
    var i = i + 1
    while i < scalars.count, scalars[i] != "[" {
      if scalars[i] == "]" { return (inside, i + 1) }
      let (part, next) = unescaped(scalars, at: i)
      inside += part
      i = next
    }
    return nil
  }

  /// What is meant at `i`, and where the text goes on: a character, or backslashes with the bracket they make an ordinary one.
  private static func unescaped(_ scalars: [Unicode.Scalar], at i: Int) -> (text: [Unicode.Scalar], next: Int) {
    guard scalars[i] == "\\" else { return ([scalars[i]], i + 1) }
    let end = scalars[i...].firstIndex { $0 != "\\" } ?? scalars.count
    guard end < scalars.count, isBracket(scalars[end]) else { return (Array(scalars[i..<end]), end) }
    let count = end - i
    let meant = [Unicode.Scalar](repeating: "\\", count: count / 2)
    return count.isMultiple(of: 2) ? (meant, end) : (meant + [scalars[end]], end + 1)
  }

  private static func isBracket(_ scalar: Unicode.Scalar) -> Bool { scalar == "[" || scalar == "]" }

  private static func short(_ body: String, _ span: Range<Int>, _ place: SourcePlace) throws(CorpusError) -> Example.Annotation
  {
    let scalars = body.unicodeScalars
    let colon = scalars.firstIndex(of: ":")
    let entity = String(scalars[..<(colon ?? scalars.endIndex)])
    guard !entity.isEmpty else {
      throw CorpusError(place, "an entity annotation has no entity name; write [text](entity)")
    }
    return .init(entity: entity, span: span, value: colon.map { String(scalars[scalars.index(after: $0)...]) })
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
    let plain = format(example, escaping: false)
    // Few texts need a backslash, and Rasa knows none.
    guard let read = try? parse(plain, at: example.place), read.text == example.text, read.annotations == example.annotations
    else { return format(example, escaping: true) }
    return plain
  }

  private static func format(_ example: Example, escaping: Bool) -> String {
    let scalars = Array(example.text.unicodeScalars)
    func part(_ range: Range<Int>, beforeBracket: Bool) -> [Unicode.Scalar] {
      escaping ? escaped(scalars[range], beforeBracket: beforeBracket) : Array(scalars[range])
    }
    var result = String.UnicodeScalarView()
    var position = 0
    for annotation in example.annotations {
      result.append(contentsOf: part(position..<annotation.span.lowerBound, beforeBracket: true))
      result.append("[")
      result.append(contentsOf: part(annotation.span, beforeBracket: true))
      result.append("]")
      result.append(contentsOf: notation(annotation).unicodeScalars)
      position = annotation.span.upperBound
    }
    result.append(contentsOf: part(position..<scalars.count, beforeBracket: false))
    return String(result)
  }

  /// Text with every bracket made an ordinary one; `beforeBracket` says whether one of the notation follows.
  private static func escaped(_ scalars: ArraySlice<Unicode.Scalar>, beforeBracket: Bool) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var backslashes = 0
    for scalar in scalars {
      if isBracket(scalar) { result += [Unicode.Scalar](repeating: "\\", count: backslashes + 1) }
      backslashes = scalar == "\\" ? backslashes + 1 : 0
      result.append(scalar)
    }
    return beforeBracket ? result + [Unicode.Scalar](repeating: "\\", count: backslashes) : result
  }

  private static func notation(_ annotation: Example.Annotation) -> String {
    let value = annotation.value
    let isShort =
      annotation.role == nil && annotation.group == nil && !annotation.entity.isEmpty
      && !annotation.entity.unicodeScalars.contains { $0 == ":" || $0 == ")" }
      && !(value?.unicodeScalars.contains(")") ?? false)
    if isShort { return "(\(annotation.entity)\(value.map { ":" + $0 } ?? ""))" }
    var object = ["entity": annotation.entity]
    object["value"] = value
    object["role"] = annotation.role
    object["group"] = annotation.group
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { preconditionFailure("texts under texts are always JSON") }
    // The notation ends at the first closing brace.
    var json = String.UnicodeScalarView()
    for scalar in String(decoding: data.dropLast(), as: UTF8.self).unicodeScalars {
      if scalar == "}" { json.append(contentsOf: "\\u007d".unicodeScalars) } else { json.append(scalar) }
    }
    return String(json) + "}"
  }
}
