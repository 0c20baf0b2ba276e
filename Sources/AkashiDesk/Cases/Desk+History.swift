import AkashiCasework
import AkashiIntake
public import AkashiModel
public import AkashiVault

/// A line of the history: what happened to the vault, when, by whom. The ledger itself, made readable.
public struct HistoryLine: Sendable {
    /// The entry.
    public let position: LogPosition
    /// By this computer's clock; nil if its words were removed.
    public let observedAt: ObservedTime?
    /// What it is about; nil if its words were removed.
    public let kind: EntryKind?
    /// A key of `Knowledge/strings/desk`, such as `history.sealed`.
    public let code: String
    /// Values for its marks. No words of any record are among them.
    public let arguments: [String: String]
    /// The helper who did it; nil for herself or the program.
    public let helper: String?
    /// The record it concerns.
    public let record: LogPosition?
}

extension Desk {
    private static let mostLooked = 20_000

    /// The newest lines of the history before a place.
    public func history(before: LogPosition? = nil, limit: Int, kinds: Set<EntryKind>? = nil) throws -> [HistoryLine] {
        var lines: [HistoryLine] = []
        let end = min(before?.index ?? vault.size, vault.size)
        // Most of a ledger is records: where they are not asked for, the index knows which entries need not be opened.
        let skipped = kinds?.contains(.record) == false ? try index.recordPositions(before: end) : []
        var looked = 0
        try vault.forEachEntry(before: end, skipping: { skipped.contains(Int64($0)) }) { entry in
            looked += 1
            // A long search for a rare kind ends at some point and goes on with the next page.
            guard lines.count < limit, looked <= Self.mostLooked else { return false }
            if let kinds, let kind = entry.envelope?.kind, !kinds.contains(kind) { return true }
            lines.append(try Self.line(entry))
            return true
        }
        return lines
    }

    private static func line(_ entry: LedgerEntry) throws -> HistoryLine {
        guard let envelope = entry.envelope else {
            return HistoryLine(
                position: entry.position, observedAt: nil, kind: nil, code: "history.erased", arguments: [:], helper: nil,
                record: nil)
        }
        func line(
            _ code: String, _ arguments: [String: String] = [:], by helper: String? = nil, record: LogPosition? = nil
        ) -> HistoryLine {
            HistoryLine(
                position: entry.position, observedAt: envelope.observedAt, kind: envelope.kind, code: "history." + code,
                arguments: arguments, helper: helper, record: record)
        }
        switch envelope.kind {
        case .sealed:
            let name = SealedEvidence(entry)?.source.path.split(separator: "/").last.map(String.init) ?? ""
            return line("sealed", ["name": name])
        case .record: return line("record", record: entry.position)
        case .derived:
            let body: ReadingBody = try envelope.decode()
            return line(
                "read", ["count": String(body.scopes.reduce(0) { $0 + $1.added }), "problems": String(body.problemCount)])
        case .opened:
            let body: OpenedBody = try envelope.decode()
            return line("opened", by: body.by, record: body.record)
        case .unlocked:
            let body: UnlockedBody = try envelope.decode()
            return line("unlocked." + body.way.rawValue, by: body.by)
        case .exported:
            let body: ExportBody = try envelope.decode()
            return line("exported", ["receiver": body.receiver ?? "—", "count": String(body.records.count)])
        case .timestamped:
            let body: StampBody = try envelope.decode()
            return line("stamped", ["authority": body.authority])
        case .removed:
            let body: RemovalBody = try envelope.decode()
            return line("removed." + body.state.rawValue)
        case .note: return noteLine(try envelope.decode(), line)
        case .decision: return decisionLine(try envelope.decode(), line)
        }
    }

    private typealias LineMaker = (String, [String: String], String?, LogPosition?) -> HistoryLine

    private static func noteLine(_ note: Note, _ line: LineMaker) -> HistoryLine {
        switch note {
        case .record(let record, _): line("noted", [:], nil, record)
        case .helper(let record, _, let helper): line("noted", [:], helper, record)
        case .consultation: line("consultation", [:], nil, nil)
        case .feeling: line("feeling", [:], nil, nil)
        }
    }

    private static func decisionLine(_ decision: Decision, _ line: LineMaker) -> HistoryLine {
        switch decision {
        case .sort(let record, _, _, _): line("sorted", [:], nil, record)
        case .helped(let helper, .sort(let record, _, _, _)): line("sorted", [:], helper, record)
        case .helped(let helper, _): line("decision", [:], helper, nil)
        case .withdraw: line("withdrawn", [:], nil, nil)
        case .describeIncident: line("incident", [:], nil, nil)
        case .link, .unlink: line("linked", [:], nil, nil)
        case .gather, .part: line("people", [:], nil, nil)
        case .choose: line("setting", [:], nil, nil)
        case .answer: line("answered", [:], nil, nil)
        case .makePapers(_, let papers, _): line("papers", ["count": String(papers.count)], nil, nil)
        case .keepStep: line("plan", [:], nil, nil)
        case .trackRequest: line("request", [:], nil, nil)
        case .keepWork, .keepPostings, .trackApplication: line("work", [:], nil, nil)
        case .sendCopy(let copy): line("copy", ["mark": copy.mark], nil, nil)
        default: line("decision", [:], nil, nil)
        }
    }
}
