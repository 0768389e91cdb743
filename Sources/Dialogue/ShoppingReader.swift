import Conversation
import Text

/// Reads out of a customer's words what they look for, and what they want of the products they were shown.
struct ShoppingReader {
  private let mention: Mention
  private let words: Words
  private let shopping: Shopping
  private let prices: ShopPrices
  private let barePrices: BarePrices?

  init(_ mention: Mention, _ shopping: Shopping, prices: ShopPrices) {
    self.mention = mention
    words = Words(mention.tokens)
    self.shopping = shopping
    self.prices = prices
    barePrices = BarePrices(mention)
  }

  // MARK: what is looked for

  /// The words that say what is looked for: those that are no price, no value of an option, no word of asking.
  private var telling: [String] {
    let hasStars = stars != nil
    let covered =
      mention.entities.filter {
        $0.isIdentifier || Self.filters.contains($0.type) || hasStars && $0.type == "number"
      }.map(\.span) + (barePrices.map { [$0.span] } ?? [])
    let named = excluded.flatMap { $0.split(separator: " ").map(String.init) }
    return mention.tokens(outside: covered).filter { token in
      token.contains { $0.isLetter || $0.isNumber } && !StopWords.contains(token) && !named.contains(token)
        && !Self.asking.contains(token) && !Self.values.contains(token)
    }
  }

  /// The query these words are by themselves.
  var query: ProductQuery {
    var query = ProductQuery(text: telling.joined(separator: " "))
    constrain(&query)
    return query
  }

  /// Whether the words name something to look for.
  var namesProduct: Bool { !telling.isEmpty }

  private static let filters: Set<String> = ["price_range", "money", "color", "size", "percentage"]

  /// Puts into a query what the words demand of a product.
  private func constrain(_ query: inout ProductQuery) {
    for entity in mention.entities {
      switch entity.type {
      case "price_range":
        let parts = entity.value.split(separator: " ").map(String.init)
        let bounds = parts.first?.components("..") ?? []
        if bounds.count == 2 {
          let code = parts.count > 1 ? parts[1] : prices.currency
          (query.leastPrice, query.greatestPrice) = (prices.minorUnits(bounds[0], code), prices.minorUnits(bounds[1], code))
          query.unknownCurrency = prices.knows(code) ? nil : code
        }
      case "money" where words.containsAny(Self.most):
        let parts = entity.value.split(separator: " ").map(String.init)
        let code = parts.count > 1 ? parts[1] : prices.currency
        query.greatestPrice = parts.first.flatMap { prices.minorUnits($0, code) } ?? query.greatestPrice
        query.unknownCurrency = prices.knows(code) ? nil : code
      case "color", "size":
        if excluded.contains(entity.value) {
          query.options[entity.type] = nil
        } else {
          query.options[entity.type] = entity.value
        }
      default: break
      }
    }
    if let barePrices {
      query.leastPrice = barePrices.least.flatMap { prices.minorUnits($0, prices.currency) }
      query.greatestPrice = barePrices.greatest.flatMap { prices.minorUnits($0, prices.currency) }
      query.unknownCurrency = nil
    }
    if let stars { query.leastRating = stars }
    if words.containsAny(Self.cheapest) { query.order = .cheapestFirst }
    if Self.best.contains(where: words.containsPhrase) { query.order = .bestFirst }
    if Self.available.contains(where: words.containsPhrase) { query.onlyAvailable = true }
    for word in excluded where !query.excludedWords.contains(word) { query.excludedWords.append(word) }
  }

  /// `at least 4 stars`, 四星以上.
  private var stars: Double? {
    guard words.containsAny(["star", "stars", "星", "星级"]) else { return nil }
    let numbers = mention.entities.filter { $0.type == "number" }.compactMap { Double($0.value) }
    return numbers.first { (0...5).contains($0) }
  }

  /// What is not wanted: the word right after a no, a colour or size in its standard form.
  private var excluded: [String] {
    var result: [String] = []
    for (i, token) in mention.tokens.enumerated() where Self.without.contains(token) {
      // A no by itself, or before what is wanted instead, excludes nothing.
      let rest = mention.tokens[(i + 1)...].drop { Self.pointing.contains($0) || Self.articles.contains($0) }
      guard let next = rest.first, next.contains(where: \.isLetter), !StopWords.contains(next), !Self.asking.contains(next)
      else {
        continue
      }
      result.append(negated(next)?.value ?? next)
    }
    if result.isEmpty, Self.notThatBrand.contains(where: words.containsPhrase),
      let brand = (spokenOf ?? shopping.shown.first)?.product.brand
    {
      result.append(brand)
    }
    return result
  }

