import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// What she applied for, and how each stands.
struct ApplicationsPage: Page {
    static let template = "applications"
    static let title = "applications.title"
    static let room = Room.work

    struct Line: Sendable {
        let id: String
        let name: String
        let employer: String
        let state: String
        let due: String?
        let isOverdue: Bool
    }

    struct Bar: Sendable {
        let y: Int
        let textY: Int
        let length: Int
        let label: String
        let count: String
    }

    let open: [Line]
    let hasOpen: Bool
    let ended: [Line]
    let hasEnded: Bool
    let bars: [Bar]
    let hasPlot: Bool
    let plotHeight: Int
}

/// One application.
struct ApplicationPage: Page {
    static let template = "application"
    static let title = "application.title"
    static let room = Room.work

    let id: String
    let name: String
    let employer: String
    let states: [TimelinePage.Choice]
    let applied: String
    let next: String
    let nextBy: String
    let note: String
    let posting: String?
    let copies: [CopyLine]
    let hasCopies: Bool
    let isSaved: Bool
}

extension Rooms {
    private static let rowHeight = 28

    func addApplications(_ register: Register) {
        register(.get, "work/applications", .owner) { visit in .page(try await applications(visit)) }
        register(.post, "work/applications", .owner) { visit in
            let form = visit.form
            var source: JobApplication.Source?
            if let digest = ContentDigest(hex: form.text("digest")), let index = Int(form.text("index")) {
                source = JobApplication.Source(digest: digest, index: index)
            }
            guard let title = form.optional("name") else { return .go("/work/applications") }
            let begun = try await visit.desk.beginApplication(title: title, employer: form.text("employer"), source: source)
            return .go("/work/applications/\(begun.id)")
        }
        register(.get, "work/applications/:application", .owner) { visit in .page(try await application(visit)) }
        register(.post, "work/applications/:application", .owner) { visit in
            let before = try await wantedApplication(visit)
            let form = visit.form
            try await visit.desk.keepApplication(
                JobApplication(
                    id: before.id, title: form.optional("name") ?? before.title, employer: form.text("employer"),
                    source: before.source,
                    state: JobApplication.State(rawValue: form.text("state")) ?? before.state,
                    appliedOn: form.optional("applied"),
                    next: form.optional("next"), nextBy: form.optional("nextBy"), note: form.optional("note")))
            return .go("/work/applications/\(before.id)?saved=1")
        }
    }

    private func wantedApplication(_ visit: Visit) async throws -> JobApplication {
        let id = visit.parameters["application"] ?? ""
        guard let found = try await visit.desk.applications().first(where: { $0.id.text == id }) else {
            throw DeskError(.guideUnknown, ["name": String(id.prefix(40))])
        }
        return found
    }

    private func applications(_ visit: Visit) async throws -> ApplicationsPage {
        let today = await visit.desk.today()
        let all = try await visit.desk.applications()
        // What has a day first, then the newest.
        let sorted = all.enumerated().sorted {
            ($0.element.nextBy ?? "9999", -$0.offset) < ($1.element.nextBy ?? "9999", -$1.offset)
        }.map(\.element)
        let lines = sorted.map { item in
            let day = item.nextBy.flatMap(CivilDate.init)
            let isOverdue = item.isOpen && day.map { $0 < today } ?? false
            return (
                isOpen: item.isOpen,
                line: ApplicationsPage.Line(
                    id: item.id.text, name: item.title, employer: item.employer,
                    state: visit.words("application.state." + item.state.rawValue),
                    due: item.isOpen
                        ? day.map { visit.words("application.due", ["day": visit.dayText($0), "what": item.next ?? ""]) } : nil,
                    isOverdue: isOverdue)
            )
        }
        // One alone needs no picture.
        let states = all.count < 2 ? [] : JobApplication.State.allCases.filter { state in all.contains { $0.state == state } }
        let most = max(1, states.map { state in all.count { $0.state == state } }.max() ?? 1)
        let bars = states.enumerated().map { number, state in
            let count = all.count { $0.state == state }
            return ApplicationsPage.Bar(
                y: number * Self.rowHeight + 6, textY: number * Self.rowHeight + 20, length: max(6, 240 * count / most),
                label: visit.words("application.state." + state.rawValue), count: String(count))
        }
        return ApplicationsPage(
            open: lines.filter(\.isOpen).map(\.line), hasOpen: lines.contains(where: \.isOpen),
            ended: lines.filter { !$0.isOpen }.map(\.line), hasEnded: lines.contains { !$0.isOpen }, bars: bars,
            hasPlot: !bars.isEmpty,
            plotHeight: states.count * Self.rowHeight)
    }

    private func application(_ visit: Visit) async throws -> ApplicationPage {
        let item = try await wantedApplication(visit)
        let copies = try await visit.desk.sentCopies().filter { $0.copy.application == item.id }
        return ApplicationPage(
            id: item.id.text, name: item.title, employer: item.employer,
            states: JobApplication.State.allCases.map {
                TimelinePage.Choice(
                    value: $0.rawValue, label: visit.words("application.state." + $0.rawValue), isChosen: $0 == item.state)
            },
            applied: item.appliedOn ?? "", next: item.next ?? "", nextBy: item.nextBy ?? "", note: item.note ?? "",
            posting: item.source.map { "\(visit.site.base)/work/posting/\($0.digest.hex)/\($0.index)" },
            copies: copies.map { CopyLine($0, visit) }, hasCopies: !copies.isEmpty, isSaved: visit.asked("saved") != nil)
    }
}
