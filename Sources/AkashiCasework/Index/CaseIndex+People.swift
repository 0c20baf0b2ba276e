public import AkashiIntake
public import AkashiModel
import GRDB

/// Accounts that she takes to be one person's. That is her decision and her reason; nothing else says so.
public struct Person: Hashable, Sendable {
    /// An account, with why she put it there.
    public struct Member: Hashable, Sendable {
        /// The account.
        public let account: AccountKey
        /// Why.
        public let reason: String
    }

    /// The person.
    public let id: PersonID
    /// What she calls the person.
    public let name: String
    /// The accounts, in the order in which she put them there.
    public let members: [Member]
}

/// Words that few can know.
public struct PrivateFact: Hashable, Sendable {
    /// The words as they would turn up.
    public let words: String
    /// What they are, in her words.
    public let meaning: String
}

/// What she decided about a record.
public struct SortedRecord: Hashable, Sendable {
    /// The harms she sees.
    public let harms: [Harm]
    /// Whether she takes it for lawful criticism.
    public let isLawfulCriticism: Bool
    /// Why, if she said so.
    public let reason: String?
}

extension CaseIndex {
    /// The persons, in the order in which she first gathered them.
    public func people() throws -> [Person] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM person ORDER BY position").compactMap { row in
                guard let id = PersonID(row["personID"]) else { return nil }
                let members = try Row.fetchAll(
                    db, sql: "SELECT * FROM personAccount WHERE personID = ? ORDER BY position, accountKey", arguments: [id.text]
                ).compactMap { row in AccountKey(row["accountKey"]).map { Person.Member(account: $0, reason: row["reason"]) } }
                return Person(id: id, name: row["name"], members: members)
            }
        }
    }

    /// Tables that she explained.
    public func tableMappings() throws -> [TableMapping] {
        try database.read { try String.fetchAll($0, sql: "SELECT body FROM tableMapping ORDER BY position") }.map {
            try Self.decode($0)
        }
    }

    /// Words that few can know.
    public func privateFacts() throws -> [PrivateFact] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM privateFact ORDER BY position, words").map {
                PrivateFact(words: $0["words"], meaning: $0["meaning"])
            }
        }
    }

    /// What her shop and she are called.
    public func shopNames() throws -> [String] {
        try database.read { try String.fetchAll($0, sql: "SELECT name FROM shopName ORDER BY position, rowid") }
    }

    /// What she decided about records.
    public func sortedRecords() throws -> [LogPosition: SortedRecord] {
        try database.read { db in
            var result: [LogPosition: SortedRecord] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT * FROM sorted") {
                result[Self.position(row["record"])] = SortedRecord(
                    harms: (row["harms"] as String).split(separator: " ").compactMap { Harm(rawValue: String($0)) },
                    isLawfulCriticism: row["isLawfulCriticism"], reason: row["reason"])
            }
            return result
        }
    }
}

extension CaseIndex {
    /// Whose accounts are to her, where she said so.
    public func standings() throws -> [AccountKey: AccountStanding] {
        try database.read { db in
            var result: [AccountKey: AccountStanding] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT accountKey, standing FROM standing") {
                guard let key = AccountKey(row["accountKey"]) else { continue }
                result[key] = AccountStanding(rawValue: row["standing"])
            }
            return result
        }
    }

    /// From when on she did not want contact, by account.
    public func refusals() throws -> [AccountKey: Instant] {
        try database.read { db in
            var result: [AccountKey: Instant] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT accountKey, at FROM refusal") {
                guard let key = AccountKey(row["accountKey"]) else { continue }
                result[key] = Instant(milliseconds: row["at"])
            }
            return result
        }
    }
}
