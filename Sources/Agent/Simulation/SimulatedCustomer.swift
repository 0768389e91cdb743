import Conversation
import Neural
import Text

/// A customer played by rules: an agenda of errands, each put in words of their own, questions answered with what they know.
///
/// After the agenda-based user simulation of Schatzmann et al. (2007).
struct SimulatedCustomer {
  /// How they talk and behave.
  struct Manner: Sendable {
    var language: Language
    /// The share of words with a typing error.
    var noise: Double
    /// The chance of asking something else in between.
    var digresses: Double
    /// The chance of saying a reason or an address wrongly at first, and of sending an empty line once.
    var slips: Double
  }

  private let goal: Goal
  private let phrases: [String: [ResponseTemplate]]
  private let manner: Manner
  private var random: SplitMix64
  /// The errand in hand.
  private(set) var errand = 0
  private var turnsOnErrand = 0
  private var askedFor: [SlotName: Int] = [:]
  private var hasDigressed = false
  private var wasSilent = false
  /// What was said wrongly on the errand in hand, and is to be put right when it is stated.
  private var slip: SlotName?
  private(set) var repeatedQuestions = 0
  private(set) var hasGivenUp = false

  private static let patience = 12

  init(_ goal: Goal, phrases: [String: [ResponseTemplate]], manner: Manner, seed: UInt64) {
    self.goal = goal
    self.phrases = phrases
    self.manner = manner
    random = SplitMix64(seed: seed)
  }

  /// The next line, or nil when the customer is content or has given up.
  mutating func next(after turn: Turn?) -> String? {
    guard let turn else { return mistyped(opening(isFull: chance(0.4))) }
    if turn.handoff != nil {
      hasGivenUp = true
      return nil
    }
    turnsOnErrand += 1
    if turnsOnErrand > Self.patience {
      hasGivenUp = true
      return nil
    }
    let didWrite = turn.actions.contains { performed in
      guard case .carryOut = performed.action, case .done = performed.result else { return false }
      return true
    }
    let wasRefused =
      turn.flow == nil
      && turn.actions.contains { performed in
        guard case .failed = performed.result else { return false }
        switch performed.action {
        case .prepare, .checkReturnWindow: return true
        default: return false
        }
      }
    if didWrite || wasRefused {
      errand += 1
      turnsOnErrand = 0
      slip = nil
      askedFor = [:]
      // The agent may have taken up the next request by itself.
      if errand >= goal.errands.count { return nil }
      if turn.flow == nil { return mistyped(opening(isFull: chance(0.4))) }
    }
    if !wasSilent, chance(manner.slips / 2) {
      wasSilent = true
      return ""
    }
    if turn.awaitingConfirmation {
      if let slip, errand < goal.errands.count {
        self.slip = nil
        let errand = goal.errands[errand]
        return slip == .reason
          ? mistyped(say("correct_reason", ["reason": reason(errand)]))
          : say("correct_address", ["address": errand.address.map(line) ?? ""])
      }
      // What is stated is read before it is agreed to.
      if let address = goal.errands[min(errand, goal.errands.count - 1)].address,
        !turn.replies.contains(where: { $0.text.contains(address.address1) && $0.text.contains(address.city) })
      {
        return say("address_is", ["address": line(address)])
      }
      return mistyped(say("yes"))
    }
    if let slot = turn.requestedSlot {
      askedFor[slot, default: 0] += 1
      if askedFor[slot, default: 0] > 1 { repeatedQuestions += 1 }
      if !hasDigressed, chance(manner.digresses) {
        hasDigressed = true
        return mistyped(say("digression"))
      }
      return mistyped(answer(slot, turn))
    }
    // Nothing is asked and nothing was done: it has to be said again, with everything.
    return mistyped(opening(isFull: true))
  }

  private mutating func chance(_ share: Double) -> Bool { Double(random.uniform()) < share }

  // MARK: what is said

  private mutating func say(_ act: String, _ values: [String: String] = [:]) -> String {
    let templates = phrases["utter_customer/\(act)"] ?? []
    guard !templates.isEmpty else { return values.values.joined(separator: " ") }
    let template = templates[random.below(templates.count)]
    let pattern = template[manner.language] ?? template[.english] ?? ""
    guard let message = try? MessagePattern(pattern, language: manner.language) else { return pattern }
    return message.format(values.mapValues { .text($0) })
  }

  private mutating func opening(isFull: Bool) -> String {
    guard errand < goal.errands.count else { return say("thanks") }
    let errand = goal.errands[errand]
    var text = say(isFull ? "want_\(errand.kind.rawValue)_full" : "want_\(errand.kind.rawValue)", values(errand))
    if self.errand == 0, turnsOnErrand == 0, chance(0.3) { text = say("greet") + " " + text }
    if self.errand == 0, isFull, chance(0.3) { text = identity() + " " + text }
    return text
  }

  private func values(_ errand: Goal.Errand) -> [String: String] {
    let separator = manner.language == .chinese ? "、" : ", "
    return [
      "order": errand.orderID, "reason": reason(errand), "items": errand.items.map(\.name).joined(separator: separator),
      "changes": errand.items.map { "\($0.name) \(arrow) \(words($0.wanted))" }.joined(separator: "; "),
      "method": method(errand, isExact: false), "address": errand.address.map(line) ?? "",
    ]
  }

