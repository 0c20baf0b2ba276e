import AkashiConsult
import AkashiDesk
import AkashiGuide
import AkashiKnowledge
import AkashiModel
import Foundation
import HTTPTypes
import Hummingbird

/// Talking to Akari.
struct AkariPage: Page {
    static let template = "akari"
    static let title = "akari.title"
    static let room = Room.akari

    let turns: [AkariTurn]
    let hasTurns: Bool
    let model: String?
}

/// A turn and its answer, as a page shows them.
struct AkariTurn: Sendable {
    /// Something the case says, with the way to where it stands.
    struct Line: Sendable {
        let words: String
        let links: [Link]
    }

    struct Link: Sendable {
        let label: String
        let path: String
    }

    struct Quote: Sendable {
        let sentence: String
        let label: String
        let path: String
    }

    let turnNumber: Int
    let said: String
    let isAnswered: Bool
    let program: String?
    let help: [ContactLine]
    let hasHelp: Bool
    let isDanger: Bool
    let answer: String
    let lines: [Line]
    let hasLines: Bool
    let quote: Quote?
    let offersFact: Bool
    let offersFeeling: Bool
    let offersWishes: Bool
    let keptPath: String?
    let isKept: Bool
    let formToken: String

    init(_ turn: Conversation.Turn, _ visit: Visit) throws {
        let reply = turn.reply
        turnNumber = turn.number
        said = turn.said
        isAnswered = reply != nil
        program = reply?.notice
        help = try reply.map { try ContactLine.all(visit, ids: $0.cards) } ?? []
        hasHelp = !help.isEmpty
        isDanger = reply.map { [.ownWish, .presentDanger, .threat].contains($0.route) } ?? false
        let gap = visit.language == .en ? " " : ""
        answer = reply.map { $0.receive + gap + $0.next } ?? ""
        lines = (reply?.lines ?? []).map { line in
            Line(words: line.text, links: line.sources.map { Self.link($0, visit) })
        }
        hasLines = !lines.isEmpty
        let guide = visit.site.guide(visit.language)
        quote = reply?.fact.flatMap { fact in
            guard let section = guide.section(fact.section), let part = guide.part(of: section) else { return nil }
            return Quote(
                sentence: fact.sentence, label: visit.words("akari.guide", ["number": fact.number]),
                path: "\(visit.site.base)/guide/\(part.id)#\(section.id)")
        }
        offersFact = reply?.offer == .fact && turn.kept == nil
        offersFeeling = reply?.offer == .feeling && turn.kept == nil
        offersWishes = reply?.offer == .wishes
        isKept = turn.kept != nil
        keptPath =
            switch turn.kept {
            case .record(let position): "\(visit.site.base)/items/\(position)"
            case .feeling: "\(visit.site.base)/listen"
            case nil: nil
            }
        formToken = visit.session.formToken
    }

    private static func link(_ source: CaseFinding.Source, _ visit: Visit) -> Link {
        switch source {
        case .record(let index):
            Link(label: visit.words("akari.record", ["number": String(index)]), path: "\(visit.site.base)/items/\(index)")
        case .page(let path): Link(label: visit.words("akari.page"), path: "\(visit.site.base)/\(path)")
        }
    }
}

/// A model on this computer, or none.
struct ModelPage: Page {
    static let template = "model"
    static let title = "model.title"
    static let room = Room.akari

    let address: String
    let name: String
    let isUsed: Bool
    let isOpen: Bool
    let isSilent: Bool
}

/// Her own LINE channel: what it means, and turning it on.
struct LinePage: Page {
    static let template = "line-channel"
    static let title = "line.title"
    static let room = Room.akari

    let hasGateway: Bool
    let isOn: Bool
    let code: String
    let reminds: Bool
}

extension Rooms {
    /// Letters of a turn. More is no talk but a text, which is better taken in as one.
    private static let mostLetters = 2_000

