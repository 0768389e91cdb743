import Foundation

extension EntityHints {
  private struct Product: Decodable {
    struct Variant: Decodable {
      let options: [String: String]?
    }

    let variants: [String: Variant]?
    /// By language, what an option's value is called in it.
    let option_values: [String: [String: String]]?
  }

  /// Adds the colours and sizes of a shop's `products.json` as phrases to find; what they are called in another language stands for the
  /// same value. Bare numbers are left out: they are sizes in some texts and counts in most.
  package mutating func add(products path: String) throws(CorpusError) {
    let file = try InputFile(path: path)
    let products: [String: Product]
    do {
      products = try JSONDecoder().decode([String: Product].self, from: Data(try file.allText().utf8))
    } catch let error as CorpusError {
      throw error
    } catch {
      throw CorpusError(.init(file: path), "not products by their ids, with \"variants\" and their \"options\"")
    }
    var phrases: [String: Set<String>] = [:]
    for (_, product) in products.sorted(by: { $0.key < $1.key }) {
      for option in (product.variants ?? [:]).values.lazy.compactMap(\.options).flatMap(\.self) {
        guard let type = Self.type(ofOption: option.key), option.value.contains(where: \.isLetter) else { continue }
        phrases[type, default: []].insert(option.value)
        for names in (product.option_values ?? [:]).values {
          guard let name = names[option.value] else { continue }
          phrases[type, default: []].insert(name)
          synonyms[Self.key(name)] = synonyms[Self.key(name)] ?? option.value
        }
      }
    }
    for (type, values) in phrases { lookups[type] = Set(lookups[type] ?? []).union(values).sorted() }
  }

  private static func type(ofOption name: String) -> String? {
    let name = name.lowercased()
    if name.contains("color") || name.contains("colour") { return "color" }
    return name == "size" || name.hasSuffix(" size") ? "size" : nil
  }
}
