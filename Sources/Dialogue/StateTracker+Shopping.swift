import Conversation

// What a customer looks for and was shown.

extension StateTracker {
  static let search = "product_search"
  private static let recommend = "recommend_products"
  private static let compare = "product_compare"
  private static let details = "product_details"
  /// What may change what is looked for without being about anything else.
  private static let sureOfOtherMatter = 0.75
  private static let wordsInAReply = 8

  /// Whether a flow is about products: what it asks for is in `state.shopping`.
  func isShopping(_ flow: Flow) -> Bool {
    flow.steps.contains { step in
      switch step {
      case .perform(.searchProducts), .perform(.recommendProducts), .perform(.describeProducts): true
      default: false
      }
    }
  }

  /// Sets down what a flow about products is asked for.
  func prepareShopping(_ flow: Flow, _ mention: Mention, _ state: inout DialogueState) {
    let reader = ShoppingReader(mention, state.shopping, prices: prices)
    let declined = state.shopping.declined
    for case .perform(let action) in flow.steps {
      switch action {
      case .searchProducts:
        // Words that name nothing change what was looked for before.
        if !reader.namesProduct, case .other(let query)? = reader.refinement {
          state.shopping.request.query = query
        } else {
          state.shopping.request = RecommendationRequest(query: reader.query)
          state.shopping.focus = nil
        }
        state.shopping.request.query.excludedProducts.formUnion(declined)
        state.shopping.isRecommending = false
      case .recommendProducts:
        var request = RecommendationRequest(query: reader.query)
        if reader.isGoesWith, let reference = reader.question.references.first {
          request.anchor = .goesWith(reference)
          request.query.text = ""
        } else if reader.isLikeLastPurchase {
          request.anchor = .likeLastPurchase
          request.isCheaper = reader.isCheaper
          request.query.text = ""
        } else if reader.isLike, let reference = reader.question.references.first {
          request.anchor = .like(reference)
          request.query.text = ""
        }
        request.query.excludedProducts.formUnion(declined)
        state.shopping.request = request
        state.shopping.isRecommending = true
        state.shopping.focus = nil
      case .describeProducts:
        if flow.triggers.contains(Self.compare) {
          state.shopping.references = reader.compared
          state.shopping.asked = []
        } else {
          (state.shopping.references, state.shopping.asked) = reader.question
        }
      default: break
      }
    }
  }

  /// Takes a message as what the customer wants of the products shown; false when it is about something else.
  func refine(_ interpretation: Interpretation, _ mention: Mention, _ wanted: Flow?, _ state: inout DialogueState) -> Bool {
    guard state.active == nil else { return false }
    let reader = ShoppingReader(mention, state.shopping, prices: prices)
    if reader.isLikeLastPurchase, reader.isLike, let flow = business(Self.recommend) {
      begin(.init(flow: flow, mention: mention), &state)
      return true
    }
    guard !state.shopping.shown.isEmpty else { return false }
    // Right after a list a few words are about it, whatever they sound like by themselves.
    let isReply = state.lastFlow.flatMap { script.flows[$0] }.map(isShopping) ?? false
    let isShort = isReply && mention.tokens.count <= Self.wordsInAReply
    if !isShort, let wanted, !isShopping(wanted), interpretation.intent.confidence >= Self.sureOfOtherMatter { return false }
    if let wanted, isShopping(wanted), wanted.triggers.contains(Self.recommend), reader.namesProduct, reader.refinement == nil {
      return false
    }
    guard let refinement = reader.refinement else { return false }
    // A question on the product in hand is no wish for another one.
    if case .other = refinement, let wanted, isQuestionOnProduct(wanted), reader.spokenOf != nil || state.shopping.focus != nil
    {
      return false
    }
    var flow: String
    switch refinement {
    case .other(let query):
      state.shopping.request.query = query
      flow = state.shopping.isRecommending ? Self.recommend : Self.search
    case .look(let reference):
      state.shopping.references = [reference]
      state.shopping.asked = []
      flow = Self.details
    case .compare(let references):
      state.shopping.references = references
      state.shopping.asked = []
      flow = Self.compare
    case .goesWith(let reference):
      state.shopping.request = RecommendationRequest(query: ProductQuery(), anchor: .goesWith(reference))
      state.shopping.isRecommending = true
      flow = Self.recommend
    case .like(let reference, let query):
      var query = query
      query.text = ""
      state.shopping.request = RecommendationRequest(query: query, anchor: .like(reference))
      state.shopping.isRecommending = true
      flow = Self.recommend
    case .decline(let products):
      state.shopping.declined.formUnion(products)
      flow = state.shopping.isRecommending ? Self.recommend : Self.search
    }
    state.shopping.request.query.excludedProducts.formUnion(state.shopping.declined)
    guard let found = business(flow).flatMap({ script.flows[$0] }) else { return false }
    state.active = .init(name: found.name, step: 0)
    return true
  }

  private func isQuestionOnProduct(_ flow: Flow) -> Bool { flow.triggers.contains(Self.details) }

  /// Notes what was shown.
  func show(_ offers: ProductOffers, _ action: Action, _ state: inout DialogueState) {
    state.result = .offers(offers)
    state.active?.step += 1
    if case .describeProducts = action {
      state.shopping.focus = offers.offers.count == 1 ? offers.offers[0] : state.shopping.focus
      if state.shopping.shown.isEmpty { state.shopping.shown = offers.offers }
    } else if !offers.offers.isEmpty || !state.shopping.hasSeenMore {
      // Where there is nothing more of a list, the list itself can still be spoken of.
      state.shopping.shown = offers.offers
      state.shopping.focus = nil
    }
  }
}
