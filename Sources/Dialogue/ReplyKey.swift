import Conversation
import Text

/// The replies the dialogue itself speaks, beside those that flows name. Their wordings stand under `responses:` in `intents/`.
package enum ReplyKey: String, CaseIterable {
  /// Not understood: says what can be done.
  case fallback = "utter_fallback"
  /// Not understood while a question is open; the question follows.
  case notAnAnswer = "utter_not_an_answer"
  /// A name without a postcode, and the other way round.
  case askPostcode = "utter_ask_postcode"
  case askName = "utter_ask_name"
  /// An empty line.
  case silence = "utter_silence"
  /// A matter dropped.
  case dropped = "utter_dropped"
  /// A yes, a no or a piece of information that nothing had asked for.
  case whatElse = "utter_what_else"
  case customerNotFound = "utter_customer_not_found"
  /// After two tries: says neither that there is such a customer nor that there is not.
  case notIdentified = "utter_not_identified"
  case identificationLocked = "utter_identification_locked"
  case otherCustomer = "utter_other_customer"
  case orderNotFound = "utter_order_not_found"
  case noOrders = "utter_no_orders"
  /// None of the customer's orders is one this business can be about.
  case nothingFits = "utter_nothing_fits"
  /// After one business the next that was asked for in the same message.
  case nextRequest = "utter_next_request"
  case serviceUnavailable = "utter_service_unavailable"
  /// After the customer has identified themselves.
  case identified = "utter_identified"

  // Why something cannot be done.
  case notPendingToCancel = "utter_not_pending_to_cancel"
  case notPendingToModify = "utter_not_pending_to_modify"
  case notDelivered = "utter_not_delivered"
  case outsideReturnWindow = "utter_outside_return_window"
  case samePaymentMethod = "utter_same_payment_method"
  case insufficientBalance = "utter_insufficient_balance"
  case refundMethodNotAllowed = "utter_refund_method_not_allowed"
  case newItemUnavailable = "utter_new_item_unavailable"
  case stateAgain = "utter_state_again"
  case cannotBeDone = "utter_cannot_be_done"

  // Pieces that other wordings are put together of.
  /// One of several orders to choose from; filled once for each into `{choices}`.
  case orderLine = "utter_order_line"
  case itemLine = "utter_item_line"
  case methodLine = "utter_method_line"
  case variantLine = "utter_variant_line"
  case reasonLine = "utter_reason_line"
  /// An item with its options; `{items}` is a list of them.
  case item = "utter_item"
  /// An item and what takes its place.
  case replacement = "utter_replacement"
  /// A payment method.
  case method = "utter_method"
  /// Money to or from a payment method; `{movements}` is a list of them.
  case movement = "utter_movement"
  case address = "utter_address"
  /// An item's price then and now.
  case priceLine = "utter_price_line"
  case yes = "utter_button_yes"
  case no = "utter_button_no"
}

extension Script {
  /// What keeps a script from working: replies without wording, patterns that cannot be read, flows and intents that miss each
  /// other. One line each.
  package func problems(intents: Set<String>) -> [String] {
    var problems: [String] = []
    func require(_ key: String, _ by: String) {
      guard let templates = responses[key] else {
        problems.append("\(by) says \"\(key)\", which has no wording under responses:")
        return
      }
      for template in templates {
        for language in Language.allCases where template[language] == nil {
          problems.append("\(key) has a variant without a wording for \"\(language.rawValue)\"")
        }
      }
    }
    var triggered: [String: String] = [:]
    for flow in flows.values.sorted(by: { $0.name < $1.name }) {
      for trigger in flow.triggers {
        if !intents.contains(trigger), trigger != Interpretation.outOfScope {
          problems.append("flow \(flow.name) waits for the intent \"\(trigger)\", which has no examples")
        }
        if let other = triggered.updateValue(flow.name, forKey: trigger) {
          problems.append("the intent \"\(trigger)\" starts both flow \(other) and flow \(flow.name)")
        }
      }
      for step in flow.steps {
        switch step {
        case .collect(_, let key, _), .confirm(let key), .say(let key): require(key, "flow \(flow.name)")
        case .write(_, let ask, let done):
          require(ask, "flow \(flow.name)")
          require(done, "flow \(flow.name)")
        case .next(let name, _):
          if flows[name] == nil { problems.append("flow \(flow.name) goes on to \(name), which is not there") }
        case .perform: break
        }
      }
    }
    for key in ReplyKey.allCases { require(key.rawValue, "the dialogue") }
    for intent in intents.sorted() where intent.contains("/") { require("utter_\(intent)", "the intent \(intent)") }
    for (key, templates) in responses.sorted(by: { $0.key < $1.key }) {
      for template in templates {
        for (code, pattern) in template.patterns.sorted(by: { $0.key < $1.key }) {
          guard let language = Language(rawValue: code) else { continue }
          do { _ = try MessagePattern(pattern, language: language) } catch {
            problems.append("\(key) (\(code)): \(error)")
          }
        }
      }
    }
    return problems
  }
}
