import Conversation
import Yams

/// Business processes under `flows:`.
///
///     flows:
///       order_status:
///         triggers: [order_status]
///         steps:
///         - collect: order
///           ask: utter_ask_order
///         - say: utter_order_status
enum FlowYAML {
  static func flows(_ document: YAMLDocument, _ node: Node) throws(CorpusError) -> [String: Flow] {
    var result: [String: Flow] = [:]
    for (name, nameNode, value) in try document.mapping(node, "flows") {
      var triggers: [String] = []
      var steps: [FlowStep] = []
      for (key, _, field) in try document.mapping(value, "flow \(name)") {
        switch key {
        case "triggers":
          for trigger in try document.sequence(field, "triggers") {
            triggers.append(try document.text(trigger, "a trigger"))
          }
        case "steps":
          for item in try document.sequence(field, "steps") { steps.append(try step(document, item)) }
        default: break
        }
      }
      guard !steps.isEmpty else { throw CorpusError(document.place(nameNode), "flow \(name) has no steps; add \"steps:\"") }
      result[name] = Flow(name: name, triggers: triggers, steps: steps)
    }
    return result
  }

  private static func step(_ document: YAMLDocument, _ node: Node) throws(CorpusError) -> FlowStep {
    var fields: [String: Node] = [:]
    for (key, _, value) in try document.mapping(node, "a step") { fields[key] = value }
    func text(_ key: String) throws(CorpusError) -> String? {
      guard let field = fields[key] else { return nil }
      return try document.text(field, key)
    }
    if let slot = try text("collect") {
      guard let name = SlotName(rawValue: slot) else {
        throw CorpusError(
          document.place(node), "unknown slot \"\(slot)\"; there are \(list(SlotName.allCases.map(\.rawValue)))")
      }
      guard let ask = try text("ask") else {
        throw CorpusError(document.place(node), "collect: \(slot) needs \"ask: utter_…\", the question for it")
      }
      return .collect(slot: name, ask: ask)
    }
    if let action = try text("do") {
      guard let known = FlowAction(rawValue: action) else {
        throw CorpusError(
          document.place(node), "unknown action \"\(action)\"; there are \(list(FlowAction.allCases.map(\.rawValue)))")
      }
      return .perform(known)
    }
    if let ask = try text("confirm") { return .confirm(ask: ask) }
    if let response = try text("say") { return .say(response) }
    throw CorpusError(document.place(node), "a step is one of collect, confirm, do, say")
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
