import AkashiModel
import AkashiText
import Foundation
import GRDB

extension CaseIndex {
    /// Newest records that are looked at closely for one search. Of more finds than this, the newest are ranked.
    private static let window = 1_000
    private static let excerptLength = 24

    /// The finds, those that stand exactly as typed first, then the newest.
    public func search(_ query: SearchQuery) throws -> [SearchHit] {
        let terms = query.terms.map { FoldedText($0).scalars }.filter { !$0.isEmpty }
        guard !terms.isEmpty else { return [] }
        let (conditions, arguments) = query.filter.conditions
        let match = Self.match(terms)
        return try database.read { db in
            var hits: [SearchHit] = []
            var before = Int64.max
            let wanted = query.offset + query.limit
            var looked = 0
            while looked < Self.window {
                let rows = try Self.candidates(db, match: match, before: before, conditions, arguments, limit: 200)
                for row in rows {
                    looked += 1
                    before = row["position"]
                    guard let hit = Self.hit(row, terms: terms, typed: query.terms) else { continue }
                    hits.append(hit)
                }
                if rows.count < 200 { break }
                // A page of exact finds cannot be bettered by older ones.
                if hits.count(where: \.isExact) >= wanted { break }
            }
            let ranked = hits.filter(\.isExact) + hits.filter { !$0.isExact }
            return Array(ranked.dropFirst(query.offset).prefix(query.limit))
        }
    }

    /// All pairs of each run of letters, as phrases; a single letter as the beginning of a pair. Nil if there are only marks.
    private static func match(_ terms: [[Unicode.Scalar]]) -> String? {
        let phrases = terms.flatMap { term in
            BigramTokenizer.runs(String(String.UnicodeScalarView(term))).map { run in
                let quoted = "\"" + run.replacing("\"", with: "\"\"") + "\""
                return run.unicodeScalars.count == 1 ? quoted + " *" : quoted
            }
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
    }

    private static func candidates(
        _ db: Database, match: String?, before: Int64, _ conditions: [String], _ arguments: [(any DatabaseValueConvertible)?],
        limit: Int
    ) throws -> [Row] {
        var sql = selectEntry
        var all: [(any DatabaseValueConvertible)?] = []
        if let match {
            sql += " JOIN search ON search.rowid = record.position WHERE search MATCH ? AND search.rowid < ?"
            all = [match, before]
        } else {
            sql += " WHERE record.position < ?"
            all = [before]
        }
        for condition in conditions { sql += " AND " + condition }
        sql += match == nil ? " ORDER BY record.position DESC LIMIT ?" : " ORDER BY search.rowid DESC LIMIT ?"
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: StatementArguments(all + arguments + [limit]))
    }

    /// Nil if a pair of letters fits and the words do not.
    private static func hit(_ row: Row, terms: [[Unicode.Scalar]], typed: [String]) -> SearchHit? {
        let text: String = row["text"] ?? ""
        let names: String = row["names"] ?? ""
        let foldedText = FoldedText(text)
        let foldedNames = FoldedText(names)
        var excerpt: SearchHit.Excerpt?
        var isInNames = false
        for term in terms {
            if let range = foldedText.firstRange(of: term) {
                if excerpt == nil { excerpt = cut(text, foldedText.rawRange(range)) }
            } else if foldedNames.firstRange(of: term) != nil {
                isInNames = true
            } else {
                return nil
            }
        }
        let isExact = typed.allSatisfy { text.utf8.contains($0) || names.utf8.contains($0) }
        return SearchHit(entry: entry(row), isExact: isExact, excerpt: excerpt, isInNames: isInNames)
    }

    private static func cut(_ text: String, _ range: Range<Int>) -> SearchHit.Excerpt {
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        let end = text.utf8.index(text.startIndex, offsetBy: range.upperBound)
        let before = text[..<start].suffix(excerptLength)
        let after = text[end...].prefix(excerptLength)
        func oneLine(_ text: some StringProtocol) -> String { text.map { $0.isNewline ? " " : String($0) }.joined() }
        return SearchHit.Excerpt(
            before: (before.startIndex > text.startIndex ? "…" : "") + oneLine(before), found: oneLine(text[start..<end]),
            after: oneLine(after) + (after.endIndex < text.endIndex ? "…" : ""))
    }
}

extension Sequence where Element == UInt8, Self: Collection {
    /// Whether some bytes stand in these, byte for byte: Swift's own search takes spellings of a letter for equal.
    fileprivate func contains(_ needle: String) -> Bool {
        let needle = Array(needle.utf8)
        guard let first = needle.first else { return true }
        let bytes = Array(self)
        guard bytes.count >= needle.count else { return false }
        for index in 0...(bytes.count - needle.count) where bytes[index] == first {
            if bytes[index..<index + needle.count].elementsEqual(needle) { return true }
        }
        return false
    }
}
