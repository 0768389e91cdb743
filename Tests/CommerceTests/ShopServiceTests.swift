import Commerce
import Conversation
import Foundation
import TestSupport
import Testing

/// A shop of three customers, and the demo shop of this repository.
@Suite struct ShopServiceTests {
  let folder: TemporaryFolder
  let service: ShopService
  let now = Timestamp(seconds: 1_790_000_000)

  init() throws {
    folder = try TemporaryFolder()
    try SampleShop.write(to: folder)
    try SQLiteStore.importFiles(from: folder.path, to: "\(folder.path)/s.sqlite")
    service = ShopService(store: try SQLiteStore(path: "\(folder.path)/s.sqlite"))
  }

  private func identified(_ email: String) -> Authorization {
    var authorization = Authorization()
    _ = service.perform(.findCustomerByEmail(email), &authorization, now: now)
    return authorization
  }

  @Test func nothingPersonalBeforeIdentification() {
    var authorization = Authorization()
    #expect(service.perform(.listOrders(OrderFilter(), limit: 5), &authorization, now: now) == .failed(.notIdentified))
    #expect(service.perform(.findOrder(id: "#W1000001"), &authorization, now: now) == .failed(.notIdentified))
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
      _ = service.perform(.findCustomerByNameAndPostcode(names: names, postcode: postcode), &authorization, now: now)
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
      .findCustomerByNameAndPostcode(names: [.init(given: "Kim", family: "Roe")], postcode: "99999"), &authorization, now: now)
    #expect(result == .failed(.customerNotFound) && authorization.customer == nil)
  }

  @Test func aConversationServesOneCustomer() {
    var authorization = identified("ann.lee@example.com")
    #expect(service.perform(.findCustomerByEmail("li.na@example.org"), &authorization, now: now) == .failed(.otherCustomer))
    #expect(authorization.customer?.id == "ann_lee_1")
    #expect(service.perform(.findCustomerByEmail("ann.lee@example.com"), &authorization, now: now) != .failed(.otherCustomer))
  }

  @Test func anothersOrderIsAsUnknownAsNone() {
    var authorization = identified("ann.lee@example.com")
    #expect(service.perform(.findOrder(id: "#W2000001"), &authorization, now: now) == .failed(.orderNotFound))
    #expect(service.perform(.findOrder(id: "#W9999999"), &authorization, now: now) == .failed(.orderNotFound))
  }

  @Test(arguments: ["#W1000001", "W1000001", "w1000001", "1000001", " #w1000001 ", "＃W1000001"])
  func anOrderNumberAsPeopleWriteIt(_ id: String) {
    var authorization = identified("ann.lee@example.com")
    guard case .order(let order) = service.perform(.findOrder(id: id), &authorization, now: now) else {
      Issue.record("\(id) not found")
      return
    }
    #expect(order.id == "#W1000001" && order.status == .pending)
    #expect(order.items.map { $0.name(in: .english) } == ["Mug", "Lamp"])
    #expect(order.items.map { $0.name(in: .chinese) } == ["马克杯", "Lamp"])
  }

  @Test(arguments: [
    "", "#", "100000", "X1000001", "W", "1000001; DROP TABLE customer", "#W1000001#W2000001",
    String(repeating: "9", count: 100_000),
  ])
  func anythingElseIsNoOrder(_ id: String) {
    var authorization = identified("ann.lee@example.com")
    #expect(service.perform(.findOrder(id: id), &authorization, now: now) == .failed(.orderNotFound))
    guard case .order = service.perform(.findOrder(id: "#W1000001"), &authorization, now: now) else {
      Issue.record("the store was harmed")
      return
    }
  }

  @Test func ordersComeNewestFirstAndNoMoreThanAskedFor() {
    var authorization = identified("ann.lee@example.com")
    func ids(_ limit: Int) -> [String] {
      guard case .orders(let orders) = service.perform(.listOrders(OrderFilter(), limit: limit), &authorization, now: now)
      else { return [] }
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
      #expect(
        service.perform(.findCustomerByEmail("x\(i)@example.com"), &authorization, now: now) == .failed(.customerNotFound))
    }
    #expect(
      service.perform(.findCustomerByEmail("ann.lee@example.com"), &authorization, now: now) == .failed(.identificationLocked))
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
    let result = service.perform(.findOrder(id: "#W1000001"), &authorization, now: now)
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

  /// Every record of the store, as it is exported.
  private func content() throws -> [Data?] {
    try SQLiteStore(path: path).export(to: "\(folder.path)/content")
    return ["products.json", "customers.json", "orders.json", "shop.yml"].map {
      FileManager.default.contents(atPath: "\(folder.path)/content/\($0)")
    }
  }

  private func refusal(sourceLocation: SourceLocation = #_sourceLocation) -> String {
    do {
      try SQLiteStore.importFiles(from: folder.path, to: path)
      Issue.record("was taken", sourceLocation: sourceLocation)
      return ""
    } catch {
      #expect(!"\(error)".contains("\n"), sourceLocation: sourceLocation)
      return "\(error)".replacing("\(folder.path)/", with: "")
    }
  }

  @Test func aBadRecordNamesFileKeyAndFieldAndChangesNothing() throws {
    try SQLiteStore.importFiles(from: folder.path, to: path)
    let before = try content()
    let orders = try String(contentsOfFile: "\(folder.path)/orders.json", encoding: .utf8)
    _ = try folder.write("orders.json", orders.replacing("\"status\": \"delivered\"", with: "\"status\": 3"))
    #expect(refusal() == "orders.json:4: #W1000002: status: not a String")
    _ = try folder.write("orders.json", orders.replacing("\"user_id\": \"ann_lee_1\"", with: "\"user_id\": \"ghost\""))
    #expect(refusal() == "orders.json: #W1000001: user_id: no customer \"ghost\"")
    _ = try folder.write("orders.json", String(orders.dropLast(20)))
    #expect(refusal().contains("the JSON object is not closed"))
    _ = try folder.write("orders.json", orders)
    _ = try folder.write("interactions.tsv", "a\tb\tview\tmany\tnow\n")
    #expect(refusal().hasPrefix("interactions.tsv:1: not customer"))
    _ = try folder.write("interactions.tsv", "")
    _ = try folder.write("shop.yml", "time_zone: Mars/Olympus\n")
    #expect(refusal().hasPrefix("shop.yml: time_zone: unknown"))
    #expect(try content() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains(".tmp") })
  }

  @Test func aMissingStoreOrAForeignFileIsRefused() throws {
    #expect { try SQLiteStore(path: "\(folder.path)/none.sqlite") } throws: { "\($0)".contains("no such store") }
    let foreign = try folder.write("poem.txt", String(repeating: "not a database. ", count: 100))
    #expect { try SQLiteStore(path: foreign) } throws: { "\($0)".hasPrefix("\(foreign): file is not a database") }
  }

  @Test func whatAKilledProcessLeftBesideAStoreThatIsGoneIsNotTakenForTheNewOnes() throws {
    try SQLiteStore.importFiles(from: folder.path, to: path)
    _ = try folder.write("s.sqlite-wal", Data(repeating: 0x37, count: 40_000))
    _ = try folder.write("s.sqlite-shm", Data(repeating: 0x37, count: 32_768))
    try FileManager.default.removeItem(atPath: path)
    try SQLiteStore.importFiles(from: folder.path, to: path)
    #expect(try SQLiteStore(path: path).order(id: "#W1000001")?.items.count == 2)
  }

  @Test func anotherProgramsDatabaseIsLeftAlone() throws {
    let foreign = "\(folder.path)/other.sqlite"
    let store = try folder.write("make.sql", "CREATE TABLE t(x);")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", "import sqlite3,sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())", foreign,
      store,
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return }
    let before = FileManager.default.contents(atPath: foreign)
    #expect { try SQLiteStore(path: foreign) } throws: { "\($0)".hasSuffix("a database, but not a store of steward") }
    #expect(FileManager.default.contents(atPath: foreign) == before)
  }

  @Test func twoFilesForOneTableAreRefused() throws {
    _ = try folder.write("orders.csv", "order_id,customer_id,status,item_id\n")
    #expect(refusal().hasSuffix("holds orders.json and orders.csv; leave one of them"))
  }

  @Test func theDemoShopIsWhole() throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
    let source = root.appending(path: "corpora/store").path
    try SQLiteStore.importFiles(from: source, to: path)
    let store = try SQLiteStore(path: path)
    #expect(store.settings.name == "Harbour Lane" && store.settings.name(in: .chinese) == "海港里")
    let counts = try store.counts()
    #expect(counts["product"] ?? 0 >= 200 && counts["customer"] ?? 0 >= 100 && counts["customer_order"] ?? 0 >= 300)
    #expect(counts["interaction"] ?? 0 >= 3000)
  }
}

