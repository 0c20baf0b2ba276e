import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// Who looked and what was done: the ledger itself, made readable.
struct LogPage: Page {
    static let template = "log"
    static let title = "log.title"
    static let room = Room.log

    struct Line: Sendable {
        let position: String
        let time: String?
        let text: String
        let helper: String?
        let record: String?
    }

    let lines: [Line]
    let kinds: [TimelinePage.Choice]
    let more: String?
    let size: String
    let root: String
    let fingerprint: String
}

extension Rooms {
    private static let shownLines = 50

    func addLog(_ register: Register) {
        register(.get, "log", .owner) { visit in .page(try await log(visit)) }
    }

    private func log(_ visit: Visit) async throws -> LogPage {
        let groups: [(String, Set<EntryKind>)] = [
            ("access", [.opened, .unlocked]), ("handed", [.exported]), ("sealed", [.sealed, .removed]), ("derived", [.derived]),
            ("decided", [.decision, .note]), ("stamped", [.timestamped]),
        ]
        let chosen = visit.asked("kind")
        let kinds = groups.first { $0.0 == chosen }?.1 ?? Set(EntryKind.allCases).subtracting([.record])
        let before = visit.asked("before").flatMap(UInt64.init).map { LogPosition($0) }
        let lines = try await visit.desk.history(before: before, limit: Self.shownLines, kinds: kinds)
        let summary = try await visit.desk.summary()
        if let count = chosen == "derived" ? summary.problemCount : nil {
            try await visit.desk.choose("problems.seen", String(count))
        }
        let path = visit.site.base + "/log"
        let query = chosen.map { "kind=\($0)&" } ?? ""
        return LogPage(
            lines: lines.map { line in
                LogPage.Line(
                    position: "\(line.position)", time: line.observedAt.map { $0.instant.japanText },
                    text: visit.words(line.code, line.arguments), helper: line.helper, record: line.record.map { "\($0)" })
            },
            kinds: [TimelinePage.Choice(value: path, label: visit.words("log.all"), isChosen: chosen == nil)]
                + groups.map {
                    TimelinePage.Choice(
                        value: "\(path)?kind=\($0.0)", label: visit.words("log.kind." + $0.0), isChosen: chosen == $0.0)
                }, more: lines.count == Self.shownLines ? lines.last.map { "\(path)?\(query)before=\($0.position)" } : nil,
            size: String(summary.ledgerSize), root: String(summary.root.prefix(16)), fingerprint: summary.fingerprint)
    }
}
