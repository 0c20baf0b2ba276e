import AkashiIntake
import AkashiModel
import AkashiVault
import Foundation
import GRDB

/// What each entry of the ledger does to the tables. Folding the same entries always gives the same tables.
enum Fold {
    static func apply(_ entry: LedgerEntry, _ db: Database) throws {
        // An entry whose words were removed leaves nothing behind; its tombstone is another entry.
        guard let envelope = entry.envelope else { return }
        switch envelope.kind {
        case .sealed: if let evidence = SealedEvidence(entry) { try seal(evidence, db) }
        case .record: try record(envelope.decode(), entry.position, envelope.observedAt, db)
        case .derived: try reading(entry.position, envelope.decode(ReadingBody.self), db)
        case .decision:
            let decision: Decision = try envelope.decode()
            if try !act(decision, at: entry.position, envelope.observedAt, db) { try decide(decision, at: entry.position, db) }
        case .note: try note(envelope.decode(Note.self), at: entry.position, envelope.observedAt, db)
        case .exported: try export(entry.position, envelope.decode(ExportBody.self), envelope.observedAt, db)
        case .timestamped: try stamp(entry.position, envelope.decode(StampBody.self), db)
        case .removed: try remove(envelope.decode(RemovalBody.self), db)
        case .opened:
            let body = try envelope.decode(OpenedBody.self)
            try db.execute(
                sql: "INSERT INTO opened VALUES (?, ?, ?)",
                arguments: [entry.position.sql, body.record.sql, envelope.observedAt.instant.milliseconds])
        case .unlocked: break
        }
    }

