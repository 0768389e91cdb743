import Text

/// Groups of texts that are about the same. The same texts in the same order give the same groups.
///
/// Up to 2,000 texts by average linkage: the two groups whose texts are most alike on average are joined, again and again, as
/// long as they are alike enough (found by chains of nearest neighbours, F. Murtagh 1983, in the square of the number of
/// texts). Of more texts each joins the most similar of those that began a group, or begins one.
struct TextClusters {
  /// The texts of each group by index, the largest group first.
  let groups: [[Int]]

  private static let greatestMatrix = 2000
  /// What begins a group is compared with a text only if their features are at least so similar.
  private static let leastOverlap: Float = 0.1

  /// - Parameter threshold: the least cosine, on average, of texts of a group.
  init(_ vectors: TextVectors, threshold: Float) {
    // A text without words is like nothing.
    let members = vectors.texts.indices.filter { !vectors.sparse[$0].isEmpty }
    let found =
      members.count <= Self.greatestMatrix
      ? Self.averageLinkage(vectors, members, threshold) : Self.leaders(vectors, members, threshold)
    groups = found.sorted { ($1.count, $0.first ?? 0) < ($0.count, $1.first ?? 0) }
  }

  // MARK: average linkage

  private static func averageLinkage(_ vectors: TextVectors, _ members: [Int], _ threshold: Float) -> [[Int]] {
    let count = members.count
    if count < 2 { return members.map { [$0] } }
    // [count, count], symmetric
    var similarities = similarityMatrix(vectors, members)
    var sizes = [Float](repeating: 1, count: count)
    var isActive = [Bool](repeating: true, count: count)
    var parents = Array(0..<count)
    var chain: [Int] = []
    var next = 0
    for _ in 1..<count {
      while true {
        if chain.isEmpty {
          while !isActive[next] { next += 1 }
          chain.append(next)
        }
        let top = chain[chain.count - 1]
        // Of equals the one before, or the chain would never end.
        let before = chain.count > 1 ? chain[chain.count - 2] : nil
        var best = before ?? -1
        var greatest = before.map { similarities[top * count + $0] } ?? -Float.infinity
        for other in 0..<count where isActive[other] && other != top && similarities[top * count + other] > greatest {
          (best, greatest) = (other, similarities[top * count + other])
        }
        guard best == before else {
          chain.append(best)
          continue
        }
        chain.removeLast(2)
        let (kept, gone) = (min(top, best), max(top, best))
        if greatest >= threshold { parents[root(gone, parents)] = root(kept, parents) }
        let (a, b) = (sizes[kept], sizes[gone])
        for other in 0..<count where isActive[other] && other != kept && other != gone {
          let joined = (a * similarities[kept * count + other] + b * similarities[gone * count + other]) / (a + b)
          similarities[kept * count + other] = joined
          similarities[other * count + kept] = joined
        }
        sizes[kept] = a + b
        isActive[gone] = false
        break
      }
    }
    var groups: [[Int]] = Array(repeating: [], count: count)
    for i in 0..<count { groups[root(i, parents)].append(members[i]) }
    return groups.filter { !$0.isEmpty }
  }

  private static func root(_ index: Int, _ parents: [Int]) -> Int {
    var index = index
    while parents[index] != index { index = parents[index] }
    return index
  }

  private static func similarityMatrix(_ vectors: TextVectors, _ members: [Int]) -> [Float] {
    let count = members.count
    var result = [Float](repeating: 0, count: count * count)
    var weights = [Float](repeating: 0, count: vectors.featureCount)
    for (i, one) in members.enumerated() {
      for feature in vectors.sparse[one] { weights[feature.id] = feature.weight }
      for (j, other) in members[..<i].enumerated() {
        var sum: Float = 0
        for feature in vectors.sparse[other] { sum += feature.weight * weights[feature.id] }
        let similarity = vectors.similarity(one, other, sparse: sum)
        result[i * count + j] = similarity
        result[j * count + i] = similarity
      }
      for feature in vectors.sparse[one] { weights[feature.id] = 0 }
    }
    return result
  }

