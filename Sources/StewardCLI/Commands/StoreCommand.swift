import ArgumentParser
import Commerce
import Foundation

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Work on the shop's data.",
    discussion: """
      EXAMPLE:
        steward store import my-shop/ --store my-shop.sqlite
      """, subcommands: [StoreInitCommand.self, StoreImportCommand.self])
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
    if FileManager.default.fileExists(atPath: path) {
      _ = try SQLiteStore(path: path)
      Output.line("\(path): is there")
    } else {
      try SQLiteStore.create(path: path, from: locations.inHome("corpora/store"))
      Output.line("\(path): made")
    }
  }
}

struct StoreImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a store of a shop's own files, in place of the one there.",
    discussion: """
      The folder holds products.json, customers.json (or users.json) and orders.json, and may hold shop.yml and interactions.tsv. Either
      all of it is taken over or nothing.

      EXAMPLE:
        steward store import my-shop/ --store my-shop.sqlite
      """)

  @Argument(help: "The folder with the shop's files.")
  var folder: String
  @OptionGroup var store: StoreOption

  func run() throws {
    let path = try Locations().store(flag: store.name)
    try SQLiteStore.create(path: path, from: folder)
    Output.line("\(path): made from \(folder)")
  }
}
