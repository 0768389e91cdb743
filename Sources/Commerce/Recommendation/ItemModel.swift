import Foundation
import Neural

/// One view of which products suit a history; the blend decides how much each view counts.
protocol ItemModel: Sendable {
  /// The values this model gives a candidate.
  static var features: [String] { get }
  /// For each feature a value for each candidate. `history` is not empty, latest last.
  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]]
}

extension [Interactions.Event] {
  /// Of a history so much is looked at.
  static var recent: Int { 30 }

  /// The latest events, newest first, and how much each counts: less the longer ago.
  var weighted: [(item: Int, weight: Float)] {
    var weight: Float = 1
    return suffix(Self.recent).reversed().map { event in
      defer { weight *= 0.7 }
      return (Int(event.item), weight)
    }
  }
}

/// How often each product was taken.
package struct Popularity: ItemModel {
  static let features = ["popularity", "never seen"]

  let counts: [Float]

  init(counts: [Float]) {
    self.counts = counts
  }

  package init(_ data: Interactions) {
    var counts = [Float](repeating: 0, count: data.items.count)
    for history in data.histories { for event in history { counts[Int(event.item)] += 1 } }
    self.counts = counts
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    let taken = candidates.map { counts[Int($0)] }
    return [taken.map { log1p($0) }, taken.map { $0 == 0 ? 1 : 0 }]
  }
}
