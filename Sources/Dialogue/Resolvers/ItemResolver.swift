import Conversation

/// Which items of an order are meant: by name, by option, by number, all, all but some.
struct ItemResolver {
  let order: Order

  private static let all = ["all", "everything", "whole", "entire", "全部", "都", "所有", "整单", "全退", "一起"]
  private static let two = ["both", "两个", "两件", "两样"]
  private static let except = ["except", "but", "besides", "excluding", "apart", "除了", "除开", "不包括", "留下", "留着"]
  /// What follows these is what is wanted instead.
  private static let instead = ["for", "to", "into", "instead", "with", "换成", "改成", "改为", "换为", "变成", "换个", "要"]

  /// Positions of the items meant.
  func resolve(_ mentions: [Mention], choices: DialogueState.Choices?, wantsInstead: Bool) -> Resolution<[Int]> {
    for mention in mentions.reversed() {
      let found = reading(mention, choices, wantsInstead: wantsInstead)
      if case .unsaid = found { continue }
      return found
    }
    return order.items.count == 1 ? .found([0]) : .unsaid
  }

  func reading(_ mention: Mention, _ choices: DialogueState.Choices?, wantsInstead: Bool) -> Resolution<[Int]> {
    if mention.answering == .items, case .items(let offered)? = choices {
      let numbers = mention.entities.filter { $0.type == "number" }.compactMap { Int($0.value) }.filter {
        offered.indices.contains($0 - 1)
      }
      if !numbers.isEmpty, named(Words(mention.tokens)).isEmpty { return .found(Set(numbers).sorted().map { offered[$0 - 1] }) }
    }
    let ids = Set(mention.tokens)
    let byID = order.items.indices.filter { ids.contains(order.items[$0].itemID) }
    if !byID.isEmpty { return .found(byID) }
    let tokens = mention.tokens
    if let cut = tokens.firstIndex(where: Self.except.contains)
      ?? Self.except.first(where: { Words.isHan($0) && mention.text.contains($0) }).flatMap({ marker in
        tokens.firstIndex { marker.hasPrefix($0) && !$0.isEmpty }
      })
    {
      let kept = named(Words(tokens[cut...]))
      if !kept.isEmpty, kept.count < order.items.count { return .found(order.items.indices.filter { !kept.contains($0) }) }
    }
    // What is wanted instead is not what is meant: of each part only what stands before `to` or `for` counts.
    if wantsInstead {
      let parts = tokens.split { [";", "；"].contains($0) }.map(Array.init)
      var positions: [Int] = []
      for part in parts {
        guard let cut = part.firstIndex(where: Self.instead.contains), cut > 0 else { continue }
        let words = Words(part[..<cut])
        let before = named(words)
        if before.isEmpty { continue }
        guard case .found(let found) = settle(before, words) else { return settle(before, words) }
        positions += found
      }
      if !positions.isEmpty { return .found(Set(positions).sorted()) }
    }
    let words = Words(tokens)
    let names = named(words)
    if !names.isEmpty { return settle(names, words) }
    if words.containsAny(Self.all) || order.items.count == 2 && words.containsAny(Self.two) {
      return .found(Array(order.items.indices))
    }
    if mention.answering == .items || wantsInstead == false {
      // `the robotic one`, `the blue one`.
      let scores = order.items.map { item in item.options.values.map(words.valueShare).reduce(0, +) }
      if let best = scores.max(), best > 0 {
        let fitting = scores.indices.filter { scores[$0] == best }
        return fitting.count == 1 ? .found(fitting) : .several(fitting.map { [$0] })
      }
    }
    return .unsaid
  }

  /// Items whose name was said: of names that share their last word only those said best.
  private func named(_ words: Words) -> [Int] {
    let shares = order.items.map { item in
      ([item.name] + Language.allCases.map { item.name(in: $0) }).map(words.share).max() ?? 0
    }
    let said = shares.indices.filter { shares[$0] >= Words.named || isToldApart($0, words) }
    return said.filter { i in
      // `desk lamp` is not the floor lamp as well.
      !said.contains { j in
        shares[j] > shares[i] && Words.parts(order.items[j].name).last == Words.parts(order.items[i].name).last
      }
    }
  }

  /// Whether a word of the item's name was said that no other item of the order has in its own.
  private func isToldApart(_ position: Int, _ words: Words) -> Bool {
    func names(_ item: OrderItem) -> [String] { [item.name] + Language.allCases.map { item.name(in: $0) } }
    let others = order.items.indices.filter { order.items[$0].productID != order.items[position].productID }
    for name in names(order.items[position]) {
      if Words.isHan(name) {
        let characters = Array(name)
        for start in characters.indices.dropLast() {
          let piece = String(characters[start...start + 1])
          let isOthers = others.contains { other in names(order.items[other]).contains { $0.contains(piece) } }
          if Words.isHan(piece), words.joined.contains(piece), !isOthers { return true }
        }
      } else {
        for part in Words.parts(name) where part.count > 3 && words.stems.contains(part) {
          let isOthers = others.contains { other in names(order.items[other]).contains { Words.parts($0).contains(part) } }
          if !isOthers { return true }
        }
      }
    }
    return false
  }

  /// Of items with one name the one whose options were said.
  private func settle(_ positions: [Int], _ words: Words) -> Resolution<[Int]> {
    var chosen: [Int] = []
    for (_, group) in Dictionary(grouping: positions, by: { order.items[$0].productID }).sorted(by: {
      $0.value[0] < $1.value[0]
    }) {
      if group.count == 1 || words.containsAny(Self.all) || words.containsAny(Self.two) || words.contains("two")
        || words.contains("2")
      {
        chosen += group
        continue
      }
      let scores = group.map { i in order.items[i].options.values.map(words.valueShare).reduce(0, +) }
      let best = scores.max() ?? 0
      let fitting = group.indices.filter { scores[$0] == best }.map { group[$0] }
      // Alike in everything: either will do.
      if Set(fitting.map { order.items[$0].itemID }).count == 1 {
        chosen.append(fitting[0])
      } else if positions.count == fitting.count {
        return .several(fitting.map { [$0] })
      } else {
        chosen += fitting
      }
    }
    return .found(chosen.sorted())
  }
}
