import Commerce
import Conversation
import Foundation
import TestSupport
import Testing

/// A shop of three customers, and the demo shop of this repository.
@Suite struct ShopServiceTests {
  let folder: TemporaryFolder
  let service: ShopService

  init() throws {
    folder = try TemporaryFolder()
    try SampleShop.write(to: folder)
    try SQLiteStore.create(path: "\(folder.path)/s.sqlite", from: folder.path)
    service = ShopService(store: try SQLiteStore(path: "\(folder.path)/s.sqlite"))
  }

  private func identified(_ email: String) -> Authorization {
    var authorization = Authorization()
    _ = service.perform(.findCustomerByEmail(email), &authorization)
    return authorization
  }

  @Test func nothingPersonalBeforeIdentification() {
    var authorization = Authorization()
    #expect(service.perform(.listOrders(limit: 5), &authorization) == .failed(.notIdentified))
    #expect(service.perform(.findOrder(id: "#W1000001"), &authorization) == .failed(.notIdentified))
    #expect(authorization.customer == nil)
  }

  @Test func identifiesByEmailWhateverItsCase() {
    #expect(identified("ANN.Lee@Example.com").customer?.id == "ann_lee_1")
    #expect(identified("nobody@example.com").customer == nil)
    #expect(identified("' OR 1=1 --").customer == nil)
    #expect(identified("%").customer == nil)
  }

  @Test func identifiesByNameAndPostcodeInAnyReading() {
    func find(_ names: [PersonName], _ postcode: String) -> String? {
      var authorization = Authorization()
      _ = service.perform(.findCustomerByNameAndPostcode(names: names, postcode: postcode), &authorization)
      return authorization.customer?.id
    }
    #expect(find([.init(given: "ann", family: "LEE")], "12345") == "ann_lee_1")
    #expect(find([.init(given: "Lee", family: "Ann"), .init(given: "Ann", family: "Lee")], "12345") == "ann_lee_1")
    #expect(find([.init(given: "娜", family: "李")], "100 027") == "na_li_3")
    #expect(find([.init(given: "Ann", family: "Lee")], "54321") == nil)
    #expect(find([.init(given: "", family: "")], "12345") == nil)
    #expect(find([], "12345") == nil)
  }

  @Test func twoPeopleOfOneNameAndPostcodeAreNobody() {
    var authorization = Authorization()
    let result = service.perform(
      .findCustomerByNameAndPostcode(names: [.init(given: "Kim", family: "Roe")], postcode: "99999"), &authorization)
    #expect(result == .failed(.customerNotFound) && authorization.customer == nil)
  }

  @Test func aConversationServesOneCustomer() {
    var authorization = identified("ann.lee@example.com")
    #expect(service.perform(.findCustomerByEmail("li.na@example.org"), &authorization) == .failed(.otherCustomer))
    #expect(authorization.customer?.id == "ann_lee_1")
    #expect(service.perform(.findCustomerByEmail("ann.lee@example.com"), &authorization) != .failed(.otherCustomer))
  }

  @Test func anothersOrderIsAsUnknownAsNone() {
    var authorization = identified("ann.lee@example.com")
    #expect(service.perform(.findOrder(id: "#W2000001"), &authorization) == .failed(.orderNotFound))
    #expect(service.perform(.findOrder(id: "#W9999999"), &authorization) == .failed(.orderNotFound))
  }

  @Test(arguments: ["#W1000001", "W1000001", "w1000001", "1000001", " #w1000001 ", "＃W1000001"])
  func anOrderNumberAsPeopleWriteIt(_ id: String) {
    var authorization = identified("ann.lee@example.com")
    guard case .order(let order) = service.perform(.findOrder(id: id), &authorization) else {
      Issue.record("\(id) not found")
      return
    }
    #expect(order.id == "#W1000001" && order.status == "pending")
    #expect(order.itemNames[.english] == ["Mug", "Lamp"] && order.itemNames[.chinese] == ["马克杯", "Lamp"])
  }

  @Test(arguments: [
    "", "#", "100000", "X1000001", "W", "1000001; DROP TABLE customer", "#W1000001#W2000001",
    String(repeating: "9", count: 100_000),
  ])
  func anythingElseIsNoOrder(_ id: String) {
    var authorization = identified("ann.lee@example.com")
    #expect(service.perform(.findOrder(id: id), &authorization) == .failed(.orderNotFound))
    guard case .order = service.perform(.findOrder(id: "#W1000001"), &authorization) else {
      Issue.record("the store was harmed")
      return
    }
  }