  private static let articles: Set<String> = ["a", "an", "the", "any", "in", "的"]

  /// The colour or size a word is.
  private func negated(_ word: String) -> Entity? {
    mention.entities.first { ["color", "size"].contains($0.type) && $0.text.lowercased().contains(word) }
  }

  // MARK: what was shown

  /// The product shown that is meant: by its place in the list, or the one spoken of.
  var spokenOf: ProductOffer? {
    if places.count == 1 { return shopping.shown[places[0]] }
    if let place = OrderResolver.ordinal(mention), shopping.shown.indices.contains(place - 1) {
      return shopping.shown[place - 1]
    }
    if let named { return named }
    if words.containsAny(Self.pointing) || mention.tokens.contains(where: Self.pointing.contains) {
      return shopping.focus ?? shopping.shown.first
    }
    return nil
  }

  /// The one product of those shown that is named best.
  private var named: ProductOffer? {
    let shares = shopping.shown.map { offer in
      ([offer.product.name] + (offer.product.names ?? [:]).values).map(words.share).max() ?? 0
    }
    guard let best = shares.max(), best >= Words.named, shares.count(where: { $0 == best }) == 1 else { return nil }
    return shares.firstIndex(of: best).map { shopping.shown[$0] }
  }

  /// The products a comparison is about: places in the list, or names with a word between.
  var compared: [ProductReference] {
    let places = places
    if places.count >= 2 { return places.prefix(2).map { .id(shopping.shown[$0].product.id) } }
    if Self.bothWords.contains(where: words.containsPhrase), shopping.shown.count >= 2 {
      return shopping.shown.prefix(2).map { .id($0.product.id) }
    }
    var parts: [[String]] = [[]]
    for token in mention.tokens {
      if Self.between.contains(token) { parts.append([]) } else { parts[parts.count - 1].append(token) }
    }
    let named = parts.map { part in
      part.filter {
        !StopWords.contains($0) && !Self.asking.contains($0) && !Self.ordinalWords.contains($0) && $0 != "two"
          && $0.contains(where: \.isLetter)
      }
    }
    .filter { !$0.isEmpty }
    if named.count >= 2 { return named.prefix(2).map { .words($0.joined(separator: " ")) } }
    if let focus = shopping.focus, let only = named.first {
      return [.id(focus.product.id), .words(only.joined(separator: " "))]
    }
    return []
  }

  /// Places of the list that are named, in order.
  private var places: [Int] {
    var places: [Int] = []
    for (i, token) in mention.tokens.enumerated() {
      let next = i + 1 < mention.tokens.count ? mention.tokens[i + 1] : ""
      // A bare number is a place only in few words.
      let place =
        Self.ordinals[token] ?? (token == "第" ? Self.ordinals["第" + next] : nil)
        ?? (mention.tokens.count <= Self.fewWords ? Int(token).map { $0 - 1 } : nil)
      if let place, shopping.shown.indices.contains(place), !places.contains(place) { places.append(place) }
    }
    return places
  }

  private static let fewWords = 5

  /// The product a question is about, and the words of it that its name does not have.
  var question: (references: [ProductReference], asked: [String]) {
    if let offer = spokenOf {
      let name = Words(([offer.product.name] + (offer.product.names ?? [:]).values).flatMap { [$0] + Words.parts($0) })
      let values = mention.entities.filter { ["color", "size"].contains($0.type) }.map { $0.text.lowercased() }
      let asked = (telling + values).filter {
        !name.stems.contains(Words.stem($0)) && !name.joined.contains($0) && !Self.ordinalWords.contains($0)
      }
      return ([.id(offer.product.id)], asked)
    }
    // A word or none beside a product in hand asks about that.
    if let focus = shopping.focus, telling.count <= 1 { return ([.id(focus.product.id)], telling) }
    if !telling.isEmpty { return ([.words(telling.joined(separator: " "))], telling) }
    return ((shopping.focus ?? shopping.shown.first).map { [.id($0.product.id)] } ?? [], [])
  }

  // MARK: refinements

