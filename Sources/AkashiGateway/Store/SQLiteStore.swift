import AkashiModel
import AkashiModeration
import Foundation
import GRDB

/// One file in the gateway's folder. What is removed is overwritten.
final class SQLiteStore: CommentStore {
    static let fileName = "comments.sqlite"
    private let database: DatabasePool

    /// Opens the file or makes it.
    init(folder: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        configuration.maximumReaderCount = 4
        // Another process may write to the file, such as one that ends while its follower starts.
        configuration.busyMode = .timeout(10)
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            database = try DatabasePool(path: folder + "/" + Self.fileName, configuration: configuration)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: folder + "/" + Self.fileName)
            try database.write { db in
                try db.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS taken (
                            sequence INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, received INTEGER NOT NULL,
                            envelope BLOB
                        ) STRICT;
                        CREATE INDEX IF NOT EXISTS waiting ON taken (sequence) WHERE envelope IS NOT NULL;
                        CREATE TABLE IF NOT EXISTS shown (
                            id TEXT PRIMARY KEY, thread TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,
                            isOwner INTEGER NOT NULL, replyTo TEXT
                        ) STRICT;
                        CREATE INDEX IF NOT EXISTS shownInThread ON shown (thread, at, id);
                        CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
                        """)
            }
        } catch { throw GatewayError(.storeUnavailable, ["store": "sqlite"]) }
    }

    func put(_ comments: [StoredComment]) async throws -> [Bool] {
        try await write { db in
            let insert = try db.cachedStatement(
                sql: "INSERT INTO taken (key, received, envelope) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING")
            return try comments.map { comment in
                try insert.execute(arguments: [Data(comment.keyHash), comment.receivedAt, Data(comment.envelope)])
                guard db.changesCount == 1 else { return false }
                if let shown = comment.shown { try Self.insert(shown, db) }
                return true
            }
        }
    }

    func show(_ comments: [ShownComment], withdraw ids: [String]) async throws {
        try await write { db in
            for id in ids { try db.execute(sql: "DELETE FROM shown WHERE id = ?", arguments: [id]) }
            for comment in comments { try Self.insert(comment, db) }
        }
        // Words that are withdrawn shall not lie in the log.
        if !ids.isEmpty { _ = try? await database.writeWithoutTransaction { db in try db.checkpoint(.truncate) } }
    }

    func shown(in thread: String, after: ShownCursor?, limit: Int) async throws -> [ShownComment] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM shown WHERE thread = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?
                    """, arguments: [thread, after?.at ?? .min, after?.id ?? "", limit]
            ).map { row in
                ShownComment(
                    id: row["id"], thread: row["thread"], name: row["name"], text: row["text"], at: row["at"],
                    isOwner: row["isOwner"], replyTo: row["replyTo"])
            }
        }
    }

    func count(in thread: String) async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM shown WHERE thread = ?", arguments: [thread]) ?? 0 }
    }

    func shownIDs() async throws -> [String] {
        try await read { try String.fetchAll($0, sql: "SELECT id FROM shown ORDER BY id") }
    }

    func waiting(limit: Int, bytes: Int) async throws -> [WaitingComment] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sequence, envelope FROM (
                        SELECT sequence, envelope, SUM(length(envelope)) OVER (ORDER BY sequence) - length(envelope) AS earlier
                        FROM taken WHERE envelope IS NOT NULL ORDER BY sequence LIMIT ?)
                    WHERE earlier <= ? ORDER BY sequence
                    """, arguments: [limit, bytes]
            ).map { WaitingComment(sequence: $0["sequence"], envelope: Array($0["envelope"] as Data)) }
        }
    }

    func waitingCount() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM taken WHERE envelope IS NOT NULL") ?? 0 }
    }

    func forget(_ sequences: [Int64], keysBefore before: Int64) async throws {
        try await write { db in
            for sequence in sequences {
                try db.execute(sql: "UPDATE taken SET envelope = NULL WHERE sequence = ?", arguments: [sequence])
            }
            try db.execute(sql: "DELETE FROM taken WHERE envelope IS NULL AND received < ?", arguments: [before])
        }
    }

    func setting(_ name: String) async throws -> String? {
        try await read { try String.fetchOne($0, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name]) }
    }

    func settings(beginningWith beginning: String) async throws -> [String: String] {
        try await read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT name, value FROM setting WHERE substr(name, 1, length(?)) = ?",
                arguments: [beginning, beginning])
            return rows.reduce(into: [:]) { $0[$1["name"]] = $1["value"] }
        }
    }

    func set(_ name: String, _ value: String?) async throws {
        try await write { db in
            try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
            if let value { try db.execute(sql: "INSERT INTO setting (name, value) VALUES (?, ?)", arguments: [name, value]) }
        }
    }

    private static func insert(_ comment: ShownComment, _ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO shown (id, thread, name, text, at, isOwner, replyTo) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                comment.id, comment.thread, comment.name, comment.text, comment.at, comment.isOwner, comment.replyTo,
            ])
    }

    private func write<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await database.write(work) } catch { throw GatewayError(.storeUnavailable, ["store": "sqlite"]) }
    }

    private func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await database.read(work) } catch { throw GatewayError(.storeUnavailable, ["store": "sqlite"]) }
    }
}
