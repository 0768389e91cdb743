/// The flows and wordings of an assistant, as its YAML files say them.
package struct Script: Codable, Hashable, Sendable {
  /// By name.
  package var flows: [String: Flow]
  /// Variants of each reply, by key (`utter_…`).
  package var responses: [String: [ResponseTemplate]]

  package init(flows: [String: Flow] = [:], responses: [String: [ResponseTemplate]] = [:]) {
    self.flows = flows
    self.responses = responses
  }

  package var isEmpty: Bool { flows.isEmpty && responses.isEmpty }
}

/// One wording of a reply, in each language, as an ICU message pattern.
package struct ResponseTemplate: Codable, Hashable, Sendable {
  package let patterns: [String: String]

  package init(patterns: [String: String]) {
    self.patterns = patterns
  }

  package subscript(language: Language) -> String? { patterns[language.rawValue] }
}

/// A business process: what starts it, and its steps in order.
package struct Flow: Codable, Hashable, Sendable {
  package let name: String
  /// The intents that start it.
  package let triggers: [String]
  package let steps: [FlowStep]

  package init(name: String, triggers: [String], steps: [FlowStep]) {
    self.name = name
    self.triggers = triggers
    self.steps = steps
  }
}

/// A step of a flow.
package enum FlowStep: Codable, Hashable, Sendable {
  /// Fill a slot; ask with this reply when the customer has not said it.
  case collect(slot: SlotName, ask: String)
  /// Go on only after a yes to this question.
  case confirm(ask: String)
  /// Perform an action.
  case perform(FlowAction)
  /// Say this.
  case say(String)
}

/// What flows can collect. The case's word is the slot's type as well.
package enum SlotName: String, Codable, Hashable, Sendable, CaseIterable {
  /// Who the customer is: an identification the shop accepted.
  case customer
  /// One of the customer's orders.
  case order
}

/// What flows can do beside looking things up for their slots.
package enum FlowAction: String, Codable, Hashable, Sendable, CaseIterable {
  case transferToHuman = "transfer_to_human_agents"
}
