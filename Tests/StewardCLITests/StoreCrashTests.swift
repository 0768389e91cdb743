import Commerce
import Foundation
import Synchronization
import TestSupport
import Testing

extension WholeProgram {
  /// A store that loses nothing: processes that are killed, a disk that is full, a file that may not be written.
  @Suite struct StoreCrashTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
      folder = try TemporaryFolder()
      path = "\(folder.path)/s.sqlite"
      try SQLiteStore.importFiles(from: "\(Program.root)/corpora/store", to: path)
    }

    private static func call(_ order: String, _ marker: String) -> String {
      #"{"name":"modify_pending_order_address","arguments":{"order_id":"\#(order)","address1":"\#(marker)","address2":"","#
        + #""city":"X","state":"Y","country":"Z","zip":"1"}}"# + "\n"
    }

    private func pendingOrders() throws -> [String] {
      let json = try Data(contentsOf: URL(filePath: "\(Program.root)/corpora/store/orders.json"))
      let orders = try #require(try JSONSerialization.jsonObject(with: json) as? [String: [String: Any]])
      return orders.filter { $0.value["status"] as? String == "pending" }.keys.sorted()
    }

    /// The addresses the log knows were written.
    private func written() throws -> Set<String> {
      let arguments = try SQLiteStore(path: path).events().map {
        try JSONSerialization.jsonObject(with: Data($0.arguments.utf8))
      }
      return Set(arguments.compactMap { ($0 as? [String: Any])?["address1"] as? String })
    }

    /// What happened to the writers, from all their threads.
    private struct Books {
      var reported: [String] = []
      var kills = 0
      var complaints: [String] = []
    }

    @Test func whatWasReportedDoneIsThereAfterKillingTheWriters() throws {
      let isSoak = ProcessInfo.processInfo.environment["STEWARD_SOAK"] != nil
      let (writers, seconds) = isSoak ? (200, 300.0) : (20, 30.0)
      let orders = try pendingOrders()
      let books = Mutex(Books())
      let end = Date().addingTimeInterval(seconds)
      let path = path
      let threads = (0..<writers).map { writer in
        let finished = DispatchSemaphore(value: 0)
        let thread = Thread {
          defer { finished.signal() }
          var life = 0
          while Date() < end {
            life += 1
            do {
              let reported = try Self.oneLife("w\(writer)l\(life)", orders, path, until: end)
              books.withLock {
                $0.reported += reported
                $0.kills += 1
              }
              if writer < 4 {
                let problems = try SQLiteStore(path: path).problems()
                books.withLock { $0.complaints += problems }
              }
            } catch {
              books.withLock { $0.complaints.append("\(error)") }
            }
          }
        }
        thread.stackSize = 1 << 20
        thread.start()
        return finished
      }
      for thread in threads { thread.wait() }
      let (reported, kills, complaints) = books.withLock { ($0.reported, $0.kills, $0.complaints) }
      #expect(complaints == [])
      #expect(kills > writers && reported.count > 100, "\(kills) kills, \(reported.count) writes")
      let log = try written()
      let lost = reported.filter { !log.contains($0) }
      #expect(lost == [], "\(lost.count) of \(reported.count) reported writes are gone")
      #expect(try SQLiteStore(path: path).problems() == [])
    }

    /// Starts a writer, lets it write for a while, kills it, and returns the writes it reported.
    private static func oneLife(_ name: String, _ orders: [String], _ path: String, until end: Date) throws -> [String] {
      let child = try ChildProcess([Program.path, "store", "tools", "--store", path])
      let life = min(Double.random(in: 0.2...2), max(0.1, end.timeIntervalSinceNow))
      let death = Date().addingTimeInterval(life)
      let killer = Thread {
        Thread.sleep(until: death)
        child.kill()
      }
      killer.start()
      var reported: [String] = []
      var number = 0
      while true {
        number += 1
        let marker = "\(name)n\(number)"
        guard let order = orders.randomElement(), child.write(call(order, marker)), let line = child.readLine() else { break }
        if line.contains("\"result\"") { reported.append(marker) }
      }
      child.wait()
      return reported
    }

    @Test func aFullDiskIsAnErrorAndLosesNothing() throws {
      let orders = try pendingOrders()
      let calls = (0..<3000).map { Self.call(orders[$0 % orders.count], "full\($0)x") }.joined()
      let input = try folder.write("calls.jsonl", calls)
      // Files may grow to 2 MB and no further, which is what a full disk looks like to a process.
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "ulimit -f 4096; exec \"$0\" store tools --store \"$1\" < \"$2\"", Program.path, path, input]
      let output = Pipe()
      (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      let lines = text.split(separator: "\n")
      #expect(lines.count == 3000)
      let done = lines.indices.filter { lines[$0].contains("\"result\"") }
      #expect(!done.isEmpty && done.count < 3000, "\(done.count) of 3000 written")
      #expect(lines.contains { $0.contains("Error: the store is not available") })
      let log = try written()
      #expect(done.allSatisfy { log.contains("full\($0)x") })
      #expect(try SQLiteStore(path: path).problems() == [])
    }

    @Test func aStoreThatMayNotBeWrittenIsAnErrorAndStaysAsItIs() throws {
      let before = try SQLiteStore(path: path).events().count
      let order = try #require(try pendingOrders().first)
      // The superuser may write anything, so the program runs as somebody else.
      let program = "\(folder.path)/steward"
      try FileManager.default.copyItem(atPath: Program.path, toPath: program)
      chmod(path, 0o444)
      chmod(folder.path, 0o555)
      defer { chmod(folder.path, 0o755) }
      let process = Process()
      if geteuid() == 0 {
        guard FileManager.default.fileExists(atPath: "/usr/bin/setpriv") else { return }
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = ["--reuid", "65534", "--clear-groups", program, "store", "tools", "--store", path]
      } else {
        process.executableURL = URL(filePath: program)
        process.arguments = ["store", "tools", "--store", path]
      }
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
      let (input, output, errors) = (Pipe(), Pipe(), Pipe())
      (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
      try process.run()
      try? input.fileHandleForWriting.write(contentsOf: Data(Self.call(order, "never").utf8))
      try? input.fileHandleForWriting.close()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(!text.contains("\"result\""))
      #expect(
        text.contains("Error: the store is not available") || complaint.split(separator: "\n").count == 1,
        "\(text) \(complaint)")
      chmod(folder.path, 0o755)
      chmod(path, 0o644)
      #expect(try SQLiteStore(path: path).events().count == before)
    }
  }
}

