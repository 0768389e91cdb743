import Foundation
import TestSupport

/// A shop small enough to know by heart.
enum SampleShop {
  static func write(to folder: TemporaryFolder) throws {
    _ = try folder.write(
      "products.json",
      """
      {"10": {"name": "Mug", "product_id": "10", "names": {"zh": "马克杯"}, "variants":
        {"100": {"item_id": "100", "options": {"color": "blue"}, "available": true, "price": 9.99}}},
       "20": {"name": "Lamp", "product_id": "20", "variants": {}}}
      """)
    func customer(_ first: String, _ last: String, _ email: String, _ zip: String, _ orders: String) -> String {
      """
      {"name": {"first_name": "\(first)", "last_name": "\(last)"}, "email": "\(email)", "payment_methods":
        {"gift_card_1": {"source": "gift_card", "id": "gift_card_1", "balance": 12.34}}, "orders": [\(orders)],
       "address": {"address1": "1 Road", "address2": "", "city": "X", "country": "Y", "state": "Z", "zip": "\(zip)"}}
      """
    }
    _ = try folder.write(
      "customers.json",
      """
      {"ann_lee_1": \(customer("Ann", "Lee", "ann.lee@example.com", "12345", "\"#W1000001\", \"#W1000002\"")),
       "bob_ray_2": \(customer("Bob", "Ray", "bob@example.com", "12345", "\"#W2000001\"")),
       "na_li_3": \(customer("娜", "李", "li.na@example.org", "100027", "")),
       "kim_roe_4": \(customer("Kim", "Roe", "kim1@example.org", "99999", "")),
       "kim_roe_5": \(customer("Kim", "Roe", "kim2@example.org", "99999", ""))}
      """)
    func order(_ id: String, _ user: String, _ status: String, _ items: [(String, String)]) -> String {
      let lines = items.map { #"{"name": "\#($0.0)", "product_id": "\#($0.1)", "item_id": "1", "price": 5.0, "options": {}}"# }
      return """
        "\(id)": {"order_id": "\(id)", "user_id": "\(user)", "status": "\(status)", "items": [\(lines.joined(separator: ", "))],
          "address": {"address1": "1 Road", "city": "X", "country": "Y", "state": "Z", "zip": "12345"},
          "fulfillments": [], "payment_history": [{"transaction_type": "payment", "amount": 5.0, "payment_method_id": "gift_card_1"}]}
        """
    }
    _ = try folder.write(
      "orders.json",
      """
      {\(order("#W1000001", "ann_lee_1", "pending", [("Mug", "10"), ("Lamp", "20")])),
       \(order("#W1000002", "ann_lee_1", "delivered", [("Mug", "10")])),
       \(order("#W2000001", "bob_ray_2", "pending", [("Lamp", "20")]))}
      """)
  }
}