  // MARK: leaders

  private static func leaders(_ vectors: TextVectors, _ members: [Int], _ threshold: Float) -> [[Int]] {
    var groups: [[Int]] = []
    // By feature, the groups whose first text has it.
    var postings: [[(group: Int, weight: Float)]] = Array(repeating: [], count: vectors.featureCount)
    var sums: [Float] = []
    for text in members {
      var touched: [Int] = []
      for feature in vectors.sparse[text] {
        for posting in postings[feature.id] {
          if sums[posting.group] == 0 { touched.append(posting.group) }
          sums[posting.group] += feature.weight * posting.weight
        }
      }
      var best: (group: Int, similarity: Float)?
      for group in touched {
        let sparse = sums[group]
        sums[group] = 0
        guard sparse >= leastOverlap else { continue }
        let similarity = vectors.similarity(text, groups[group][0], sparse: sparse)
        if similarity >= threshold, similarity > best?.similarity ?? -1 { best = (group, similarity) }
      }
      if let best {
        groups[best.group].append(text)
      } else {
        for feature in vectors.sparse[text] { postings[feature.id].append((groups.count, feature.weight)) }
        groups.append([text])
        sums.append(0)
      }
    }
    return groups
  }
}

/// What can be said of a group of texts: a name for it, and the texts that stand for it best.
struct TextClusterDescription {
  let vectors: TextVectors

  private static let greatestName = 3
  /// A word of a name stands in this share of the texts.
  private static let leastShare = 0.3
  /// A further word is at least so telling beside the first.
  private static let leastRatio = 0.4
  private static let stopWordFactor = 0.2
  private static let shortWordFactor = 0.5

  /// The one to three words that tell the group from other texts, in the order they are said in, joined by `_`; told from the
  /// names that are taken by a number, if need be.
  func name(_ group: [Int], taken: Set<String>) -> String {
    var counts: [String: Int] = [:]
    var positions: [String: Double] = [:]
    for text in group {
      let words = vectors.words[text]
      var seen: Set<String> = []
      for (i, word) in words.enumerated() where seen.insert(word).inserted {
        counts[word, default: 0] += 1
        positions[word, default: 0] += Double(i) / Double(words.count)
      }
    }
    let least = max(2, Int((Double(group.count) * Self.leastShare).rounded(.up)))
    var scores: [(word: String, score: Double)] = []
    for (word, count) in counts where count >= least {
      var score = Double(count) / Double(group.count) * vectors.weight(ofWord: word)
      if StopWords.contains(word) { score *= Self.stopWordFactor }
      if word.unicodeScalars.count == 1 { score *= Self.shortWordFactor }
      scores.append((word, score))
    }
    scores.sort { ($1.score, $0.word) < ($0.score, $1.word) }
    let greatest = scores.first?.score ?? 0
    let chosen = scores.prefix(Self.greatestName).filter { $0.score >= greatest * Self.leastRatio }.map(\.word)
    func position(_ word: String) -> Double { (positions[word] ?? 0) / Double(counts[word] ?? 1) }
    let words = chosen.sorted { (position($0), $0) < (position($1), $1) }.map { $0.filter { $0.isLetter || $0.isNumber } }
    let base = words.filter { !$0.isEmpty }.joined(separator: "_")
    let name = base.isEmpty ? "new_intent" : base
    if !taken.contains(name) { return name }
    var number = 2
    while taken.contains("\(name)_\(number)") { number += 1 }
    return "\(name)_\(number)"
  }

  /// The texts of a group, those that share most with the others first.
  func central(_ group: [Int]) -> [Int] {
    var center = [Float](repeating: 0, count: vectors.featureCount)
    for text in group {
      for feature in vectors.sparse[text] { center[feature.id] += feature.weight }
    }
    let scored = group.map { text in
      (text: text, score: vectors.sparse[text].reduce(Float(0)) { $0 + $1.weight * center[$1.id] })
    }
    return scored.sorted { ($1.score, $0.text) < ($0.score, $1.text) }.map(\.text)
  }
}
