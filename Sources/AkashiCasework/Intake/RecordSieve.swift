public import AkashiIntake
public import AkashiModel
import GRDB

/// Holds back what was read before, word for word, and lets through what is new or changed.
public struct RecordSieve {
    private struct Known {
        let position: LogPosition
        let fingerprint: String
        let name: String?
        let claimedAt: Int64?
        let isAbsent: Bool
    }

    private let index: CaseIndex
    private var known: [String: [String: Known]] = [:]
    private var lastExport: [String: Int64] = [:]
    private var seen: Set<LogPosition> = []
    private var passed: [String: Set<String>] = [:]
    private var counts: [String: (added: Int, known: Int)] = [:]
    private var spans: [String: ClosedRange<Int64>] = [:]
    private var renames: [String: ReadingBody.Rename] = [:]

    /// A sieve for one reading.
    public init(_ index: CaseIndex) { self.index = index }

    /// Whether a record is new, or says something else than the one with the same key.
    public mutating func passes(_ record: ParsedRecord) throws -> Bool {
        let scope = record.scope
        try load(scope)
        if let time = record.claimedTime?.instant.milliseconds {
            spans[scope] = spans[scope].map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
        }
        let fingerprint = RecordFingerprint.of(record)
        if let known = known[scope]?[record.key] {
            seen.insert(known.position)
            if known.fingerprint == fingerprint {
                note(known, record)
                counts[scope, default: (0, 0)].known += 1
                return false
            }
        }
        // The same record twice in one source, such as in two parts of an archive.
        guard passed[scope, default: []].insert(record.key + "\u{0}" + fingerprint).inserted else { return false }
        counts[scope, default: (0, 0)].added += 1
        return true
    }

    /// How the reading ended, for the ledger.
    public func body(_ report: ReadingReport, reading: ContentDigest, parser: ParserVersion, root: String) -> ReadingBody {
        let scopes = report.scopes.map { scope in
            let count = counts[scope.scope] ?? (0, 0)
            return ReadingBody.Scope(
                scope: scope.scope, exportedAt: scope.exportedAt, added: count.added, known: count.known)
        }
        return ReadingBody(
            reading: reading, parser: parser, root: root, scopes: scopes,
            absent: report.scopes.flatMap(absent).sorted(),
            renames: renames.values.sorted { ($0.scope, $0.from, $0.to) < ($1.scope, $1.from, $1.to) },
            problems: report.problems.map {
                ReadingBody.Problem(code: $0.code, member: $0.member, offset: $0.offset, line: $0.line)
            },
            problemCount: report.problemCount)
    }

    /// What stood in an earlier export and does not stand in this later one.
    private func absent(from scope: ScopeReport) -> [LogPosition] {
        guard scope.isComplete, let exportedAt = scope.exportedAt?.instant.milliseconds,
            let earlier = lastExport[scope.scope], exportedAt > earlier
        else { return [] }
        // A talk that begins later is a shorter talk, not one with messages taken away.
        let span = scope.scope.hasPrefix("line/") ? spans[scope.scope] : nil
        return (known[scope.scope] ?? [:]).values.filter { known in
            guard !known.isAbsent, !seen.contains(known.position) else { return false }
            guard let span else { return true }
            return known.claimedAt.map { span.contains($0) } ?? false
        }.map(\.position)
    }

    private mutating func note(_ known: Known, _ record: ParsedRecord) {
        guard record.account?.key.form == .name, let old = known.name, let new = record.account?.displayName,
            !old.utf8.elementsEqual(new.utf8)
        else { return }
        let id = "\(record.scope)\u{0}\(old)\u{0}\(new)"
        renames[id, default: ReadingBody.Rename(scope: record.scope, from: old, to: new, count: 0)].count += 1
    }

    private mutating func load(_ scope: String) throws {
        guard known[scope] == nil else { return }
        var found: [String: Known] = [:]
        try index.database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT position, recordKey, fingerprint, account, claimedAt, absentSince FROM record
                    WHERE scope = ? ORDER BY position
                    """, arguments: [scope])
            while let row = try rows.next() {
                let account = (row["account"] as String?).flatMap(AccountKey.init)
                found[row["recordKey"]] = Known(
                    position: LogPosition(UInt64(row["position"] as Int64)), fingerprint: row["fingerprint"],
                    name: account?.form == .name ? account?.value : nil, claimedAt: row["claimedAt"],
                    isAbsent: (row["absentSince"] as Int64?) != nil)
            }
            lastExport[scope] = try Int64.fetchOne(
                db, sql: "SELECT exportedAt FROM scope WHERE scope = ?", arguments: [scope])
        }
        known[scope] = found
    }
}

extension CaseIndex {
    /// A talk that was read before under another title, because its partner was renamed or the export has no title.
    ///
    /// Told by messages of the same minute with the same words: at least three, and half of the shorter talk.
    public func sameTalk(asKeys keys: [String], titled scope: String) throws -> String? {
        guard keys.count >= 3, try count(ofScope: scope) == 0 else { return nil }
        return try database.read { db in
            var hits: [String: Int] = [:]
            for start in stride(from: 0, to: keys.count, by: 500) {
                let part = keys[start..<min(start + 500, keys.count)]
                let marks = Array(repeating: "?", count: part.count).joined(separator: ",")
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT scope, COUNT(DISTINCT recordKey) AS hits FROM record
                        WHERE scope LIKE 'line/%' AND recordKey IN (\(marks)) GROUP BY scope
                        """, arguments: StatementArguments(Array(part)))
                for row in rows { hits[row["scope"], default: 0] += row["hits"] }
            }
            for (found, count) in hits.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
                let size = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM record WHERE scope = ?", arguments: [found]) ?? 0
                if count >= 3, count * 2 >= min(keys.count, size) { return found }
            }
            return nil
        }
    }

    private func count(ofScope scope: String) throws -> Int {
        try database.read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM record WHERE scope = ?", arguments: [scope]) ?? 0
        }
    }
}