  /// What a customer wants other than what was shown.
  enum Refinement: Equatable {
    /// Other products, by a changed query.
    case other(ProductQuery)
    /// A closer look at one that was shown.
    case look(ProductReference)
    /// Two that were shown, side by side.
    case compare([ProductReference])
    /// What goes with one.
    case goesWith(ProductReference)
    /// What is like one.
    case like(ProductReference, ProductQuery)
    /// Not these, or not this one.
    case decline([String])
  }

  /// How these words change what is looked for; nil when they do not.
  var refinement: Refinement? {
    guard !shopping.shown.isEmpty else { return nil }
    let shown = shopping.shown.map(\.product.id)
    if Self.notInterested.contains(where: words.containsPhrase) { return .decline(spokenOf.map { [$0.product.id] } ?? shown) }
    if Self.goesWithWords.contains(where: words.containsPhrase) {
      return (spokenOf ?? shopping.focus ?? shopping.shown.first).map { .goesWith(.id($0.product.id)) }
    }
    if words.containsAny(Self.comparing), compared.count == 2 { return .compare(compared) }
    var query = shopping.request.query
    let before = query
    constrain(&query)
    if words.containsAny(Self.cheaper) { query.greatestPrice = max(0, referencePrice - 1) }
    if words.containsAny(Self.dearer) { query.leastPrice = referencePrice + 1 }
    let ofKind = telling
    if Self.likeWords.contains(where: words.containsPhrase), let offer = spokenOf ?? shopping.focus {
      return .like(.id(offer.product.id), query)
    }
    if Self.moreWords.contains(where: words.containsPhrase) {
      query.excludedProducts.formUnion(shown)
      return .other(query)
    }
    if query != before, ofKind.allSatisfy({ Self.refining.contains($0) }) { return .other(query) }
    if mention.tokens.count <= 8, ofKind.allSatisfy({ Self.ordinalWords.contains($0) }), let offer = spokenOf {
      return .look(.id(offer.product.id))
    }
    if ofKind.isEmpty, words.containsAny(Self.attributes), let offer = spokenOf ?? shopping.focus ?? shopping.shown.first {
      return .look(.id(offer.product.id))
    }
    return nil
  }

  /// The price "cheaper" is cheaper than: that of the product spoken of, or the mean of what was shown.
  private var referencePrice: Int {
    if let offer = spokenOf ?? shopping.focus { return offer.price }
    return shopping.shown.isEmpty ? 0 : shopping.shown.reduce(0) { $0 + $1.price } / shopping.shown.count
  }

  /// Whether something like the last purchase is wanted.
  var isLikeLastPurchase: Bool { Self.lastPurchase.contains(where: words.containsPhrase) }

  /// Whether it shall cost less than what it is like.
  var isCheaper: Bool { words.containsAny(Self.cheaper) }

  /// Whether what goes with a product is wanted.
  var isGoesWith: Bool { Self.goesWithWords.contains(where: words.containsPhrase) }

  /// Whether what is like a product is wanted.
  var isLike: Bool { Self.likeWords.contains(where: words.containsPhrase) }
}

// MARK: words

