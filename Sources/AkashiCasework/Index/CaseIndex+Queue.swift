public import AkashiModel
import GRDB

/// A comment of the queue. Its words are not in it.
public struct QueuedComment: Hashable, Sendable {
    /// Who had the last word.
    public enum Decider: String, Sendable { case rules, owner, helper }

    /// The record.
    public let record: LogPosition
    /// What became of it.
    public let outcome: CommentOutcome
    /// Who had the last word.
    public let decidedBy: Decider
    /// Where the rules put it, and why; nil where they were not asked.
    public let placed: PlacedComment?
    /// The sealed file of the rules under which they were asked.
    public let book: ContentDigest?
    /// Whether what a rule did was taken back.
    public let isTakenBack: Bool
    /// The entry of the last word.
    public let position: LogPosition
}

extension CaseIndex {
    /// What counts of each comment: her newest word, else a helper's, else the rules'.
    private static let settled = """
        SELECT record.position AS record,
            COALESCE(own.outcome, help.outcome, CASE WHEN placed.takenBackAt IS NULL THEN placed.outcome ELSE 'shown' END) AS outcome,
            CASE WHEN own.outcome IS NOT NULL THEN 'owner' WHEN help.outcome IS NOT NULL THEN 'helper' ELSE 'rules' END AS decider,
            COALESCE(own.position, help.position, placed.position) AS position, placed.body AS body, placed.book AS book,
            placed.takenBackAt IS NOT NULL AS isTakenBack
        FROM record
        LEFT JOIN placedComment AS placed ON placed.record = record.position
        LEFT JOIN commentDecision AS own ON own.position = (
            SELECT MAX(position) FROM commentDecision WHERE record = record.position AND helper IS NULL AND isWithdrawn = 0)
        LEFT JOIN commentDecision AS help ON help.position = (
            SELECT MAX(position) FROM commentDecision WHERE record = record.position AND helper IS NOT NULL AND isWithdrawn = 0)
        WHERE record.kind IN ('comment', 'review')
        """

    /// The queue, the newest comments first.
    public func queue(_ outcome: CommentOutcome? = nil, limit: Int = 1000) throws -> [QueuedComment] {
        try database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM (\(Self.settled)) WHERE outcome IS NOT NULL AND (?1 IS NULL OR outcome = ?1)
                    ORDER BY record DESC LIMIT ?2
                    """, arguments: [outcome?.rawValue, limit])
            return try rows.map { row in
                let body: String? = row["body"]
                return QueuedComment(
                    record: Self.position(row["record"]), outcome: CommentOutcome(rawValue: row["outcome"]) ?? .held,
                    decidedBy: QueuedComment.Decider(rawValue: row["decider"]) ?? .rules,
                    placed: try body.map { try Self.decode($0) },
                    book: (row["book"] as String?).flatMap(ContentDigest.init(hex:)),
                    isTakenBack: row["isTakenBack"], position: Self.position(row["position"]))
            }
        }
    }

    /// How many comments there are of each outcome.
    public func commentCounts() throws -> [CommentOutcome: Int] {
        try database.read { db in
            var counts: [CommentOutcome: Int] = [:]
            let rows = try Row.fetchAll(
                db, sql: "SELECT outcome, COUNT(*) AS number FROM (\(Self.settled)) WHERE outcome IS NOT NULL GROUP BY outcome")
            for row in rows { if let outcome = CommentOutcome(rawValue: row["outcome"]) { counts[outcome] = row["number"] } }
            return counts
        }
    }

    /// Comments and reviews that the rules were not asked about yet and nobody decided, oldest first.
    public func unplacedComments(limit: Int = 10_000) throws -> [LogPosition] {
        try database.read { db in
            try Int64.fetchAll(
                db,
                sql: "SELECT record FROM (\(Self.settled)) WHERE outcome IS NULL ORDER BY record LIMIT ?", arguments: [limit]
            ).map { Self.position($0) }
        }
    }

    /// A comment that came through her own gateway.
    public struct SiteComment: Sendable, Hashable {
        /// The record.
        public let record: LogPosition
        /// Its public id on the gateway.
        public let id: String
        /// The page that it belongs to.
        public let thread: String
        /// What became of it; nil where nobody looked yet.
        public let outcome: CommentOutcome?
        /// Her answer, if she gave one.
        public let answer: String?
    }

    /// Comments that came through her own gateway, oldest first.
    public func siteComments() throws -> [SiteComment] {
        try database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT settled.record, recordKey, scope, outcome, commentAnswer.text AS answer FROM (\(Self.settled)) AS settled
                    JOIN record ON record.position = settled.record
                    LEFT JOIN commentAnswer ON commentAnswer.record = settled.record
                    WHERE scope LIKE 'gateway/%' ORDER BY settled.record
                    """)
            return rows.map { row in
                SiteComment(
                    record: Self.position(row["record"]), id: row["recordKey"],
                    thread: String((row["scope"] as String).dropFirst("gateway/".count)),
                    outcome: (row["outcome"] as String?).flatMap(CommentOutcome.init(rawValue:)), answer: row["answer"])
            }
        }
    }

    /// Every comment and review, oldest first.
    public func comments() throws -> [LogPosition] {
        try database.read { db in
            try Int64.fetchAll(db, sql: "SELECT position FROM record WHERE kind IN ('comment', 'review') ORDER BY position")
                .map { Self.position($0) }
        }
    }

    /// The words of a comment, as they lie in the index.
    public func text(of record: LogPosition) throws -> String? {
        try database.read { db in
            try String.fetchOne(db, sql: "SELECT text FROM record WHERE position = ?", arguments: [record.sql])
        }
    }

    /// Her answer to a comment.
    public func answer(to record: LogPosition) throws -> String? {
        try database.read { db in
            try String.fetchOne(db, sql: "SELECT text FROM commentAnswer WHERE record = ?", arguments: [record.sql])
        }
    }

    /// What is known of each account that commented: what became of its comments.
    public func commenters() throws -> [AccountKey: (shown: Int, rejected: Int, firstShownAt: Instant?)] {
        try database.read { db in
            var found: [AccountKey: (shown: Int, rejected: Int, firstShownAt: Instant?)] = [:]
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT account, SUM(outcome = 'shown') AS shown, SUM(outcome = 'rejected') AS rejected,
                        MIN(CASE WHEN outcome = 'shown' THEN COALESCE(claimedAt, observedAt) END) AS firstShownAt
                    FROM (\(Self.settled)) AS settled JOIN record ON record.position = settled.record
                    WHERE account IS NOT NULL AND outcome IS NOT NULL GROUP BY account
                    """)
            for row in rows {
                guard let key = AccountKey(row["account"] as String) else { continue }
                found[key] = (row["shown"], row["rejected"], (row["firstShownAt"] as Int64?).map { Instant(milliseconds: $0) })
            }
            return found
        }
    }
}
