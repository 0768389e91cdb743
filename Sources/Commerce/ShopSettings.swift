import Conversation
import Foundation
import Yams

/// What a shop says of itself in `shop.yml`.
package struct ShopSettings: Codable, Hashable, Sendable {
  /// Its name, and its names by language code.
  package var name = "Steward"
  package var names: [String: String]?
  /// An ISO 4217 code.
  package var currency: String? = "USD"
  /// An IANA time zone: what day it is in this shop.
  package var time_zone: String? = "UTC"
  package var contact: Contact?

  package struct Contact: Codable, Hashable, Sendable {
    package var email: String?
    package var phone: String?
    /// Of the human desk, by language code.
    package var hours: [String: String]?
  }

  package init() {}

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decodeIfPresent(String.self, forKey: .name) ?? name
    names = try values.decodeIfPresent([String: String].self, forKey: .names)
    currency = try values.decodeIfPresent(String.self, forKey: .currency) ?? currency
    time_zone = try values.decodeIfPresent(String.self, forKey: .time_zone) ?? time_zone
    contact = try values.decodeIfPresent(Contact.self, forKey: .contact)
  }

  package func name(in language: Language) -> String { names?[language.rawValue] ?? name }
  package var timeZone: String { time_zone ?? "UTC" }

  /// Reads `shop.yml` of a folder; a shop without one has the defaults.
  static func read(in folder: String) throws(ImportError) -> ShopSettings {
    let path = "\(folder)/shop.yml"
    guard let data = FileManager.default.contents(atPath: path) else { return ShopSettings() }
    let settings: ShopSettings
    do {
      settings = try YAMLDecoder().decode(ShopSettings.self, from: String(decoding: data, as: UTF8.self))
    } catch let error as DecodingError {
      throw ImportError(file: path, reason: StoreFiles.reason(error))
    } catch {
      throw ImportError(file: path, reason: "not YAML: \(error)".replacing("\n", with: " "))
    }
    guard TimeZone(identifier: settings.timeZone) != nil else {
      throw ImportError(file: path, reason: "time_zone: unknown \"\(settings.timeZone)\"; write one such as Europe/Berlin")
    }
    return settings
  }
}