  /// The reason in words; in Chinese the phrases have words of their own for it.
  private func reason(_ errand: Goal.Errand) -> String {
    manner.language == .chinese ? errand.reason.replacing(" ", with: "_") : errand.reason
  }

  private var arrow: String { manner.language == .chinese ? "换成" : "to" }

  /// `size 6 ft, color blue`
  private func words(_ options: [String: String]) -> String {
    options.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private func line(_ address: Address) -> String {
    if manner.language == .chinese, address.country == "中国" {
      return
        "\(address.state == address.city ? "" : address.state)\(address.city)\(address.address1)\(address.address2 ?? "")，\(address.zip)"
    }
    return [address.address1, address.address2 ?? "", address.city, "\(address.state) \(address.zip)", address.country].filter {
      !$0.isEmpty
    }
    .joined(separator: ", ")
  }

  private func method(_ errand: Goal.Errand, isExact: Bool) -> String {
    guard let id = errand.method else { return "" }
    if isExact { return id }
    let words: [(String, String, String)] = [
      ("gift_card", "gift card", "礼品卡"), ("credit_card", "credit card", "信用卡"), ("paypal", "PayPal", "PayPal"),
      ("alipay", "Alipay", "支付宝"),
    ]
    for (prefix, english, chinese) in words where id.hasPrefix(prefix) {
      return manner.language == .chinese ? chinese : english
    }
    return id
  }

  private mutating func identity() -> String {
    let name = manner.language == .chinese ? goal.name.family + goal.name.given : "\(goal.name.given) \(goal.name.family)"
    if let email = goal.email { return say("email", ["email": email, "name": name]) }
    return say("name_postcode", ["name": name, "postcode": goal.postcode ?? ""])
  }

  private mutating func answer(_ slot: SlotName, _ turn: Turn) -> String {
    guard errand < goal.errands.count else { return say("thanks") }
    let errand = goal.errands[errand]
    let isAgain = askedFor[slot, default: 0] > 1
    switch slot {
    case .customer: return identity()
    case .order: return say("order", ["order": errand.orderID])
    case .items:
      // Of two of a name the options tell which.
      let names = errand.items.map { isAgain && !$0.options.isEmpty ? "\($0.name) (\(words($0.options)))" : $0.name }
      return say("items", ["items": names.joined(separator: manner.language == .chinese ? "、" : " and ")])
    case .variants where errand.items.allSatisfy { $0.wanted.isEmpty }: return say("same")
    case .variants:
      let asked = errand.items.first { item in turn.replies.contains { $0.text.contains(item.name) } } ?? errand.items.first
      guard let wanted = asked?.wanted, !wanted.isEmpty else { return say("same") }
      return say("variant", ["wanted": words(wanted)])
    case .paymentMethod:
      if errand.method == nil { return "1" }
      return say("method", ["method": method(errand, isExact: isAgain)])
    case .address:
      guard var address = errand.address else { return say("address_is") }
      if slips(.address), let digit = address.address1.lastIndex(where: \.isWholeNumber) {
        address.address1.replaceSubrange(digit...digit, with: address.address1[digit] == "7" ? "8" : "7")
      }
      return say("address_is", ["address": line(address)])
    case .reason:
      var other = errand
      if slips(.reason) { other.reason = errand.reason == Self.mistake ? Self.unneeded : Self.mistake }
      return say("reason", ["reason": reason(other)])
    }
  }

  private static let mistake = CancelReason.orderedByMistake.rawValue
  private static let unneeded = CancelReason.noLongerNeeded.rawValue

  /// Whether to say this wrongly; it is remembered, to be put right.
  private mutating func slips(_ slot: SlotName) -> Bool {
    guard askedFor[slot, default: 0] == 1, chance(manner.slips) else { return false }
    slip = slot
    return true
  }

  // MARK: typing

  private static let neighbours: [Character: String] = [
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "k", "m": "n", "n": "bm",
    "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu",
    "z": "x",
  ]

  /// A share of the words with a letter changed, left out, doubled or swapped; what has a digit or an @ in it is typed with care.
  private mutating func mistyped(_ text: String) -> String {
    guard manner.noise > 0 else { return text }
    var words: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var letters = Array(word)
      let isCareful = letters.count < 3 || letters.contains { $0.isNumber || $0 == "@" || $0 == "_" }
      guard !isCareful, Double(random.uniform()) < manner.noise else {
        words.append(String(word))
        continue
      }
      let i = random.below(letters.count - 1)
      switch random.below(4) {
      case 0: letters.swapAt(i, i + 1)
      case 1: letters.remove(at: i)
      case 2: letters.insert(letters[i], at: i)
      default:
        if let near = Self.neighbours[Character(letters[i].lowercased())] { letters[i] = Array(near)[random.below(near.count)] }
      }
      words.append(String(letters))
    }
    return words.joined(separator: " ")
  }
}

extension SplitMix64 {
  /// Below a bound above 0, evenly enough for a choice among few.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}