/// A shop's own data as three tables.
@Suite struct ShopTableTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(
      "products.csv",
      """
      \u{FEFF}product_id,name,name:zh,item_id,price,available,stock,option:color,option:size,tags\r
      p1,"Mug, large",大马克杯,i1,9.50,yes,4,blue,,kitchen; gift\r
      p1,"Mug, large",,i2,9.90,no,0,red,,\r
      p2,"The ""Tall"" Lamp
      in two lines",,i3,120,,7,,,\r

      """)
    _ = try folder.write(
      "customers.csv",
      """
      customer_id,first_name,last_name,email,address1,city,state,country,zip,payment_methods
      c1,Ann,Lee,ann@example.com,1 Road,Xville,XX,USA,12345,card_1 credit_card visa 4242; gc_1 gift_card 25.00
      c2,娜,李,li.na@example.org,长安街1号,北京市,,中国,100027,pp_2 paypal
      """)
    _ = try folder.write(
      "orders.csv",
      """
      order_id,customer_id,status,placed_at,item_id,quantity,payment_method_id,tracking_ids
      A-100,c1,pending,2026-11-01,i1,2,gc_1,
      A-100,c1,pending,2026-11-01,i3,1,,
      A-101,c2,delivered,2026-10-01,i3,1,,T1; T2
      A-102,c1,cancelled,2026-10-02,i2,1,card_1,
      """)
  }

  private var path: String { "\(folder.path)/s.sqlite" }

  @Test func threeTablesAreAShop() throws {
    try SQLiteStore.importFiles(from: folder.path, to: path)
    let store = try SQLiteStore(path: path)
    #expect(try store.problems().isEmpty)
    let order = try #require(try store.order(id: "A-100"))
    #expect(order.items.map(\.name) == ["Mug, large", "Mug, large", "The \"Tall\" Lamp\nin two lines"])
    #expect(order.total == 950 * 2 + 12000 && order.payments.map(\.amount) == [order.total])
    #expect(order.items[0].options == ["color": "blue"] && order.items[0].name(in: .chinese) == "大马克杯")
    #expect(order.address.city == "Xville" && order.dates.placed == "2026-11-01")
    #expect(try store.order(id: "A-101")?.payments.first?.methodID == "pp_2")
    #expect(try store.order(id: "A-101")?.trackingIDs == ["T1", "T2"])
    #expect(try store.order(id: "A-102")?.payments.map(\.kind) == [.payment, .refund])
    #expect(try store.customer(id: "c1")?.paymentMethods.map(\.balance) == [nil, 2500])
    #expect(try store.product(id: "p1")?.variants.map(\.isAvailable) == [true, false])
    #expect(try store.product(id: "p1")?.tags == ["kitchen", "gift"])
    #expect(try store.orders(customer: "c1", matching: OrderFilter(), limit: 9).map(\.id) == ["A-100", "A-102"])
  }

  @Test(arguments: [
    ("products.csv", "p3,x,,i9,cheap,,,,,", "products.csv:6: price: no number such as 12.50: \"cheap\""),
    ("products.csv", "p3,x,,i9,-1,,,,,", "products.csv:6: price: no amount of money: -1.0"),
    ("products.csv", "p3,x,,i9,1.005,,,,,", "products.csv:6: price: more decimals than the currency has: 1.005"),
    ("products.csv", "p3,x,,i9,1e99,,,,,", "products.csv:6: price: no number such as 12.50: \"1e99\""),
    ("products.csv", "p3,\"x,,i9,1,,,,,", "products.csv:6: a quotation mark is not closed"),
    (
      "customers.csv", "\nc9,A,B,a@b.c,r,c,s,k,1,gc_9 gift_card",
      "customers.csv:4: payment_methods: \"gc_9 gift_card\": a gift card"
    ),
    ("orders.csv", "\nA-9,nobody,pending,,i1,1,,", "orders.csv:6: customer_id: no customer \"nobody\""),
    ("orders.csv", "\nA-9,c2,shipped,,i1,1,,", "orders.csv:6: status: unknown \"shipped\"; there are \"pending\""),
    ("orders.csv", "\nA-9,c2,pending,yesterday,i1,1,,", "orders.csv:6: placed_at: no date or time"),
    ("orders.csv", "\nA-9,c2,pending,,i77,1,,", "orders.csv:6: item_id: \"i77\" is not in the catalogue"),
    ("orders.csv", "\nA-9,c2,pending,,i1,-4,,", "orders.csv:6: quantity: no whole number"),
    ("orders.csv", "\nA-9,c1,pending,,i1,1,,", "orders.csv:6: payment_method_id: is missing"),
    (
      "orders.csv", "\nA-9,c1,pending,,i1,1,card_1,\nA-9,c2,pending,,i1,1,,",
      "orders.csv:7: customer_id: differs from the first row"
    ),
    ("orders.csv", "\nA-9,c2,return requested,,i1,1,,", "orders.csv:6: status: a table does not say what is to go back"),
    ("customers.csv", "\nc9,A,B,a@b.c,1 Road, rear,s,k,1,x,pp_1 paypal", "customers.csv:4: 11 fields under 10 columns"),
    ("orders.csv", "\nA-100,c1,pending,,i1,1,gc_1,", "orders.csv: A-100: the id of the order is there twice"),
  ])
  func aBadRowNamesLineAndColumn(_ file: String, _ row: String, _ expected: String) throws {
    let content = try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
    _ = try folder.write(file, content + row + "\n")
    do {
      try SQLiteStore.importFiles(from: folder.path, to: path)
      Issue.record("was taken")
    } catch {
      let text = "\(error)".replacing("\(folder.path)/", with: "")
      #expect(text.hasPrefix(expected))
      #expect(!text.contains("\n"))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
