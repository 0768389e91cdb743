import Conversation
import Corpus
import Foundation

/// A product as it is searched: its text by fields, and what filters look at.
package struct SearchDocument: Sendable {
  /// One way to order it.
  struct Offer: Sendable {
    let itemID: String
    let price: Int
    let options: [String: String]
    let isAvailable: Bool
  }

  package let id: String
  package let title: String
  package let brand: String
  /// What kind of thing it is: category, type, tags.
  let kind: String
  let description: String
  let attributes: String
  package let rating: Double?
  let offers: [Offer]
  let category: String?

  package var price: Int { offers.map(\.price).min() ?? 0 }

  /// A product of a shop, its words in every language together.
  package init(_ product: Product) {
    func all(_ own: String?, _ others: [String: String]?) -> String {
      ([own].compactMap(\.self) + (others ?? [:]).sorted { $0.key < $1.key }.map(\.value)).joined(separator: " ")
    }
    id = product.id
    title = all(product.name, product.names)
    brand = product.brand ?? ""
    kind = ([all(product.category, product.categoryNames)] + (product.tags ?? [])).joined(separator: " ")
    description = all(product.description, product.descriptions)
    let words = (product.optionValues ?? [:]).values.flatMap(\.values).sorted()
    let options = Set(product.variants.flatMap { $0.options.values }).sorted()
    attributes = (options + words).joined(separator: " ")
    rating = product.rating
    offers = product.variants.sorted { $0.itemID < $1.itemID }.map {
      Offer(itemID: $0.itemID, price: $0.price, options: $0.options, isAvailable: $0.isAvailable)
    }
    category = product.category
  }

  /// The products of a shop's folder.
  package static func ofShop(_ folder: String) throws -> [SearchDocument] {
    var documents: [SearchDocument] = []
    try ShopFiles(folder: folder).products { documents.append(SearchDocument($0)) }
    return documents
  }

  /// The products of a file: id, title, brand, price in cents, date, description, `name=value; …` with TABs between.
  package static func read(_ path: String) throws(CorpusError) -> [SearchDocument] {
    let file = try InputFile(path: path)
    var documents: [SearchDocument] = []
    while let (number, line) = try file.nextText() {
      if line.allSatisfy(\.isWhitespace) { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 4, !fields[0].isEmpty else {
        throw CorpusError(
          .init(file: file.name, line: number),
          "not id, title, brand, price in cents, date, description, attributes with TABs between")
      }
      documents.append(SearchDocument(row: fields))
    }
    return documents
  }

  private init(row: [String]) {
    func field(_ i: Int) -> String { i < row.count ? row[i] : "" }
    let pairs = field(6).components(separatedBy: "; ").compactMap { pair -> (String, String)? in
      guard let split = pair.firstIndex(of: "=") else { return nil }
      return (String(pair[..<split]), String(pair[pair.index(after: split)...]))
    }
    id = row[0]
    title = row[1]
    brand = field(2)
    kind = pairs.filter { $0.0 == "type" || $0.0 == "product_type" || $0.0 == "category" }.map(\.1).joined(separator: " ")
    description = field(5)
    attributes = pairs.map(\.1).joined(separator: " ")
    rating = nil
    offers = [
      Offer(
        itemID: row[0], price: Int(field(3)) ?? 0, options: Dictionary(pairs, uniquingKeysWith: { a, _ in a }),
        isAvailable: true)
    ]
    category = pairs.first { $0.0 == "category" || $0.0 == "product_type" || $0.0 == "type" }?.1
  }
}
