import Commerce
import Conversation

/// A conversation between turns: what is known, what is granted, and which wordings come next.
package struct Session: Sendable {
  package let id: String
  package internal(set) var state: DialogueState
  /// The language every reply is in; nil answers in the customer's.
  let fixedLanguage: Language?
  var authorization: Authorization
  var turns = 0
  /// What was said last, oldest first.
  package var history: [Message] = []
  /// Messages of it that are kept.
  package static let remembered = 8
  /// The chance of this conversation.
  private let seed: UInt64

  /// - Parameters:
  ///   - seed: decides the id and the wordings, so a conversation can be repeated.
  ///   - authorization: what the surroundings vouch for; by default nothing.
  package init(seed: UInt64, language: Language? = nil, authorization: Authorization = Authorization()) {
    self.seed = seed
    id = String(seed, radix: 36)
    fixedLanguage = language
    state = DialogueState(language: language ?? .english)
    state.customer = authorization.customer
    self.authorization = authorization
  }

  /// Which wording of a reply this turn takes: by turn and seed, so that a repeated reply changes its words.
  func variant(of key: String) -> Int {
    let hash = key.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    return Int((hash >> 33) &+ UInt64(turns))
  }
}