/// A program at the other end of a socket, which no other child inherits.
///
/// Foundation's `Process` cannot be started and awaited on many threads at once.
private final class ChildProcess: Sendable {
  private let process: pid_t
  private let socket: Int32
  /// Read and not yet given out.
  private let rest = Mutex<[UInt8]>([])
  /// Whether it was awaited: its number may be another's then.
  private let isGone = Mutex(false)

  init(_ command: [String]) throws {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw POSIXError(.EMFILE)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, command[0], &actions, nil, &arguments, environ)
    close(ends[1])
    (self.process, socket) = (process, ends[0])
    if status != 0 { throw POSIXError(.ENOENT) }
  }

  deinit {
    close(socket)
  }

  func write(_ text: String) -> Bool {
    text.utf8CString.withUnsafeBytes { send(socket, $0.baseAddress, $0.count - 1, Int32(MSG_NOSIGNAL)) > 0 }
  }

  func readLine() -> String? {
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let line = rest.withLock { rest -> String? in
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        defer { rest.removeFirst(end + 1) }
        return String(decoding: rest[..<end], as: UTF8.self)
      }
      if let line { return line }
      let count = read(socket, &chunk, chunk.count)
      if count <= 0 { return nil }
      rest.withLock { $0 += chunk[..<count] }
    }
  }

  func kill() { isGone.withLock { if !$0 { _ = Glibc.kill(process, SIGKILL) } } }

  func wait() {
    kill()
    var status: Int32 = 0
    isGone.withLock { isGone in
      waitpid(process, &status, 0)
      isGone = true
    }
  }
}
