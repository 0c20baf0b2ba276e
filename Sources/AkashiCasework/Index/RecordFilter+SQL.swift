import AkashiModel
import GRDB

extension RecordFilter {
    /// Conditions of SQL on `record`, with their arguments.
    var conditions: ([String], [(any DatabaseValueConvertible)?]) {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        func add(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) {
            conditions.append(sql)
            arguments += values
        }
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        if let from = from { add("record.claimedAt >= ?", [from.milliseconds]) }
        if let to = to { add("record.claimedAt < ?", [to.milliseconds]) }
        if !accounts.isEmpty {
            add("record.account IN (\(marks(accounts.count)))", accounts.map(\.description))
        }
        if !platforms.isEmpty {
            let each = platforms.map { _ in "record.account LIKE ? OR record.scope LIKE ?" }.joined(separator: " OR ")
            add("(\(each))", platforms.flatMap { ["\($0):%", "\($0)/%"] })
        }
        if !kinds.isEmpty { add("record.kind IN (\(marks(kinds.count)))", kinds.map(\.name)) }
        if !harms.isEmpty {
            let each = harms.map { _ in "' ' || h.harms || ' ' LIKE ?" }.joined(separator: " OR ")
            let values = harms.map { "% \($0.rawValue) %" }
            add(
                """
                record.position IN (SELECT r.record FROM incidentRecord r JOIN incident h USING (incidentID) WHERE \(each)
                UNION SELECT h.record FROM sorted h WHERE \(each))
                """, values + values)
        }
        return (conditions, arguments)
    }
}
