import AkashiModel
import GRDB

/// What she does about it: answers, numbers of exhibits, plans, requests.
extension Fold {
    /// Folds such a decision; false if it is another.
    static func act(_ decision: Decision, at position: LogPosition, _ observedAt: ObservedTime, _ db: Database) throws -> Bool {
        let time = observedAt.instant.milliseconds
        switch decision {
        case .answer(let caseID, let fact, let value?):
            try db.execute(
                sql: "INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?, ?)",
                arguments: [caseID.text, fact, value, position.sql, time])
        case .answer(let caseID, let fact, nil):
            try db.execute(sql: "DELETE FROM fact WHERE caseID = ? AND fact = ?", arguments: [caseID.text, fact])
        case .numberExhibits(let caseID, let records):
            for record in records {
                // A number that was given stays.
                try db.execute(
                    sql: """
                        INSERT OR IGNORE INTO exhibitNumber
                        SELECT ?1, ?2, COALESCE(MAX(number), 0) + 1 FROM exhibitNumber WHERE caseID = ?1
                        """, arguments: [caseID.text, record.sql])
            }
        case .keepStep(let step):
            try db.execute(
                sql: """
                    INSERT INTO planStep VALUES (?, ?, ?, ?, ?) ON CONFLICT (plan, step) DO UPDATE SET
                    body = excluded.body, observedAt = excluded.observedAt
                    """,
                arguments: [step.plan, step.step, try json(step), position.sql, time])
        case .trackRequest(let request):
            try db.execute(
                sql: """
                    INSERT INTO platformRequest VALUES (?, ?, ?, ?) ON CONFLICT (requestID) DO UPDATE SET body = excluded.body
                    """, arguments: [request.id.text, request.caseID.text, try json(request), position.sql])
        case .compareWriting(let comparison):
            try db.execute(
                sql: "INSERT INTO writingComparison VALUES (?, ?, ?, ?)",
                arguments: [position.sql, comparison.account.description, try json(comparison), time])
        default: return try work(decision, at: position, observedAt, db)
        }
        return true
    }

    /// Folds what she does about finding work.
    private static func work(_ decision: Decision, at position: LogPosition, _ observedAt: ObservedTime, _ db: Database) throws
        -> Bool
    {
        switch decision {
        case .keepWork(let part, let body):
            try db.execute(
                sql: "INSERT OR REPLACE INTO workPart VALUES (?, ?, ?, ?)",
                arguments: [part.rawValue, body, position.sql, observedAt.instant.milliseconds])
        case .keepPostings(let digest, let name, false):
            try db.execute(
                sql: "INSERT OR REPLACE INTO postingFile VALUES (?, ?, ?)", arguments: ["\(digest)", name, position.sql])
        case .keepPostings(let digest, _, true):
            try db.execute(sql: "DELETE FROM postingFile WHERE digest = ?", arguments: ["\(digest)"])
        case .trackApplication(let application):
            try db.execute(
                sql: """
                    INSERT INTO jobApplication VALUES (?, ?, ?) ON CONFLICT (applicationID) DO UPDATE SET body = excluded.body
                    """, arguments: [application.id.text, try json(application), position.sql])
        case .sendCopy(let copy):
            try db.execute(
                sql: "INSERT INTO sentCopy VALUES (?, ?, ?, ?)",
                arguments: [position.sql, copy.mark, try json(copy), observedAt.instant.milliseconds])
        default: return false
        }
        return true
    }
}
