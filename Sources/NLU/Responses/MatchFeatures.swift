import Foundation
import Neural

/// How rare each word is: ln((1 + n) / (1 + df)) + 1, by a hash of the word, over the messages a selector was trained on.
struct WordRarity: Sendable {
  /// [1, buckets]
  let table: Matrix
  /// From here on a word is a name, a number, a thing: something a reply takes up from the conversation.
  private static let rare: Float = 5.5
  static let buckets = 1 << 14

  init(table: Matrix) {
    self.table = table
  }

  init(_ messages: some Sequence<ReadMessage>) {
    var (frequencies, n) = ([Int](repeating: 0, count: Self.buckets), 0)
    for message in messages {
      n += 1
      for bucket in Set(message.distinct.map { Int($0 & UInt32(Self.buckets - 1)) }) { frequencies[bucket] += 1 }
    }
    table = Matrix(rows: 1, columns: Self.buckets, frequencies.map { log(Float(1 + n) / Float(1 + $0)) + 1 })
  }

  subscript(word: UInt32) -> Float { table.withFloats { $0[Int(word & UInt32(Self.buckets - 1))] } }

  func isRare(_ word: UInt32) -> Bool { self[word] > Self.rare }

  func sum(_ words: some Sequence<UInt32>) -> Float { words.reduce(0) { $0 + self[$1] } }
}

/// What can be counted of a reply and a conversation: words of it that were said, by whom and how long ago, names and numbers taken up or
/// out of nowhere, said before, length.
package enum MatchFeatures {
  /// Messages looked at one by one: the customer's last two, the agent's last two.
  package static let turns = 4
  package static let count = 3 * turns + 9

  static func turns(_ context: ReadContext) -> [ReadMessage?] {
    [context.customer.first, context.customer.dropFirst().first, context.agent.first, context.agent.dropFirst().first]
  }

  static func values(_ context: ReadContext, _ reply: ReadMessage, _ rarity: WordRarity) -> [Float] {
    let all = max(rarity.sum(reply.distinct), 1)
    var values: [Float] = []
    values.reserveCapacity(count)
    for turn in turns(context) {
      guard let turn else {
        values += [0, 0, 0]
        continue
      }
      let shared = rarity.sum(reply.distinct.shared(with: turn.distinct))
      values += [shared / all, shared / max(rarity.sum(turn.distinct), 1), min(shared / 10, 2)]
    }
    let numbers = Set(zip(reply.words, reply.isNumber).filter(\.1).map(\.0))
    let telling = reply.distinct.filter { rarity.isRare($0) || numbers.contains($0) }
    let taken = telling.count { context.words.contains($0) }
    values += [
      rarity.sum(reply.distinct.filter(context.words.contains)) / all, Float(telling.count) / 5, Float(taken) / 5,
      telling.isEmpty ? 0.5 : Float(taken) / Float(telling.count),
      context.agent.contains { $0.words == reply.words } ? 1 : 0, context.agent.first?.words == reply.words ? 1 : 0,
      min(Float(reply.words.count) / 20, 3), Float(min(context.length, 8)) / 8,
      context.agent.first.map { Float($0.distinct.shared(with: reply.distinct).count) / Float(reply.distinct.count + 1) } ?? 0,
    ]
    return values
  }
}
