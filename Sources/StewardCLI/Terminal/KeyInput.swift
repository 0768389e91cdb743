import Glibc

/// Single keys from the terminal at standard input, without echo and without the Enter key.
///
/// The terminal is in this mode only while a key is waited for, and signals that would end the program wait until it is itself
/// again: whatever happens, the shell gets its terminal back as it was.
struct KeyInput {
  enum Key: Hashable {
    case character(Character)
    /// Ctrl-C, a signal, or a terminal that went away.
    case interrupt
    /// Ctrl-D.
    case end
  }

  /// Typed ahead.
  private var waiting: [UInt8] = []

  private static let escape: UInt8 = 0x1B
  private static let greatestRead = 64
  /// Milliseconds after which signals are looked at.
  private static let patience: Int32 = 200
  private static let heldSignals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// The next ASCII key; arrows and other keys of several bytes are passed over.
  mutating func next() -> Key {
    while true {
      while !waiting.isEmpty {
        let byte = waiting.removeFirst()
        switch byte {
        case 0x03: return .interrupt
        case 0x04: return .end
        case 0x21...0x7E: return .character(Character(Unicode.Scalar(byte)))
        default: continue
        }
      }
      guard let bytes = Self.read() else { return .interrupt }
      // An escape begins the sequence of one key.
      waiting = bytes.first == Self.escape ? [] : bytes
    }
  }

  /// A line with the terminal's own editing; nil at the end of input.
  mutating func line() -> String? {
    waiting = []
    return readLine()
  }

  /// The bytes of a key or of several; nil when there will be none.
  private static func read() -> [UInt8]? {
    var held = sigset_t()
    var before = sigset_t()
    sigemptyset(&held)
    for signal in heldSignals { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

    var saved = termios()
    guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return nil }
    var single = saved
    single.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &single) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &saved) }

    while true {
      var pending = sigset_t()
      sigpending(&pending)
      if heldSignals.contains(where: { sigismember(&pending, $0) == 1 }) { return nil }
      var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, patience)
      if ready == 0 || (ready < 0 && errno == EINTR) { continue }
      guard ready > 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: greatestRead)
      let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? Array(bytes[..<count]) : nil
    }
  }
}
