public import AkashiModel
import GRDB

/// What is known around a record beside its words.
public struct RecordCircumstances: Sendable {
    /// The record's line.
    public let entry: TimelineEntry
    /// Stars, if it is a review.
    public let stars: Int?
    /// When she refused contact by this account, or by another one that she gathered with it.
    public let refusedAt: Instant?
    /// Whether the refusal was to another account of the same person.
    public let isOtherAccount: Bool
    /// Contacts by the account in the seven days around it.
    public let contactsThisWeek: Int
}

/// What somebody did over time.
public struct ContactPattern: Sendable {
    /// Contacts in each week that had any: the Monday in Japan, and how many.
    public var weeks: [(monday: String, count: Int)] = []
    /// Contacts by the hour of the day in Japan, 24 numbers.
    public var hours: [Int] = Array(repeating: 0, count: 24)
    /// Contacts after she refused; nil if she has not said when.
    public var afterRefusal: Int?
    /// Orders that were cancelled.
    public var cancelledOrders = 0
    /// Runs of at least three reviews with one or two stars within seven days: the first, the last, how many.
    public var lowStarBursts: [(from: String, to: String, count: Int)] = []
}

extension CaseIndex {
    static let contactKinds = "'message', 'mail', 'order', 'review', 'noted-post', 'comment'"
    /// The accounts whose own archives she took in: hers. A talk of LINE is named after the other of two, so that the second one is she.
    static let archiveOwners = """
        SELECT accountKey AS account FROM account WHERE accountKey >= 'x:id:' AND accountKey < 'x:id;'
        AND EXISTS (SELECT 1 FROM record WHERE record.scope = 'x/tweets/' || substr(accountKey, 6) AND record.account = accountKey)
        UNION SELECT record.account FROM record JOIN (
            SELECT record.scope AS talk, substr(record.scope, 6) AS partner, SUM(displayName = substr(record.scope, 6)) AS partnerCount
            FROM record JOIN account ON account.accountKey = record.account WHERE record.scope >= 'line/' AND record.scope < 'line0'
            GROUP BY record.scope HAVING COUNT(DISTINCT record.account) = 2
        ) ON record.scope = talk JOIN account ON account.accountKey = record.account
        WHERE partnerCount > 0 AND account.displayName <> partner
        """
    private static let week: Int64 = 7 * 86_400_000

    /// Records with words that she has not sorted yet, the newest first.
    public func unsorted(limit: Int, kinds: [RecordKind] = []) throws -> [RecordCircumstances] {
        try database.read { db in
            let own =
                kinds.isEmpty
                ? ""
                : "AND record.kind IN (\(kinds.map { "'\($0.name.filter { $0.isLetter || $0 == "-" })'" }.joined(separator: ",")))"
            let rows = try Row.fetchAll(
                db,
                sql: """
                    \(Self.selectEntry) WHERE record.text IS NOT NULL AND record.kind NOT IN ('event', 'like', 'block', 'mute', 'file') \(own)
                    AND record.position NOT IN (SELECT record FROM sorted)
                    AND COALESCE(record.account, '') NOT IN (SELECT accountKey FROM standing WHERE standing <> 'other')
                    AND COALESCE(record.account, '') NOT IN (\(Self.archiveOwners)) ORDER BY record.claimedAt DESC, record.position DESC LIMIT ?
                    """, arguments: [limit])
            return try rows.map { try Self.circumstances($0, db) }
        }
    }

    private static func circumstances(_ row: Row, _ db: Database) throws -> RecordCircumstances {
        let line = entry(row)
        var refusedAt: Instant?
        var isOther = false
        var contacts = 0
        if let account = line.account?.description {
            let refusals = try Row.fetchAll(
                db,
                sql: """
                    SELECT at, accountKey FROM refusal WHERE accountKey = ?1 OR accountKey IN (SELECT other.accountKey
                    FROM personAccount own JOIN personAccount other USING (personID) WHERE own.accountKey = ?1) ORDER BY at
                    """, arguments: [account])
            if let first = refusals.first, let time = line.claimedAt, (first["at"] as Int64) <= time.milliseconds {
                refusedAt = Instant(milliseconds: first["at"])
                isOther = (first["accountKey"] as String) != account
            }
            if let time = line.claimedAt {
                contacts =
                    try Int.fetchOne(
                        db,
                        sql:
                            "SELECT COUNT(*) FROM record WHERE account = ? AND claimedAt BETWEEN ? AND ? AND kind IN (\(contactKinds))",
                        arguments: [account, time.milliseconds - week / 2, time.milliseconds + week / 2]) ?? 0
            }
        }
        return RecordCircumstances(
            entry: line, stars: row["stars"], refusedAt: refusedAt, isOtherAccount: isOther, contactsThisWeek: contacts)
    }

