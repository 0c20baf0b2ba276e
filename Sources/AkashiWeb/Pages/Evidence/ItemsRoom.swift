import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation
import HTTPTypes

/// One item: what it is, its three times, how it is sealed; its words only if she has just asked for them.
struct ItemPage: Page {
    static let template = "item"
    static let title = "item.title"
    static let room = Room.timeline

    struct Shown: Sendable {
        let text: String?
        let details: [Detail]
        let pictures: [Picture]
        let attachments: [String]
        let address: String?
        let isOddAddress: Bool
    }

    struct Detail: Sendable {
        let name: String
        let value: String
    }

    struct Picture: Sendable {
        let path: String
        let alt: String
    }

    struct HarmChoice: Sendable {
        let value: String
        let label: String
        /// How the law's word is read, and what it means.
        let gloss: String
        let isChosen: Bool
    }

    let line: RecordLine
    let position: String
    let claimed: String?
    let claimedLiteral: String?
    let observed: String
    let attested: [String]
    let isStampMissing: Bool
    let source: String
    let digest: String
    let leaf: String
    let parser: String
    let remarks: [String]
    let notes: [String]
    let shown: Shown?
    let hasWords: Bool
    let pictureCount: Int?
    let choices: [HarmChoice]
    let isLawful: Bool
    let reason: String
    let incidents: [IncidentChoice]
    let isHelper: Bool
    let files: Bool
    let isPage: Bool
    /// After a good many in one day: that it is enough for today; nil before.
    let enough: String?

    struct IncidentChoice: Sendable {
        let value: String
        let label: String
        let isLinked: Bool
    }
}

/// An item on paper.
struct ItemPaper: Page {
    static let template = "print-item"
    static let title = "print.item.title"
    static let room = Room.none
    let item: ItemPage
    let printed: String
}

/// A kept page, in a frame of another origin.
struct ReplayRoomPage: Page {
    static let template = "replay"
    static let title = "replay.title"
    static let room = Room.timeline
    let position: String
    let address: String?
}

extension Rooms {
    func addItems(_ register: Register) {
        addReplay(register)
        register(.get, "items/:record", .everybody) { visit in .page(try await item(visit, isPrinted: false)) }
        register(.post, "items/:record/show", .everybody) { visit in
            let position = try visit.record()
            _ = try await visit.desk.record(at: position, reveal: true, by: visit.helper)
            return .go("/items/\(position)?shown=\(visit.site.sessions.grant(position, to: visit.session))#shown")
        }
        register(.get, "items/:record/pictures/:number", .everybody) { visit in
            let position = try visit.record()
            guard let grant = visit.asked("shown"), let number = Int(visit.parameters["number"] ?? ""),
                visit.site.sessions.useForPicture(grant, position, visit.session)
            else { throw RefusedRequest() }
            do {
                return .picture(try await visit.desk.picture(number, of: position, width: 1_200))
            } catch {
                throw RefusedRequest()
            }
        }
        register(.post, "items/:record/original", .owner) { visit in
            let position = try visit.record()
            let (bytes, name) = try await visit.desk.original(of: position)
            return .file(bytes, name: visit.isDiscreet ? "original-\(position)" : name, type: "application/octet-stream")
        }
        register(.post, "items/:record/sort", .everybody) { visit in
            let position = try visit.record()
            try await visit.desk.sort(
                position, harms: visit.form.harms, isLawfulCriticism: visit.form.text("lawful") == "yes",
                reason: visit.form.optional("reason"), by: visit.helper)
            if let next = visit.form.optional("back"), next == "sort" { return .go("/sort") }
            return .go("/items/\(position)?saved=1")
        }
        register(.post, "items/:record/note", .everybody) { visit in
            let position = try visit.record()
            if let text = visit.form.optional("text") {
                try await visit.desk.addNote(on: position, text: text, by: visit.helper)
            }
            return .go("/items/\(position)?saved=1")
        }
        register(.post, "items/:record/link", .owner) { visit in
            let position = try visit.record()
            if let id = IncidentID(visit.form.text("incident")) {
                try await visit.desk.link(id, records: [position], isLinked: visit.form.text("unlink") != "yes")
            }
            return .go("/items/\(position)?saved=1")
        }
        register(.get, "print/items/:record", .owner) { visit in
            let page = try await item(visit, isPrinted: true)
            return .page(ItemPaper(item: page, printed: visit.timeText(visit.site.environment.vault.now())))
        }
    }

