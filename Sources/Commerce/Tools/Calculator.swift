import Foundation

/// Arithmetic as the tool `calculate` has it: `+ - * / // **`, parentheses and decimal numbers, with Python's precedence.
struct Calculator {
  struct Failure: Error {
    let message: String
  }

  private let characters: [Character]
  private var position = 0
  private var depth = 0

  private static let greatestDepth = 100
  private static let longestExpression = 10_000

  /// The value to two decimals, halves to even: exactly the printed digits of the binary number.
  static func evaluate(_ expression: String) throws(Failure) -> Double {
    guard expression.utf8.allSatisfy({ "0123456789+-*/(). ".utf8.contains($0) }) else {
      throw Failure(message: "invalid characters in expression")
    }
    guard expression.utf8.count <= longestExpression else { throw Failure(message: "expression too long") }
    var calculator = Calculator(expression)
    let value = try calculator.sum()
    guard calculator.peek() == nil else { throw Failure(message: "invalid syntax") }
    guard value.isFinite, let rounded = Double(String(format: "%.2f", value)) else {
      throw Failure(message: "result out of range")
    }
    return rounded
  }

  private init(_ expression: String) {
    characters = Array(expression)
  }

  private mutating func peek() -> Character? {
    while position < characters.count, characters[position] == " " { position += 1 }
    return position < characters.count ? characters[position] : nil
  }

  /// Takes an operator of one or two characters; `*` is not the beginning of `**`.
  private mutating func take(_ symbol: String) -> Bool {
    guard peek() == symbol.first else { return false }
    let next = position + 1 < characters.count ? characters[position + 1] : nil
    let isDouble = next == symbol.first && (symbol.first == "*" || symbol.first == "/")
    guard isDouble == (symbol.count == 2) else { return false }
    position += symbol.count
    return true
  }

  private mutating func sum() throws(Failure) -> Double {
    var value = try product()
    while true {
      if take("+") { value += try product() } else if take("-") { value -= try product() } else { return value }
    }
  }

  private mutating func product() throws(Failure) -> Double {
    var value = try signed()
    while true {
      if take("*") {
        value *= try signed()
      } else if take("//") {
        value = (value / (try divisor())).rounded(.down)
      } else if take("/") {
        value /= try divisor()
      } else {
        return value
      }
    }
  }

  private mutating func divisor() throws(Failure) -> Double {
    let value = try signed()
    if value == 0 { throw Failure(message: "division by zero") }
    return value
  }

  private mutating func signed() throws(Failure) -> Double {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.greatestDepth else { throw Failure(message: "too deeply nested") }
    if take("-") { return -(try signed()) }
    if take("+") { return try signed() }
    let base = try atom()
    // A power binds tighter than the sign before it, and to the right.
    return take("**") ? pow(base, try signed()) : base
  }

  private mutating func atom() throws(Failure) -> Double {
    if take("(") {
      let value = try sum()
      guard take(")") else { throw Failure(message: "invalid syntax") }
      return value
    }
    _ = peek()
    let start = position
    while position < characters.count, characters[position].isNumber || characters[position] == "." { position += 1 }
    let digits = String(characters[start..<position])
    guard let value = Double(digits.hasSuffix(".") ? "0\(digits)0" : "0\(digits)"),
      position > start, digits != "."
    else { throw Failure(message: "invalid syntax") }
    return value
  }
}