extension ShoppingReader {
  private static let pointing: Set<String> = ["it", "this", "that", "these", "those", "它", "这", "这个", "这款", "那个", "那款"]
  private static let most = ["under", "below", "up to", "max", "以内", "以下", "不超过"]
  private static let cheapest = ["cheapest", "最便宜"]
  private static let best = ["best rated", "highest rated", "top rated", "best reviewed", "评分最高", "评价最好", "口碑最好"]
  private static let available = ["in stock", "available now", "available right now", "有货", "现货"]
  private static let without: Set<String> = ["not", "no", "without", "except", "不要", "除了", "不是"]
  private static let notThatBrand = [
    "not that brand", "not this brand", "different brand", "another brand", "other brand", "不要这个牌子", "不要这个品牌", "换个牌子", "别的牌子",
    "其他品牌",
  ]
  private static let notInterested = [
    "not interested", "don't like", "do not like", "dont like", "not for me", "none of these", "none of those", "不感兴趣", "不喜欢",
    "没兴趣", "都不要", "都不行",
  ]
  private static let goesWithWords = [
    "goes with", "go with", "goes well with", "go well with", "bought with", "match with", "pair with", "搭配", "配什么", "一起买",
    "配套",
  ]
  private static let likeWords = [
    "similar to", "something like", "anything like", "more like", "like this", "like that", "like it", "like the", "类似", "相似",
    "差不多的", "同类",
  ]
  private static let lastPurchase = [
    "my last one", "my last order", "my last purchase", "last time", "what i bought last", "the one i bought", "上次买的", "上次那个",
    "上一次买", "之前买的", "我上次",
  ]
  private static let moreWords = [
    "more options", "more choices", "any others", "any other", "other ones", "others", "something else", "anything else",
    "what else",
    "show me more", "more please", "next ones", "还有吗", "还有别的", "还有其他", "换一批", "别的呢", "其他的", "再看看", "更多",
  ]
  private static let cheaper = ["cheaper", "cheap", "less expensive", "更便宜", "便宜点", "便宜一点", "便宜些", "便宜的", "便宜"]
  private static let dearer = ["pricier", "more expensive", "better quality", "贵一点", "贵点", "高档", "更好的"]
  private static let comparing = [
    "compare", "comparison", "difference", "versus", "vs", "better", "比较", "对比", "区别", "哪个好", "差别",
  ]
  private static let bothWords = [
    "these two", "those two", "first two", "both of", "the two", "这两个", "这两款", "前两个", "前两款", "两个", "两款",
  ]
  private static let between: Set<String> = ["and", "or", "vs", "versus", "with", "than", "和", "与", "跟", "还是", "或"]
  private static let ordinals: [String: Int] = [
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "第一": 0,
    "第一个": 0, "第二": 1,
    "第二个": 1, "第三": 2, "第三个": 2, "第四": 3, "第五": 4, "一": 0, "二": 1, "三": 2,
  ]
  private static let ordinalWords: Set<String> = Set(ordinals.keys).union([
    "last", "number", "no", "option", "第一款", "第二款", "第三款", "最后", "1", "2", "3", "4", "5", "第", "detail", "details", "详细", "详情",
    "说说",
    "详细说说", "介绍", "介绍一下", "看看",
  ])
  private static let attributes = [
    "colour", "color", "size", "price", "cost", "stock", "available", "detail", "spec", "颜色", "尺寸", "尺码", "价格", "多少钱", "有货",
    "现货", "库存", "参数", "详情",
  ]
  /// Words of asking that the shop's products are not called by.
  private static let asking: Set<String> = [
    "come", "comes", "tell", "more", "details", "detail", "info", "information", "spec", "specs", "features", "feature", "size",
    "sizes", "color",
    "colors", "colour", "colours", "currently", "left", "still", "back", "options", "option", "choose", "under", "compare",
    "difference", "brand",
    "ship", "today", "email", "mail", "邮箱", "my", "account", "now", "right", "least", "rather", "instead", "prefer", "maybe",
    "interested", "liked", "last", "time", "before", "bought",
    "last", "颜色", "尺寸", "尺码", "大小", "详细", "详情", "信息", "参数", "牌子", "品牌", "现在", "目前", "上次", "之前", "有点", "一样", "到", "从", "预算",
    "不超过", "想看", "有什么", "有哪些", "几种",
    "第", "感兴趣", "大概", "左右", "以内", "以下", "以上", "收到", "下单",
  ]
  private static let values: Set<String> = ["cheaper", "cheapest", "pricier", "便宜", "更便宜", "便宜点", "最便宜", "贵"]
  private static let refining: Set<String> = [
    "cheaper", "colour", "color", "version", "smaller", "bigger", "larger", "size", "brand", "颜色", "色", "版", "号", "码", "尺寸",
    "牌子", "品牌", "expensive", "quality", "less", "点", "些", "贵", "贵点", "便宜", "更",
    "same", "only", "just", "instead", "rated", "higher", "高",
  ]
}

extension Mention {
  /// The tokens whose place in the text is not covered. Tokens have no places here, so a covered piece of text takes its tokens out.
  fileprivate func tokens(outside spans: [Range<Int>]) -> [String] {
    guard !spans.isEmpty else { return tokens }
    let scalars = Array(text.unicodeScalars)
    let covered = spans.map { span in
      String(String.UnicodeScalarView(scalars[max(0, span.lowerBound)..<min(scalars.count, span.upperBound)])).lowercased()
    }
    // Of a number a part is no token: 50 does not cover 5.
    let numbers = Set(covered.flatMap { $0.split { !$0.isNumber }.map(String.init) })
    return tokens.filter { token in
      token.allSatisfy(\.isNumber) ? !numbers.contains(token) : !covered.contains { $0.contains(token) }
    }
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}

extension ProductQuery {
  /// What a text by itself asks for, in which these entities were found.
  package init(_ mention: Mention, prices: ShopPrices) { self = ShoppingReader(mention, Shopping(), prices: prices).query }
}
