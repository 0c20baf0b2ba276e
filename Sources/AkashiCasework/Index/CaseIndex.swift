public import AkashiIntake
import AkashiModel
import AkashiProof
public import AkashiVault
import CSQLCipher
import Foundation
import GRDB

/// The projection: everything that can be asked quickly, folded from the ledger. Derived, encrypted, may be deleted at
/// any time. It is never the only home of anything.
public final class CaseIndex {
    /// Counted up whenever the tables or the fold change: an older index is then built anew.
    static let schemaVersion = "10"
    private static let fileName = "index.sqlite"
    /// Entries from which on building it anew takes more than a second or two.
    private static let longSize: UInt64 = 5_000

    let database: DatabaseQueue
    private let vault: Vault

    /// Opens the index of a vault and brings it up to the ledger. A missing, damaged or old one is built anew.
    ///
    /// - Parameter whenLong: is called before an index is built anew that takes seconds.
    /// - Throws: ``VaultErrorCode/rolledBack`` or ``VaultErrorCode/forked`` if the index has seen a ledger that today's
    ///   does not continue.
    public init(_ vault: Vault, whenLong: () -> Void = {}) throws {
        self.vault = vault
        let path = vault.indexFolder + "/" + Self.fileName
        if let opened = try? Self.open(path, key: vault.indexKey), (try? Self.isCurrent(opened)) == true {
            database = opened
        } else {
            if vault.size > Self.longSize { whenLong() }
            try Self.removeFiles(vault.indexFolder)
            database = try Self.open(path, key: vault.indexKey)
            try database.write { try Self.createSchema($0) }
        }
        try catchUp()
    }

    /// Throws the index away and folds the whole ledger again.
    public static func rebuild(_ vault: Vault) throws -> CaseIndex {
        try removeFiles(vault.indexFolder)
        return try CaseIndex(vault)
    }

    /// Folds the entries that the index has not seen yet.
    public func catchUp() throws {
        let seen = try database.read { try Self.seen($0) }
        guard seen.size <= vault.size else {
            throw VaultError(.rolledBack, ["size": String(vault.size), "seen": String(seen.size)])
        }
        guard try vault.root(atSize: seen.size).description == seen.root else {
            throw VaultError(.forked, ["size": String(seen.size)])
        }
        guard seen.size < vault.size else { return }
        try vault.forEachBundle(from: seen.size) { entries in
            try database.write { db in
                for entry in entries { try Fold.apply(entry, db) }
                if let last = entries.last { try Self.setSeen(db, size: last.position.index + 1, vault: vault) }
            }
        }
    }

    /// Folds entries that were just appended.
    ///
    /// - Parameter records: for an append of records only, the records themselves, so that they need not be decoded again.
    public func apply(_ entries: [LedgerEntry], records: [ParsedRecord]? = nil) throws {
        guard let last = entries.last else { return }
        try database.write { db in
            if let records, records.count == entries.count {
                for (entry, record) in zip(entries, records) {
                    guard let envelope = entry.envelope else { continue }
                    try Fold.record(record, entry.position, envelope.observedAt, db)
                }
            } else {
                for entry in entries { try Fold.apply(entry, db) }
            }
            try Self.setSeen(db, size: last.position.index + 1, vault: vault)
        }
    }

    private static func open(_ path: String, key: [UInt8]) throws -> DatabaseQueue {
        // The call binds SQLite's symbols to SQLCipher's (see CSQLCipher/anchor.c).
        precondition(akashi_sqlcipher_anchor() == 1, "SQLCipher is linked")
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA key = \"x'\(Hex.encode(key))'\"")
            guard try String.fetchOne(db, sql: "PRAGMA cipher_version") != nil else { throw CaseworkError(.notEncrypted) }
            // Derived: after a crash it is caught up or built anew, so it need not wait for the disk.
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = OFF")
            try db.execute(sql: "PRAGMA cache_size = -65536")
            db.add(tokenizer: BigramTokenizer.self)
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func removeFiles(_ folder: String) throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(fileName) {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    private static func isCurrent(_ database: DatabaseQueue) throws -> Bool {
        try database.read { try String.fetchOne($0, sql: "SELECT value FROM meta WHERE name = 'schema'") } == schemaVersion
    }

    private static func seen(_ db: Database) throws -> (size: UInt64, root: String) {
        let size = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'size'")
        let root = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'root'")
        guard let size = size.flatMap(UInt64.init), let root else { throw CaseworkError(.indexDamaged) }
        return (size, root)
    }

    private static func setSeen(_ db: Database, size: UInt64, vault: Vault) throws {
        let root = size == vault.size ? vault.root : try vault.root(atSize: size)
        try db.execute(sql: "UPDATE meta SET value = ? WHERE name = 'size'", arguments: [String(size)])
        try db.execute(sql: "UPDATE meta SET value = ? WHERE name = 'root'", arguments: ["\(root)"])
    }
}

extension CaseIndex {
    /// Every row of every table as text, sorted: for comparing a running index with one that was built anew.
    public func dump() throws -> [String] {
        try database.read { db in
            let tables = try String.fetchAll(
                db,
                sql:
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' ORDER BY name"
            )
            return try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }.sorted()
            }
        }
    }
}
