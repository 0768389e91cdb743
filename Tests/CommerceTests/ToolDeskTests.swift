import Commerce
import Conversation
import Foundation
import Testing

@Suite struct CalculatorTests {
  private func calculate(_ expression: String, _ demo: DemoShop) -> String {
    var touched = ToolDesk.Touched()
    let outcome = ToolDesk(store: demo.store, isBenchmark: false).call(
      "calculate", ["expression": .string(expression)], now: DemoShop.now, touched: &touched)
    switch outcome {
    case .result(let value): return "\(value)"
    case .error(let text): return text
    }
  }

  @Test func reckonsAsPythonDoes() throws {
    let demo = try DemoShop()
    for (expression, value) in [
      ("1 + 2 * 3", "7.0"), ("(1 + 2) * 3", "9.0"), ("2 ** 3 ** 2", "512.0"), ("-2 ** 2", "-4.0"), ("7 // 2", "3.0"),
      ("-7 // 2", "-4.0"), ("10.125 + 0", "10.12"), ("1.5.", "Error: invalid syntax"), (".5 + 5.", "5.5"), ("2 - -3", "5.0"),
      ("1/3", "0.33"), ("", "Error: invalid syntax"), ("()", "Error: invalid syntax"), ("1 2", "Error: invalid syntax"),
      ("1 / (2 - 2)", "Error: division by zero"), ("__import__", "Error: invalid characters in expression"),
      ("９", "Error: invalid characters in expression"), (".", "Error: invalid syntax"), ("2 * * 3", "Error: invalid syntax"),
      (String(repeating: "(", count: 5000), "Error: too deeply nested"), ("9 ** 9 ** 9", "Error: result out of range"),
    ] {
      #expect(calculate(expression, demo) == value, "\(expression.prefix(40))")
    }
  }
}

/// Ids and names as they should never be written.
@Suite struct HostileArgumentTests {
  let demo: DemoShop

  init() throws {
    demo = try DemoShop()
  }

  @Test(arguments: [
    "", " ", "#W9872317 ", " #W9872317", "#w9872317", "＃W9872317", "#W９８７２３１７", "#W9872317' OR '1'='1",
    "'; DROP TABLE customer_order; --",
    "%", "#W%", "-1", "99999999999999999999999999", "\u{0}", "#W9872317\u{0}", "#W9872317\u{200B}",
    String(repeating: "9", count: 1_000_000),
  ])
  func anIdThatIsNotExactlyOneIsNotFoundAtTheOperatorsDoor(_ id: String) throws {
    var touched = ToolDesk.Touched()
    let desk = ToolDesk(store: demo.store, isBenchmark: false)
    for (tool, key, error) in [
      ("get_order_details", "order_id", "Error: order not found"), ("get_user_details", "user_id", "Error: user not found"),
      ("find_user_id_by_email", "email", "Error: user not found"),
      ("get_product_details", "product_id", "Error: product not found"),
    ] {
      let outcome = desk.call(tool, [key: .string(id)], now: DemoShop.now, touched: &touched)
      guard case .error(let text) = outcome else {
        Issue.record("\(tool) found \(id.prefix(40))")
        continue
      }
      #expect(text == error)
    }
    let cancelled = desk.call(
      "cancel_pending_order", ["order_id": .string(id), "reason": .string("no longer needed")], now: DemoShop.now,
      touched: &touched)
    guard case .error("Error: order not found") = cancelled else {
      Issue.record("something was cancelled")
      return
    }
    #expect(try demo.store.problems().isEmpty && demo.store.events().allSatisfy { $0.action == "import" })
  }

  @Test func argumentsThatAreMissingOrOfTheWrongKindAreErrors() throws {
    var touched = ToolDesk.Touched()
    let desk = ToolDesk(store: demo.store, isBenchmark: false)
    for (name, arguments, expected) in [
      ("cancel_pending_order", [:], "Error: missing argument order_id"),
      ("cancel_pending_order", ["order_id": .number(5)], "Error: argument order_id is not a string"),
      (
        "return_delivered_order_items", ["order_id": .string("x"), "item_ids": .string("y")],
        "Error: argument item_ids is not a list of strings"
      ),
      ("no_such_tool", [:], "Error: unknown tool no_such_tool"),
    ] as [(String, [String: JSONValue], String)] {
      guard case .error(let text) = desk.call(name, arguments, now: DemoShop.now, touched: &touched) else {
        Issue.record("\(name) worked")
        continue
      }
      #expect(text == expected)
    }
  }
}
