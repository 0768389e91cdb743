import Dispatch
import Glibc
import Synchronization

/// Runs pieces of work on a number of threads.
///
/// Which thread does a piece never shows in the result: pieces are fixed before, and results stand in the order of the pieces.
package enum Parallel {
  /// The threads this machine runs at once.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// body(0), …, body(count − 1), on at most `threads` threads.
  package static func map<R: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) -> R) -> [R] {
    let workers = max(1, min(threads, count))
    if workers == 1 { return (0..<count).map(body) }
    let results = Mutex([R?](repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        let result = body(piece)
        results.withLock { $0[piece] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
