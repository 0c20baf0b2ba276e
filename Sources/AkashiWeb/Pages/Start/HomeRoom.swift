import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// One line of what is done.
struct DoneLine: Sendable {
    let text: String
}

/// The one thing to do next.
struct NextStep: Sendable {
    let title: String
    let why: String
    let button: String
    let path: String
}

/// Home: what is done, one next step, the end of today.
struct HomePage: Page {
    static let template = "home"
    static let title = "home.title"
    static let room = Room.home

    let done: [DoneLine]
    let next: NextStep?
    let isUnprotected: Bool
    let recordCount: Int
    let helper: String?
    let wish: String?
}

/// The first screen: three ways in.
struct StartPage: Page {
    static let template = "start"
    static let title = "start.title"
    static let room = Room.home
}

/// Whether somebody else may see this device.
struct DevicePage: Page {
    static let template = "device"
    static let title = "device.title"
    static let room = Room.home
    let goesTo: String
}

/// What to do about a device that somebody else may see.
struct SaferPage: Page {
    static let template = "safer"
    static let title = "safer.title"
    static let room = Room.home
    let goesTo: String
}

/// What she wishes for.
struct WishPage: Page {
    static let template = "wish"
    static let title = "wish.title"
    static let room = Room.home
}

/// People to talk to, by the table.
struct DangerPage: Page {
    static let template = "danger"
    static let title = "danger.title"
    static let room = Room.home
    let contacts: [ContactLine]
}

/// Somebody to listen: help lines, and a place to write.
struct ListenPage: Page {
    static let template = "listen"
    static let title = "listen.title"
    static let room = Room.home
    let contacts: [ContactLine]
    let feelings: [FeelingLine]
    let isSaved: Bool

    struct FeelingLine: Sendable {
        let time: String
        let text: String
    }
}

/// The end of today.
struct RestPage: Page {
    static let template = "rest"
    static let title = "rest.title"
    static let room = Room.home
    let saved: Int
}

/// What the exit, the lock and the discreet names cannot do.
struct LimitsPage: Page {
    static let template = "limits"
    static let title = "limits.title"
    static let room = Room.none
    let isUnprotected: Bool
}

extension Rooms {
    func addHome(_ register: Register) {
        register(.get, "", .everybody) { visit in try await home(visit) }
        register(.get, "device", .owner) { visit in .page(DevicePage(goesTo: Self.way(visit.asked("to")))) }
        register(.post, "device", .owner) { visit in
            let answer = visit.form.text("answer")
            let way = Self.way(visit.form.text("to"))
            guard ["yes", "unsure", "no"].contains(answer) else { return .page(DevicePage(goesTo: way)) }
            try await visit.desk.choose("device", answer)
            try await visit.desk.choose("discreet", answer == "no" ? "off" : "on")
            return answer == "no" ? .go("/" + way) : .go("/safer?to=" + way)
        }
        register(.get, "safer", .owner) { visit in .page(SaferPage(goesTo: Self.way(visit.asked("to")))) }
        register(.get, "wish", .owner) { _ in .page(WishPage()) }
        register(.post, "wish", .owner) { visit in
            let wish = visit.form.text("wish")
            if ["stop", "consult", "shop"].contains(wish) { try await visit.desk.choose("wish", wish) }
            return .go("/")
        }
        register(.get, "danger", .everybody) { visit in
            .page(DangerPage(contacts: try ContactLine.all(visit, use: "danger")))
        }
        register(.get, "listen", .owner) { visit in
            let feelings = try await visit.desk.feelings().prefix(30).map {
                ListenPage.FeelingLine(time: visit.timeText($0.observedAt.instant), text: $0.text)
            }
            return .page(
                ListenPage(
                    contacts: try ContactLine.all(visit, use: "listen"), feelings: feelings,
                    isSaved: visit.asked("saved") != nil))
        }
        register(.post, "listen", .owner) { visit in
            if let text = visit.form.optional("text") { try await visit.desk.addFeeling(text) }
            return .go("/listen?saved=1")
        }
        register(.get, "rest", .owner) { visit in
            .page(RestPage(saved: try await visit.desk.summary().evidenceCount))
        }
        register(.get, "limits", .everybody) { visit in
            .page(LimitsPage(isUnprotected: try await !visit.desk.summary().isProtected))
        }
    }

    /// Where a detour through the question about the device leads.
    private static func way(_ text: String?) -> String { ["take", "listen"].contains(text ?? "") ? text ?? "take" : "take" }

