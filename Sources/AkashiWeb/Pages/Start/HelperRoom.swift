import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import Hummingbird

/// Lets a friend read and sort for her, and shows what the friend did.
struct HelperPage: Page {
    static let template = "helper"
    static let title = "helper.title"
    static let room = Room.settings

    struct Act: Sendable {
        let position: String
        let record: String
        let helper: String
        let what: String
        let isWithdrawn: Bool
    }

    let isProtected: Bool
    let unsorted: Int
    let incidents: [ItemPage.IncidentChoice]
    let acts: [Act]
    let isSaved: Bool
    let problem: String?
}

/// What the friend sees: the chosen records and nothing else.
struct HelperHomePage: Page {
    static let template = "helper-home"
    static let title = "helper.home.title"
    static let room = Room.none
    let helper: String
    let lines: [RecordLine]
    let open: Int
}

extension Rooms {
    func addHelper(_ register: Register) {
        register(.get, "helper", .owner) { visit in .page(try await helper(visit, problem: nil)) }
        register(.post, "helper", .owner) { visit in
            guard try await visit.desk.summary().isProtected else {
                return .page(try await helper(visit, problem: visit.words("helper.needs-passphrase")))
            }
            guard let name = visit.form.optional("name") else {
                return .page(try await helper(visit, problem: visit.words("helper.needs-name")))
            }
            let records = try await chosenRecords(visit)
            guard !records.isEmpty else {
                return .page(try await helper(visit, problem: visit.words("helper.nothing-chosen")))
            }
            try await visit.desk.noteUnlock(UnlockedBody(way: .helper, by: name))
            let session = visit.site.sessions.begin(.helper(name: name, records: records))
            var response = Response.redirect(visit.site.base + "/")
            response.headers[.setCookie] = Routes(site: visit.site).cookie(session)
            return .response(response)
        }
        register(.post, "helper/end", .everybody) { visit in
            await visit.site.lock()
            return .go("/lock")
        }
        register(.post, "helper/withdraw", .owner) { visit in
            let entries = visit.form.list("act").compactMap(UInt64.init).map { LogPosition($0) }
            let known = Set(try await visit.desk.helperActs().map(\.position))
            if !entries.isEmpty { try await visit.desk.withdraw(entries.filter(known.contains)) }
            return .go("/helper?saved=1")
        }
    }

    private func chosenRecords(_ visit: Visit) async throws -> [LogPosition] {
        var records: [LogPosition] = []
        if visit.form.list("which").contains("unsorted") {
            records += try await visit.desk.proposals(limit: 500, isWide: true).map(\.entry.position)
        }
        let chosen = Set(visit.form.list("incident"))
        for incident in try await visit.desk.cases().flatMap(\.incidents) where chosen.contains(incident.id.text) {
            records += incident.records
        }
        return Array(Set(records)).sorted()
    }

    private func helper(_ visit: Visit, problem: String?) async throws -> HelperPage {
        let acts = try await visit.desk.helperActs()
        return HelperPage(
            isProtected: try await visit.desk.summary().isProtected,
            unsorted: try await visit.desk.proposals(limit: 500, isWide: true).count,
            incidents: try await visit.desk.cases().flatMap(\.incidents).map {
                ItemPage.IncidentChoice(value: $0.id.text, label: $0.title, isLinked: false)
            },
            acts: acts.prefix(200).map { act in
                let harms = act.harms.map { visit.kinds("harm." + $0.rawValue) }.joined(separator: "・")
                let what: String
                switch act.kind {
                case .sorted:
                    what = harms.isEmpty ? visit.words("helper.act.none") : visit.words("helper.act.sorted", ["harms": harms])
                case .noted, .opened: what = visit.words("helper.act.noted")
                }
                return HelperPage.Act(
                    position: "\(act.position)", record: "\(act.record)", helper: act.helper, what: what,
                    isWithdrawn: act.isWithdrawn)
            }, isSaved: visit.asked("saved") != nil, problem: problem)
    }

    func helperHome(_ visit: Visit) async throws -> Answer {
        guard case .helper(let name, let records) = visit.session.role else { return .go("/lock") }
        let lines = try await visit.desk.lines(of: records).map { RecordLine($0, visit) }
        return .page(HelperHomePage(helper: name, lines: lines, open: lines.count { $0.isUnsorted }))
    }
}
