import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// 相談メモ: one page for the police desk, a lawyer, a help line. Facts only, and printable with a single item.
struct MemoPaper: Page {
    static let template = "memo"
    static let title = "memo.title"
    static let room = Room.none

    struct Event: Sendable {
        let time: String
        let what: String
        let who: String
    }

    struct Incident: Sendable {
        let title: String
        let summary: String?
        let harms: String
        let count: Int
        let span: String?
    }

    let made: String
    let trouble: String
    let ask: String
    let incidents: [Incident]
    let events: [Event]
    let moreEvents: Int?
    let people: [String]
    let refusals: [String]
    let evidenceCount: Int
    let recordCount: Int
    let talks: [Event]
    let isEmpty: Bool
    let isDiscreet: Bool
    let number: String
    let feelings: [ListenPage.FeelingLine]
    let isSaved: Bool
}

extension Rooms {
    private static let memoEvents = 15

    func addMemo(_ register: Register) {
        register(.get, "memo", .owner) { visit in .page(try await memo(visit)) }
        register(.post, "memo", .owner) { visit in
            try await visit.desk.choose("memo.trouble", visit.form.text("trouble"))
            try await visit.desk.choose("memo.ask", visit.form.text("ask"))
            return .go("/memo?saved=1")
        }
    }

    private func memo(_ visit: Visit) async throws -> MemoPaper {
        let desk = visit.desk
        let summary = try await desk.summary()
        let cases = try await desk.cases()
        var incidents: [MemoPaper.Incident] = []
        var chosen: [TimelineEntry] = []
        for incident in cases.flatMap(\.incidents) {
            let entries = try await desk.lines(of: incident.records)
            chosen += entries
            let days = entries.compactMap { $0.claimedAt?.japan.dateText }
            incidents.append(
                MemoPaper.Incident(
                    title: incident.title, summary: incident.summary.isEmpty ? nil : incident.summary,
                    harms: incident.harms.map { visit.kinds("harm." + $0.rawValue) }.joined(separator: "、"),
                    count: incident.records.count,
                    span: days.min().flatMap { first in days.max().map { first == $0 ? first : "\(first)〜\($0)" } }))
        }
        if chosen.isEmpty {
            let sorted = try await desk.sortedRecords().filter { !$0.value.harms.isEmpty }.keys.sorted()
            chosen = try await desk.lines(of: sorted)
        }
        if chosen.isEmpty {
            var filter = TimelineFilter(limit: Self.memoEvents)
            filter.isNewestFirst = true
            chosen = try await desk.timeline(filter)
        }
        chosen.sort { ($0.claimedAt?.milliseconds ?? .max, $0.position) < ($1.claimedAt?.milliseconds ?? .max, $1.position) }
        let accounts = try await desk.accounts()
        let names = Dictionary(accounts.map { ($0.key, $0.shownName(visit)) }, uniquingKeysWith: { first, _ in first })
        // Her own accounts and those of people she trusts are no other side.
        let friendly = try await desk.friendlyAccounts()
        let involved = Set(chosen.compactMap(\.account)).subtracting(friendly)
        return MemoPaper(
            made: visit.timeText(visit.site.environment.vault.now()), trouble: visit.settings["memo.trouble"] ?? "",
            ask: visit.settings["memo.ask"] ?? "", incidents: incidents,
            events: chosen.prefix(Self.memoEvents).map {
                Self.event($0, visit, isFriendly: $0.account.map(friendly.contains) ?? false)
            },
            moreEvents: chosen.count > Self.memoEvents ? chosen.count - Self.memoEvents : nil,
            people: accounts.filter { involved.contains($0.key) }.prefix(8).map {
                "\($0.shownName(visit))（\(visit.kinds("platform." + $0.key.platform.name))）"
            },
            refusals: try await desk.refusals().sorted { $0.value < $1.value }.map {
                "\($0.value.japan.dateText) \(names[$0.key] ?? $0.key.value)"
            }, evidenceCount: summary.evidenceCount, recordCount: summary.recordCount,
            talks: cases.flatMap(\.consultations).suffix(6).map {
                MemoPaper.Event(time: $0.heldAt.japanText, what: visit.kinds("role." + $0.role.rawValue), who: $0.with)
            }, isEmpty: summary.recordCount == 0, isDiscreet: visit.isDiscreet, number: String(summary.root.prefix(12)),
            feelings: visit.asked("feelings") == nil
                ? []
                : try await desk.feelings().prefix(10).map {
                    ListenPage.FeelingLine(time: visit.timeText($0.observedAt.instant), text: $0.text)
                }, isSaved: visit.asked("saved") != nil)
    }

    private static func event(_ entry: TimelineEntry, _ visit: Visit, isFriendly: Bool) -> MemoPaper.Event {
        let line = RecordLine(entry, visit)
        let what = ([line.kind] + (isFriendly ? [] : line.harms)).joined(separator: "・")
        return MemoPaper.Event(
            time: line.time ?? visit.words("time.unknown"), what: what,
            who: [line.platform, line.who ?? line.name].compactMap(\.self).joined(separator: " "))
    }
}
