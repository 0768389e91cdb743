import Commerce
import Conversation
import Foundation

/// A call of one of the shop's tools.
package struct ToolCall: Decodable, Sendable {
  package let name: String
  package let arguments: [String: JSONValue]

  enum CodingKeys: String, CodingKey {
    case name, arguments, kwargs
  }

  package init(name: String, arguments: [String: JSONValue]) {
    self.name = name
    self.arguments = arguments
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    arguments =
      try container.decodeIfPresent([String: JSONValue].self, forKey: .arguments)
      ?? container.decodeIfPresent([String: JSONValue].self, forKey: .kwargs) ?? [:]
  }
}

/// Reads the goals of the retail benchmark: what its template-made instructions say, taken apart. An instruction in free words gives a
/// goal without errands, which nobody can play by rules.
package struct TaskReader {
  private struct Task: Decodable {
    let id: String
    let user_id: String
    let instruction: String
    let actions: [ToolCall]
  }

  package static func goal(_ line: Data) throws -> Goal {
    let task = try JSONDecoder().decode(Task.self, from: line)
    let text = task.instruction
    func match(_ pattern: String) -> [String]? { groups(pattern, text).first }
    let name = match(#"Your name is (\S+) (.+?) and your"#) ?? ["", ""]
    let email = match(#"your email is (\S+@\S+?)\.(?:\s|$)"#)?.first
    let postcode = match(#"your zip code is (\w+)"#)?.first
    return Goal(
      id: task.id, customerID: task.user_id, name: PersonName(given: name[0], family: name[1]), email: email,
      postcode: postcode,
      errands: errands(text), actions: task.actions)
  }

  private static func groups(_ pattern: String, _ text: String) -> [[String]] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).map { match in
      (1..<match.numberOfRanges).map { i in Range(match.range(at: i), in: text).map { String(text[$0]) } ?? "" }
    }
  }

  private static func errands(_ text: String) -> [Goal.Errand] {
    let pattern =
      #"Cancel order (#W\d+) because ([a-z ]+?)\.|Return (#W\d+) via (\w+): ((?:[A-Z][^;.#]*; ?)+)|For (#W\d+), (exchange|modify) (.*?); ?(?:via (\w+)\.|(?=For |Cancel |Return |$))|For (#W\d+), change payment to (\w+)\.|For (#W\d+), change address to (\{.*?\})"#
    return groups(pattern, text).compactMap { group in
      if !group[0].isEmpty {
        var errand = Goal.Errand(kind: .cancel)
        (errand.orderID, errand.reason) = (group[0], group[1])
        return errand
      }
      if !group[2].isEmpty {
        var errand = Goal.Errand(kind: .sendBack)
        (errand.orderID, errand.method) = (group[2], group[3])
        errand.items = group[4].components(separatedBy: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
          !$0.isEmpty
        }
        .map { Goal.Item(name: $0) }
        return errand
      }
      if !group[5].isEmpty {
        var errand = Goal.Errand(kind: group[6] == "modify" ? .items : .exchange)
        errand.orderID = group[5]
        errand.method = group[8].isEmpty ? nil : group[8]
        errand.items = groups(#"([A-Z][\w\- ]*?) (\{[^}]*\}) to (\{[^}]*\})"#, group[7]).map {
          Goal.Item(name: $0[0], options: options($0[1]), wanted: options($0[2]))
        }
        return errand.items.isEmpty ? nil : errand
      }
      if !group[9].isEmpty {
        var errand = Goal.Errand(kind: .payment)
        (errand.orderID, errand.method) = (group[9], group[10])
        return errand
      }
      var errand = Goal.Errand(kind: .address)
      errand.orderID = group[11]
      let parts = options(group[12])
      errand.address = Address(
        address1: parts["address1"] ?? "", address2: parts["address2"], city: parts["city"] ?? "",
        country: parts["country"] ?? "",
        state: parts["state"] ?? "", zip: parts["zip"] ?? "")
      return errand
    }
  }

  /// `{'color': 'red', 'size': "8'"}`
  private static func options(_ text: String) -> [String: String] {
    var options: [String: String] = [:]
    for pair in groups(#"'([^']+)': (?:'([^']*)'|"([^"]*)")"#, text) { options[pair[0]] = pair[1].isEmpty ? pair[2] : pair[1] }
    return options
  }
}
