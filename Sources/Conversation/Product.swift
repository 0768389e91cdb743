/// A product in one of its options: what can be ordered.
package struct Variant: Hashable, Sendable {
  package let itemID: String
  package let options: [String: String]
  package let isAvailable: Bool
  /// Today's price, in minor units.
  package let price: Int
  /// Pieces there are; nil where the shop does not say.
  package let stock: Int?

  package init(itemID: String, options: [String: String], isAvailable: Bool, price: Int, stock: Int? = nil) {
    self.itemID = itemID
    self.options = options
    self.isAvailable = isAvailable
    self.price = price
    self.stock = stock
  }
}

/// A product with all its variants.
package struct Product: Hashable, Sendable {
  package let id: String
  package let name: String
  package var category: String?
  package var brand: String?
  package var description: String?
  package var tags: [String]?
  /// Stars, 0 to 5.
  package var rating: Double?
  /// Words in other languages, by language code.
  package var names: [String: String]?
  package var categoryNames: [String: String]?
  package var descriptions: [String: String]?
  package var optionNames: [String: [String: String]]?
  package var optionValues: [String: [String: String]]?
  /// By item id.
  package var variants: [Variant]

  package init(id: String, name: String, variants: [Variant]) {
    self.id = id
    self.name = name
    self.variants = variants
  }

  package func variant(_ itemID: String) -> Variant? { variants.first { $0.itemID == itemID } }
  package func name(in language: Language) -> String { names?[language.rawValue] ?? name }

  package func translation(_ language: Language) -> OrderItem.Translation {
    let code = language.rawValue
    return OrderItem.Translation(
      name: names?[code], optionNames: optionNames?[code] ?? [:], optionValues: optionValues?[code] ?? [:])
  }
}
