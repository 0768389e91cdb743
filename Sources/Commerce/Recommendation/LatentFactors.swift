import Neural

/// Customers and products as vectors whose product says how likely the one takes the other, from events that only say yes: implicit
/// alternating least squares (Hu, Koren and Volinsky, 2008).
///
///     min Σ_{u,i} c_ui (p_ui − uᵀv_i)² + λ (Σ|u|² + Σ|v|²),   c = 1 + α for taken products, 1 for all others
///
/// A customer's vector is solved from their history, so a new customer or event needs no training.
struct LatentFactors: ItemModel {
  static let features = ["latent"]
  static let dimensions = 32

  /// V: [items, dimensions]
  let items: Matrix
  /// VᵀV + λI
  private let gram: Matrix

  private static let confidence: Float = 10
  private static let regularization: Float = 5
  private static let rounds = 6

  init(items: Matrix) {
    self.items = items
    gram = Self.gram(items)
  }

  init(_ data: Interactions, seed: UInt64, threads: Int) {
    var generator = SplitMix64(seed: seed, name: "latent factors")
    var items = Matrix(uniform: data.items.count, Self.dimensions, limit: 0.1, using: &generator)
    let taken = data.histories.map { $0.map { Int($0.item) } }
    var takers = [[Int]](repeating: [], count: data.items.count)
    for (customer, history) in taken.enumerated() { for item in history { takers[item].append(customer) } }
    for _ in 0..<Self.rounds {
      let customers = Self.solve(taken, items, threads: threads)
      items = Self.solve(takers, customers, threads: threads)
    }
    self.init(items: items)
  }

  private static func gram(_ vectors: Matrix) -> Matrix {
    var gram = Matrix(zeros: dimensions, dimensions)
    gram.accumulate(transposed: vectors, times: vectors)
    for i in 0..<dimensions { gram[i, i] += regularization }
    return gram
  }

  /// The vectors of one side, given those of the other and who goes with whom.
  private static func solve(_ links: [[Int]], _ others: Matrix, threads: Int) -> Matrix {
    let gram = gram(others)
    let pieces = 64
    let size = (links.count + pieces - 1) / pieces
    let solved = Parallel.map(pieces, threads: threads) { piece -> [[Float]] in
      links.dropFirst(piece * size).prefix(size).map { solve($0, others, gram) }
    }
    return Matrix(rows: links.count, columns: dimensions, solved.flatMap { $0.flatMap(\.self) })
  }

  /// (VᵀV + λI + α V_hᵀV_h)⁻¹ (1 + α) Σ v_h, by Cholesky's decomposition.
  private static func solve(_ links: [Int], _ others: Matrix, _ gram: Matrix) -> [Float] {
    guard !links.isEmpty else { return [Float](repeating: 0, count: dimensions) }
    let own = others.gathered(links)
    var a = gram
    var scaled = own
    scaled.withMutableFloats { for i in $0.indices { $0[i] *= confidence } }
    a.accumulate(transposed: scaled, times: own)
    var b = [Float](repeating: 0, count: dimensions)
    own.withFloats { for (i, value) in $0.enumerated() { b[i % dimensions] += (1 + confidence) * value } }
    return a.solvePositiveDefinite(b) ?? b.map { _ in 0 }
  }

  func values(_ history: [Interactions.Event], _ candidates: [Int32]) -> [[Float]] {
    let customer = Self.solve(history.suffix(.recent).map { Int($0.item) }, items, gram)
    return [
      customer.withUnsafeBufferPointer { u in
        candidates.map { candidate in items.withRow(Int(candidate)) { Kernels.best.dot(u, $0) } }
      }
    ]
  }
}

extension Int {
  fileprivate static var recent: Int { [Interactions.Event].recent }
}
