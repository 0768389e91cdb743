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
    func statuses(_ key: String) throws(CorpusError) -> [OrderStatus] {
      guard let field = fields[key] else { return [] }
      var statuses: [OrderStatus] = []
      for node in try document.sequence(field, key) {
        let word = try document.text(node, "a status")
        guard let status = OrderStatus(rawValue: word) else {
          throw CorpusError(
            document.place(node), "unknown status \"\(word)\"; there are \(list(OrderStatus.allCases.map(\.rawValue)))")
        }
        statuses.append(status)
      }
      return statuses
    }
    if let slot = try text("collect") {
      guard let name = SlotName(rawValue: slot) else {
        throw CorpusError(
          document.place(node), "unknown slot \"\(slot)\"; there are \(list(SlotName.allCases.map(\.rawValue)))")
      }
      guard let ask = try text("ask") else {
        throw CorpusError(document.place(node), "collect: \(slot) needs \"ask: utter_…\", the question for it")
      }
      return .collect(slot: name, ask: ask, statuses: try statuses("status"))
    }
    if let action = try text("do") {
      if let write = FlowWrite(rawValue: action) {
        guard let ask = try text("confirm"), let done = try text("done") else {
          throw CorpusError(
            document.place(node),
            "do: \(action) changes something, so it needs \"confirm: utter_…\", the statement, and \"done: utter_…\"")
        }
        return .write(write, ask: ask, done: done)
      }
      guard let known = FlowAction(rawValue: action) else {
        let all = FlowAction.allCases.map(\.rawValue) + FlowWrite.allCases.map(\.rawValue)
        throw CorpusError(document.place(node), "unknown action \"\(action)\"; there are \(list(all))")
      }
      return .perform(known)
    }
    if let flow = try text("next") { return .next(flow: flow, statuses: try statuses("if_status")) }
    if let ask = try text("confirm") { return .confirm(ask: ask) }
    if let response = try text("say") { return .say(response) }
    throw CorpusError(document.place(node), "a step is one of collect, confirm, do, say, next")
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
