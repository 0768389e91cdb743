/// An entity as JSON has it: `{"entity" (or "type"), "start", "end", "value"?, "role"?, "group"?}`; `end` is exclusive, positions count
/// Unicode scalars.
struct EntityRecord: Decodable {
  private let entity: String?
  private let type: String?
  private let start: Int
  private let end: Int
  private let value: String?
  private let role: String?
  private let group: String?

  /// The annotation of a text; an error where it has no type or lies outside.
  func annotation(in text: String, _ place: SourcePlace) throws(CorpusError) -> Example.Annotation {
    guard let name = entity ?? type else { throw CorpusError(place, "an entity has no \"entity\" (or \"type\")") }
    let length = text.unicodeScalars.count
    guard start >= 0, start < end, end <= length else {
      throw CorpusError(place, "entity \"\(name)\" at \(start)..\(end) lies outside the text of \(length) characters")
    }
    return .init(entity: name, span: start..<end, value: value, role: role, group: group)
  }
}
