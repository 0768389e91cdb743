import Foundation

/// The JSON files of a shop's data, as they are written. Unknown keys are passed over.
enum StoreFiles {
  struct Name: Decodable {
    let first_name: String
    let last_name: String
  }

  struct Address: Codable {
    let address1: String
    let address2: String?
    let city: String
    let country: String
    let state: String
    let zip: String
  }

  struct PaymentMethod: Decodable {
    let source: String
    let id: String
    let brand: String?
    let last_four: String?
    let balance: Double?
  }

  struct Customer: Decodable {
    let name: Name
    let address: Address
    let email: String
    let payment_methods: [String: PaymentMethod]
    let orders: [String]
  }

  struct Variant: Decodable {
    let item_id: String
    let options: [String: String]
    let available: Bool
    let price: Double
    let stock: Int?
  }

  struct Product: Decodable {
    let name: String
    let product_id: String
    let names: [String: String]?
    let category: String?
    let brand: String?
    let description: String?
    let descriptions: [String: String]?
    let tags: [String]?
    let rating: Double?
    let option_names: [String: [String: String]]?
    let option_values: [String: [String: String]]?
    let variants: [String: Variant]
  }

  struct Item: Decodable {
    let name: String
    let product_id: String
    let item_id: String
    let price: Double
    let options: [String: String]
  }

  struct Fulfillment: Decodable {
    let tracking_id: [String]
    let item_ids: [String]
  }

  struct Payment: Decodable {
    let transaction_type: String
    let amount: Double
    let payment_method_id: String
  }

  struct Order: Decodable {
    let order_id: String
    let user_id: String
    let address: Address
    let items: [Item]
    let fulfillments: [Fulfillment]
    let status: String
    let payment_history: [Payment]
    let placed_at: String?
    let shipped_at: String?
    let delivered_at: String?
    let estimated_delivery: String?
    let carrier: String?
    let currency: String?
  }

  /// The records of a file by key, in key order.
  static func records<T: Decodable>(_ type: T.Type, in folder: String, _ names: [String]) throws(ImportError) -> [(String, T)] {
    for name in names {
      let path = "\(folder)/\(name)"
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      do {
        return try JSONDecoder().decode([String: T].self, from: data).sorted { $0.key < $1.key }
      } catch {
        throw ImportError(file: path, reason: Self.reason(error))
      }
    }
    throw ImportError(file: "\(folder)/\(names[0])", reason: "no such file; a shop has products, customers and orders")
  }

  /// What a decoder found wrong, with the path to it.
  static func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String { context.codingPath.map(\.stringValue).joined(separator: ".") }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context)?: "\(place(context)): no \"\(key.stringValue)\""
    case .typeMismatch(let type, let context)?: "\(place(context)): not a \(type)"
    case .valueNotFound(_, let context)?: "\(place(context)): a value is missing"
    case .dataCorrupted(let context)? where context.codingPath.isEmpty: "not JSON"
    case .dataCorrupted(let context)?: "\(place(context)): \(context.debugDescription)"
    default: "not a JSON object of records by id"
    }
  }
}

/// A record that cannot be taken over: file, and what is wrong with which key.
package struct ImportError: Error, CustomStringConvertible {
  let file: String
  let reason: String

  package var description: String { "\(file): \(reason)" }
}
