public import AkashiModel
import Foundation
import GRDB

/// A case with what belongs to it.
public struct CaseFile: Hashable, Sendable {
    /// The case.
    public let id: CaseID
    /// Its title, in her words.
    public let title: String
    /// The letters used in papers.
    public let parties: [Party]
    /// What happened.
    public let incidents: [Incident]
    /// Talks about it, by time.
    public let consultations: [Consultation]

    /// A letter that stands for accounts.
    public struct Party: Hashable, Sendable {
        /// `A`, `B`, …
        public let letter: String
        /// What it stands for, in her words.
        public let role: String
        /// The accounts.
        public let accounts: [AccountKey]
    }

    /// Records that belong together.
    public struct Incident: Hashable, Sendable {
        /// The incident.
        public let id: IncidentID
        /// Its title.
        public let title: String
        /// The facts in her words.
        public let summary: String
        /// The harms she sees.
        public let harms: [Harm]
        /// Its records, in the order of the ledger.
        public let records: [LogPosition]
    }
}

/// An account that records are said to be from.
public struct AccountSummary: Hashable, Sendable {
    /// What tells it apart.
    public let key: AccountKey
    /// The handle at the last export.
    public let handle: String?
    /// The name at the last export.
    public let displayName: String?
    /// Every handle and name it was seen under, the first first.
    public let names: [String]
    /// Records said to be from it.
    public let recordCount: Int
}

/// Bytes that are sealed, as the index knows them.
public struct EvidenceSummary: Hashable, Sendable {
    /// Whether the bytes are there.
    public enum State: String, Sendable {
        /// They are.
        case sealed
        /// They are, and are to be taken away.
        case held
        /// They were taken away.
        case erased
    }

    /// The digest.
    public let digest: ContentDigest
    /// The `sealed` entry.
    public let position: LogPosition
    /// Number of bytes.
    public let byteCount: UInt64
    /// When this computer sealed it.
    public let observedAt: ObservedTime
    /// The path under which it came in.
    public let path: String
    /// Whether the bytes are there.
    public let state: State
    /// When the hold ends.
    public let holdUntil: Instant?
    /// The records whose words went with the bytes.
    public let erasedPositions: [LogPosition]
}

