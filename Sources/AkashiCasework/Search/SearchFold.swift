import AkashiIntake
import AkashiModel
import AkashiText
import GRDB

/// Puts a record's words into the search table, folded.
enum SearchFold {
    /// Longest words that are searched, in letters; what comes after is in the sealed file.
    private static let maximumLetters = 200_000

    static func add(_ record: ParsedRecord, names: String, at position: LogPosition, _ db: Database) throws {
        try add(words: record.text ?? "", names: names, at: position, db)
    }

    static func add(words: String, names: String, at position: LogPosition, _ db: Database) throws {
        // Counting letters takes long; only what may be too long is counted.
        let words = FoldedText(words.utf8.count <= maximumLetters ? words : String(words.prefix(maximumLetters))).text
        let names = FoldedText(names).text
        try db.cachedStatement(sql: "INSERT INTO search (rowid, words, names) VALUES (?, ?, ?)")
            .execute(arguments: [position.sql, words, names])
    }
}

extension CaseIndex {
    /// Bytes that the search table takes up.
    public func searchByteCount() throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'search%'") ?? 0 }
    }
}
