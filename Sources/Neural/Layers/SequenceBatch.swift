/// Sequences of different lengths, run side by side without padding.
///
/// A matrix of a batch holds the sequences one after another ("sequence rows"). A recurrent layer wants all first steps
/// together, then all second steps ("step rows"): the sequences are taken longest first, so that the ones still running at a
/// step are the first rows of the step before.
package struct SequenceBatch: Sendable {
  package let lengths: [Int]
  /// Where each sequence starts among the sequence rows; one more entry ends the last.
  package let starts: [Int]
  /// How many sequences are still running at each step; not increasing.
  let running: [Int]
  /// Where each step starts among the step rows.
  let stepStarts: [Int]
  /// For each step row the sequence row it is, reading forward and reading backward.
  let forwardRows: [Int]
  let backwardRows: [Int]

  /// All steps of all sequences.
  package var rows: Int { starts[lengths.count] }

  package init(lengths: [Int]) {
    precondition(lengths.allSatisfy { $0 > 0 }, "a sequence has at least one step")
    self.lengths = lengths
    var starts = [0]
    for length in lengths { starts.append(starts[starts.count - 1] + length) }
    self.starts = starts

    let order = lengths.indices.sorted { (lengths[$0], $1) > (lengths[$1], $0) }
    var running: [Int] = []
    var stepStarts: [Int] = []
    var forwardRows: [Int] = []
    var backwardRows: [Int] = []
    var active = order.count
    for step in 0..<(lengths.max() ?? 0) {
      while active > 0, lengths[order[active - 1]] <= step { active -= 1 }
      running.append(active)
      stepStarts.append(forwardRows.count)
      for sequence in order[..<active] {
        forwardRows.append(starts[sequence] + step)
        backwardRows.append(starts[sequence] + lengths[sequence] - 1 - step)
      }
    }
    self.running = running
    self.stepStarts = stepStarts
    self.forwardRows = forwardRows
    self.backwardRows = backwardRows
  }
}
