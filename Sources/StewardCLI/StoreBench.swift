import Commerce
import Conversation
import Foundation
import Neural

/// Measures the store on a shop made up for it: import, look-ups, a write, memory.
struct StoreBench {
  struct Figures: Encodable {
    let orders: Int
    let customers: Int
    let import_s: Double
    let peak_mb: Double
    let store_mb: Double
    let order_p50_us: Double
    let order_p99_us: Double
    let customer_p50_us: Double
    let cancel_p50_ms: Double
  }

  let orders: Int

  private static let products = 1000
  private static let lookups = 20_000
  private static let writes = 100

  func run() throws -> Figures {
    let folder = NSTemporaryDirectory() + "/steward-bench-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let customers = max(1, orders / 10)
    try writeFiles(folder, customers)
    let clock = ContinuousClock()
    let path = "\(folder)/s.sqlite"
    let begin = clock.now
    try SQLiteStore.importFiles(from: folder, to: path)
    let imported = (clock.now - begin) / .seconds(1)
    let peak = Self.peakMemory()
    let store = try SQLiteStore(path: path)
    var random = SplitMix64(seed: 1)
    func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    func measure(_ count: Int, _ body: () throws -> Bool) throws -> [Double] {
      try (0..<count).map { _ in
        let begin = clock.now
        guard try body() else { throw Failure("the store does not find what it holds") }
        return (clock.now - begin) / .microseconds(1)
      }.sorted()
    }
    let orderTimes = try measure(Self.lookups) { try store.order(id: Self.orderID(pick(orders)))?.items.isEmpty == false }
    let customerTimes = try measure(Self.lookups / 10) { try store.customer(id: "customer_\(pick(customers))") != nil }
    let desk = ToolDesk(store: store, isBenchmark: false)
    var touched = ToolDesk.Touched()
    var next = 0
    let writeTimes = try measure(min(Self.writes, orders)) {
      next += 1
      let outcome = desk.call(
        "cancel_pending_order", ["order_id": .string(Self.orderID(next - 1)), "reason": .string("no longer needed")],
        now: Timestamp(seconds: 0), touched: &touched)
      if case .result = outcome { return true }
      return false
    }
    let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int).map { Double($0) / 1e6 } ?? 0
    return Figures(
      orders: orders, customers: customers, import_s: imported, peak_mb: peak, store_mb: size,
      order_p50_us: orderTimes[orderTimes.count / 2], order_p99_us: orderTimes[orderTimes.count * 99 / 100],
      customer_p50_us: customerTimes[customerTimes.count / 2], cancel_p50_ms: writeTimes[writeTimes.count / 2] / 1000)
  }

  private static func orderID(_ number: Int) -> String { "#W\(1_000_000 + number)" }

  /// Files of a shop: orders of one to five items, in the size and shape of real ones.
  private func writeFiles(_ folder: String, _ customers: Int) throws {
    func write(_ name: String, _ count: Int, _ record: (Int) -> String) throws {
      guard let file = fopen("\(folder)/\(name)", "w") else { throw Failure("\(folder): cannot be written") }
      defer { fclose(file) }
      fputs("{", file)
      for i in 0..<count { fputs((i == 0 ? "\n" : ",\n") + record(i), file) }
      guard fputs("\n}\n", file) >= 0 else { throw Failure("\(folder): the disk is full") }
    }
    try write("products.json", Self.products) { i in
      let variants = (0..<5).map { v in
        #""\#(i * 5 + v)": {"item_id": "\#(i * 5 + v)", "options": {"color": "c\#(v)", "size": "s\#(i % 7)"}, "#
          + #""available": true, "price": \#(10 + i % 90).99}"#
      }
      return #""p\#(i)": {"name": "Product \#(i)", "product_id": "p\#(i)", "variants": {\#(variants.joined(separator: ", "))}}"#
    }
    let address =
      #"{"address1": "123 Long Street Name", "address2": "Suite 400", "city": "Springfield", "country": "USA", "state": "IL", "zip": "62701"}"#
    try write("customers.json", customers) { i in
      let ids = stride(from: i, to: orders, by: customers).map { "\"\(Self.orderID($0))\"" }.joined(separator: ", ")
      return #""customer_\#(i)": {"name": {"first_name": "First\#(i)", "last_name": "Last\#(i)"}, "address": \#(address), "#
        + #""email": "customer\#(i)@example.com", "payment_methods": {"card_\#(i)": {"source": "credit_card", "brand": "visa", "#
        + #""last_four": "4242", "id": "card_\#(i)"}}, "orders": [\#(ids)]}"#
    }
    try write("orders.json", orders) { i in
      let count = 1 + i % 5
      let items = (0..<count).map { n in
        let p = (i * 31 + n * 17) % Self.products
        return #"{"name": "Product \#(p)", "product_id": "p\#(p)", "item_id": "\#(p * 5)", "price": \#(10 + p % 90).99, "#
          + #""options": {"color": "c0", "size": "s\#(p % 7)"}}"#
      }
      let total = (0..<count).reduce(0) { $0 + (10 + (i * 31 + $1 * 17) % Self.products % 90) * 100 + 99 }
      let cents = total % 100
      return #""\#(Self.orderID(i))": {"order_id": "\#(Self.orderID(i))", "user_id": "customer_\#(i % customers)", "#
        + #""address": \#(address), "items": [\#(items.joined(separator: ", "))], "fulfillments": [], "status": "pending", "#
        + #""payment_history": [{"transaction_type": "payment", "amount": \#(total / 100).\#(cents < 10 ? "0" : "")\#(cents), "#
        + #""payment_method_id": "card_\#(i % customers)"}], "placed_at": "2026-10-01T10:00:00Z"}"#
    }
  }

  /// The most this process has held, in megabytes, by the kernel's books.
  private static func peakMemory() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return Double(line?.filter(\.isNumber) ?? "").map { $0 / 1000 } ?? 0
  }
}
