import Conversation
import Foundation

/// Where something is to go: an address written out, or one the shop knows already.
struct AddressResolver {
  /// What is to be replaced; parts that are not said stay.
  let current: Address
  let profile: Address?
  let orders: [Order]

  func resolve(_ mentions: [Mention]) -> Resolution<Address> {
    for mention in mentions.reversed() {
      if let address = known(mention) ?? written(mention) { return .found(address) }
    }
    return .unsaid
  }

  private static let profileWords = [
    "default address", "profile address", "account address", "address on file", "my profile", "home address on", "默认地址", "账户地址",
    "账号里的地址",
  ]
  private static let otherOrder = ["other order", "another order", "另一单", "另外一单", "别的订单", "其他订单"]

  /// `the address on my profile`, `the one on my other order`.
  private func known(_ mention: Mention) -> Address? {
    let folded = mention.text.lowercased()
    if let profile, Self.profileWords.contains(where: folded.contains) { return profile }
    if Self.otherOrder.contains(where: folded.contains) {
      let others = Set(orders.map(\.address)).filter { $0 != current }
      if others.count == 1 { return others.first }
    }
    return nil
  }

  private func written(_ mention: Mention) -> Address? {
    Words.isHan(mention.text) ? chinese(mention) : western(mention)
  }

  private static let streetWords: Set<String> = [
    "street", "st", "avenue", "ave", "road", "rd", "lane", "ln", "drive", "dr", "boulevard", "blvd", "way", "court", "ct",
    "place", "pl", "square", "terrace",
    "highway", "parkway", "circle", "close", "crescent", "quay", "row", "hill", "gardens", "mews", "walk", "nagar", "marg",
    "broadway",
  ]
  private static let unitWords: Set<String> = [
    "suite", "apt", "apartment", "unit", "flat", "floor", "room", "ste", "building", "#",
  ]
  private static let countries: [String: String] = [
    "usa": "USA", "us": "USA", "united states": "USA", "uk": "United Kingdom", "united kingdom": "United Kingdom",
    "canada": "Canada", "india": "India",
    "australia": "Australia", "germany": "Germany", "france": "France", "ireland": "Ireland", "singapore": "Singapore",
    "china": "China",
  ]

  /// `123 Elm Street, Suite 4, Austin, TX 78701, USA`: parts between commas, the street the one with a number or a word for street.
  private func western(_ mention: Mention) -> Address? {
    var text = mention.text[...]
    for marker in ["address is ", "address to ", "it to ", "change to ", " to ", ": "] {
      if let range = text.range(of: marker, options: .caseInsensitive), text[range.upperBound...].contains(",") {
        text = text[range.upperBound...]
        break
      }
    }
    var parts = text.split(whereSeparator: { $0 == "," || $0.isNewline || $0 == ";" }).map { $0.trimming }.filter {
      !$0.isEmpty
    }
    guard let start = parts.firstIndex(where: isStreet), parts.count - start >= 2 else { return nil }
    parts = Array(parts[start...])
    // `make it 14 Oak Street`: the words before the number are not the street's.
    let street = parts[0].split(separator: " ")
    if let number = street.firstIndex(where: { $0.first?.isNumber ?? false }), number > 0,
      street[number...].contains(where: { Self.streetWords.contains($0.lowercased().trimmingCharacters(".")) })
    {
      parts[0] = street[number...].joined(separator: " ")
    }
    var address = Address(address1: parts[0], address2: "", city: "", country: current.country, state: "", zip: "")
    parts.removeFirst()
    if let unit = parts.first, isUnit(unit) {
      address.address2 = unit
      parts.removeFirst()
    }
    if let last = parts.last?.trimmingCharacters(".!"), let country = Self.countries[last.lowercased()] {
      address.country = country
      parts.removeLast()
    }
    // The postcode stands by itself or behind the state.
    for (i, part) in parts.enumerated().reversed() {
      let words = part.trimmingCharacters(".!").split(separator: " ").map(String.init)
      guard let first = words.firstIndex(where: { $0.contains(where: \.isNumber) }) else { continue }
      address.zip = words[first...].prefix(2).filter { $0.contains(where: \.isNumber) }.joined(separator: " ")
      let before = words[..<first].joined(separator: " ")
      if before.isEmpty { parts.remove(at: i) } else { parts[i] = before }
      break
    }
    parts = parts.map { $0.trimmingCharacters(".!") }.filter {
      !["zip", "zip code", "postcode"].contains($0.lowercased()) && !$0.isEmpty
    }
    if let city = parts.first {
      // `Austin TX`
      let words = city.split(separator: " ").map(String.init)
      if parts.count == 1, words.count > 1, let last = words.last, last.count == 2, last == last.uppercased() {
        address.city = words.dropLast().joined(separator: " ")
        address.state = last
      } else {
        address.city = city
        address.state = parts.count > 1 ? parts[1] : current.city == city ? current.state : ""
      }
    }
    if address.zip.isEmpty, address.city == current.city { address.zip = current.zip }
    return address.city.isEmpty || address.zip.isEmpty ? nil : address
  }