  @Test func ordersComeNewestFirstAndNoMoreThanAskedFor() {
    var authorization = identified("ann.lee@example.com")
    func ids(_ limit: Int) -> [String] {
      guard case .orders(let orders) = service.perform(.listOrders(limit: limit), &authorization) else { return [] }
      return orders.map(\.id)
    }
    #expect(ids(5) == ["#W1000002", "#W1000001"])
    #expect(ids(1) == ["#W1000002"])
    #expect(ids(-3).isEmpty)
    #expect(ids(.max).count == 2)
  }

  @Test func guessingEndsAfterAFewTries() {
    var authorization = Authorization()
    for i in 0..<5 {
      #expect(service.perform(.findCustomerByEmail("x\(i)@example.com"), &authorization) == .failed(.customerNotFound))
    }
    #expect(service.perform(.findCustomerByEmail("ann.lee@example.com"), &authorization) == .failed(.identificationLocked))
    #expect(authorization.customer == nil)
  }

  @Test func aSignedInCustomerIsKnown() {
    #expect(service.authorization(forSignedIn: "na_li_3")?.customer?.givenName == "娜")
    #expect(service.authorization(forSignedIn: "nobody") == nil)
  }

  @Test func aStoreThatDisappearsIsAnAnswer() throws {
    var authorization = identified("ann.lee@example.com")
    let store = try SQLiteStore(path: "\(folder.path)/s.sqlite")
    try Data(repeating: 0x58, count: 200_000).write(to: URL(filePath: "\(folder.path)/s.sqlite"))
    let service = ShopService(store: store)
    let result = service.perform(.findOrder(id: "#W1000001"), &authorization)
    #expect(result == .failed(.serviceUnavailable))
  }
}

@Suite struct StoreImportTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SampleShop.write(to: folder)
  }

  private var path: String { "\(folder.path)/s.sqlite" }

  private func refusal(sourceLocation: SourceLocation = #_sourceLocation) -> String {
    do {
      try SQLiteStore.create(path: path, from: folder.path)
      Issue.record("was taken", sourceLocation: sourceLocation)
      return ""
    } catch {
      #expect(!"\(error)".contains("\n"), sourceLocation: sourceLocation)
      return "\(error)".replacing("\(folder.path)/", with: "")
    }
  }

  @Test func aBadRecordNamesFileKeyAndFieldAndChangesNothing() throws {
    try SQLiteStore.create(path: path, from: folder.path)
    let before = try Data(contentsOf: URL(filePath: path))
    let orders = try String(contentsOfFile: "\(folder.path)/orders.json", encoding: .utf8)
    _ = try folder.write("orders.json", orders.replacing("\"status\": \"delivered\"", with: "\"status\": 3"))
    #expect(refusal() == "orders.json: #W1000002.status: not a String")
    _ = try folder.write("orders.json", orders.replacing("\"user_id\": \"ann_lee_1\"", with: "\"user_id\": \"ghost\""))
    #expect(refusal() == "orders.json: #W1000001.user_id: no customer \"ghost\"")
    _ = try folder.write("orders.json", String(orders.dropLast(20)))
    #expect(refusal() == "orders.json: not JSON")
    _ = try folder.write("orders.json", orders)
    _ = try folder.write("interactions.tsv", "a\tb\tview\tmany\tnow\n")
    #expect(refusal().hasPrefix("interactions.tsv:1: not customer"))
    _ = try folder.write("interactions.tsv", "")
    _ = try folder.write("shop.yml", "time_zone: Mars/Olympus\n")
    #expect(refusal().hasPrefix("shop.yml: time_zone: unknown"))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains(".tmp") })
  }

  @Test func aMissingStoreOrAForeignFileIsRefused() throws {
    #expect { try SQLiteStore(path: "\(folder.path)/none.sqlite") } throws: { "\($0)".contains("no such store") }
    let foreign = try folder.write("poem.txt", String(repeating: "not a database. ", count: 100))
    #expect { try SQLiteStore(path: foreign) } throws: { "\($0)".hasPrefix("\(foreign): file is not a database") }
  }

  @Test func theDemoShopIsWhole() throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
    let source = root.appending(path: "corpora/store").path
    try SQLiteStore.create(path: path, from: source)
    let store = try SQLiteStore(path: path)
    #expect(store.settings.name == "Harbour Lane" && store.settings.name(in: .chinese) == "海港里")
    let counts = try store.counts()
    #expect(counts["product"] ?? 0 >= 200 && counts["customer"] ?? 0 >= 100 && counts["customer_order"] ?? 0 >= 300)
    #expect(counts["interaction"] ?? 0 >= 3000)
  }
}