    private func addReplay(_ register: Register) {
        register(.post, "items/:record/replay", .everybody) { visit in
            let position = try visit.record()
            _ = try await visit.desk.record(at: position, reveal: true, by: visit.helper)
            var address: String?
            if let page = try await visit.desk.replay(of: position) {
                let secret = site.sessions.secret()
                site.replays.add(page, secret: secret)
                address = "http://127.0.0.1:\(site.replays.port)/\(secret)/page"
            }
            return .page(ReplayRoomPage(position: String(position.index), address: address))
        }
    }

    /// Records uncovered in a day after which a page offers to stop.
    private static let manyInADay = 10

    func item(_ visit: Visit, isPrinted: Bool) async throws -> ItemPage {
        let position = try visit.record()
        let grant = visit.asked("shown")
        let isShown = grant.map { visit.site.sessions.useForWords($0, position, visit.session) } ?? false
        // To show was written down when she asked for it.
        let detail = try await visit.desk.record(at: position, reveal: false)
        let full = try await visit.desk.words(at: position)
        let numbers = try await visit.desk.pictureNumbers(of: position)
        let stamps = try await visit.desk.stamps(covering: position)
        let cases = visit.helper == nil ? try await visit.desk.cases() : []
        let line = RecordLine(detail.entry, visit)
        let chosen = detail.entry.sorted?.harms ?? []
        let remarks = visit.strings.table("remarks")
        let seen = isShown && visit.helper == nil ? try await visit.desk.openedToday() : 0
        return ItemPage(
            line: line, position: "\(position)", claimed: detail.entry.claimedText,
            claimedLiteral: isShown ? full.claimedTime?.literal : nil, observed: visit.timeText(detail.entry.observedAt.instant),
            attested: stamps.map {
                visit.words("item.stamp", ["when": visit.timeText($0.attestedAt.instant), "who": $0.authority])
            },
            isStampMissing: stamps.isEmpty, source: Visible.text(detail.path ?? ""), digest: full.source.digest.hex,
            leaf: detail.leaf, parser: "\(full.parser.id) \(full.parser.version)",
            remarks: detail.entry.remarks.map { remarks($0.code) }, notes: detail.notes,
            shown: isShown ? shown(full, numbers, grant ?? "", visit) : nil, hasWords: full.text?.isEmpty == false,
            pictureCount: numbers.isEmpty ? nil : numbers.count,
            choices: visit.harmChoices(chosen), isLawful: line.isLawful, reason: detail.entry.sorted?.reason ?? "",
            incidents: cases.flatMap(\.incidents).map {
                ItemPage.IncidentChoice(value: $0.id.text, label: $0.title, isLinked: $0.records.contains(position))
            }, isHelper: visit.helper != nil, files: !full.attachments.isEmpty, isPage: full.kind == .page,
            enough: seen >= Self.manyInADay ? visit.words("item.enough", ["count": String(seen)]) : nil)
    }

    private func shown(_ record: ParsedRecord, _ pictures: [Int], _ grant: String, _ visit: Visit) -> ItemPage.Shown {
        let words = visit.words
        let details = record.details.filter { ["subject", "title", "item", "area", "status", "stars"].contains($0.key) }
        return ItemPage.Shown(
            text: record.text.map(Visible.text),
            details: details.sorted { $0.key < $1.key }.map {
                ItemPage.Detail(name: words("detail." + $0.key), value: Visible.text($0.value))
            },
            pictures: pictures.map { number in
                ItemPage.Picture(
                    path: "\(visit.site.base)/items/\(visit.parameters["record"] ?? "")/pictures/\(number)?shown=\(grant)",
                    alt: words("item.picture.alt", ["number": String(number + 1)]))
            }, attachments: record.attachments.map { Visible.text($0.name) }, address: record.url.map(Visible.text),
            isOddAddress: record.url.map(Visible.isOddAddress) ?? false)
    }
}
