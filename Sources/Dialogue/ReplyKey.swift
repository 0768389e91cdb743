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
  /// Not sure what was meant: what it may have been, to choose from.
  case whichOfThese = "utter_which_of_these"
  /// Not understood a second time in a row.
  case rephrase = "utter_rephrase"
  /// Does not know what was asked; the question follows.
  case takeYourTime = "utter_take_your_time"
  /// A passage of the shop's knowledge.
  case answer = "utter_answer"
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
  /// A product of a list; `{offers}` is that list.
  case offerLine = "utter_offer_line"
  /// What the catalogue says of a product; `{details}` is that of each.
  case productDetails = "utter_one_product"
  /// An option with its values.
  case optionLine = "utter_option_line"
  case soldOutValue = "utter_sold_out_value"
  case yes = "utter_button_yes"
  case no = "utter_button_no"
}

extension Script {
  /// The reply that names what an intent wants in a few words, for a list to choose from. Intents without one are not offered.
  static func title(of intent: String) -> String { "utter_about/\(intent)" }

  /// The reply that says why a slot is asked for, or a yes.
  static func reason(for slot: SlotName?) -> String { "utter_why/\(slot?.rawValue ?? "confirmation")" }

  /// What keeps a script from working.
  package struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The flow or the key of the reply it is about; nil where that is missing.
    package let subject: String?
    package let description: String
  }

  /// Replies without wording, patterns that cannot be read, flows and intents that miss each other, steps that are never reached,
  /// flows that go round without a question.
  package func problems(intents: Set<String>) -> [Problem] {
    var problems: [Problem] = []
    func add(_ subject: String?, _ description: String) { problems.append(Problem(subject: subject, description: description)) }
    func require(_ key: String, _ by: String, _ subject: String?) {
      guard let templates = responses[key] else {
        add(subject, "\(by) says \"\(key)\", which has no wording under responses:")
        return
      }
      for template in templates {
        for language in Language.allCases where template[language] == nil {
          add(key, "\(key) has a variant without a wording for \"\(language.rawValue)\"")
        }
      }
    }
    var triggered: [String: String] = [:]
    for flow in flows.values.sorted(by: { $0.name < $1.name }) {
      for trigger in flow.triggers {
        if !intents.contains(trigger), trigger != Interpretation.outOfScope {
          add(flow.name, "flow \(flow.name) waits for the intent \"\(trigger)\", which has no examples")
        }
        if let other = triggered.updateValue(flow.name, forKey: trigger) {
          add(flow.name, "the intent \"\(trigger)\" starts both flow \(other) and flow \(flow.name)")
        }
      }
      for (i, step) in flow.steps.enumerated() {
        switch step {
        case .collect(_, let key, _), .confirm(let key), .say(let key): require(key, "flow \(flow.name)", flow.name)
        case .write(_, let ask, let done):
          require(ask, "flow \(flow.name)", flow.name)
          require(done, "flow \(flow.name)", flow.name)
        case .next(let name, let statuses):
          if flows[name] == nil { add(flow.name, "flow \(flow.name) goes on to \(name), which is not there") }
          if statuses.isEmpty, i + 1 < flow.steps.count {
            add(flow.name, "flow \(flow.name): what follows \"next: \(name)\" is never reached")
          }
        case .perform: break
        }
      }
      if goesRound(flow.name) { add(flow.name, "flow \(flow.name) comes back to itself without asking anything") }
    }
    for key in ReplyKey.allCases { require(key.rawValue, "the dialogue", nil) }
    if intents.contains(StateTracker.whyAsked) {
      for slot in SlotName.allCases.map(Optional.some) + [nil] { require(Self.reason(for: slot), "the dialogue", nil) }
    }
    for intent in intents.sorted() where intent.contains("/") { require("utter_\(intent)", "the intent \(intent)", nil) }
    for (key, templates) in responses.sorted(by: { $0.key < $1.key }) {
      for template in templates {
        for (code, pattern) in template.patterns.sorted(by: { $0.key < $1.key }) {
          guard let language = Language(rawValue: code) else { continue }
          do { _ = try MessagePattern(pattern, language: language) } catch { add(key, "\(key) (\(code)): \(error)") }
        }
      }
    }
    return problems
  }

  /// Wordings with a place for something that nothing fills.
  package var unknownSlots: [Problem] {
    // What simulated customers say is filled by the simulation.
    responses.filter { !$0.key.hasPrefix("utter_customer/") }.sorted { $0.key < $1.key }.flatMap { key, templates in
      let names = templates.flatMap { template in
        template.patterns.sorted { $0.key < $1.key }.flatMap { MessagePlaces.names(in: $0.value) }
      }
      return Set(names).subtracting(Facts.names).sorted().map {
        Problem(subject: key, description: "\(key) has a place for {\($0)}, which nothing fills")
      }
    }
  }

  /// Whether a flow comes back to itself with no question on the way.
  private func goesRound(_ start: String) -> Bool {
    var name = start
    for _ in 0...flows.count {
      var following: String?
      steps: for step in flows[name]?.steps ?? [] {
        switch step {
        case .next(let flow, let statuses) where statuses.isEmpty:
          following = flow
          break steps
        case .collect, .confirm, .write: break steps
        case .say, .perform, .next: break
        }
      }
      guard let following else { return false }
      if following == start { return true }
      name = following
    }
    return false
  }
}
