import Foundation
import TestSupport

/// A file, the command it is given to, and what the program says of it.
struct BadInput: Sendable, CustomStringConvertible {
  /// Words with blanks between: `@` is the file, `+` the folder it is in.
  let command: String
  let file: String
  let content: [UInt8]
  /// What the message begins with: the file, or the folder, and the line where there is one.
  let place: String
  /// Words of the message; nil where the input is accepted.
  let says: String?

  var description: String { "\(command) \(file)" }

  /// Inputs of which no two causes may be told by the same message.
  enum Group: String, CaseIterable, Sendable {
    case examples, yaml, jsonLines, conversations, tables, shops

    var inputs: [BadInput] {
      switch self {
      case .examples: BadInput.examples
      case .yaml: BadInput.yaml
      case .jsonLines: BadInput.jsonLines
      case .conversations: BadInput.conversations
      case .tables: BadInput.tables
      case .shops: BadInput.shops
      }
    }
  }

  static func refused(
    _ command: String, _ file: String, _ content: String, line: Int? = nil, names: String? = nil, _ says: String
  ) -> BadInput {
    bytes(command, file, Array(content.utf8), line: line, names: names, says)
  }

  static func accepted(_ command: String, _ file: String, _ content: String) -> BadInput {
    BadInput(command: command, file: file, content: Array(content.utf8), place: "", says: nil)
  }

  static func bytes(
    _ command: String, _ file: String, _ content: [UInt8], line: Int? = nil, names: String? = nil, _ says: String
  ) -> BadInput {
    let name = names ?? (file as NSString).lastPathComponent
    let place = line.map { "\(name):\($0):" } ?? "\(name): "
    return BadInput(command: command, file: file, content: content, place: place, says: says)
  }

  /// Writes the file, and sound ones to go with it; returns its path.
  func write(to folder: TemporaryFolder) throws -> String {
    _ = try folder.write("history.tsv", "c1\tp1,p2\nc2\tp2,p1\n")
    _ = try folder.write("choices.tsv", "c1\tp1\tp2\n")
    _ = try folder.write("products.tsv", "p1\tBlue mug\tAcme\t950\t2026-01-01\tA mug.\tcolor=blue\n")
    _ = try folder.write("judgments.tsv", "blue mug\tp1\t3\n")
    if file.hasPrefix("shop/") {
      if file != "shop/products.csv" { _ = try folder.write("shop/products.json", Self.products(Self.product())) }
      _ = try folder.write("shop/customers.json", Self.customers)
      _ = try folder.write("shop/orders.json", Self.order())
    }
    return try folder.write(file, Data(content))
  }
}

extension BadInput {
  static let validate = "data validate @"
  private static let train = "train --intents @ --model +/out.safetensors --epochs 1"
  private static let corpora = "train --corpora @ --model +/out.safetensors --epochs 1"
  private static let intents = "evaluate intents @"
  private static let responses = "evaluate responses @"
  private static let searched = "evaluate search --products @ --judgments +/judgments.tsv"
  private static let judged = "evaluate search --products +/products.tsv --judgments @"
  private static let history = "evaluate recommendations --interactions @ --test +/choices.tsv"
  private static let choices = "evaluate recommendations --interactions +/history.tsv --test @"
  private static let ratings = "evaluate recommendations --ratings @"
  private static let shop = "store import +/shop --store +/out.sqlite"