    func addAkari(_ register: Register) {
        register(.get, "akari", .owner) { visit in .page(try await akari(visit)) }
        register(.post, "akari", .owner) { visit in
            guard let said = said(visit) else { return .go("/akari") }
            if visit.form.exact("pieces") == "1" { return .response(try await turnAlone(said, visit)) }
            _ = try await answer(said, visit)
            return .go("/akari#last")
        }
        register(.post, "akari/keep", .owner) { visit in
            guard let number = Int(visit.form.text("turn")), let turn = site.talk[number], turn.kept == nil else {
                return .go("/akari")
            }
            if turn.reply?.offer == .feeling {
                try await visit.desk.addFeeling(turn.said)
                site.talk.keep(number, .feeling)
            } else if let record = try await visit.desk.keepTold(turn.said) {
                site.talk.keep(number, .record(record))
            }
            return .go("/akari#last")
        }
        register(.post, "akari/forget", .owner) { _ in
            site.talk.forget()
            return .go("/akari")
        }
        register(.get, "akari/model", .owner) { visit in .page(try await model(visit)) }
        register(.post, "akari/model", .owner) { visit in
            try await visit.desk.setModel(address: visit.form.optional("address"), name: visit.form.text("name"))
            return .go("/akari/model")
        }
    }

    func addLine(_ register: Register) {
        register(.get, "akari/line", .owner) { visit in .page(try await line(visit)) }
        register(.post, "akari/line", .owner) { visit in
            guard visit.form.exact("read") == "yes" else {
                return .page(try await line(visit), Notice(text: visit.words("line.read-first"), isProblem: true, more: []))
            }
            let file = try await visit.desk.turnLineOn(reminds: visit.form.exact("reminds") == "yes")
            return .file(file, name: "line.json", type: "application/json")
        }
        register(.post, "akari/line/off", .owner) { visit in
            try await visit.desk.turnLineOff()
            return .go("/akari/line")
        }
    }

    private func line(_ visit: Visit) async throws -> LinePage {
        let settings = try await visit.desk.lineSettings()
        return LinePage(
            hasGateway: try await visit.desk.gatewayAddress() != nil, isOn: settings != nil, code: settings?.code ?? "",
            reminds: settings?.reminds ?? false)
    }

    private func said(_ visit: Visit) -> String? {
        visit.form.optional("said").map { String($0.prefix(Self.mostLetters)) }
    }

    private func akari(_ visit: Visit) async throws -> AkariPage {
        try await visit.desk.prepare(try await site.consultant.value)
        let turns = try site.talk.turns.map { try AkariTurn($0, visit) }
        return AkariPage(turns: turns, hasTurns: !turns.isEmpty, model: try await visit.desk.modelAddress()?.address)
    }

    /// Hears, answers, and remembers until the desk is closed.
    private func answer(_ said: String, _ visit: Visit) async throws -> Conversation.Turn? {
        let (number, earlier) = site.talk.begin(said)
        try await visit.desk.prepare(try await site.consultant.value)
        let (heard, reply) = try await visit.desk.ask(said, earlier: earlier, in: visit.language)
        site.talk.end(number, try await reworded(reply, heard, earlier, visit))
        return site.talk[number]
    }

    private func reworded(_ reply: Reply, _ heard: Heard, _ earlier: [String], _ visit: Visit) async throws -> Reply {
        guard LocalModel.mayReword(reply), let model = try await visit.desk.localModel() else { return reply }
        return await model.reworded(reply, to: heard, earlier: earlier, in: visit.language)
    }

    /// The turn alone, for a page that puts it in by itself.
    private func turnAlone(_ said: String, _ visit: Visit) async throws -> Response {
        guard let turn = try await answer(said, visit) else { throw RefusedRequest() }
        return .html(try site.library(visit.language).render(try AkariTurn(turn, visit), template: "akari-turn"))
    }

    private func model(_ visit: Visit) async throws -> ModelPage {
        let chosen = try await visit.desk.modelAddress()
        let isOpen = try await visit.desk.localModel()?.isOpenToPages()
        return ModelPage(
            address: chosen?.address ?? "", name: chosen?.name ?? "", isUsed: chosen != nil, isOpen: isOpen == true,
            isSilent: chosen != nil && isOpen == nil)
    }
}
