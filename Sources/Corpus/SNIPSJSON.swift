/// SNIPS' form: `{"IntentName": [{"data": [{"text": "play "}, {"text": "jazz", "entity": "genre"}]}]}`, a text in pieces.
///
/// A key is an intent; a piece with an entity is annotated. https://github.com/sonos/nlu-benchmark
enum SNIPSJSON {
  /// Whether a document is of this form: somewhere a list of objects stands under an intent.
  static func fits(_ document: JSONDocument) -> Bool {
    document.root.members?.contains { $0.value.elements?.first?.members != nil } ?? false
  }

  static func examples(_ document: JSONDocument) throws(CorpusError) -> [Example] {
    var examples: [Example] = []
    for (intent, list) in try document.members(document.root, "the document") {
      guard !intent.trimmed.isEmpty else { throw CorpusError(document.place(list), "an intent without a name") }
      for item in try document.elements(list, "intent \"\(intent)\"") {
        guard let data = try document.members(item, "an example").first(where: { $0.key == "data" })?.value else {
          throw CorpusError(
            document.place(item), "an example of \"\(intent)\" has no \"data\"; write {\"data\": [{\"text\": …}]}")
        }
        let (text, annotations) = try joined(document, document.elements(data, "\"data\""))
        examples.append(Example(text: text, intent: intent, annotations: annotations, place: document.place(item)))
      }
    }
    return examples
  }

  /// The text that pieces make, and the entities among them.
  private static func joined(
    _ document: JSONDocument, _ pieces: [JSONDocument.Node]
  ) throws(CorpusError) -> (String, [Example.Annotation]) {
    var text = ""
    var length = 0
    var annotations: [Example.Annotation] = []
    for piece in pieces {
      let members = try document.members(piece, "a piece of \"data\"")
      guard let textNode = members.first(where: { $0.key == "text" })?.value else {
        throw CorpusError(document.place(piece), "a piece of \"data\" has no \"text\"")
      }
      let part = try document.text(textNode, "\"text\"")
      let end = length + part.unicodeScalars.count
      if let entityNode = members.first(where: { $0.key == "entity" })?.value {
        let entity = try document.text(entityNode, "\"entity\"")
        guard end > length else {
          throw CorpusError(document.place(piece), "entity \"\(entity)\" stands on an empty text; drop it or give it words")
        }
        annotations.append(.init(entity: entity, span: length..<end))
      }
      text += part
      length = end
    }
    return (text, annotations)
  }
}
