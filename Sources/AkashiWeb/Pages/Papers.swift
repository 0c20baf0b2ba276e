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

/// The timeline on paper.
struct TimelinePaper: Page {
    static let template = "print-timeline"
    static let title = "print.timeline.title"
    static let room = Room.none
    let lines: [RecordLine]
    let count: Int
    let isCut: Bool
    let printed: String
    let hasAssumedZone: Bool
    let back: String
}

/// An item on paper.
struct ItemPaper: Page {
    static let template = "print-item"
    static let title = "print.item.title"
    static let room = Room.none
    let item: ItemPage
    let printed: String
}

/// Finds, each with what it is and not with its words.
struct SearchPage: Page {
    static let template = "search"
    static let title = "search.title"
    static let room = Room.search

    struct Hit: Sendable {
        let line: RecordLine
        let isExact: Bool
        let isInNames: Bool
    }

    let question: String
    let hasAsked: Bool
    let hits: [Hit]
    let isEmpty: Bool
    let more: String?
    let harms: [TimelinePage.Choice]
    let sources: [TimelinePage.Choice]
    let from: String
    let to: String
}

extension Rooms {
    private static let memoEvents = 15
    private static let paperLines = 2_000
    private static let shownHits = 30

    func addPapers(_ register: Register) {
        register(.get, "memo", .owner) { visit in .page(try await memo(visit)) }
        register(.post, "memo", .owner) { visit in
            try await visit.desk.choose("memo.trouble", visit.form.text("trouble"))
            try await visit.desk.choose("memo.ask", visit.form.text("ask"))
            return .go("/memo?saved=1")
        }
        register(.get, "print/timeline", .owner) { visit in
            let question = TimelineQuestion(visit, try await visit.desk.people())
            var filter = question.filter
            filter.limit = Self.paperLines
            filter.after = nil
            let lines = try await visit.desk.timeline(filter)
            let count = try await visit.desk.timelineCount(filter)
            return .page(
                TimelinePaper(
                    lines: lines.map { RecordLine($0, visit) }, count: count, isCut: count > lines.count,
                    printed: visit.timeText(visit.site.environment.vault.now()),
                    hasAssumedZone: lines.contains(where: \.isZoneAssumed), back: question.address([:])))
        }
        register(.get, "search", .owner) { visit in .page(try await search(visit)) }
    }

    private func memo(_ visit: Visit) async throws -> MemoPaper {
        let desk = visit.desk
        let summary = try await desk.summary()
        let cases = try await desk.cases()
        var incidents: [MemoPaper.Incident] = []
        var chosen: [TimelineEntry] = []
        for incident in cases.flatMap(\.incidents) {
            var entries: [TimelineEntry] = []
            for record in incident.records { entries.append(try await desk.record(at: record, reveal: false).entry) }
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
            for record in sorted { chosen.append(try await desk.record(at: record, reveal: false).entry) }
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

    private func search(_ visit: Visit) async throws -> SearchPage {
        let question = visit.asked("q") ?? ""
        let timeline = TimelineQuestion(visit, [])
        let offset = max(0, Int(visit.asked("offset") ?? "") ?? 0)
        let query = SearchQuery(question, filter: timeline.filter.records, limit: Self.shownHits, offset: offset)
        let hits = question.isEmpty ? [] : try await visit.desk.find(query)
        let accounts = try await visit.desk.accounts()
        let chosenHarms = Set(visit.query["harm"] ?? [])
        let chosenSources = Set(visit.query["source"] ?? [])
        let next = timeline.address(["offset": String(offset + Self.shownHits)]).replacing("/timeline", with: "/search")
        return SearchPage(
            question: question, hasAsked: !question.isEmpty,
            hits: hits.map { SearchPage.Hit(line: RecordLine($0.entry, visit), isExact: $0.isExact, isInNames: $0.isInNames) },
            isEmpty: hits.isEmpty, more: hits.count == Self.shownHits ? next : nil,
            harms: Harm.allCases.map {
                TimelinePage.Choice(
                    value: $0.rawValue, label: visit.kinds("harm." + $0.rawValue), isChosen: chosenHarms.contains($0.rawValue))
            },
            sources: Set(accounts.map(\.key.platform)).sorted().map {
                TimelinePage.Choice(
                    value: $0.name, label: visit.kinds("platform." + $0.name), isChosen: chosenSources.contains($0.name))
            }, from: timeline.from, to: timeline.to)
    }
}
