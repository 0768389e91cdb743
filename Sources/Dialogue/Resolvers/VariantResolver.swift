import Conversation

/// Which variant of a product is wanted in place of an item: by the options said, the rest as it was.
struct VariantResolver {
  let item: OrderItem
  let product: Product

  private static let instead = ["for", "to", "into", "instead", "with", "换成", "改成", "改为", "换为", "变成", "要"]
  private static let same = ["same", "同款", "同一款", "一样的"]
  /// What follows is the second choice.
  private static let fallbacks = ["otherwise", "else", "if", "没有", "不行", "如果", "否则"]

  /// The variants still possible, best first. More than one means that something has to be asked.
  func resolve(_ mentions: [Mention], choices: DialogueState.Choices?) -> Resolution<Variant> {
    for mention in mentions.reversed() {
      if mention.answering == .variants, Words(mention.tokens).containsAny(Self.same),
        let again = product.variant(item.itemID), again.isAvailable
      {
        return .found(again)
      }
      let ids = Set(mention.tokens)
      if let variant = product.variants.first(where: { ids.contains($0.itemID) && $0.itemID != item.itemID }) {
        return .found(variant)
      }
      for words in clauses(mention) {
        let found = resolve(words)
        if case .unsaid = found { continue }
        return found
      }
      if mention.answering == .variants, case .variants(let offered, _)? = choices, let number = OrderResolver.ordinal(mention),
        offered.indices.contains(number - 1)
      {
        return .found(offered[number - 1])
      }
    }
    return .unsaid
  }

  /// What is wanted, then what would do instead; what stands before `for` or `to` is the item that is given away.
  private func clauses(_ mention: Mention) -> [Words] {
    var tokens = mention.tokens[...]
    if let cut = tokens.firstIndex(where: Self.instead.contains), cut + 1 < tokens.endIndex { tokens = tokens[(cut + 1)...] }
    var clauses: [Words] = []
    if let cut = tokens.firstIndex(where: Self.fallbacks.contains), cut > tokens.startIndex {
      clauses.append(Words(tokens[..<cut]))
      clauses.append(Words(tokens[cut...]))
    } else {
      clauses.append(Words(tokens))
    }
    if tokens.count < mention.tokens.count { clauses.append(Words(mention.tokens)) }
    return clauses
  }

  private func resolve(_ words: Words) -> Resolution<Variant> {
    // For each option the value said best.
    var wanted: [String: String] = [:]
    for name in Set(product.variants.flatMap(\.options.keys)) {
      let values = Set(product.variants.compactMap { $0.options[name] })
      let scored = values.map { (value: $0, said: said($0, of: name, words)) }.filter {
        $0.said.score >= 0.99 || ($0.said.score > 0.6 && Words.parts($0.value).count > 1)
      }
      // `500ml` and `1500ml`, `双人` and `加大双人`: the longer of two that fit.
      let best = scored.max { ($0.said.score, $0.said.length, $0.value) < ($1.said.score, $1.said.length, $1.value) }
      if let best { wanted[name] = best.value }
    }
    if wanted.isEmpty { return .unsaid }
    let fitting = product.variants.filter { variant in
      variant.isAvailable && variant.itemID != item.itemID && wanted.allSatisfy { variant.options[$0] == $1 }
    }
    if fitting.isEmpty { return .unsaid }
    // As much as possible stays as it was.
    let likeness = fitting.map { variant in item.options.count { variant.options[$0.key] == $0.value } }
    let best = likeness.max() ?? 0
    let closest = fitting.indices.filter { likeness[$0] == best }.map { fitting[$0] }
    return closest.count == 1 ? .found(closest[0]) : .several(closest)
  }

  /// How surely a value was said, in the record's language or a translation, and how long it is there.
  private func said(_ value: String, of option: String, _ words: Words) -> (score: Double, length: Int) {
    // `waterproof yes`: such a value is said with its option's name, or not at all.
    if ["yes", "no"].contains(value.lowercased()) {
      return words.containsPhrase("\(option) \(value)") || words.containsPhrase("\(value) \(option)")
        ? (1, value.count) : (0, 0)
    }
    let translations = product.optionValues?.values.compactMap { $0[value] } ?? []
    return ([value] + translations).map { name in (score(name, words), name.count) }.max { $0 < $1 } ?? (0, 0)
  }

  private func score(_ name: String, _ words: Words) -> Double {
    if Words.isHan(name) { return words.joined.contains(name) ? 1 : 0 }
    let parts = Words.parts(name)
    guard !parts.isEmpty else { return 0 }
    if words.containsPhrase(name) { return 1 }
    // `27 inch` is said as `27-inch`, `1TB` as `1 tb`.
    if words.joined.contains(parts.joined()), parts.joined().count > 3 { return 1 }
    return Double(parts.count { words.stems.contains($0) }) / Double(parts.count) * 0.9
  }

  /// What can be had instead, for a question.
  var available: [Variant] { product.variants.filter { $0.isAvailable && $0.itemID != item.itemID } }
}
