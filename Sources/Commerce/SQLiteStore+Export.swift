import Conversation
import Foundation
import GRDB
import Yams

extension SQLiteStore {
  /// Writes the shop's records to `folder` as `importFiles` reads them: the same bytes for the same records.
  package func export(to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Unusable(description: "\(folder): the folder cannot be made")
    }
    let unit = Money.unit(settings.currencyCode)
    try database.read { db in
      try objects("\(folder)/products.json", "SELECT id FROM product ORDER BY id", db) { id in
        try ProductReader(db).product(id).map { RecordForms.ProductForm($0, unit) }
      }
      try objects("\(folder)/customers.json", "SELECT id FROM customer ORDER BY id", db) { id in
        try CustomerReader(db).customers("id", id).first.map { RecordForms.CustomerForm($0, unit) }
      }
      try objects("\(folder)/orders.json", "SELECT id FROM customer_order ORDER BY id", db) { id in
        try OrderReader(db).order(id).map { RecordForms.OrderForm($0, shopCurrency: settings.currencyCode) }
      }
      let interactions = try OutputFile("\(folder)/interactions.tsv")
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM interaction ORDER BY rowid")
      while let row = try rows.next() {
        let weight: Double = row[3]
        let amount = weight == weight.rounded() && abs(weight) < 1e9 ? String(Int(weight)) : String(weight)
        let fields: [String] = [row[0], row[1], row[2], amount, row[4]]
        try interactions.write(fields.joined(separator: "\t") + "\n")
      }
      try interactions.finish()
    }
    let yaml = YAMLEncoder()
    yaml.options.sortKeys = true
    yaml.options.allowUnicode = true
    let shop = try OutputFile("\(folder)/shop.yml")
    try shop.write(try yaml.encode(settings))
    try shop.finish()
  }

  /// Writes a JSON object, a record a line, by id.
  private func objects<Form: Encodable>(_ path: String, _ sql: String, _ db: Database, _ form: (String) throws -> Form?) throws
  {
    let file = try OutputFile(path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func json(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
    try file.write("{")
    var isFirst = true
    let ids = try String.fetchCursor(db, sql: sql)
    while let id = try ids.next() {
      guard let record = try form(id) else { continue }
      try file.write((isFirst ? "\n" : ",\n") + (try json(id)) + ": " + (try json(record)))
      isFirst = false
    }
    try file.write("\n}\n")
    try file.finish()
  }
}

/// A file written beside its place and given its name when it is whole.
private final class OutputFile {
  private let path: String
  private let temporary: String
  private let handle: UnsafeMutablePointer<FILE>
  private var isFinished = false

  init(_ path: String) throws {
    self.path = path
    temporary = "\(path).\(getpid()).tmp"
    guard let handle = fopen(temporary, "w") else {
      throw SQLiteStore.Unusable(description: "\(path): cannot be written: \(String(cString: strerror(errno)))")
    }
    self.handle = handle
  }

  deinit {
    if !isFinished {
      fclose(handle)
      unlink(temporary)
    }
  }

  private func failure() -> SQLiteStore.Unusable {
    SQLiteStore.Unusable(description: "\(path): cannot be written: \(String(cString: strerror(errno)))")
  }

  func write(_ text: String) throws {
    var text = text
    let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, handle) == $0.count }
    if !written { throw failure() }
  }

  func finish() throws {
    guard fflush(handle) == 0, fsync(fileno(handle)) == 0 else { throw failure() }
    isFinished = true
    guard fclose(handle) == 0, rename(temporary, path) == 0 else {
      let failure = failure()
      unlink(temporary)
      throw failure
    }
  }
}
