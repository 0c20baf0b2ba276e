import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

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
    private static let shownHits = 30

    func addSearch(_ register: Register) {
        register(.get, "search", .owner) { visit in .page(try await search(visit)) }
        register(.post, "search", .owner) { _ in .ask("/search") }
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