  private func isStreet(_ part: String) -> Bool {
    let words = part.lowercased().split(separator: " ").map { $0.trimmingCharacters(".") }
    let hasNumber = words.first?.contains(where: \.isNumber) ?? false
    return words.count >= 2 && (hasNumber || words.contains(where: Self.streetWords.contains))
      && part.contains(where: \.isNumber)
  }

  private func isUnit(_ part: String) -> Bool {
    let first = part.lowercased().split(separator: " ").first.map(String.init) ?? ""
    return Self.unitWords.contains(first.trimmingCharacters(".")) || first.hasPrefix("#")
  }

  /// `浙江省杭州市西湖区文三路10号3幢501室，310012`: read off its characters for province, city and the rest.
  private func chinese(_ mention: Mention) -> Address? {
    var spoken = mention.text
    // The digits of an order's number are no house number.
    for entity in mention.entities where entity.type == "order_id" { spoken = spoken.replacing(entity.text, with: "") }
    var text = spoken.filter { !$0.isWhitespace }[...]
    for marker in ["地址是", "地址改成", "地址换成", "改到", "改成", "换成", "寄到", "送到", "发到", "地址为", "地址：", "地址:"] {
      if let range = text.range(of: marker) { text = text[range.upperBound...] }
    }
    let zip = mention.entities.last { $0.type == "postcode" }?.value
    var body = Self.fromPlace(text)
    if let zip { body = body.replacing(zip, with: "") }
    for word in ["邮编是", "邮编", "邮政编码", "吧", "谢谢", "，", ",", "。", "：", ":"] { body = body.replacing(word, with: "") }
    var rest = body[...]
    func take(_ endings: [Character], _ limit: Int) -> String? {
      guard let end = rest.prefix(limit).firstIndex(where: endings.contains) else { return nil }
      let piece = String(rest[...end])
      guard piece.count >= 2 else { return nil }
      rest = rest[rest.index(after: end)...]
      return piece
    }
    let province = take(["省"], 5)
    let city = take(["市"], 6)
    let hasNumber = rest.contains { $0.isNumber || "一二三四五六七八九十".contains($0) }
    guard hasNumber, rest.count >= 4, rest.contains(where: { "路街道巷弄村镇号".contains($0) }) else { return nil }
    let isSameCity = city == nil || city == current.city
    guard let postcode = zip ?? (isSameCity ? current.zip : nil) else { return nil }
    return Address(
      address1: String(rest), address2: "", city: city ?? current.city, country: current.country,
      state: province ?? (isSameCity ? current.state : city ?? ""), zip: postcode)
  }
}

extension AddressResolver {
  /// `写错了，正确的是江苏省…`: from the first clause that names a place on, without what introduces it.
  fileprivate static func fromPlace(_ text: Substring) -> String {
    let clauses = text.split { "，,。；;！!".contains($0) }
    let places = "省市区县路街道巷弄村镇"
    guard let first = clauses.firstIndex(where: { $0.contains(where: places.contains) }) else { return String(text) }
    var clause = clauses[first]
    if let place = clause.firstIndex(where: places.contains), let introduced = clause[..<place].lastIndex(of: "是") {
      clause = clause[clause.index(after: introduced)...]
    }
    return ([clause] + clauses[(first + 1)...]).joined(separator: "，")
  }
}

extension StringProtocol {
  fileprivate var trimming: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part = part.dropFirst() }
    while part.last?.isWhitespace == true { part = part.dropLast() }
    return String(part)
  }

  fileprivate func trimmingCharacters(_ characters: String) -> String {
    var part = self[...]
    while let last = part.last, characters.contains(last) { part = part.dropLast() }
    return String(part)
  }
}
