import Conversation
import Corpus
import Foundation
import Neural

/// A record that cannot be taken over: file, key and field, and what is wrong with it.
package struct ImportError: Error, CustomStringConvertible {
  let file: String
  var line: Int?
  var key: String?
  let reason: String

  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return key.map { "\(place): \($0): \(reason)" } ?? "\(place): \(reason)"
  }
}

/// The files of a shop in one folder: `products`, `customers` (or `users`) and `orders`, each as `.json` or `.csv`, either also
/// as `.gz`; and, where there are any, `shop.yml` and `interactions.tsv`.
struct ShopFiles {
  private let folder: String
  let settings: ShopSettings

  /// Records decoded at a time: enough to keep the cores busy, little enough to hold.
  private static let batchSize = 2048
  private static let batchBytes = 32 << 20

  init(folder: String) throws {
    self.folder = folder
    settings = try ShopSettings.read(in: folder)
    for names in [["products"], ["customers", "users"], ["orders"]] {
      let there = names.flatMap { name in ["json", "json.gz", "csv", "csv.gz"].map { "\(name).\($0)" } }
        .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
      if there.count > 1 {
        throw ImportError(file: folder, reason: "holds \(there.joined(separator: " and ")); leave one of them")
      }
    }
  }

  private var unit: Int { Money.unit(settings.currencyCode) }

  func products(_ body: (Product) throws -> Void) throws {
    let unit = unit
    if let path = path(["products"], "csv") { return try ProductTable.read(path, unit, body) }
    try json(["products"], RecordForms.ProductForm.self, id: \.product_id) { form, _ throws(RecordForms.BadValue) in
      try form.record(unit)
    } _: {
      try body($0)
    }
  }

  func customers(_ body: (Customer) throws -> Void) throws {
    let unit = unit
    if let path = path(["customers", "users"], "csv") { return try CustomerTable.read(path, unit, body) }
    try json(["customers", "users"], RecordForms.CustomerForm.self, id: nil) { form, key throws(RecordForms.BadValue) in
      try form.record(key, unit)
    } _: {
      try body($0)
    }
  }

  /// - Parameter table: what rows of `orders.csv` are completed from.
  func orders(_ table: OrderTable, _ body: (Order) throws -> Void) throws {
    let currency = settings.currencyCode
    if let path = path(["orders"], "csv") { return try table.read(path, currency, body) }
    try json(["orders"], RecordForms.OrderForm.self, id: \.order_id) { form, _ throws(RecordForms.BadValue) in
      try form.record(shopCurrency: currency)
    } _: {
      try body($0)
    }
  }

  /// Whether customers name their orders: tables do not, so there the orders' own order counts.
  var customersListOrders: Bool { path(["customers", "users"], "csv") == nil }

  /// The paths that errors name.
  var productsPath: String { path(["products"], "csv") ?? path(["products"], "json") ?? "\(folder)/products.json" }
  var customersPath: String {
    path(["customers", "users"], "csv") ?? path(["customers", "users"], "json") ?? "\(folder)/customers.json"
  }
  var ordersPath: String { path(["orders"], "csv") ?? path(["orders"], "json") ?? "\(folder)/orders.json" }

  /// Rows of customer, product, event, weight, time.
  func interactions(_ body: ([String]) throws -> Void) throws {
    guard let path = path(["interactions"], "tsv") else { return }
    let file = try InputFile(path: path)
    while let (number, text) = try file.nextText() {
      let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5, let weight = Double(fields[3]), weight.isFinite else {
        throw ImportError(
          file: path, line: number, reason: "not customer, product, event, weight, time with TABs between")
      }
      try body(fields)
    }
  }

  /// The file of one of these names that is there.
  private func path(_ names: [String], _ type: String) -> String? {
    names.flatMap { ["\(folder)/\($0).\(type)", "\(folder)/\($0).\(type).gz"] }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// Reads the records of a JSON file, decodes them on all cores, and passes them on in file order.
  private func json<Form: Decodable & SendableMetatype, Record: Sendable>(
    _ names: [String], _ type: Form.Type, id: (@Sendable (Form) -> String)?,
    _ convert: @Sendable (Form, String) throws(RecordForms.BadValue) -> Record, _ body: (Record) throws -> Void
  ) throws {
    guard let path = path(names, "json") else {
      throw ImportError(
        file: "\(folder)/\(names[0]).json",
        reason: "no such file, nor \(names[0]).csv; a shop has products, customers and orders")
    }
    var batch: [JSONRecordReader.RawRecord] = []
    var bytes = 0
    func flush() throws {
      let raws = batch
      let decoded = Parallel.map(raws.count, threads: Parallel.processors) { i -> Result<Record, ImportError> in
        let raw = raws[i]
        func refuse(_ reason: String) -> Result<Record, ImportError> {
          .failure(ImportError(file: path, line: raw.line, key: raw.key, reason: reason))
        }
        do {
          let form = try JSONDecoder().decode(Form.self, from: Data(raw.bytes))
          if let id, id(form) != raw.key { return refuse("the record calls itself \"\(id(form))\"") }
          return .success(try convert(form, raw.key))
        } catch let error as RecordForms.BadValue {
          return refuse("\(error.field): \(error.reason)")
        } catch {
          return refuse(Self.reason(error))
        }
      }
      for result in decoded { try body(result.get()) }
      batch.removeAll(keepingCapacity: true)
      bytes = 0
    }
    try JSONRecordReader.read(path) { raw in
      batch.append(raw)
      bytes += raw.bytes.count
      if batch.count == Self.batchSize || bytes > Self.batchBytes { try flush() }
    }
    try flush()
  }

  /// What a decoder found wrong, with the path to it.
  static func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
      return path.isEmpty ? "" : "\(path): "
    }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context)?: "\(place(context))no \"\(key.stringValue)\""
    case .typeMismatch(let type, let context)?: "\(place(context))not a \(type)"
    case .valueNotFound(_, let context)?: "\(place(context))a value is missing"
    case .dataCorrupted(let context)? where context.codingPath.isEmpty: "not JSON"
    case .dataCorrupted(let context)?: "\(place(context))\(context.debugDescription)"
    default: "not a record"
    }
  }
}
