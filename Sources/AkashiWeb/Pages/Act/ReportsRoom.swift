import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// What was asked of platforms, and how each is told.
struct ReportsPage: Page {
    static let template = "reports"
    static let title = "reports.title"
    static let room = Room.reports

    struct Line: Sendable {
        let id: String
        let platform: String
        let kind: String
        let state: String
        let due: String?
        let isOverdue: Bool
    }

    struct Platform: Sendable {
        let id: String
        let name: String
        let isInCase: Bool
    }

    let requests: [Line]
    let hasRequests: Bool
    let platforms: [Platform]
}

/// How a platform is told.
struct PlatformPage: Page {
    static let template = "platform"
    static let title = "platform.title"
    static let room = Room.reports

    struct Channel: Sendable {
        let kind: String
        let name: String
        let way: String
        let address: String?
        let asks: [String]
    }

    let id: String
    let name: String
    let saveFirst: [String]
    let notices: String
    let designated: String
    let account: String
    let channels: [Channel]
    let rules: [String]
    let hasRules: Bool
    let after: [String]
    let sources: [SourceLine]
    let checked: String
    let kinds: [TimelinePage.Choice]
}

/// One request: when it was sent, what came back, what comes next.
struct RequestPage: Page {
    static let template = "request"
    static let title = "request.title"
    static let room = Room.reports

    let id: String
    let platform: String
    let kind: String
    let sent: String
    let received: String
    let receipt: String
    let answered: String
    let answer: String
    let outcomes: [TimelinePage.Choice]
    let next: String
    let nextBy: String
    let due: String?
    let isOverdue: Bool
    let records: [String]
    let after: [String]
    let isSaved: Bool
}

extension Rooms {
    func addReports(_ register: Register) {
        register(.get, "reports", .owner) { visit in .page(try await reports(visit)) }
        register(.get, "reports/guide/:platform", .owner) { visit in .page(try await platform(visit)) }
        register(.post, "reports", .owner) { visit in
            guard let kind = RequestKind(rawValue: visit.form.text("kind")), let platform = visit.form.optional("platform") else {
                return .go("/reports")
            }
            let request = try await visit.desk.beginRequest(try await visit.currentCase().id, platform: platform, kind: kind)
            return .go("/reports/\(request.id)")
        }
        register(.get, "reports/:request", .owner) { visit in .page(try await request(visit)) }
        register(.post, "reports/:request", .owner) { visit in
            let before = try await wanted(visit)
            let form = visit.form
            try await visit.desk.keepRequest(
                PlatformRequest(
                    id: before.id, caseID: before.caseID, platform: before.platform, kind: before.kind, records: before.records,
                    sentOn: form.optional("sent"), receivedOn: form.optional("received"), receipt: form.optional("receipt"),
                    answeredOn: form.optional("answered"), answer: form.optional("answer"),
                    outcome: PlatformRequest.Outcome(rawValue: form.text("outcome")) ?? before.outcome,
                    next: form.optional("next"),
                    nextBy: form.optional("nextBy")))
            return .go("/reports/\(before.id)?saved=1")
        }
    }

    private func wanted(_ visit: Visit) async throws -> PlatformRequest {
        let id = visit.parameters["request"] ?? ""
        guard
            let request = try await visit.desk.platformRequests(try await visit.currentCase().id).first(where: {
                $0.id.text == id
            })
        else { throw DeskError(.guideUnknown, ["name": String(id.prefix(40))]) }
        return request
    }

    private func name(of platform: String, _ library: LawLibrary, _ visit: Visit) -> String {
        library.reporting.first { $0.id == platform }?.name[visit.language] ?? platform
    }

    private func reports(_ visit: Visit) async throws -> ReportsPage {
        let library = try await visit.desk.library()
        let caseID = try await visit.currentCase().id
        let today = await visit.desk.today()
        var lines: [ReportsPage.Line] = []
        for request in try await visit.desk.platformRequests(caseID).reversed() {
            let due = try await visit.desk.answerDue(request)
            let isOverdue = due.map { $0 < today } ?? false
            lines.append(
                ReportsPage.Line(
                    id: request.id.text, platform: name(of: request.platform, library, visit),
                    kind: visit.words("request.kind." + request.kind.rawValue),
                    state: request.sentOn == nil
                        ? visit.words("request.draft") : visit.words("request.outcome." + request.outcome.rawValue),
                    due: due.map { visit.words(isOverdue ? "request.overdue" : "request.due", ["day": visit.dayText($0)]) },
                    isOverdue: isOverdue))
        }
        let seen = Set(try await visit.desk.material(caseID).posts.compactMap { $0.account?.platform.name })
        return ReportsPage(
            requests: lines, hasRequests: !lines.isEmpty,
            platforms: library.reporting.map {
                ReportsPage.Platform(id: $0.id, name: $0.name[visit.language], isInCase: seen.contains(where: $0.isFor))
            })
    }

    private func platform(_ visit: Visit) async throws -> PlatformPage {
        let id = visit.parameters["platform"] ?? ""
        guard let pack = try await visit.desk.library().reporting.first(where: { $0.id == id }) else {
            throw DeskError(.guideUnknown, ["name": String(id.prefix(40))])
        }
        let language = visit.language
        return PlatformPage(
            id: id, name: pack.name[language], saveFirst: pack.saveFirst.map { $0[language] }, notices: pack.notices[language],
            designated: pack.designatedNote[language], account: pack.account[language],
            channels: pack.channels.map {
                PlatformPage.Channel(
                    kind: $0.id.rawValue, name: $0.name[language], way: $0.where[language], address: $0.url,
                    asks: $0.asks.map { $0[language] })
            },
            rules: pack.rules.map { $0.name[language] }, hasRules: !pack.rules.isEmpty, after: pack.after.map { $0[language] },
            sources: SourceLine.all(pack.sources, pack.unverified, visit), checked: visit.dayText(pack.checked),
            kinds: RequestKind.allCases.map {
                TimelinePage.Choice(
                    value: $0.rawValue, label: visit.words("request.kind." + $0.rawValue), isChosen: $0 == .report)
            })
    }

    private func request(_ visit: Visit) async throws -> RequestPage {
        let request = try await wanted(visit)
        let library = try await visit.desk.library()
        let due = try await visit.desk.answerDue(request)
        let today = await visit.desk.today()
        let isOverdue = due.map { $0 < today } ?? false
        return RequestPage(
            id: request.id.text, platform: name(of: request.platform, library, visit),
            kind: visit.words("request.kind." + request.kind.rawValue), sent: request.sentOn ?? "",
            received: request.receivedOn ?? "",
            receipt: request.receipt ?? "", answered: request.answeredOn ?? "", answer: request.answer ?? "",
            outcomes: PlatformRequest.Outcome.allCases.map {
                TimelinePage.Choice(
                    value: $0.rawValue, label: visit.words("request.outcome." + $0.rawValue), isChosen: $0 == request.outcome)
            }, next: request.next ?? "", nextBy: request.nextBy ?? "",
            due: due.map { visit.words(isOverdue ? "request.overdue" : "request.due", ["day": visit.dayText($0)]) },
            isOverdue: isOverdue, records: request.records.map { String($0.index) },
            after: (library.reporting(for: request.platform)?.after ?? []).map { $0[visit.language] },
            isSaved: visit.asked("saved") != nil)
    }
}
