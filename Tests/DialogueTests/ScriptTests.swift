import Conversation
import Dialogue
import Testing

@Suite struct ScriptTests {
  /// A script with a wording for every reply the dialogue needs.
  private func complete() -> Script {
    var script = Script()
    for key in ReplyKey.allCases { script.responses[key.rawValue] = [.init(patterns: ["en": "x", "zh": "x"])] }
    return script
  }

  @Test func aCompleteScriptHasNoProblems() {
    #expect(complete().problems(intents: ["greet"]).isEmpty)
  }

  @Test func sayWhatIsMissing() {
    var script = complete()
    script.flows["f"] = Flow(name: "f", triggers: ["greet", "typo"], steps: [.say("utter_hello")])
    script.flows["g"] = Flow(name: "g", triggers: ["greet"], steps: [.say("utter_half")])
    script.responses["utter_half"] = [.init(patterns: ["en": "half"])]
    script.responses["utter_broken"] = [.init(patterns: ["en": "{unclosed", "zh": "好"])]
    script.responses[ReplyKey.fallback.rawValue] = nil
    script.flows["h"] = Flow(
      name: "h", triggers: [], steps: [.say("utter_x"), .next(flow: "i", statuses: []), .say("utter_x")])
    script.flows["i"] = Flow(name: "i", triggers: [], steps: [.next(flow: "h", statuses: [])])
    script.flows["j"] = Flow(name: "j", triggers: [], steps: [.next(flow: "nowhere", statuses: [.pending])])
    script.responses["utter_x"] = [.init(patterns: ["en": "x", "zh": "x"])]
    let problems = script.problems(intents: ["greet", "faq/hours"]).map(\.description)
    for expected in [
      "flow f says \"utter_hello\", which has no wording", "flow f waits for the intent \"typo\"",
      "the intent \"greet\" starts both flow f and flow g",
      "utter_half has a variant without a wording for \"zh\"", "utter_broken (en): not a message pattern",
      "the dialogue says \"utter_fallback\"",
      "flow h: what follows \"next: i\" is never reached", "flow h comes back to itself", "flow i comes back to itself",
      "flow j goes on to nowhere",
      "the intent faq/hours says \"utter_faq/hours\"",
    ] { #expect(problems.contains { $0.hasPrefix(expected) }, "\(expected) in \(problems)") }
    #expect(problems.count == 11)
  }
}
