public import AkashiModel
import GRDB

/// How many records there are in a stretch of time, from one account.
public struct TimelineBin: Hashable, Sendable {
    /// The beginning of the stretch.
    public let start: Instant
    /// The account; nil where the source names none.
    public let account: AccountKey?
    /// Records.
    public let count: Int
    /// Records among them that she or a helper sees a harm in, or that belong to an incident.
    public let harmCount: Int
}

extension CaseIndex {
    /// The timeline, oldest first; records without a time at the end, in the order they were read.
    ///
    /// Asked in two steps, those with a time and those without, so that an index gives the order.
    public func timeline(_ filter: TimelineFilter = TimelineFilter()) throws -> [TimelineEntry] {
        let (conditions, arguments) = Self.conditions(filter)
        let order = filter.isNewestFirst ? "DESC" : "ASC"
        let beyond = filter.isNewestFirst ? "<" : ">"
        let wanted = filter.offset + filter.limit
        return try database.read { db in
            func part(
                _ condition: String, _ values: [(any DatabaseValueConvertible)?], _ orderBy: String, _ limit: Int
            ) throws -> [TimelineEntry] {
                let all = (conditions + [condition]).joined(separator: " AND ")
                return try Row.fetchAll(
                    db, sql: "\(Self.selectEntry) WHERE \(all) ORDER BY \(orderBy) LIMIT ?",
                    arguments: StatementArguments(arguments + values + [limit])
                ).map(Self.entry)
            }
            var lines: [TimelineEntry] = []
            let place = filter.after.map { ($0.claimedAt?.milliseconds, $0.position.sql) }
            if let (time, position) = place, let time {
                lines = try part(
                    "(claimedAt, record.position) \(beyond) (?, ?)", [time, position],
                    "claimedAt \(order), record.position \(order)", wanted)
            } else if place == nil {
                lines = try part(
                    "claimedAt IS NOT NULL", [], "claimedAt \(order), record.position \(order)", wanted)
            }
            if lines.count < wanted {
                let isPast = place != nil && place?.0 == nil
                lines += try part(
                    isPast ? "claimedAt IS NULL AND record.position \(beyond) ?" : "claimedAt IS NULL",
                    isPast ? [place?.1] : [], "record.position \(order)", wanted - lines.count)
            }
            return Array(lines.dropFirst(filter.offset))
        }
    }

    /// How many records a timeline has.
    public func timelineCount(_ filter: TimelineFilter) throws -> Int {
        let (conditions, arguments) = Self.conditions(filter)
        return try database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT COUNT(*) FROM record WHERE \(conditions.joined(separator: " AND "))",
                arguments: StatementArguments(arguments)) ?? 0
        }
    }

    /// From the first to the last time that any record of a timeline claims; nil if none claims any.
    public func timelineSpan(_ filter: TimelineFilter) throws -> ClosedRange<Instant>? {
        let (conditions, arguments) = Self.conditions(filter)
        return try database.read { db in
            let row = try Row.fetchOne(
                db,
                // Each end by itself is one step in the index of times.
                sql: """
                    SELECT (SELECT MIN(claimedAt) FROM record WHERE \(conditions.joined(separator: " AND "))) AS a,
                        (SELECT MAX(claimedAt) FROM record WHERE \(conditions.joined(separator: " AND "))) AS b
                    """, arguments: StatementArguments(arguments + arguments))
            guard let first = row?["a"] as Int64?, let last = row?["b"] as Int64? else { return nil }
            return Instant(milliseconds: first)...Instant(milliseconds: last)
        }
    }

    /// Records counted by stretches of time and account.
    ///
    /// - Parameter width: of a stretch, in milliseconds; stretches are counted from `origin`.
    public func histogram(_ filter: TimelineFilter, origin: Instant, width: Int64) throws -> [TimelineBin] {
        var (conditions, arguments) = Self.conditions(filter)
        conditions.append("claimedAt IS NOT NULL")
        arguments = [origin.milliseconds, width] + arguments
        func sql(_ further: String) -> String {
            """
            SELECT (claimedAt - ?) / ? AS bin, account, COUNT(*) AS n FROM record
            WHERE \((conditions + [further]).joined(separator: " AND ")) GROUP BY bin, account ORDER BY bin, account
            """
        }
        // Those with a harm are few, and counted by themselves: all the others are counted from the index alone.
        let harmful = """
            record.position IN (SELECT record FROM incidentRecord UNION SELECT record FROM sorted WHERE harms <> '')
            """
        struct Place: Hashable {
            let bin: Int64
            let account: String?
        }
        return try database.read { db in
            var harms: [Place: Int] = [:]
            for row in try Row.fetchAll(db, sql: sql(harmful), arguments: StatementArguments(arguments)) {
                harms[Place(bin: row["bin"], account: row["account"])] = row["n"]
            }
            return try Row.fetchAll(db, sql: sql("1"), arguments: StatementArguments(arguments)).map { row in
                let place = Place(bin: row["bin"], account: row["account"])
                return TimelineBin(
                    start: origin.advanced(milliseconds: place.bin * width), account: place.account.flatMap(AccountKey.init),
                    count: row["n"], harmCount: harms[place] ?? 0)
            }
        }
    }

    private static func conditions(_ filter: TimelineFilter) -> ([String], [(any DatabaseValueConvertible)?]) {
        var (conditions, arguments) = filter.records.conditions
        if let caseID = filter.caseID {
            conditions.append(
                """
                record.position IN (SELECT record FROM incidentRecord JOIN incident USING (incidentID) WHERE caseID = ?)
                """)
            arguments.append(caseID.text)
        }
        return (conditions.isEmpty ? ["1"] : conditions, arguments)
    }
}

extension CaseIndex {
    /// Which entries before a place are records.
    public func recordPositions(before end: UInt64) throws -> Set<Int64> {
        try database.read {
            Set(try Int64.fetchAll($0, sql: "SELECT position FROM record WHERE position < ?", arguments: [Int64(end)]))
        }
    }
}

extension CaseIndex {
    /// How many texts each account has of each kind; later versions of a text are not counted.
    public func textCounts(
        _ kinds: [RecordKind], without some: Set<AccountKey>
    ) throws -> [(account: AccountKey, kind: RecordKind, count: Int)] {
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ",") }
        let sql = """
            SELECT account, kind, COUNT(*) AS n FROM record WHERE kind IN (\(marks(kinds.count))) AND account NOT IN (\(marks(some.count)))
            AND text <> '' AND revises IS NULL GROUP BY account, kind
            """
        let arguments = kinds.map(\.name) + some.map(\.description)
        return try database.read { db in
            try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments)).compactMap { row in
                AccountKey(row["account"]).map { ($0, RecordKind(row["kind"]), row["n"]) }
            }
        }
    }
}