    /// When somebody made contact, by week and hour, after which refusal; and what their orders and reviews show.
    ///
    /// - Parameter accounts: the accounts that are looked at; empty for all but the exporter's own.
    public func pattern(of accounts: [AccountKey]) throws -> ContactPattern {
        try database.read { db in
            var pattern = ContactPattern()
            let chosen = accounts.map(\.description)
            let own = chosen.isEmpty ? "1" : "account IN (\(chosen.map { _ in "?" }.joined(separator: ",")))"
            let arguments = StatementArguments(chosen)
            let times = try Int64.fetchAll(
                db,
                sql:
                    "SELECT claimedAt FROM record WHERE claimedAt IS NOT NULL AND kind IN (\(Self.contactKinds)) AND \(own) ORDER BY claimedAt",
                arguments: arguments)
            var weeks: [String: Int] = [:]
            for time in times {
                let instant = Instant(milliseconds: time)
                pattern.hours[instant.japan.hour] += 1
                weeks[Self.monday(instant), default: 0] += 1
            }
            pattern.weeks = weeks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            if let refused = try Int64.fetchOne(
                db,
                sql:
                    "SELECT MIN(at) FROM refusal WHERE \(chosen.isEmpty ? "1" : own.replacing("account IN", with: "accountKey IN"))",
                arguments: arguments)
            {
                pattern.afterRefusal = times.count { $0 > refused }
            }
            pattern.cancelledOrders =
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT COUNT(*) FROM record WHERE kind = 'order' AND \(own)
                        AND (status LIKE '%キャンセル%' OR status LIKE '%取消%' OR status LIKE '%ancel%')
                        """, arguments: arguments) ?? 0
            pattern.lowStarBursts = try Self.bursts(db, own, arguments)
            return pattern
        }
    }

    private static func bursts(
        _ db: Database, _ own: String, _ arguments: StatementArguments
    ) throws -> [(from: String, to: String, count: Int)] {
        let times = try Int64.fetchAll(
            db,
            sql:
                "SELECT claimedAt FROM record WHERE stars BETWEEN 1 AND 2 AND claimedAt IS NOT NULL AND \(own) ORDER BY claimedAt",
            arguments: arguments)
        var bursts: [(from: String, to: String, count: Int)] = []
        var start = 0
        while start < times.count {
            var end = start
            while end + 1 < times.count, times[end + 1] - times[start] <= week { end += 1 }
            if end - start >= 2 {
                bursts.append(
                    (
                        Instant(milliseconds: times[start]).japan.dateText, Instant(milliseconds: times[end]).japan.dateText,
                        end - start + 1
                    ))
                start = end + 1
            } else {
                start += 1
            }
        }
        return bursts
    }

    /// The Monday of an instant's week in Japan.
    private static func monday(_ instant: Instant) -> String {
        let day: Int64 = 86_400_000
        let local = instant.milliseconds + Int64(CivilTime.japanOffsetMinutes) * 60_000
        // 1970-01-01 was a Thursday.
        let days = local >= 0 ? local / day : (local - day + 1) / day
        let sinceMonday = ((days + 3) % 7 + 7) % 7
        return Instant(milliseconds: (days - sinceMonday) * day - Int64(CivilTime.japanOffsetMinutes) * 60_000).japan.dateText
    }
}

extension CaseIndex {
    /// Whether she has said of any account from when on she did not want contact.
    public func hasRefusal() throws -> Bool {
        try database.read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM refusal)") ?? false }
    }
}
