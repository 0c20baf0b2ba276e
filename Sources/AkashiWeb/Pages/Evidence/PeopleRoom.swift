import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation
import HTTPTypes

/// People and accounts.
struct PeoplePage: Page {
    static let template = "people"
    static let title = "people.title"
    static let room = Room.people

    struct PersonLine: Sendable {
        let id: String
        let name: String
        let members: [MemberLine]
        let timeline: String
    }

    struct MemberLine: Sendable {
        let key: String
        let name: String
        let reason: String
    }

    struct AccountLine: Sendable {
        let key: String
        let name: String
        let platform: String
        let count: Int
        let others: String?
        let isOwn: Bool
        let isTrusted: Bool
        let isOther: Bool
        let refused: String?
        let person: String?
    }

    let people: [PersonLine]
    let accounts: [AccountLine]
    let hidden: Int?
    let today: String
    let isSaved: Bool
    let facts: [FactLine]
    let shopNames: String

    struct FactLine: Sendable {
        let words: String
        let meaning: String
    }
}

extension Rooms {
    private static let shownAccounts = 60

    func addPeople(_ register: Register) {
        register(.get, "people", .owner) { visit in .page(try await people(visit)) }
        register(.post, "people/gather", .owner) { visit in
            let accounts = visit.form.list("account").compactMap { AccountKey($0) }
            guard !accounts.isEmpty else { throw CaseworkError(.unknownAccount, ["account": ""]) }
            let id = visit.form.optional("person").flatMap { PersonID($0) }
            let known = try await visit.desk.people().first { $0.id == id }
            let name = known?.name ?? visit.form.optional("name") ?? visit.words("people.unnamed")
            _ = try await visit.desk.gather(accounts, as: name, reason: visit.form.text("reason"), id: id)
            return .go("/people?saved=1")
        }
        register(.post, "people/part", .owner) { visit in
            guard let id = PersonID(visit.form.text("person")) else { throw CaseworkError(.unknownPerson, ["person": ""]) }
            let accounts = visit.form.list("account").compactMap { AccountKey($0) }
            try await visit.desk.part(accounts, from: id, reason: visit.form.text("reason"))
            return .go("/people?saved=1")
        }
        register(.post, "people/stand", .owner) { visit in
            guard let key = AccountKey(visit.form.text("account")),
                let standing = AccountStanding(rawValue: visit.form.text("standing"))
            else { throw CaseworkError(.unknownAccount, ["account": ""]) }
            try await visit.desk.setStanding(standing, of: [key])
            return .go("/people?saved=1")
        }
        register(.post, "people/refuse", .owner) { visit in
            guard let key = AccountKey(visit.form.text("account")) else { throw CaseworkError(.unknownAccount, ["account": ""]) }
            try await visit.desk.refuse(key, at: try Desk.time(visit.form.text("at").replacing("T", with: " ")))
            return .go("/people?saved=1")
        }
        register(.post, "people/private", .owner) { visit in
            if let words = visit.form.optional("words") {
                let meaning = visit.form.text("forget") == "yes" ? nil : visit.form.text("meaning")
                try await visit.desk.setPrivate(words, meaning: meaning)
            }
            return .go("/people?saved=1#facts")
        }
        register(.post, "people/shop", .owner) { visit in
            let names = visit.form.text("names").split { "、,\n".contains($0) }.map {
                String($0).trimmingCharacters(in: .whitespaces)
            }.filter { !$0.isEmpty }
            try await visit.desk.nameShop(names)
            return .go("/people?saved=1#facts")
        }
    }

    private func people(_ visit: Visit) async throws -> PeoplePage {
        let desk = visit.desk
        let accounts = try await desk.accounts()
        let people = try await desk.people()
        let standings = try await desk.standings()
        let refusals = try await desk.refusals()
        let names = Dictionary(accounts.map { ($0.key, $0.shownName(visit)) }, uniquingKeysWith: { first, _ in first })
        var personOf: [AccountKey: String] = [:]
        for person in people { for member in person.members { personOf[member.account] = person.name } }
        return PeoplePage(
            people: people.map { person in
                PeoplePage.PersonLine(
                    id: person.id.text, name: person.name,
                    members: person.members.map {
                        PeoplePage.MemberLine(
                            key: $0.account.description, name: names[$0.account] ?? $0.account.value, reason: $0.reason)
                    }, timeline: visit.site.base + "/timeline?who=" + person.id.text)
            },
            accounts: accounts.prefix(Self.shownAccounts).map { account in
                let standing = standings[account.key] ?? .other
                let others = account.names.dropFirst().map(Visible.text)
                return PeoplePage.AccountLine(
                    key: account.key.description, name: account.shownName(visit),
                    platform: visit.kinds("platform." + account.key.platform.name), count: account.recordCount,
                    others: others.isEmpty ? nil : others.joined(separator: "、"), isOwn: standing == .own,
                    isTrusted: standing == .trusted, isOther: standing == .other,
                    refused: refusals[account.key].map { visit.timeText($0) },
                    person: personOf[account.key])
            }, hidden: accounts.count > Self.shownAccounts ? accounts.count - Self.shownAccounts : nil,
            today: visit.site.environment.vault.now().japan.dateText, isSaved: visit.asked("saved") != nil,
            facts: try await desk.privateFacts().map { PeoplePage.FactLine(words: $0.words, meaning: $0.meaning) },
            shopNames: try await desk.shopNames().joined(separator: "、"))
    }
}