    private static func seal(_ evidence: SealedEvidence, _ db: Database) throws {
        // Sealed again after it was removed: the later entry counts.
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, 'sealed', NULL, NULL)
                """)
        try statement.execute(arguments: [
            evidence.digest.hex, evidence.position.sql, Int64(evidence.byteCount), evidence.observedAt.instant.milliseconds,
            evidence.source.way.rawValue, evidence.source.path, evidence.source.container?.hex,
        ])
    }

    static func record(
        _ record: ParsedRecord, _ position: LogPosition, _ observedAt: ObservedTime, _ db: Database
    ) throws {
        let names = Self.names(of: record)
        let earlier = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT MAX(position) FROM record WHERE scope = ? AND recordKey = ?"),
            arguments: [record.scope, record.key])
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            position.sql, record.kind.name, record.scope, record.key, RecordFingerprint.of(record),
            record.account?.key.description, record.claimedTime?.instant.milliseconds, record.claimedTime?.japanText,
            record.claimedTime.map { $0.zone == .assumedJapan }, observedAt.instant.milliseconds, record.text,
            record.url, record.attachments.count, record.remarks.map(\.code).joined(separator: " "),
            record.source.object.hex, record.details["name"], earlier, names,
            record.details["stars"].flatMap(Int64.init),
            record.details["status"], record.details["area"],
        ])
        try SearchFold.add(record, names: names, at: position, db)
        if let account = record.account { try meet(account, at: position, isAuthor: true, db) }
        for account in record.recipients { try meet(account, at: position, isAuthor: false, db) }
    }

    /// Everything but the words under which a record is looked for, a line each.
    private static func names(of record: ParsedRecord) -> String {
        let accounts = ([record.account].compactMap { $0 } + record.recipients.prefix(20)).flatMap {
            [$0.displayName, $0.handle.map { "@" + $0 }]
        }
        let details = ["subject", "name", "item", "area", "status", "title", "labels"].map { record.details[$0] }
        return (accounts + details + [record.url] + record.attachments.prefix(20).map(\.name)).compactMap { $0 }.joined(
            separator: "\n")
    }

    private static func meet(_ account: ClaimedAccount, at position: LogPosition, isAuthor: Bool, _ db: Database) throws {
        let key = account.key.description
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO account VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (accountKey) DO UPDATE SET
                    recordCount = recordCount + excluded.recordCount,
                    handle = COALESCE(excluded.handle, handle), displayName = COALESCE(excluded.displayName, displayName)
                """)
        try statement.execute(arguments: [
            key, account.platform.name, account.handle, account.displayName, isAuthor ? 1 : 0,
        ])
        for name in [account.handle.map { "@" + $0 }, account.displayName].compactMap({ $0 }) {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO accountName VALUES (?, ?, ?)")
                .execute(arguments: [key, name, position.sql])
        }
    }

    private static func reading(_ position: LogPosition, _ body: ReadingBody, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                position.sql, body.reading.hex, "\(body.parser.id) \(body.parser.version)", body.root,
                body.scopes.reduce(0) { $0 + $1.added }, body.scopes.reduce(0) { $0 + $1.known }, body.problemCount,
            ])
        for scope in body.scopes {
            let exportedAt = scope.exportedAt?.instant.milliseconds
            try db.execute(
                sql: """
                    INSERT INTO scope VALUES (?, ?, ?) ON CONFLICT (scope) DO UPDATE SET position = excluded.position,
                    exportedAt = MAX(COALESCE(excluded.exportedAt, exportedAt), COALESCE(exportedAt, excluded.exportedAt))
                    """, arguments: [scope.scope, exportedAt, position.sql])
        }
        for absent in body.absent {
            try db.cachedStatement(sql: "UPDATE record SET absentSince = ? WHERE position = ? AND absentSince IS NULL")
                .execute(arguments: [position.sql, absent.sql])
        }
        for rename in body.renames {
            let key = AccountKey(platform: .line, form: .name, value: rename.from).description
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO accountName VALUES (?, ?, ?)")
                .execute(arguments: [key, rename.to, position.sql])
        }
    }

    private static func decide(_ decision: Decision, at position: LogPosition, _ db: Database) throws {
        switch decision {
        case .openCase(let id, let title):
            try db.execute(
                sql: """
                    INSERT INTO caseFile VALUES (?, ?, ?) ON CONFLICT (caseID) DO UPDATE SET title = excluded.title
                    """, arguments: [id.text, title, position.sql])
        case .nameParty(let caseID, let letter, let role, let accounts):
            try db.execute(
                sql: "INSERT OR REPLACE INTO party VALUES (?, ?, ?, ?)",
                arguments: [caseID.text, letter, role, try json(accounts)])
        case .describeIncident(let id, let caseID, let title, let summary, let harms):
            try db.execute(
                sql: """
                    INSERT INTO incident VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (incidentID) DO UPDATE SET
                    caseID = excluded.caseID, title = excluded.title, summary = excluded.summary, harms = excluded.harms
                    """,
                arguments: [
                    id.text, caseID.text, title, summary, harms.map(\.rawValue).joined(separator: " "), position.sql,
                ])
        case .link(let incident, let records):
            for record in records {
                try db.execute(
                    sql: "INSERT OR IGNORE INTO incidentRecord VALUES (?, ?)", arguments: [incident.text, record.sql])
            }
        case .unlink(let incident, let records):
            for record in records {
                try db.execute(
                    sql: "DELETE FROM incidentRecord WHERE incidentID = ? AND record = ?",
                    arguments: [incident.text, record.sql])
            }
        default:
            try moderate(decision, by: nil, at: position, db)
            try decideMore(decision, at: position, db)
        }
    }

    private static func decideMore(_ decision: Decision, at position: LogPosition, _ db: Database) throws {
        switch decision {
        case .gather(let person, let name, let accounts, let reason):
            try db.execute(
                sql: "INSERT INTO person VALUES (?, ?, ?) ON CONFLICT (personID) DO UPDATE SET name = excluded.name",
                arguments: [person.text, name, position.sql])
            for account in accounts {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO personAccount VALUES (?, ?, ?, ?)",
                    arguments: [account.description, person.text, reason, position.sql])
            }
        case .part(let person, let accounts, _):
            for account in accounts {
                try db.execute(
                    sql: "DELETE FROM personAccount WHERE accountKey = ? AND personID = ?",
                    arguments: [account.description, person.text])
            }
            try db.execute(
                sql: "DELETE FROM person WHERE personID = ?1 AND NOT EXISTS (SELECT 1 FROM personAccount WHERE personID = ?1)",
                arguments: [person.text])
        case .sort: try sort(decision, by: nil, at: position, db)
        case .helped(let helper, let act):
            try sort(act, by: helper, at: position, db)
            try moderate(act, by: helper, at: position, db)
        case .withdraw(let entries): try withdraw(entries, db)
        case .choose(let name, let value):
            try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES (?, ?)", arguments: [name, value])
        case .refuse(let account, let time):
            try db.execute(
                sql: "INSERT OR REPLACE INTO refusal VALUES (?, ?, ?)",
                arguments: [account.description, time.instant.milliseconds, position.sql])
        case .stand(let account, let standing):
            try db.execute(
                sql: "INSERT OR REPLACE INTO standing VALUES (?, ?, ?)",
                arguments: [account.description, standing.rawValue, position.sql])
        case .explainTable(let mapping):
            try db.execute(
                sql: "INSERT OR REPLACE INTO tableMapping VALUES (?, ?, ?)",
                arguments: [mapping.id, try json(mapping), position.sql])
        case .keepPrivate(let words, let meaning):
            try db.execute(sql: "INSERT OR REPLACE INTO privateFact VALUES (?, ?, ?)", arguments: [words, meaning, position.sql])
        case .forgetPrivate(let words):
            try db.execute(sql: "DELETE FROM privateFact WHERE words = ?", arguments: [words])
        case .nameShop(let names):
            try db.execute(sql: "DELETE FROM shopName")
            for name in names {
                try db.execute(sql: "INSERT OR IGNORE INTO shopName VALUES (?, ?)", arguments: [name, position.sql])
            }
        default: break
        }
    }

    private static func sort(_ decision: Decision, by helper: String?, at position: LogPosition, _ db: Database) throws {
        guard case .sort(let record, let harms, let isLawfulCriticism, let reason) = decision else { return }
        try db.execute(
            sql: "INSERT INTO sortDecision VALUES (?, ?, ?, ?, ?, ?, 0)",
            arguments: [
                position.sql, record.sql, harms.map(\.rawValue).joined(separator: " "), isLawfulCriticism, reason, helper,
            ])
        try settle(record.sql, db)
    }

    /// The newest sorting of a record that was not withdrawn is the one that counts.
    private static func settle(_ record: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM sorted WHERE record = ?", arguments: [record])
        try db.execute(
            sql: """
                INSERT INTO sorted SELECT record, harms, isLawfulCriticism, reason, position FROM sortDecision
                WHERE record = ? AND isWithdrawn = 0 ORDER BY position DESC LIMIT 1
                """, arguments: [record])
    }

    private static func withdraw(_ entries: [LogPosition], _ db: Database) throws {
        for entry in entries {
            try db.execute(sql: "UPDATE note SET isWithdrawn = 1 WHERE position = ?", arguments: [entry.sql])
            try db.execute(sql: "UPDATE sortDecision SET isWithdrawn = 1 WHERE position = ?", arguments: [entry.sql])
            try db.execute(sql: "UPDATE commentDecision SET isWithdrawn = 1 WHERE position = ?", arguments: [entry.sql])
            try db.execute(sql: "UPDATE placedComment SET takenBackAt = NULL WHERE takenBackAt = ?", arguments: [entry.sql])
            let record = try Int64.fetchOne(
                db, sql: "SELECT record FROM sortDecision WHERE position = ?", arguments: [entry.sql])
            if let record { try settle(record, db) }
        }
    }

    private static func note(_ note: Note, at position: LogPosition, _ observedAt: ObservedTime, _ db: Database) throws {
        switch note {
        case .record(let record, let text):
            try db.execute(sql: "INSERT INTO note VALUES (?, ?, ?, NULL, 0)", arguments: [position.sql, record.sql, text])
        case .helper(let record, let text, let helper):
            try db.execute(
                sql: "INSERT INTO note VALUES (?, ?, ?, ?, 0)", arguments: [position.sql, record.sql, text, helper])
        case .feeling(let text):
            try db.execute(
                sql: "INSERT INTO feeling VALUES (?, ?, ?)",
                arguments: [position.sql, text, observedAt.instant.milliseconds])
        case .consultation(let consultation):
            try db.execute(
                sql: "INSERT OR REPLACE INTO consultation VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    consultation.id.text, consultation.caseID.text, position.sql,
                    consultation.heldAt.instant.milliseconds, try json(consultation),
                ])
        }
    }

    private static func export(
        _ position: LogPosition, _ body: ExportBody, _ observedAt: ObservedTime, _ db: Database
    ) throws {
        try db.execute(
            sql: "INSERT INTO export VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                position.sql, body.caseID.text, body.receiver, body.kind.rawValue, body.contents.hex,
                observedAt.instant.milliseconds,
            ])
    }

    private static func stamp(_ position: LogPosition, _ body: StampBody, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO stamp VALUES (?, ?, ?, ?)",
            arguments: [position.sql, Int64(body.size), body.authority, body.attestedAt.instant.milliseconds])
    }

    private static func remove(_ body: RemovalBody, _ db: Database) throws {
        switch body.state {
        case .held:
            try db.execute(
                sql: "UPDATE evidence SET state = 'held', holdUntil = ? WHERE digest = ?",
                arguments: [body.holdUntil?.milliseconds, body.digest.hex])
        case .kept:
            try db.execute(
                sql: "UPDATE evidence SET state = 'sealed', holdUntil = NULL WHERE digest = ?", arguments: [body.digest.hex])
        case .erased:
            try db.execute(
                sql: "UPDATE evidence SET state = 'erased', holdUntil = NULL, erasedPositions = ? WHERE digest = ?",
                arguments: [try json(body.positions ?? []), body.digest.hex])
            for position in body.positions ?? [] {
                try db.execute(sql: "DELETE FROM record WHERE position = ?", arguments: [position.sql])
                try db.execute(sql: "DELETE FROM incidentRecord WHERE record = ?", arguments: [position.sql])
                try db.execute(sql: "DELETE FROM sorted WHERE record = ?", arguments: [position.sql])
                for table in ["sortDecision", "placedComment", "placedByRule", "commentDecision"] {
                    try db.execute(sql: "DELETE FROM \(table) WHERE record = ?", arguments: [position.sql])
                }
                try db.execute(sql: "DELETE FROM search WHERE rowid = ?", arguments: [position.sql])
            }
        }
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension LogPosition {
    /// Positions never come near 2^63.
    var sql: Int64 { Int64(clamping: index) }
}