  /// A line of five million bytes.
  private static let long = String(repeating: "where is it ", count: 420_000)
  /// `hi TAB greet` in a gzip member whose block is stored; its sum and size are to follow.
  private static let unfinished: [UInt8] =
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 9, 0, 0xF6, 0xFF] + Array("hi\tgreet\n".utf8)
  private static let utf16: [UInt8] = [0xFF, 0xFE] + "hi\tgreet\n".utf8.flatMap { byte -> [UInt8] in [byte, 0] }
  private static let latin1: [UInt8] = Array("hi\tgreet\ncaf".utf8) + [0xE9] + Array("\tgreet\n".utf8)
  private static let latin1YAML: [UInt8] = Array("nlu:\n# caf".utf8) + [0xE9, 0x0A]
  private static let wrongSum: [UInt8] = unfinished + [0, 0, 0, 0, 9, 0, 0, 0]
  private static let noise: [UInt8] = [0x1F, 0x8B] + Array("no such method".utf8)

  static let examples: [BadInput] = [
    .refused("evaluate intents +/nowhere.tsv", "here.tsv", "", names: "nowhere.tsv", "no such file or folder"),
    .refused(train, "empty.tsv", "", "no examples in it"),
    .refused(train, "comments.yml", "# only\n# comments\n", "no examples in it"),
    .accepted(validate, "comments.yml", "# only\n# comments\n"),
    .refused(train, "outside.tsv", "moo\toos\nbaa\toos\n", "every example is out of scope"),
    .accepted(train, "one.tsv", "where is it\tstatus\nis it here\tstatus\n我的订单\tstatus\n"),
    .refused(validate, "a.xml", "<a/>\n", "unknown kind of file"),
    .refused(validate, "untabbed.tsv", "hi\tgreet\nno tab here\n", line: 2, "no TAB between"),
    .refused(validate, "unlabelled.tsv", "hi\tgreet\nhello\t\n", line: 2, "no intent after the TAB"),
    .refused(validate, "two.tsv", "the same\ta\nother\ta\nthe same\tb\n", line: 3, "keep one of them"),
    .bytes(validate, "utf16.tsv", utf16, line: 1, "not UTF-8"),
    .bytes(intents, "latin1.tsv", latin1, line: 2, "not UTF-8"),
    .accepted(validate, "marked.tsv", "\u{FEFF}hi\tgreet\r\nbye\tgoodbye\r\n"),
    .accepted(validate, "mixed.tsv", "where is it\ta\n我的订单\ta\nmy 订单 🙂\ta\nمرحبا\tb\n"),
    .accepted(validate, "nul.tsv", "x\u{0}y\ta\nz\tb\n"),
    .refused(validate, "long.tsv", long, line: 1, "no TAB between"),
    .accepted(validate, "long-example.tsv", "\(long)\tstatus\n"),
    .bytes(validate, "cut.tsv.gz", unfinished, "the gzip data is cut short"),
    .bytes(validate, "sum.tsv.gz", wrongSum, "the gzip data is damaged"),
    .bytes(validate, "noise.tsv", noise, "the gzip data is damaged"),
  ]

  /// An alias of aliases, nine times nine deep.
  private static var bomb: String {
    var text = "a: &a [x, x]\n"
    for (one, next) in zip("abcdefgh", "bcdefghi") {
      let nine = Array(repeating: "*\(one)", count: 9).joined(separator: ", ")
      text += "\(next): &\(next) [\(nine)]\n"
    }
    return text
  }
  private static let brackets = String(repeating: "[", count: 400_000)
  private static func item(_ line: String) -> String { "nlu:\n- intent: a\n  examples: |\n    - hello\n    \(line)\n" }
  private static func step(_ line: String) -> String { "flows:\n  f:\n    steps:\n    - \(line)\n" }

  static let yaml: [BadInput] = [
    .accepted(validate, "marked.yml", "\u{FEFF}nlu:\r\n- intent: a\r\n  examples: |\r\n    - hello\r\n"),
    .accepted(validate, "keys.yml", "version: \"3.1\"\nmood: 3\n\(item("- bye"))"),
    .accepted(validate, "anchor.yml", "texts: &texts [hello, bye]\nnlu:\n- intent: a\n  examples: *texts\n"),
    .accepted(validate, "brackets.yml", item("- \(brackets)")),
    .bytes(validate, "latin1.yml", latin1YAML, line: 2, "not UTF-8"),
    .refused(validate, "nul.yml", item("- x\u{0}y"), "control characters are not allowed"),
    .refused(validate, "foreign.yml", "mood: sunny\n", "no \"nlu\""),
    .refused(validate, "tabs.yml", "nlu:\n\t- intent: a\n", line: 2, "cannot start any token"),
    .refused(validate, "cut.yml", "nlu: [\n", line: 2, "not YAML"),
    .refused(validate, "deep.yml", "nlu: \(brackets.prefix(5000))\n", line: 1, "nesting level"),
    .refused(validate, "twice.yml", "nlu: []\nversion: 1\nnlu: []\n", line: 1, "occurs twice"),
    .refused(validate, "second.yml", "nlu: []\n---\nnlu: []\n", line: 2, "another document"),
    .refused(validate, "alias.yml", "nlu: *nowhere\n", line: 1, "undefined alias"),
    .refused(validate, "bomb.yml", "\(bomb)nlu:\n- intent: a\n  examples: *i\n", "more than 40 uses of an alias"),
    .refused(validate, "bomb-key.yml", "\(bomb)? *i\n: x\n", "more than 40 uses of an alias"),
    .refused(validate, "number.yml", "nlu: 3\n", line: 1, "nlu must be a list"),
    .refused(validate, "bare.yml", "nlu:\n- intent: a\n", line: 2, "has no examples"),
    .refused(validate, "dash.yml", item("bye"), line: 5, "an example starts with"),
    .refused(validate, "open.yml", item("- see [it](product"), line: 5, "is not closed"),
    .refused(validate, "json.yml", item("- see [it]{\"x\": 1}"), line: 5, "is not JSON"),
    .refused(validate, "nameless.yml", item("- see [it]()"), line: 5, "has no entity name"),
    .refused(
      validate, "asked.yml", "nlu:\n- intent: a\n  examples:\n  - text: hi\n    metadata: {asked: maybe}\n", line: 5,
      "no kind of question"),
    .refused(validate, "regex.yml", "nlu:\n- regex: t\n  examples: |\n    - T-(\n", line: 4, "not a regular expression"),
    .refused(validate, "slot.yml", step("collect: moon"), line: 4, "unknown slot"),
    .refused(validate, "action.yml", step("do: dance"), line: 4, "unknown action"),
    .refused(validate, "step.yml", step("dance: now"), line: 4, "a step is one of"),
    .refused(validate, "flow.yml", "flows:\n  f:\n    triggers: [a]\n", line: 2, "has no steps"),
    .refused(validate, "key.yml", "responses:\n  greet:\n  - text: hi\n", line: 2, "starts with \"utter_\""),
    .refused(validate, "wordless.yml", "responses:\n  utter_a: []\n", line: 2, "has no wording"),
  ]

  private static func entities(_ list: String) -> String {
    "{\"text\":\"hi\",\"intent\":\"a\"}\n{\"text\":\"red shoes\",\"intent\":\"a\",\"entities\":[\(list)]}\n"
  }

  static let jsonLines: [BadInput] = [
    .refused(intents, "empty.jsonl", "", "no examples in it"),
    .refused(intents, "cut.jsonl", "{\"text\": \"cut", line: 1, "the line is not JSON"),
    .refused(intents, "nul.jsonl", "{\"text\":\"a\u{0}b\",\"intent\":\"a\"}\n", line: 1, "the line is not JSON"),
    .refused(intents, "long.jsonl", "{\"text\":\"\(long)", line: 1, "the line is not JSON"),
    .refused(intents, "list.jsonl", "[1, 2]\n", line: 1, "wrong type at \"\""),
    .refused(intents, "number.jsonl", "{\"text\":1,\"intent\":\"a\"}\n", line: 1, "wrong type at \"text\""),
    .refused(intents, "unlabelled.jsonl", "{\"text\":\"a\"}\n", line: 1, "no \"intent\""),
    .refused(intents, "outside.jsonl", entities(#"{"entity":"e","start":4,"end":10}"#), line: 2, "lies outside the text"),
    .refused(intents, "below.jsonl", entities(#"{"entity":"e","start":-1,"end":3}"#), line: 2, "-1..3 lies outside"),
    .refused(
      intents, "overlap.jsonl", entities(#"{"entity":"e","start":0,"end":5},{"entity":"f","start":3,"end":9}"#), line: 2,
      "\"e\" and \"f\" overlap"),
    .refused(intents, "nameless.jsonl", entities(#"{"start":0,"end":3}"#), line: 2, "an entity has no \"entity\""),
    .refused(
      intents, "asked.jsonl", #"{"text":"no","intent":"a","metadata":{"asked":"maybe"}}"#, line: 1, "no kind of question"),
  ]

  private static let choice = "{\"context\":[\"a\"],\"candidates\":[\"b\"],\"answer\":0}\n"

  static let conversations: [BadInput] = [
    .accepted(responses, "marked.jsonl", "\u{FEFF}\(choice)"),
    .refused(responses, "empty.jsonl", "", "no choices in it"),
    .refused("evaluate responses +/folder", "folder/a.jsonl", "", names: "folder", "Is a directory"),
    .refused(responses, "cut.jsonl", "\(choice){\"context\":[\"a\"", line: 2, "not a choice"),
    .refused(responses, "beyond.jsonl", #"{"context":["a"],"candidates":["b"],"answer":1}"#, line: 1, "not a choice"),
    .refused(responses, "below.jsonl", #"{"context":["a"],"candidates":["b"],"answer":-1}"#, line: 1, "not a choice"),
    .refused(
      responses, "speakers.jsonl", #"{"context":["a"],"speakers":[],"candidates":["b"],"answer":0}"#, line: 1, "not a choice"),
    .accepted("suggest @", "marked.jsonl", "\u{FEFF}{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}\r\n"),
    .refused("suggest +/folder", "folder/a.txt", "", names: "folder", "name the files in it"),
    .refused("suggest @", "agent.txt", "agent: hello\n", "no customer's message"),
    .refused("suggest @", "prose.txt", "customer: hi\nhello\n", line: 2, "a message begins with"),
    .refused("suggest @", "cut.jsonl", "{\"turns\":[{\"speaker\":", line: 1, "not a conversation"),
    .refused("suggest @", "neither.jsonl", "{\"id\":\"x\"}\n", line: 1, "neither \"turns\" nor"),
    .refused(
      "suggest @", "robot.jsonl", #"{"turns":[{"speaker":"robot","text":"x"}]}"#, line: 1, "neither customer nor agent"),
    .refused(corpora, "a.pdf", "", "conversations are .jsonl or .txt"),
    .refused(corpora, "empty.jsonl", "", "no conversations (.jsonl, .txt)"),
    .refused(corpora, "questions.tsv", "returns\tHow long\n", line: 1, "SUBJECT TAB HEADING TAB TEXT"),
    .refused(corpora, "questions.tsv", "returns\tHow far\twhat\n", "there is no passage"),
  ]

  static let tables: [BadInput] = [
    .accepted(judged, "marked.tsv", "\u{FEFF}blue mug\tp1\t3\r\n"),
    .refused(searched, "empty.tsv", "", "no products in it"),
    .refused(searched, "narrow.tsv", "p1\tMug\n", line: 1, "id, title, brand"),
    .refused(judged, "empty.tsv", "", "no judgments in it"),
    .refused(judged, "below.tsv", "mug\tp1\t-1\n", line: 1, "a grade from 0 to 3"),
    .refused(judged, "above.tsv", "mug\tp1\t3\nmug\tp2\t4\n", line: 2, "a grade from 0 to 3"),
    .refused(judged, "nan.tsv", "mug\tp1\tnan\n", line: 1, "a grade from 0 to 3"),
    .refused(history, "empty.tsv", "", "no interactions in it"),
    .refused(history, "nan.tsv", "c1\tp1\tview\tnan\t2026-01-01\n", line: 1, "\"nan\" is no number"),
    .refused(history, "nobody.tsv", "\tp1,p2\n", line: 1, "no customer before the TAB"),
    .refused(history, "odd.tsv", "c1\tp1\tview\n", line: 1, "nor a basket with bars"),
    .refused(choices, "empty.tsv", "", "no choices in it"),
    .refused(choices, "narrow.tsv", "c1\tp1\n", line: 1, "next product and other candidates"),
    .refused(ratings, "word.tsv", "c1\tp1\tfive\n", line: 1, "rating, time"),
    .refused(ratings, "few.tsv", "c1\tp1\t5\n", "too few for 5 parts"),
  ]
}

extension BadInput {
  private static func product(calls id: String = "p1", price: String = "9.50") -> String {
    #""p1":{"name":"Mug","product_id":"\#(id)","variants":{"i1":{"item_id":"i1","options":{"color":"blue"},"available":true,"#
      + #""price":\#(price)}}}"#
  }

  private static func products(_ records: String...) -> String { "{" + records.joined(separator: ",\n") + "}\n" }

  private static let address = #"{"address1":"1 X St","address2":"","city":"Y","country":"USA","state":"CA","zip":"90001"}"#
  private static let customers = """
    {"c1": {"name": {"first_name": "A", "last_name": "B"}, "email": "a@b.io", "orders": ["W1"], "address": \(address),
      "payment_methods": {"card_1": {"source": "credit_card", "id": "card_1", "brand": "visa", "last_four": "4242"}}}}
    """

  private static func order(customer: String = "c1", status: String = "pending") -> String {
    """
    {"W1": {"order_id": "W1", "user_id": "\(customer)", "status": "\(status)", "address": \(address), "fulfillments": [],
      "items": [{"name": "Mug", "product_id": "p1", "item_id": "i1", "price": 9.5, "options": {"color": "blue"}}],
      "payment_history": [{"transaction_type": "payment", "amount": 9.5, "payment_method_id": "card_1"}]}}
    """
  }

  private static func table(_ row: String) -> String { "product_id,name,item_id,price\n\(row)\n" }

  static let shops: [BadInput] = [
    .accepted(shop, "shop/shop.yml", "\u{FEFF}name: Mugs\r\ncurrency: EUR\r\nmood: sunny\r\n"),
    .refused("store import +/none --store +/out.sqlite", "none/a.txt", "", names: "products.json", "nor products.csv"),
    .refused(shop, "shop/products.csv.gz", "", names: "shop", "leave one of them"),
    .refused(shop, "shop/products.json", "{\(product())", line: 1, "is not closed"),
    .refused(shop, "shop/products.json", "[1]", line: 1, "not a JSON object of records"),
    .refused(shop, "shop/products.json", "{\"p1\": 3}", line: 1, "p1: not an object"),
    .refused(shop, "shop/products.json", products(product(price: "\"9\"")), line: 1, "variants.i1.price"),
    .refused(shop, "shop/products.json", products(product(price: "NaN")), line: 1, "not JSON"),
    .refused(shop, "shop/products.json", products(product(price: "-1")), line: 1, "no amount of money"),
    .refused(shop, "shop/products.json", products(product(price: "9.999")), line: 1, "more decimals"),
    .refused(shop, "shop/products.json", products(product(calls: "p2")), line: 1, "calls itself \"p2\""),
    .refused(shop, "shop/products.json", products(product(), product()), "is there twice"),
    .refused(shop, "shop/orders.json", order(status: "lost"), line: 1, "unknown \"lost\""),
    .refused(shop, "shop/orders.json", order(customer: "c9"), "no customer \"c9\""),
    .refused(shop, "shop/shop.yml", "name: a\n\tb: c\n", "not YAML"),
    .refused(shop, "shop/shop.yml", "currency: dollars\n", "no ISO 4217 code"),
    .refused(shop, "shop/shop.yml", "time_zone: Mars/Olympus\n", "such as Europe/Berlin"),
    .refused(shop, "shop/shop.yml", "return_window_days: -1\n", "not between 0 and 36500"),
    .refused(shop, "shop/interactions.tsv", "c1\tp1\tview\tnan\t\n", line: 1, "not customer, product, event, weight"),
    .refused(shop, "shop/products.csv", "product_id,name,item_id\np1,Mug,i1\n", line: 1, "no column \"price\""),
    .refused(shop, "shop/products.csv", table("p1,\"Mug,i1,9"), line: 2, "a quotation mark is not closed"),
    .refused(shop, "shop/products.csv", table("p1,Mug, blue,i1,9.50"), line: 2, "5 fields under 4 columns"),
    .refused(shop, "shop/products.csv", table("p1,Mug,i1,twelve"), line: 2, "no number such as 12.50"),
  ]
}
