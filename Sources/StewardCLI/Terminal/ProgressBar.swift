import Glibc

/// A bar on standard error with the time left; silent where that is no terminal.
struct ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  private var last: ContinuousClock.Instant?

  private static let width = 24
  private static let interval = Duration.milliseconds(100)

  /// Shows the share done and a few words beside it.
  mutating func update(_ fraction: Double, _ words: String) {
    guard isShown else { return }
    let now = clock.now
    if let last, now - last < Self.interval, fraction < 1 { return }
    last = now
    let done = Int((fraction * Double(Self.width)).rounded(.down))
    let bar = String(repeating: "█", count: done) + String(repeating: "░", count: Self.width - done)
    let elapsed = (now - start) / .seconds(1)
    let left = fraction > 0 ? Int((elapsed / fraction * (1 - fraction)).rounded(.up)) : 0
    Output.progress("\r\u{1B}[K\(bar) \(Int(fraction * 100))%  \(words)  \(left) s left")
  }

  /// Shows how much is done of what has no known end.
  mutating func count(_ words: String) {
    guard isShown else { return }
    let now = clock.now
    if let last, now - last < Self.interval { return }
    last = now
    Output.progress("\r\u{1B}[K\(words)  \(Int((now - start) / .seconds(1))) s")
  }

  /// Clears the bar.
  func end() {
    if isShown { Output.progress("\r\u{1B}[K") }
  }
}
