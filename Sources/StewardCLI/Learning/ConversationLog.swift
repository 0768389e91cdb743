import Conversation
import Foundation
import GRDB

/// What customers said and how it was understood, kept to learn from: one SQLite file of the user's own that nobody else may
/// read. What names a person is masked before it gets here (see `PersonalData`).
final class ConversationLog: Sendable {
  /// One exchange.
  struct Entry: Sendable {
    let conversation: String
    /// From 1.
    let turn: Int
    /// ISO 8601.
    let at: String
    /// The customer's words, masked.
    let text: String
    /// `en` or `zh`.
    let language: String
    let intent: String
    let confidence: Double
    /// The likeliest intents, best first.
    let ranking: [(String, Double)]
    /// The flow in progress after the turn.
    let flow: String?
    /// What was answered, masked.
    let reply: String
  }

  /// An entry as it stands in the log.
  struct StoredEntry: Sendable {
    let id: Int64
    let entry: Entry
    /// Whether the customer or the tester said that it was misunderstood.
    let isWrong: Bool
  }

  private let path: String
  private let database: DatabaseQueue

  /// How long a write waits for those of other processes.
  private static let patience: TimeInterval = 20

  /// Opens the log at `path`, and makes it where there is none.
  init(path: String) throws(Failure) {
    self.path = path
    do {
      try Self.prepare(path)
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(Self.patience)
      database = try DatabaseQueue(path: path, configuration: configuration)
      // A log of a later steward has columns this one does not know.
      guard try database.read(Self.migrator.hasBeenSuperseded) == false else {
        throw Failure("\(path): made by a newer steward")
      }
      try Self.migrator.migrate(database)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("\(path): \(Self.reason(error))")
    }
  }

  /// Makes the folder (mode 0700) and the file (mode 0600) where they are missing. SQLite gives the files beside it the mode of
  /// the file.
  private static func prepare(_ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw Failure("\(path): cannot make the folder \(folder)")
      }
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw Failure("\(path): \(String(cString: strerror(errno)))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "not a log of steward"
  }

  /// A migration is applied once and never edited afterwards; a change is a new one.
  ///
  /// `ranking` is a JSON list of `{"name", "confidence"}`. `label` is what a person said the text means; a text reviewed
  /// without one was dropped.
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 turns") { db in
      try db.execute(
        sql: """
          CREATE TABLE turn(
            id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL,
            text TEXT NOT NULL, language TEXT NOT NULL, intent TEXT NOT NULL, confidence REAL NOT NULL, ranking TEXT NOT NULL,
            flow TEXT, reply TEXT NOT NULL, note TEXT, reviewed INTEGER NOT NULL DEFAULT 0, label TEXT
          );
          CREATE INDEX turn_conversation ON turn(conversation, id);
          CREATE INDEX turn_text ON turn(text, reviewed);
          """)
    }
    return migrator
  }

  private func write<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try database.write(body)
    } catch {
      throw Failure("\(path): \(Self.reason(error))")
    }
  }

  private func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try database.read(body)
    } catch {
      throw Failure("\(path): \(Self.reason(error))")
    }
  }

  // MARK: writing

  func add(_ entry: Entry) throws {
    let scores = entry.ranking.map { IntentScore(name: $0.0, confidence: $0.1.isFinite ? $0.1 : 0) }
    let ranking = String(decoding: try JSONEncoder().encode(scores), as: UTF8.self)
    let confidence: Double = entry.confidence.isFinite ? entry.confidence : 0
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO turn(conversation, number, at, text, language, intent, confidence, ranking, flow, reply)
          VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          entry.conversation, entry.turn, entry.at, entry.text, entry.language, entry.intent, confidence, ranking, entry.flow,
          entry.reply,
        ])
    }
  }

  /// Notes of a conversation's last entry that it was `wrong`. False when there is none.
  @discardableResult
  func markLast(conversation: String, note: String) throws -> Bool {
    try write { db in
      try db.execute(
        sql: "UPDATE turn SET note = ? WHERE id = (SELECT MAX(id) FROM turn WHERE conversation = ?)",
        arguments: [note, conversation])
      return db.changesCount > 0
    }
  }

  /// Takes the texts of these entries out of the queue, wherever they were said: with the intent they have, or dropped without
  /// one.
  func setReviewed(ids: [Int64], label: String?) throws {
    try write { db in
      for id in ids {
        try db.execute(
          sql: "UPDATE turn SET reviewed = 1, label = ? WHERE text = (SELECT text FROM turn WHERE id = ?)",
          arguments: [label, id])
      }
    }
  }

  /// Puts the texts of these entries back into the queue.
  func unreview(ids: [Int64]) throws {
    try write { db in
      for id in ids {
        try db.execute(
          sql: "UPDATE turn SET reviewed = 0, label = NULL WHERE text = (SELECT text FROM turn WHERE id = ?)",
          arguments: [id])
      }
    }
  }

  // MARK: reading

  /// What a person had best look at, each text once: first what was marked as wrong, then what was rejected, then the rest, in
  /// each the least sure first. A text that was reviewed does not come back when it is said again.
  func uncertain(limit: Int) throws -> [StoredEntry] {
    try entries(
      """
      SELECT * FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY text ORDER BY note IS NULL, id DESC) AS place FROM turn
        WHERE text <> '' AND NOT EXISTS (SELECT 1 FROM turn AS other WHERE other.text = turn.text AND other.reviewed = 1)
      ) WHERE place = 1 ORDER BY note IS NULL, intent <> ?, confidence, id LIMIT ?
      """, [Interpretation.outOfScope, limit])
  }

  /// What was rejected or reviewed as out of scope, each text once, the newest first: where intents may be missing.
  func rejected(limit: Int) throws -> [StoredEntry] {
    try entries(
      """
      SELECT * FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY text ORDER BY id DESC) AS place FROM turn
        WHERE text <> '' AND (intent = ? OR label = ?) AND NOT EXISTS (
          SELECT 1 FROM turn AS other WHERE other.text = turn.text AND other.reviewed = 1 AND other.label IS NOT ?)
      ) WHERE place = 1 ORDER BY id DESC LIMIT ?
      """, [Interpretation.outOfScope, Interpretation.outOfScope, Interpretation.outOfScope, limit])
  }

  func entry(id: Int64) throws -> StoredEntry? {
    try entries("SELECT * FROM turn WHERE id = ?", [id]).first
  }

  private func entries(_ sql: String, _ arguments: StatementArguments) throws -> [StoredEntry] {
    try read { db in try Row.fetchAll(db, sql: sql, arguments: arguments).map(Self.stored) }
  }

  private static func stored(_ row: Row) -> StoredEntry {
    let ranking: String = row["ranking"]
    let scores = (try? JSONDecoder().decode([IntentScore].self, from: Data(ranking.utf8))) ?? []
    let note: String? = row["note"]
    return StoredEntry(
      id: row["id"],
      entry: Entry(
        conversation: row["conversation"], turn: row["number"], at: row["at"], text: row["text"], language: row["language"],
        intent: row["intent"], confidence: row["confidence"], ranking: scores.map { ($0.name, $0.confidence) },
        flow: row["flow"], reply: row["reply"]),
      isWrong: note != nil)
  }
}
