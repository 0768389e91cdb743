import Conversation
import Corpus
import Foundation

/// What customers did with products: for each customer the products, oldest first, each once, where it was last.
package struct Interactions: Sendable {
  /// A product in a customer's history; weight is how much the event says that they like it.
  package struct Event: Hashable, Sendable {
    package let item: Int32
    package let weight: Float
  }

  package private(set) var customers: [String] = []
  package private(set) var items: [String] = []
  package private(set) var histories: [[Event]] = []
  private var places: [String: Int32] = [:]

  /// Of a longer history the latest are kept: what a customer did a thousand products ago says little, and pairs grow with the square.
  package static let greatestHistory = 200

  package init() {}

  package var isEmpty: Bool { histories.allSatisfy(\.isEmpty) }
  package var count: Int { histories.reduce(0) { $0 + $1.count } }

  /// The number of a product, given to it at its first mention.
  package mutating func item(_ id: String) -> Int32 {
    if let known = places[id] { return known }
    let item = Int32(items.count)
    places[id] = item
    items.append(id)
    return item
  }

  /// The number of a known product.
  package func place(of id: String) -> Int32? { places[id] }

  /// Adds a customer with what they did, oldest first. A product that comes up again counts once, at its last place and with its
  /// greatest weight; one whose last event weighs nothing or less (sent back, not wanted) does not count.
  package mutating func add(_ customer: String, _ events: [(item: String, weight: Double)]) {
    var greatest: [Int32: Float] = [:]
    var order: [Int32] = []
    for (id, weight) in events {
      let item = item(id)
      if weight > 0, weight.isFinite {
        greatest[item] = max(greatest[item] ?? 0, Float(min(weight, 1e6)))
      } else {
        greatest[item] = nil
      }
      order.append(item)
    }
    var seen = Set<Int32>()
    let kept = order.reversed().filter { greatest[$0] != nil && seen.insert($0).inserted }.prefix(Self.greatestHistory)
    customers.append(customer)
    histories.append(kept.reversed().map { Event(item: $0, weight: greatest[$0] ?? 0) })
  }

  /// The same with other histories of the same customers.
  func replacing(_ histories: [[Event]]) -> Interactions {
    var copy = self
    copy.histories = histories
    return copy
  }

  /// Reads a file in one of three forms, recognised by its lines: customer TAB product TAB event TAB weight TAB time; customer TAB
  /// products, oldest to newest, with commas; or one basket a line, its products with bars.
  package init(path: String) throws(CorpusError) {
    let file = try InputFile(path: path)
    var events: [String: [(item: String, weight: Double, time: Timestamp?)]] = [:]
    var order: [String] = []
    while let (number, line) = try file.nextText() {
      if line.allSatisfy(\.isWhitespace) { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      func refuse(_ reason: String) -> CorpusError { CorpusError(.init(file: file.name, line: number), reason) }
      switch fields.count {
      case 5:
        guard let weight = Double(fields[3]), weight.isFinite else { throw refuse("the weight \"\(fields[3])\" is no number") }
        guard !fields[0].isEmpty, !fields[1].isEmpty else { throw refuse("an event wants a customer and a product") }
        if events[fields[0]] == nil { order.append(fields[0]) }
        events[fields[0], default: []].append((fields[1], weight, Timestamp(iso: fields[4])))
      case 2:
        guard !fields[0].isEmpty else { throw refuse("no customer before the TAB") }
        add(fields[0], fields[1].split(separator: ",").map { (String($0), 1) })
      case 1:
        add("basket \(number)", fields[0].split(separator: "|").map { (String($0), 1) })
      default:
        throw refuse(
          "not customer, product, event, weight, time; nor customer and products with commas; nor a basket with bars")
      }
    }
    add(order.map { ($0, events[$0, default: []]) })
  }

  /// What a shop's folder says: `interactions.tsv`, and what the orders hold, which counts as bought; nil when it says nothing.
  package init?(shop folder: String) throws {
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    let files = try ShopFiles(folder: folder)
    var events: [String: [(item: String, weight: Double, time: Timestamp?)]] = [:]
    var forgotten: [String: Timestamp] = [:]
    try files.interactions { fields in
      if fields[2] == Interest.forget {
        events[fields[0]] = nil
        forgotten[fields[0]] = Timestamp(iso: fields[4])
      }
      guard !fields[1].isEmpty else { return }
      events[fields[0], default: []].append((fields[1], Double(fields[3]) ?? 0, Timestamp(iso: fields[4])))
    }
    try files.orders(OrderTable(customer: { _ in nil }, product: { _ in nil })) { order in
      let sentBack = Set(order.returnRequest?.items ?? [])
      let placed = order.dates.placed.flatMap(Timestamp.init(iso:))
      if let since = forgotten[order.customerID], placed.map({ $0 < since }) ?? true { return }
      for item in order.items where order.status != .cancelled && !sentBack.contains(item.itemID) {
        events[order.customerID, default: []].append(
          (item.productID, Self.bought, placed))
      }
    }
    guard !events.isEmpty else { return nil }
    add(events.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  private static let bought = 5.0

  /// Adds customers with their events in the order of time where all have one, else as they come.
  private mutating func add(_ customers: [(String, [(item: String, weight: Double, time: Timestamp?)])]) {
    for (customer, events) in customers {
      let times = events.compactMap(\.time)
      let order =
        times.count < events.count ? Array(events.indices) : events.indices.sorted { (times[$0], $0) < (times[$1], $1) }
      add(customer, order.map { (events[$0].item, events[$0].weight) })
    }
  }
}
