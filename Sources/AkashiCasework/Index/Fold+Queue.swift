import AkashiModel
import AkashiModeration
import GRDB

/// The queue of comments.
extension Fold {
    static func moderate(_ decision: Decision, by helper: String?, at position: LogPosition, _ db: Database) throws {
        switch decision {
        case .placeComments(let comments, let book) where helper == nil:
            for comment in comments {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO placedComment VALUES (?, ?, ?, ?, ?, NULL)",
                    arguments: [comment.record.sql, comment.outcome.rawValue, try json(comment), book.hex, position.sql])
                try db.execute(sql: "DELETE FROM placedByRule WHERE record = ?", arguments: [comment.record.sql])
                for rule in Set(comment.verdict.findings.filter { $0.action == .hold }.map(\.rule)) {
                    try db.execute(sql: "INSERT INTO placedByRule VALUES (?, ?)", arguments: [rule, comment.record.sql])
                }
            }
        case .decideComment(let record, let outcome, let reason):
            try db.execute(
                sql: "INSERT INTO commentDecision VALUES (?, ?, ?, ?, ?, 0)",
                arguments: [position.sql, record.sql, outcome.rawValue, reason, helper])
        case .answerComment(let record, let text) where helper == nil:
            try db.execute(sql: "DELETE FROM commentAnswer WHERE record = ?", arguments: [record.sql])
            guard let text else { return }
            try db.execute(
                sql: "INSERT INTO commentAnswer VALUES (?, ?, ?)", arguments: [record.sql, text, position.sql])
        case .takeBackRule(let rule) where helper == nil:
            let held = try Row.fetchAll(
                db,
                sql: """
                    SELECT record, body FROM placedComment WHERE outcome = 'held' AND takenBackAt IS NULL
                    AND record IN (SELECT record FROM placedByRule WHERE rule = ?)
                    """, arguments: [rule])
            for row in held {
                let comment: PlacedComment = try CaseIndex.decode(row["body"])
                guard comment.isHeld(only: rule) else { continue }
                try db.execute(
                    sql: "UPDATE placedComment SET takenBackAt = ? WHERE record = ?",
                    arguments: [position.sql, comment.record.sql])
            }
        default: break
        }
    }
}
