import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// Talks about it: with whom, what was said, what comes next.
struct TalksPage: Page {
    static let template = "talks"
    static let title = "talks.title"
    static let room = Room.talks

    struct Line: Sendable {
        let time: String
        let role: String
        let with: String
        let said: String?
        let advised: String?
        let next: String?
        let nextBy: String?
        let isDue: Bool
    }

    struct RoleChoice: Sendable {
        let value: String
        let label: String
    }

    let talks: [Line]
    let roles: [RoleChoice]
    let now: String
    let isSaved: Bool
}

extension Rooms {
    func addTalks(_ register: Register) {
        register(.get, "talks", .owner) { visit in
            let now = visit.site.environment.vault.now().japan
            let talks = try await visit.desk.cases().flatMap(\.consultations).sorted { $0.heldAt.instant > $1.heldAt.instant }
            return .page(
                TalksPage(
                    talks: talks.map { talk in
                        TalksPage.Line(
                            time: talk.heldAt.japanText, role: visit.kinds("role." + talk.role.rawValue), with: talk.with,
                            said: talk.said.isEmpty ? nil : talk.said, advised: talk.advised.isEmpty ? nil : talk.advised,
                            next: talk.next, nextBy: talk.nextBy,
                            isDue: talk.next != nil && (talk.nextBy ?? "9999") <= now.dateText)
                    },
                    roles: Consultation.Role.allCases.map {
                        TalksPage.RoleChoice(value: $0.rawValue, label: visit.kinds("role." + $0.rawValue))
                    }, now: now.spacedText(seconds: false).replacing(" ", with: "T"), isSaved: visit.asked("saved") != nil))
        }
        register(.post, "talks", .owner) { visit in
            let form = visit.form
            let heldAt = try Desk.time(
                form.optional("at")?.replacing("T", with: " ") ?? visit.site.environment.vault.now().japanMinuteText)
            if let by = form.optional("nextBy") { _ = try Desk.time(by) }
            _ = try await visit.desk.addConsultation(
                try await visit.currentCase().id, heldAt: heldAt, with: form.optional("with") ?? visit.words("talks.nobody"),
                role: Consultation.Role(rawValue: form.text("role")) ?? .friend, said: form.text("said"),
                advised: form.text("advised"), next: form.optional("next"), nextBy: form.optional("nextBy"))
            return .go("/talks?saved=1")
        }
    }
}
