import Conversation
import Corpus
import Foundation
import Yams

/// What a shop says of itself in `shop.yml`.
package struct ShopSettings: Codable, Hashable, Sendable {
  /// Its name, and its names by language code.
  package var name = "Steward"
  package var names: [String: String]?
  /// An ISO 4217 code.
  package var currency: String? = "USD"
  /// Units of other currencies for one of the shop's: what a customer means who names a price in theirs.
  package var exchange_rates: [String: Double]?
  /// An IANA time zone: what day it is in this shop.
  package var time_zone: String? = "UTC"
  /// Days after delivery in which an item may be sent back or exchanged; nil is without end.
  package var return_window_days: Int?
  package var refund_days: RefundDays?
  /// Where the shop does not say.
  private static let usualRefundDays = "5-7"
  package var refundDays: String { refund_days?.other ?? Self.usualRefundDays }
  /// Minutes a statement stays good for a yes.
  package var confirmation_minutes: Int?
  package var contact: Contact?

  package struct Contact: Codable, Hashable, Sendable {
    package var email: String?
    package var phone: String?
    /// Of the human desk, by language code.
    package var hours: [String: String]?
  }

  /// Business days until a refund arrives, as said to customers: `5-7`, or 0 for at once.
  package struct RefundDays: Codable, Hashable, Sendable {
    package var gift_card: String?
    package var other: String?

    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      // `0` and `"5-7"` are both at home in YAML.
      func text(_ key: CodingKeys) throws -> String? {
        if let number = try? values.decodeIfPresent(Int.self, forKey: key) { return String(number) }
        return try values.decodeIfPresent(String.self, forKey: key)
      }
      gift_card = try text(.gift_card)
      other = try text(.other)
    }
  }

  package init() {}

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decodeIfPresent(String.self, forKey: .name) ?? name
    names = try values.decodeIfPresent([String: String].self, forKey: .names)
    currency = try values.decodeIfPresent(String.self, forKey: .currency) ?? currency
    exchange_rates = try values.decodeIfPresent([String: Double].self, forKey: .exchange_rates)
    time_zone = try values.decodeIfPresent(String.self, forKey: .time_zone) ?? time_zone
    return_window_days = try values.decodeIfPresent(Int.self, forKey: .return_window_days)
    refund_days = try values.decodeIfPresent(RefundDays.self, forKey: .refund_days)
    confirmation_minutes = try values.decodeIfPresent(Int.self, forKey: .confirmation_minutes)
    contact = try values.decodeIfPresent(Contact.self, forKey: .contact)
  }

  package func name(in language: Language) -> String { names?[language.rawValue] ?? name }
  package var timeZone: String { time_zone ?? "UTC" }
  package var currencyCode: String { currency ?? "USD" }

  /// Reads `shop.yml` of a folder; a shop without one has the defaults.
  static func read(in folder: String) throws -> ShopSettings {
    let path = "\(folder)/shop.yml"
    guard FileManager.default.fileExists(atPath: path) else { return ShopSettings() }
    let text = try InputFile(path: path).allText()
    let settings: ShopSettings
    do {
      settings = try YAMLDecoder().decode(ShopSettings.self, from: text)
    } catch let error as DecodingError {
      // The decoder hides a slip of the YAML itself inside an error about data.
      guard case .dataCorrupted(let context) = error, let slip = context.underlyingError as? YamlError else {
        throw ImportError(file: path, reason: ShopFiles.reason(error))
      }
      throw ImportError(file: path, reason: "not YAML: \(slip)".split(separator: "\n").joined(separator: " "))
    }
    func refuse(_ key: String, _ reason: String) -> ImportError { ImportError(file: path, key: key, reason: reason) }
    guard TimeZone(identifier: settings.timeZone) != nil else {
      throw refuse("time_zone", "unknown \"\(settings.timeZone)\"; write one such as Europe/Berlin")
    }
    let code = settings.currencyCode
    guard code.count == 3, code.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
      throw refuse("currency", "\"\(code)\" is no ISO 4217 code such as EUR")
    }
    if let days = settings.return_window_days, !(0...36_500).contains(days) {
      throw refuse("return_window_days", "not between 0 and 36500")
    }
    if let minutes = settings.confirmation_minutes, !(1...10_080).contains(minutes) {
      throw refuse("confirmation_minutes", "not between 1 and 10080")
    }
    return settings
  }
}
