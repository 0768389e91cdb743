import Commerce
import Conversation
import Foundation
import Testing
import TestSupport

/// The demo shop of this repository in a store of its own.
struct DemoShop {
  static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
  /// Before the demo orders' return windows close.
  static let now = Timestamp(iso: "2026-11-16T12:00:00Z") ?? Timestamp(seconds: 0)

  let folder: TemporaryFolder
  let store: SQLiteStore

  init() throws {
    folder = try TemporaryFolder()
    try SQLiteStore.importFiles(from: Self.root.appending(path: "corpora/store").path, to: "\(folder.path)/s.sqlite")
    store = try SQLiteStore(path: "\(folder.path)/s.sqlite")
  }

  /// The retail data beside the repository, where it is.
  static let retail: String? = {
    let path = root.appending(path: "../shared/data/retail").standardizedFileURL.path
    if FileManager.default.fileExists(atPath: "\(path)/orders.json") { return path }
    print("no ../shared/data/retail: the tests on the retail benchmark are passed over")
    return nil
  }()
}

/// The stores every test of stores runs on.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
  case sqlite, scratch

  var testDescription: String { rawValue }

  func make(_ demo: DemoShop) -> any Store {
    switch self {
    case .sqlite: demo.store
    case .scratch: ScratchStore(demo.store)
    }
  }
}
