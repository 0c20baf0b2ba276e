public import AkashiModel
import GRDB

/// An answer that she gave.
public struct FactAnswer: Hashable, Sendable {
    /// The question.
    public let fact: String
    /// The answer.
    public let value: String
    /// When she gave it.
    public let observedAt: ObservedTime
}

/// A step of a plan, with when she last touched it.
public struct KeptStep: Hashable, Sendable {
    /// What she made of it.
    public let state: PlanStepState
    /// When.
    public let observedAt: ObservedTime
}

extension CaseIndex {
    /// What she answered in a case, by question.
    public func answers(_ caseID: CaseID) throws -> [String: FactAnswer] {
        try database.read { db in
            var answers: [String: FactAnswer] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT * FROM fact WHERE caseID = ?", arguments: [caseID.text]) {
                let observedAt = ObservedTime(Instant(milliseconds: row["observedAt"]))
                answers[row["fact"]] = FactAnswer(fact: row["fact"], value: row["value"], observedAt: observedAt)
            }
            return answers
        }
    }

    /// The numbers of exhibits that were given in a case.
    public func exhibitNumbers(_ caseID: CaseID) throws -> [LogPosition: Int] {
        try database.read { db in
            var numbers: [LogPosition: Int] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT * FROM exhibitNumber WHERE caseID = ?", arguments: [caseID.text]) {
                numbers[Self.position(row["record"])] = row["number"]
            }
            return numbers
        }
    }

    /// What she made of the steps of a plan, in the order in which she first touched them.
    public func planSteps(_ plan: String) throws -> [KeptStep] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM planStep WHERE plan = ? ORDER BY position", arguments: [plan]).map {
                KeptStep(
                    state: try Self.decode($0["body"]), observedAt: ObservedTime(Instant(milliseconds: $0["observedAt"])))
            }
        }
    }

    /// Her requests to platforms, in the order in which she began them.
    public func platformRequests(_ caseID: CaseID) throws -> [PlatformRequest] {
        try database.read { db in
            try String.fetchAll(
                db, sql: "SELECT body FROM platformRequest WHERE caseID = ? ORDER BY position", arguments: [caseID.text]
            ).map { try Self.decode($0) }
        }
    }

    /// Every record of a case, or that she sorted under a harm, with what deadlines and options look at.
    public func consideredPositions(_ caseID: CaseID) throws -> [LogPosition] {
        try database.read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT record FROM incidentRecord JOIN incident USING (incidentID) WHERE caseID = ?
                    UNION SELECT record FROM sorted WHERE harms <> ''
                    UNION SELECT position FROM record WHERE kind IN ('order', 'review') ORDER BY 1
                    """, arguments: [caseID.text]
            ).map(Self.position)
        }
    }

    /// Accounts that are hers, or of somebody she trusts: by her word, or because their own archives were taken in.
    public func friendlyAccounts() throws -> Set<AccountKey> {
        try database.read { db in
            let keys = try String.fetchAll(
                db,
                sql: """
                    SELECT accountKey FROM standing WHERE standing <> 'other'
                    UNION SELECT account FROM (\(Self.archiveOwners)) WHERE account NOT IN (SELECT accountKey FROM standing)
                    """)
            return Set(keys.compactMap(AccountKey.init))
        }
    }

    /// Accounts that are hers: by her word, or because their own archives were taken in.
    public func ownAccounts() throws -> Set<AccountKey> {
        try database.read { db in
            let keys = try String.fetchAll(
                db,
                sql: """
                    SELECT accountKey FROM standing WHERE standing = 'own'
                    UNION SELECT account FROM (\(Self.archiveOwners)) WHERE account NOT IN (SELECT accountKey FROM standing)
                    """)
            return Set(keys.compactMap(AccountKey.init))
        }
    }

    /// The records that are contacts by an account after she refused contact by it, or by another one that she gathered with it.
    public func recordsAfterRefusal() throws -> Set<LogPosition> {
        try database.read { db in
            let rows = try Int64.fetchAll(
                db,
                sql: """
                    SELECT record.position FROM record JOIN (
                        SELECT accountKey AS refused, at FROM refusal
                        UNION SELECT other.accountKey, at FROM refusal JOIN personAccount own ON own.accountKey = refusal.accountKey
                        JOIN personAccount other ON other.personID = own.personID
                    ) ON record.account = refused WHERE record.claimedAt >= at AND record.kind IN (\(Self.contactKinds))
                    """)
            return Set(rows.map(Self.position))
        }
    }

    /// The state of orders, as the shop writes it.
    public func orderStates() throws -> [LogPosition: String] {
        try database.read { db in
            var states: [LogPosition: String] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT position, status FROM record WHERE status IS NOT NULL") {
                states[Self.position(row["position"])] = row["status"]
            }
            return states
        }
    }
}

extension CaseIndex {
    /// How many records were uncovered since a time.
    public func openedCount(since time: Instant) throws -> Int {
        try database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT COUNT(DISTINCT record) FROM opened WHERE observedAt >= ?", arguments: [time.milliseconds]) ?? 0
        }
    }

    /// The stars of reviews.
    public func stars() throws -> [LogPosition: Int] {
        try database.read { db in
            var stars: [LogPosition: Int] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT position, stars FROM record WHERE stars IS NOT NULL") {
                stars[Self.position(row["position"])] = row["stars"]
            }
            return stars
        }
    }
}

/// A comparison of writings that was asked for.
public struct KeptComparison: Hashable, Sendable {
    /// Its entry.
    public let position: LogPosition
    /// What was compared.
    public let comparison: WritingComparison
    /// When.
    public let observedAt: ObservedTime
}

extension CaseIndex {
    /// Comparisons of writings, oldest first.
    public func writingComparisons() throws -> [KeptComparison] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM writingComparison ORDER BY position").map { row in
                KeptComparison(
                    position: Self.position(row["position"]), comparison: try Self.decode(row["body"]),
                    observedAt: ObservedTime(Instant(milliseconds: row["observedAt"])))
            }
        }
    }

    /// How many orders show each prefecture.
    public func orderAreas() throws -> [String: Int] {
        try database.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT area, COUNT(*) AS number FROM record WHERE kind = 'order' AND area IS NOT NULL GROUP BY area")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["area"] as String, $0["number"] as Int) })
        }
    }
}