extension CaseIndex {
    /// Whether bytes were sealed and are still there.
    public func isSealed(_ digest: ContentDigest) throws -> Bool {
        try database.read {
            try Bool.fetchOne(
                $0.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM evidence WHERE digest = ? AND state <> 'erased')"),
                arguments: [digest.hex]) ?? false
        }
    }

    /// Whether the same bytes were read by the same program before, to the end.
    public func hasReading(_ reading: ContentDigest) throws -> Bool {
        try database.read {
            try Bool.fetchOne(
                $0, sql: "SELECT EXISTS (SELECT 1 FROM reading WHERE reading = ?)", arguments: [reading.hex]) ?? false
        }
    }

    /// One line of the timeline.
    public func timelineEntry(at position: LogPosition) throws -> TimelineEntry? {
        let sql = """
            \(Self.selectEntry) WHERE record.position = ?
            """
        return try database.read { db in
            // Asked for one after the other, many times.
            try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [position.sql]).map(Self.timelineEntry)
        }
    }

    /// The columns of a line of the timeline.
    static let selectEntry = """
        SELECT record.*, COALESCE('@' || account.handle, account.displayName) AS accountName,
            (SELECT GROUP_CONCAT(harms, ' ') FROM incident JOIN incidentRecord USING (incidentID)
             WHERE incidentRecord.record = record.position) AS harms,
            sorted.harms AS sortedHarms, sorted.isLawfulCriticism AS isLawful, sorted.reason AS sortedReason
        FROM record LEFT JOIN account ON account.accountKey = record.account
        LEFT JOIN sorted ON sorted.record = record.position
        """

    static func entry(_ row: Row) -> TimelineEntry { timelineEntry(row) }

    private static func timelineEntry(_ row: Row) -> TimelineEntry {
        let harms = Set((row["harms"] as String? ?? "").split(separator: " ").compactMap { Harm(rawValue: String($0)) })
        return TimelineEntry(
            position: position(row["position"]), kind: RecordKind(row["kind"]),
            claimedAt: (row["claimedAt"] as Int64?).map { Instant(milliseconds: $0) }, claimedText: row["claimedText"],
            isZoneAssumed: row["isZoneAssumed"] as Bool? ?? false,
            observedAt: ObservedTime(Instant(milliseconds: row["observedAt"])),
            account: (row["account"] as String?).flatMap(AccountKey.init), accountName: row["accountName"],
            coveredText: row["text"], url: row["url"], attachmentCount: row["attachmentCount"],
            remarks: (row["remarks"] as String).split(separator: " ").map { Remark(String($0)) },
            object: digest(row["object"]), name: row["name"],
            revises: (row["revises"] as Int64?).map(position), absentSince: (row["absentSince"] as Int64?).map(position),
            harms: Harm.allCases.filter(harms.contains), sorted: sortedRecord(row))
    }

    private static func sortedRecord(_ row: Row) -> SortedRecord? {
        guard let harms = row["sortedHarms"] as String? else { return nil }
        return SortedRecord(
            harms: harms.split(separator: " ").compactMap { Harm(rawValue: String($0)) },
            isLawfulCriticism: row["isLawful"] as Bool? ?? false, reason: row["sortedReason"])
    }

    /// The accounts, those with most records first.
    public func accounts() throws -> [AccountSummary] {
        try database.read { db in
            var names: [String: [String]] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT * FROM accountName ORDER BY firstPosition, name") {
                names[row["accountKey"], default: []].append(row["name"])
            }
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM account ORDER BY recordCount DESC, accountKey")
            return rows.compactMap { row in
                guard let key = AccountKey(row["accountKey"]) else { return nil }
                return AccountSummary(
                    key: key, handle: row["handle"], displayName: row["displayName"], names: names[row["accountKey"]] ?? [],
                    recordCount: row["recordCount"])
            }
        }
    }

    /// The cases, in the order they were opened.
    public func cases() throws -> [CaseFile] {
        let ids = try database.read { try String.fetchAll($0, sql: "SELECT caseID FROM caseFile ORDER BY position") }
        return try ids.compactMap(CaseID.init).map(caseFile)
    }

    /// One case.
    ///
    /// - Throws: ``CaseworkErrorCode/unknownCase``.
    public func caseFile(_ id: CaseID) throws -> CaseFile {
        try database.read { db in
            guard
                let title = try String.fetchOne(
                    db, sql: "SELECT title FROM caseFile WHERE caseID = ?", arguments: [id.text])
            else { throw CaseworkError(.unknownCase, ["case": id.text]) }
            let parties = try Row.fetchAll(
                db, sql: "SELECT * FROM party WHERE caseID = ? ORDER BY letter", arguments: [id.text]
            ).map { row in
                CaseFile.Party(letter: row["letter"], role: row["role"], accounts: try Self.decode(row["accounts"]))
            }
            let incidents = try Row.fetchAll(
                db, sql: "SELECT * FROM incident WHERE caseID = ? ORDER BY position", arguments: [id.text]
            ).compactMap { try Self.incident($0, db) }
            let consultations = try String.fetchAll(
                db, sql: "SELECT body FROM consultation WHERE caseID = ? ORDER BY heldAt, position", arguments: [id.text]
            ).map { try Self.decode($0) as Consultation }
            return CaseFile(id: id, title: title, parties: parties, incidents: incidents, consultations: consultations)
        }
    }

    private static func incident(_ row: Row, _ db: Database) throws -> CaseFile.Incident? {
        guard let id = IncidentID(row["incidentID"]) else { return nil }
        let records = try Int64.fetchAll(
            db, sql: "SELECT record FROM incidentRecord WHERE incidentID = ? ORDER BY record", arguments: [id.text])
        return CaseFile.Incident(
            id: id, title: row["title"], summary: row["summary"],
            harms: (row["harms"] as String).split(separator: " ").compactMap { Harm(rawValue: String($0)) },
            records: records.map(position))
    }

    /// Notes about a record, the oldest first.
    public func notes(on record: LogPosition) throws -> [String] {
        try database.read {
            try String.fetchAll(
                $0, sql: "SELECT text FROM note WHERE record = ? AND isWithdrawn = 0 ORDER BY position", arguments: [record.sql])
        }
    }

    /// Sealed bytes, in the order they came in.
    public func evidence() throws -> [EvidenceSummary] {
        try database.read { try Row.fetchAll($0, sql: "SELECT * FROM evidence ORDER BY position").map(Self.evidence) }
    }

    /// One sealed object.
    public func evidence(_ digest: ContentDigest) throws -> EvidenceSummary? {
        try database.read {
            try Row.fetchOne($0, sql: "SELECT * FROM evidence WHERE digest = ?", arguments: [digest.hex]).map(Self.evidence)
        }
    }

    private static func evidence(_ row: Row) throws -> EvidenceSummary {
        EvidenceSummary(
            digest: digest(row["digest"]), position: position(row["position"]),
            byteCount: UInt64(clamping: row["byteCount"] as Int64),
            observedAt: ObservedTime(Instant(milliseconds: row["observedAt"])), path: row["path"],
            state: EvidenceSummary.State(rawValue: row["state"]) ?? .sealed,
            holdUntil: (row["holdUntil"] as Int64?).map { Instant(milliseconds: $0) },
            erasedPositions: try (row["erasedPositions"] as String?).map { try decode($0) } ?? [])
    }

    /// The records read from an object.
    public func records(readFrom object: ContentDigest) throws -> [LogPosition] {
        try database.read {
            try Int64.fetchAll(
                $0, sql: "SELECT position FROM record WHERE object = ? ORDER BY position", arguments: [object.hex])
        }.map(Self.position)
    }

    /// The ledger's size at the last dossier that a receiver got; nil if there was none.
    public func lastExport(to receiver: String) throws -> UInt64? {
        try database.read {
            try Int64.fetchOne($0, sql: "SELECT MAX(position) + 1 FROM export WHERE receiver = ?", arguments: [receiver])
        }.map { UInt64(clamping: $0) }
    }

    /// Whether something other than a time stamp was appended after a size.
    public func needsStamp(since size: UInt64, upTo end: UInt64) throws -> Bool {
        let stamps = try database.read {
            try Int.fetchOne(
                $0, sql: "SELECT COUNT(*) FROM stamp WHERE position >= ?", arguments: [Int64(clamping: size)]) ?? 0
        }
        return end > size + UInt64(stamps)
    }

    /// Numbers for the front page.
    public func counts() throws -> (evidence: Int, records: Int, accounts: Int, problems: Int) {
        try database.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM evidence WHERE state <> 'erased'") ?? 0,
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM record") ?? 0,
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM account WHERE recordCount > 0") ?? 0,
                try Int.fetchOne(db, sql: "SELECT COALESCE(SUM(problemCount), 0) FROM reading") ?? 0
            )
        }
    }

    /// How many records of some kind there are, and from when to when; a count without times where none says when it happened.
    public func span(of records: RecordFilter) throws -> (count: Int, first: Instant?, last: Instant?) {
        let (conditions, arguments) = records.conditions
        let sql = "SELECT COUNT(*) AS n, MIN(claimedAt) AS first, MAX(claimedAt) AS last FROM record"
        return try database.read { db in
            let row = try Row.fetchOne(
                db, sql: conditions.isEmpty ? sql : sql + " WHERE " + conditions.joined(separator: " AND "),
                arguments: StatementArguments(arguments))
            let first: Int64? = row?["first"]
            let last: Int64? = row?["last"]
            return (row?["n"] ?? 0, first.map { Instant(milliseconds: $0) }, last.map { Instant(milliseconds: $0) })
        }
    }

    static func position(_ value: Int64) -> LogPosition { LogPosition(UInt64(clamping: value)) }

    private static func digest(_ hex: String) -> ContentDigest {
        guard let digest = ContentDigest(hex: hex) else { preconditionFailure("the fold writes digests only") }
        return digest
    }

    static func decode<Value: Decodable>(_ json: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.utf8))
    }
}

extension CaseIndex {
    /// The largest size of the ledger that any authority has stamped.
    public func lastStampedSize() throws -> UInt64? {
        try database.read { try Int64.fetchOne($0, sql: "SELECT MAX(size) FROM stamp") }.map { UInt64(clamping: $0) }
    }
}

extension CaseIndex {
    /// The records by their key in their source.
    public func positionsByKey() throws -> [String: [LogPosition]] {
        try database.read { db in
            var result: [String: [LogPosition]] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT recordKey, position FROM record ORDER BY position")
            while let row = try rows.next() {
                result[row["recordKey"], default: []].append(LogPosition(UInt64(clamping: row["position"] as Int64)))
            }
            return result
        }
    }
}
