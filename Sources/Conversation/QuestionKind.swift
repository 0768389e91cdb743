/// What kind of question a customer's words come after. The same words mean one thing after one and another after the next: "the blue
/// one" gives what was asked for after `open` and corrects after `confirmation`.
package enum QuestionKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// Asks for a fact in the customer's own words: which order, why, to what address.
  case open
  /// Names the alternatives, or has given a list to pick from.
  case choice
  /// Yes or no, and nothing is changed by the answer.
  case yesNo = "yes_no"
  /// States a change and asks for the go-ahead.
  case confirmation
  /// Whether there is anything else to do, after a business is done.
  case more
}
