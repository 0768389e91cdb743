import Neural

/// Texts to train on, each distinct word encoded once.
struct TrainingTexts: Sendable {
  private let encoder: TextEncoder
  private let noise: TypingNoise
  private let words: [String]
  private let units: [EncodedUnit]
  /// For each text the indices of its words.
  private let texts: [[Int]]
  /// For each text the tags of its words; empty where nothing is tagged in the whole corpus.
  private let tags: [[Int]]

  init(_ texts: [[TextUnit]], tags: [[Int]], encoder: TextEncoder, noise: TypingNoise) {
    var indices: [String: Int] = [:]
    var words: [String] = []
    self.texts = texts.map { text in
      // Nothing to read is a text of one unknown word.
      (text.isEmpty ? [""] : text.map(\.word)).map { word in
        if let index = indices[word] { return index }
        indices[word] = words.count
        words.append(word)
        return words.count - 1
      }
    }
    self.words = words
    self.tags = tags
    self.encoder = encoder
    self.noise = noise
    units = words.map { $0.isEmpty ? .unreadable : encoder.unit($0) }
  }

  var count: Int { texts.count }

  func length(_ text: Int) -> Int { texts[text].count }

  /// The network's input for some texts, a share of them altered: one word mistyped or, of four words or more, one left out.
  func input(_ chosen: ArraySlice<Int>, noise share: Float, using generator: inout SplitMix64) -> JointNetwork.Input {
    var input = JointNetwork.Input()
    var places: [Int: Int] = [:]
    for text in chosen {
      var omitted = -1
      var mistyped = -1
      let words = texts[text]
      if generator.uniform() < share {
        let place = Int.random(in: words.indices, using: &generator)
        // Without a word of it an entity would be another.
        let isFree = tags.isEmpty || tags[text].isEmpty || tags[text][place] == EntityTags.outside
        if words.count > 3, isFree, Bool.random(using: &generator) { omitted = place } else { mistyped = place }
      }
      for (place, word) in words.enumerated() where place != omitted {
        // Nothing to read has one unknown word and no tags of its own.
        if !tags.isEmpty { input.tags.append(place < tags[text].count ? tags[text][place] : EntityTags.outside) }
        if place == mistyped, let altered = noise.altered(self.words[word], using: &generator) {
          input.items.append(input.units.count)
          input.units.append(encoder.unit(altered))
        } else if let known = places[word] {
          input.items.append(known)
        } else {
          places[word] = input.units.count
          input.items.append(input.units.count)
          input.units.append(units[word])
        }
      }
      input.lengths.append(omitted >= 0 ? words.count - 1 : words.count)
    }
    return input
  }
}
