import ArgumentParser
import Commerce
import Foundation

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Work on the shop's data.",
    discussion: """
      EXAMPLE:
        steward store import my-shop/ --store my-shop.sqlite
      """,
    subcommands: [
      StoreInitCommand.self, StoreImportCommand.self, StoreExportCommand.self, StoreCheckCommand.self, StoreToolsCommand.self,
    ])
}

struct StoreInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make the store of the demo shop, unless it is there.",
    discussion: """
      EXAMPLE:
        steward store init
      """)

  @OptionGroup var store: StoreOption

  func run() throws {
    let locations = try Locations()
    let path = try locations.store(flag: store.name)
    let wasThere = FileManager.default.fileExists(atPath: path)
    try SQLiteStore.importFiles(from: locations.inHome("corpora/store"), to: path, keepsExisting: true)
    _ = try SQLiteStore(path: path)
    Output.line("\(path): \(wasThere ? "is there" : "made")")
  }
}

struct StoreImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take over a shop's own files, in place of what the store holds.",
    discussion: """
      The folder holds products, customers (or users) and orders, each as .json or .csv, and may hold shop.yml and interactions.tsv;
      all may be gzip-compressed. Either all of it is taken over or nothing.

      EXAMPLE:
        steward store import my-shop/ --store my-shop.sqlite
      """)

  @Argument(help: "The folder with the shop's files.")
  var folder: String
  @OptionGroup var store: StoreOption

  func run() throws {
    let path = try Locations().store(flag: store.name)
    try SQLiteStore.importFiles(from: folder, to: path)
    let counts = try SQLiteStore(path: path).counts()
    func count(_ table: String) -> Int { counts[table] ?? 0 }
    Output.line(
      "\(path): \(count("product")) products with \(count("variant")) variants, \(count("customer")) customers, "
        + "\(count("customer_order")) orders from \(folder)")
  }
}

struct StoreExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the shop's data as files that import reads.",
    discussion: """
      The same bytes for the same data.

      EXAMPLE:
        steward store export backup/
      """)

  @Argument(help: "The folder to write to; it is made where it is missing.")
  var folder: String
  @OptionGroup var store: StoreOption

  func run() throws {
    try store.open(Locations()).export(to: folder)
    Output.line("\(folder): products.json, customers.json, orders.json, interactions.tsv, shop.yml")
  }
}

struct StoreCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Verify references, sums of money and statuses.",
    discussion: """
      A line for each thing that is wrong, and exit code 1 if there is any.

      EXAMPLE:
        steward store check --store my-shop.sqlite
      """)

  @OptionGroup var store: StoreOption

  func run() throws {
    let locations = try Locations()
    let problems = try store.open(locations).problems()
    let path = try locations.store(flag: store.name)
    if problems.isEmpty { return Output.line("\(path): all is well") }
    for problem in problems { Output.line(problem) }
    throw Failure("\(path): \(problems.count) \(problems.count == 1 ? "problem" : "problems")")
  }
}
