import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation
import HTTPTypes

/// The timeline: a picture of when what happened, and the list.
struct TimelinePage: Page {
    static let template = "timeline"
    static let title = "timeline.title"
    static let room = Room.timeline

    struct Choice: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    let count: Int
    let isEmpty: Bool
    let plots: [TimelinePlot]
    let hasRefusals: Bool
    let zooms: [Choice]
    let harms: [Choice]
    let people: [Choice]
    let sources: [Choice]
    let from: String
    let to: String
    let isNewest: Bool
    let isFiltered: Bool
    let lines: [RecordLine]
    let more: String?
    let hasAssumedZone: Bool
    let span: String?
    let printPath: String
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

/// What the address of the timeline asks for.
struct TimelineQuestion {
    static let pageCount = 50
    private(set) var filter = TimelineFilter(limit: TimelineQuestion.pageCount)
    let visit: Visit
    let from: String
    let to: String

    init(_ visit: Visit, _ people: [Person]) {
        self.visit = visit
        from = visit.asked("from") ?? ""
        to = visit.asked("to") ?? ""
        filter.records.from = try? Desk.time(from).instant
        // 「まで」 means that day too.
        filter.records.to = (try? Desk.time(to))?.instant.advanced(milliseconds: 86_400_000)
        filter.records.harms = (visit.query["harm"] ?? []).compactMap(Harm.init(rawValue:))
        filter.records.platforms = (visit.query["source"] ?? []).filter {
            !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0 == "-" }
        }
        for who in visit.query["who"] ?? [] where !who.isEmpty {
            if let person = people.first(where: { $0.id.text == who }) {
                filter.records.accounts += person.members.map(\.account)
            } else if let key = AccountKey(who) {
                filter.records.accounts.append(key)
            }
        }
        filter.isNewestFirst = visit.asked("order") == "new"
        if let after = visit.asked("after") {
            let parts = after.split(separator: ".", omittingEmptySubsequences: false)
            if parts.count == 2, let index = UInt64(parts[1]) {
                let time = Int64(parts[0]).map { Instant(milliseconds: $0) }
                filter.after = TimelineFilter.Place(claimedAt: time, position: LogPosition(index))
            }
        }
    }

    /// The same address with other values; nil takes one away.
    func address(_ changes: [String: String?]) -> String {
        var query = visit.address
        query["after"] = nil
        for (name, value) in changes { query[name] = value.map { [$0] } }
        var components = URLComponents()
        components.queryItems = query.sorted { $0.key < $1.key }.flatMap { name, values in
            values.filter { !$0.isEmpty }.map { URLQueryItem(name: name, value: $0) }
        }
        let text = components.percentEncodedQuery ?? ""
        return visit.site.base + "/timeline" + (text.isEmpty ? "" : "?" + text.replacing("+", with: "%2B"))
    }
}

extension Rooms {
    private static let paperLines = 2_000

    func addTimeline(_ register: Register) {
        register(.get, "timeline", .owner) { visit in .page(try await timeline(visit)) }
        register(.post, "timeline", .owner) { _ in .ask("/timeline", open: ["from", "to", "harm", "source", "order"]) }
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
    }

    private func timeline(_ visit: Visit) async throws -> TimelinePage {
        let people = try await visit.desk.people()
        let accounts = try await visit.desk.accounts()
        let question = TimelineQuestion(visit, people)
        let filter = question.filter
        let lines = try await visit.desk.timeline(filter)
        let count = try await visit.desk.timelineCount(filter)
        let span = try await visit.desk.timelineSpan(filter)
        let refusals = try await visit.desk.refusals().values.sorted()
        var plots: [TimelinePlot] = []
        if let span {
            let lanes = Lanes(people: people, accounts: accounts, visit: visit)
            for (width, isNarrow) in [(920, false), (340, true)] {
                let scale = TimeScale(span, from: filter.records.from, to: filter.records.to, width: width)
                let bins = try await visit.desk.histogram(filter, origin: scale.origin, width: scale.binWidth)
                plots.append(TimelinePlot(bins, scale, lanes, question, refusals: refusals, isNarrow: isNarrow))
            }
        }
        var more: String?
        if lines.count == TimelineQuestion.pageCount, let last = lines.last {
            let place = (last.claimedAt.map { String($0.milliseconds) } ?? "") + "." + String(last.position.index)
            more = question.address(["after": place])
        }
        func choices(_ name: String, _ all: [(String, String)]) -> [TimelinePage.Choice] {
            let chosen = Set(visit.query[name] ?? [])
            return all.map { TimelinePage.Choice(value: $0.0, label: $0.1, isChosen: chosen.contains($0.0)) }
        }
        let who =
            people.map { ($0.id.text, $0.name) }
            + accounts.prefix(30).filter { $0.recordCount > 0 }.map { ($0.key.description, $0.shownName(visit)) }
        let sources = Set(accounts.map(\.key.platform)).sorted().map { ($0.name, visit.kinds("platform." + $0.name)) }
        let isFiltered = ["from", "to", "harm", "who", "source"].contains { !(visit.query[$0] ?? []).allSatisfy(\.isEmpty) }
        return TimelinePage(
            count: count, isEmpty: count == 0, plots: plots, hasRefusals: !refusals.isEmpty, zooms: zooms(question, span),
            harms: choices(
                "harm",
                Harm.allCases.map {
                    ($0.rawValue, visit.kinds("harm." + $0.rawValue))
                }), people: choices("who", who), sources: choices("source", sources), from: question.from, to: question.to,
            isNewest: filter.isNewestFirst, isFiltered: isFiltered, lines: lines.map { RecordLine($0, visit) }, more: more,
            hasAssumedZone: lines.contains(where: \.isZoneAssumed),
            span: span.map { "\($0.lowerBound.japan.dateText) 〜 \($0.upperBound.japan.dateText)" },
            printPath: question.address([:]).replacing("/timeline", with: "/print/timeline"))
    }

    /// Stretches of time before the last record, and all of it.
    private func zooms(_ question: TimelineQuestion, _ span: ClosedRange<Instant>?) -> [TimelinePage.Choice] {
        guard let span else { return [] }
        let end = span.upperBound
        let all = question.from.isEmpty && question.to.isEmpty
        let steps: [(String, Int64)] = [("year", 365), ("quarter", 91), ("month", 31), ("week", 7)]
        let choices = steps.map { name, days in
            let from = end.advanced(milliseconds: -days * 86_400_000).japan.dateText
            return TimelinePage.Choice(
                value: question.address(["from": from, "to": end.japan.dateText]),
                label: question.visit.words("timeline.zoom.\(name)"),
                isChosen: question.from == from && question.to == end.japan.dateText)
        }
        return [
            TimelinePage.Choice(
                value: question.address(["from": nil, "to": nil]), label: question.visit.words("timeline.zoom.all"), isChosen: all
            )
        ] + choices
    }
}

extension AccountSummary {
    /// How it is called on pages.
    func shownName(_ visit: Visit) -> String {
        Visible.text(handle.map { "@" + $0 } ?? displayName ?? key.value)
    }
}
