import Corpus
import Foundation
import Neural

/// Reads conversations of several files in batches. A bad line is noted on standard error with its number, counted and passed over.
struct TranscriptBatches {
  private var paths: ArraySlice<String>
  private var reader: TranscriptReader?
  private let isStrict: Bool
  private(set) var skipped = 0

  private static let size = 512
  /// Bad lines that are named; of more the number is enough.
  private static let named = 100
  private let threads: Int

  init(_ paths: [String], isStrict: Bool, threads: Int) {
    self.threads = threads
    self.paths = (paths.isEmpty ? ["-"] : paths)[...]
    self.isStrict = isStrict
  }

  /// The next conversations; none at the end.
  mutating func next() throws -> [Transcript] {
    while true {
      if reader == nil {
        guard let path = paths.popFirst() else { return [] }
        reader = try TranscriptReader(path: path)
      }
      let pending = reader?.pending(Self.size) ?? []
      let read = Parallel.map(pending.count, threads: threads) { pending[$0].transcript() }
      if read.isEmpty {
        reader = nil
        continue
      }
      var batch: [Transcript] = []
      for result in read {
        switch result {
        case .success(let transcript): batch.append(transcript)
        case .failure(let error):
          if isStrict { throw error }
          skipped += 1
          if skipped <= Self.named { Output.note("steward: \(TerminalText.oneLine("\(error)"))") }
        }
      }
      if !batch.isEmpty { return batch }
    }
  }

  /// The failure to end with when lines were passed over.
  var failure: Failure? {
    skipped == 0 ? nil : Failure("\(skipped) \(skipped == 1 ? "line was" : "lines were") no conversation and left out")
  }
}