    private func home(_ visit: Visit) async throws -> Answer {
        if case .helper = visit.session.role { return try await helperHome(visit) }
        let summary = try await visit.desk.summary()
        if summary.evidenceCount == 0, visit.settings["wish"] == nil { return .page(StartPage()) }
        let caseFile = try await visit.desk.cases().first
        let exports = try await visit.desk.exports()
        let sorted = try await visit.desk.sortedCount()
        let words = visit.words
        var done: [DoneLine] = []
        func add(_ key: String, _ count: Int) {
            if count > 0 { done.append(DoneLine(text: words(key, ["count": String(count)]))) }
        }
        add("home.done.saved", summary.evidenceCount)
        add("home.done.records", summary.recordCount)
        add("home.done.sorted", sorted)
        add("home.done.incidents", caseFile?.incidents.count ?? 0)
        add("home.done.talks", caseFile?.consultations.count ?? 0)
        add("home.done.dossiers", exports.count)
        let next = try await next(visit, summary, caseFile, sorted)
        let isUnprotected = !summary.isProtected && next?.path.hasSuffix("/passphrase") != true
        return .page(
            HomePage(
                done: done, next: next, isUnprotected: isUnprotected,
                recordCount: summary.recordCount, helper: nil, wish: visit.settings["wish"].map { words("wish." + $0) }))
    }

    /// A request whose answer is overdue, or what runs out within two weeks, unless she has seen it.
    private func soon(_ visit: Visit, _ caseFile: CaseFile?) async throws -> [String: String]? {
        guard let caseFile else { return nil }
        let today = await visit.desk.today()
        for request in try await visit.desk.platformRequests(caseFile.id) {
            guard let due = try await visit.desk.answerDue(request), due < today else { continue }
            return ["name": visit.words("next.date.answer"), "day": visit.dayText(due)]
        }
        let next = try await visit.desk.deadlineBoard(caseFile.id).next(on: today).first
        guard let next, next.deadline.daysLeft(on: today) <= Self.soonDays else { return nil }
        return ["name": next.deadline.rule.name[visit.language], "day": visit.dayText(next.deadline.counted.lastDay)]
    }

    /// Days before a day named in a talk from which on it is the next step.
    private static let nearDays = 2
    /// Days before a date from which on it is the next step.
    private static let soonDays = 14

    /// One step, and only one: what helps most with what is there.
    private func next(_ visit: Visit, _ summary: Desk.Summary, _ caseFile: CaseFile?, _ sorted: Int) async throws -> NextStep? {
        let words = visit.words
        func step(_ key: String, _ path: String, _ arguments: [String: String] = [:]) -> NextStep {
            NextStep(
                title: words("next.\(key).title", arguments), why: words("next.\(key).why", arguments),
                button: words("next.\(key).button", arguments), path: visit.site.base + path)
        }
        if summary.recordCount == 0 { return step("first", "/take") }
        if !summary.isProtected, visit.settings["later"] != "yes" { return step("passphrase", "/passphrase") }
        if visit.settings["wish"] == nil { return step("wish", "/wish") }
        if summary.problemCount > 0, visit.settings["problems.seen"] != String(summary.problemCount) {
            return step("problems", "/log?kind=derived", ["count": String(summary.problemCount)])
        }
        let near = await visit.desk.today().adding(days: Self.nearDays).description
        let due = caseFile?.consultations.filter { ($0.nextBy ?? "9999") <= near && $0.next != nil } ?? []
        if let talk = due.last { return step("due", "/talks", ["what": talk.next ?? "", "by": talk.nextBy ?? ""]) }
        let work = try await visit.desk.applications().filter { $0.isOpen && ($0.nextBy ?? "9999") <= near }
        if let item = work.min(by: { ($0.nextBy ?? "") < ($1.nextBy ?? "") }) {
            return step(
                "work", "/work/applications/\(item.id)", ["what": item.next ?? item.title, "by": item.nextBy ?? ""])
        }
        if try await !visit.desk.hasStamp, visit.settings["stamp.later"] != "yes" { return step("stamp", "/settings#stamps") }
        if sorted == 0 { return step("sort", "/sort") }
        if caseFile?.incidents.isEmpty ?? true { return step("incident", "/incidents") }
        if let soon = try await soon(visit, caseFile) { return step("date", "/next", soon) }
        if visit.settings["wish"] == "consult" || caseFile?.consultations.isEmpty ?? true { return step("memo", "/memo") }
        return step("dossier", "/dossier")
    }
}
