public import AkashiModel
import GRDB

/// Something that a helper did, and whether it still counts.
public struct HelperAct: Hashable, Sendable {
    /// What it is.
    public enum Kind: String, Sendable {
        /// The helper sorted a record.
        case sorted
        /// The helper wrote a note about a record.
        case noted
        /// The helper read a record.
        case opened
    }

    /// The entry.
    public let position: LogPosition
    /// The record.
    public let record: LogPosition
    /// What it is.
    public let kind: Kind
    /// The helper's name.
    public let helper: String
    /// The harms, for `sorted`.
    public let harms: [Harm]
    /// The note, or the reason for the sorting.
    public let text: String?
    /// Whether she took it back.
    public let isWithdrawn: Bool
}

/// How she felt, as she wrote it down.
public struct Feeling: Hashable, Sendable {
    /// The entry.
    public let position: LogPosition
    /// When she wrote it.
    public let observedAt: ObservedTime
    /// Her words.
    public let text: String
}

extension CaseIndex {
    /// What helpers sorted and noted, the newest first.
    public func helperActs() throws -> [HelperAct] {
        try database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT position, record, 'sorted' AS kind, helper, harms, reason AS text, isWithdrawn FROM sortDecision
                    WHERE helper IS NOT NULL UNION ALL
                    SELECT position, record, 'noted', helper, '', text, isWithdrawn FROM note WHERE helper IS NOT NULL
                    ORDER BY position DESC
                    """)
            return rows.map { row in
                HelperAct(
                    position: Self.position(row["position"]), record: Self.position(row["record"]),
                    kind: HelperAct.Kind(rawValue: row["kind"]) ?? .sorted, helper: row["helper"],
                    harms: (row["harms"] as String).split(separator: " ").compactMap { Harm(rawValue: String($0)) },
                    text: row["text"], isWithdrawn: row["isWithdrawn"])
            }
        }
    }

    /// The settings that she chose.
    public func settings() throws -> [String: String] {
        try database.read { db in
            var settings: [String: String] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT name, value FROM setting") { settings[row["name"]] = row["value"] }
            return settings
        }
    }

    /// How she felt, the newest first.
    public func feelings() throws -> [Feeling] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM feeling ORDER BY position DESC").map { row in
                Feeling(
                    position: Self.position(row["position"]),
                    observedAt: ObservedTime(Instant(milliseconds: row["observedAt"])), text: row["text"])
            }
        }
    }

    /// The dossiers that were made, the newest first: for whom, when, how many entries the ledger had.
    public func exports() throws -> [ExportSummary] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM export ORDER BY position DESC").map { row in
                ExportSummary(
                    position: Self.position(row["position"]), receiver: row["receiver"],
                    observedAt: ObservedTime(Instant(milliseconds: row["observedAt"])))
            }
        }
    }
}

/// A dossier that was made.
public struct ExportSummary: Hashable, Sendable {
    /// The entry.
    public let position: LogPosition
    /// For whom.
    public let receiver: String?
    /// When.
    public let observedAt: ObservedTime
}

extension CaseIndex {
    /// For each authority the earliest stamp that covers an entry.
    public func stamps(covering position: LogPosition) throws -> [(authority: String, attestedAt: AttestedTime)] {
        try database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT authority, MIN(attestedAt) AS at FROM stamp WHERE size > ? GROUP BY authority ORDER BY at",
                arguments: [position.sql]
            ).map { ($0["authority"], AttestedTime(Instant(milliseconds: $0["at"]))) }
        }
    }
}
