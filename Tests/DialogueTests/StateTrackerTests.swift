import Conversation
import Dialogue
import Testing
import Text

@Suite struct StateTrackerTests {
  private let tracker = StateTracker(
    script: Script(
      flows: [
        "cancel": Flow(
          name: "cancel", triggers: ["cancel_order"], steps: [.collect(slot: .customer, ask: "utter_ask", statuses: [])])
      ],
      responses: [
        "utter_faq/cost": [ResponseTemplate(patterns: ["en": "It is free."])],
        "utter_about/faq/cost": [ResponseTemplate(patterns: ["en": "costs"])],
        "utter_about/cancel_order": [ResponseTemplate(patterns: ["en": "cancel"])],
      ]))

  /// What the classifier makes of a text, in these shares.
  private func said(_ text: String, _ ranking: [(String, Double)], _ entities: [Entity] = []) throws -> Interpretation {
    let scores = ranking.map { IntentScore(name: $0.0, confidence: $0.1) }
    return Interpretation(
      utterance: try Tokenizer().utterance(text), intent: scores[0], ranking: scores, entities: entities, attention: [])
  }

  @Test func whatIsInDoubtIsAskedAndThePickTakesTheFirstWordsUp() throws {
    let doubtful = try said("#W1234567 the thing you know", [("cancel_order", 0.3), ("faq/cost", 0.2), ("greet", 0.15)])
    let asked = tracker.update(DialogueState(language: .english), with: doubtful)
    #expect(asked.pendingReplies == ["utter_which_of_these"] && asked.active == nil)
    #expect(asked.choices == .intents(["cancel_order", "faq/cost"]))
    let number = Entity(type: "number", span: 0..<1, text: "1", value: "1", confidence: 1, extractor: "test")
    let picked = tracker.update(asked, with: try said("1", [("inform", 0.9)], [number]))
    #expect(picked.active?.name == "cancel" && picked.choices == nil)
    #expect(picked.mentions.first?.text == "#W1234567 the thing you know")
  }

  @Test func aNoToTheOffersAsksForOtherWords() throws {
    let doubtful = try said("hm the thing", [("faq/cost", 0.3), ("cancel_order", 0.2)])
    let asked = tracker.update(DialogueState(language: .english), with: doubtful)
    let refused = tracker.update(asked, with: try said("neither", [("deny", 0.8)]))
    #expect(refused.pendingReplies == ["utter_rephrase"] && refused.choices == nil)
    let other = tracker.update(asked, with: try said("what does it cost", [("faq/cost", 0.95)]))
    #expect(other.pendingReplies == ["utter_faq/cost"])
  }

  @Test func whatIsSureIsNotAsked() throws {
    let sure = try said("cancel it", [("cancel_order", 0.8), ("faq/cost", 0.1)])
    #expect(tracker.update(DialogueState(language: .english), with: sure).active?.name == "cancel")
    let strange = try said("sing", [("out_of_scope", 0.9)])
    #expect(tracker.update(DialogueState(language: .english), with: strange).pendingReplies == ["utter_fallback"])
  }
}
