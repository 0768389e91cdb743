import Foundation
import Neural

extension LearntRecommender {
  package static let part = "recommender"

  private enum Key {
    static let customers = "recommender.customers"
    static let items = "recommender.items"
    static let histories = "recommender.histories"
    static let weights = "recommender.weights"
    static let forward = "recommender.forward"
    static let forwardValues = "recommender.forward_values"
    static let information = "recommender.information"
    static let cosine = "recommender.cosine"
    static let linear = "recommender.linear"
    static let linearItems = "recommender.linear_items"
    static let factors = "recommender.factors"
    static let table = "recommender.table"
    static let words = "recommender.words"
    static let wordValues = "recommender.word_values"
    static let categories = "recommender.categories"
    static let blend = "recommender.blend"
  }

  /// What of a model file is the recommender's.
  package var filePart: Safetensors.Part {
    get throws {
      func json(_ list: [String]) throws -> Safetensors.Tensor { .bytes(Array(try JSONEncoder().encode(list))) }
      let events = data.histories.flatMap(\.self)
      var tensors: [(String, Safetensors.Tensor)] = [
        (Key.customers, try json(data.customers)), (Key.items, try json(data.items)),
        (Key.histories, .bytes(Self.packed(data.histories.map { Int32($0.count) } + events.map(\.item)))),
        (Key.weights, .floats(Matrix(rows: 1, columns: events.count, events.map(\.weight)))),
        (Key.forward, Self.columns(neighbours.forward)), (Key.forwardValues, Self.values(neighbours.forward)),
        (Key.information, .quantized(QuantizedMatrix(vectors.information))),
        (Key.cosine, .quantized(QuantizedMatrix(vectors.cosine))), (Key.factors, .floats(factors.items)),
        (Key.table, .floats(sequence.table.table)), (Key.blend, .floats(blend.table)),
      ]
      if let linear {
        tensors += [(Key.linear, .quantized(linear.weights)), (Key.linearItems, .bytes(Self.packed(linear.known)))]
      }
      if let content {
        tensors += [
          (Key.words, Self.columns(content.words)), (Key.wordValues, Self.values(content.words)),
          (Key.categories, .bytes(Self.packed([Int32(content.vocabulary)] + content.categories))),
        ]
      }
      tensors += sequence.parameters.map { ("\(Self.part).\($0.name)", .floats($0.matrix)) }
      return Safetensors.Part(name: Self.part, tensors: tensors.map { (name: $0.0, tensor: $0.1) })
    }
  }

  /// The recommender of a model file; nil when the file has none, or what it has does not fit together.
  package init?(_ file: Safetensors) {
    func list(_ key: String) -> [String]? {
      file.bytes(key).flatMap { try? JSONDecoder().decode([String].self, from: Data($0.array)) }
    }
    guard let customers = list(Key.customers), let items = list(Key.items), Set(items).count == items.count,
      let packed = file.bytes(Key.histories).flatMap({ Self.unpacked($0.array) }), let weights = file.matrix(Key.weights),
      let histories = Self.lists(packed, count: customers.count, below: items.count),
      weights.rows == 1, weights.columns == packed.count - customers.count,
      let forward = Self.rows(file, Key.forward, Key.forwardValues, items.count, below: items.count),
      let information = file.matrix(Key.information), information.rows == items.count,
      let cosine = file.matrix(Key.cosine), cosine.rows == items.count,
      information.columns == ItemVectors.dimensions, cosine.columns == ItemVectors.dimensions,
      let factors = file.matrix(Key.factors), factors.rows == items.count, factors.columns == LatentFactors.dimensions,
      let table = file.matrix(Key.table), table.rows == items.count, table.columns == SequenceModel.width,
      let blendTable = file.matrix(Key.blend)
    else { return nil }
    var data = Interactions()
    for item in items { _ = data.item(item) }
    var place = 0
    for (customer, history) in zip(customers, histories) {
      data.add(
        customer,
        history.map { item in
          defer { place += 1 }
          return (items[Int(item)], Double(weights[0, place]))
        })
    }
    var linear: LinearItemModel?
    if let matrix = file.quantized(Key.linear) {
      guard let known = file.bytes(Key.linearItems).flatMap({ Self.unpacked($0.array) }),
        let model = LinearItemModel(known: known, weights: matrix, items: items.count)
      else { return nil }
      linear = model
    }
    let popularity = Popularity(data)
    var content: ItemContent?
    if let packed = file.bytes(Key.categories).flatMap({ Self.unpacked($0.array) }), let vocabulary = packed.first {
      guard let words = Self.rows(file, Key.words, Key.wordValues, items.count, below: Int(vocabulary)),
        let model = ItemContent(
          words: words, vocabulary: Int(vocabulary), categories: Array(packed.dropFirst()), popularity: popularity)
      else { return nil }
      content = model
    }
    var sequence = SequenceModel(table: table, seed: 0)
    var fits = true
    sequence.visitParameters { name, matrix in
      guard let found = file.matrix("\(Self.part).\(name)"), found.rows == matrix.rows, found.columns == matrix.columns else {
        fits = false
        return
      }
      matrix = found
    }
    let features = Self.featureCount(hasLinear: linear != nil, hasContent: content != nil)
    guard fits, let blend = Blend(table: blendTable, features: features) else { return nil }
    self.init(
      data: data, popularity: popularity, neighbours: ItemNeighbours(forward),
      vectors: ItemVectors(information: information, cosine: cosine), linear: linear, factors: LatentFactors(items: factors),
      sequence: sequence, content: content, blend: blend)
  }

  private static func packed(_ values: [Int32]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  private static func unpacked(_ bytes: [UInt8]) -> [Int32]? {
    guard bytes.count % 4 == 0 else { return nil }
    return bytes.withUnsafeBytes { raw in
      (0..<bytes.count / 4).map { Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)) }
    }
  }

  /// Lists written as their lengths and then their values, each at least 0 and below a bound.
  private static func lists(_ packed: [Int32], count: Int, below bound: Int) -> [ArraySlice<Int32>]? {
    guard packed.count >= count else { return nil }
    var result: [ArraySlice<Int32>] = []
    var start = count
    for length in packed[..<count] {
      guard length >= 0, start + Int(length) <= packed.count else { return nil }
      result.append(packed[start..<start + Int(length)])
      start += Int(length)
    }
    guard start == packed.count, packed[count...].allSatisfy({ $0 >= 0 && Int($0) < bound }) else { return nil }
    return result
  }

  private static func columns(_ rows: SparseRows) -> Safetensors.Tensor {
    .bytes(packed((0..<rows.count).map { Int32(rows.starts[$0 + 1] - rows.starts[$0]) } + rows.columns))
  }

  private static func values(_ rows: SparseRows) -> Safetensors.Tensor {
    .floats(Matrix(rows: 1, columns: rows.values.count, rows.values))
  }

  private static func rows(_ file: Safetensors, _ columns: String, _ values: String, _ count: Int, below bound: Int)
    -> SparseRows?
  {
    guard let packed = file.bytes(columns).flatMap({ unpacked($0.array) }),
      let lists = lists(packed, count: count, below: bound), let values = file.matrix(values), values.rows == 1,
      values.values.allSatisfy(\.isFinite),
      values.columns == packed.count - count
    else { return nil }
    var rows = SparseRows()
    var place = 0
    for list in lists {
      guard zip(list, list.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
      rows.append(
        list.map { column -> (column: Int32, value: Float) in
          defer { place += 1 }
          return (column, values[0, place])
        })
    }
    return rows
  }
}
