import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVault
import Foundation
import HTTPTypes
import Synchronization

/// Choose, look at what will be handed over, make, check, keep.
struct DossierPage: Page {
    static let template = "dossier"
    static let title = "dossier.title"
    static let room = Room.dossier

    struct Group: Sendable {
        let title: String
        let lines: [RecordLine]
    }

    struct Made: Sendable {
        let id: String
        let receiver: String?
        let when: String
    }

    let groups: [Group]
    let isEmpty: Bool
    let made: [Made]
    let receivers: [String]
}

/// What will be in it, before it is made.
struct DossierPreviewPage: Page {
    static let template = "dossier-preview"
    static let title = "dossier.preview.title"
    static let room = Room.dossier

    struct Line: Sendable {
        let number: String
        let line: RecordLine
        let hasNotes: Bool
    }

    let lines: [Line]
    let records: [String]
    let receiver: String
    let isSharing: Bool
    let withOriginals: Bool
    let withTalks: Bool
    let count: Int
    let hasUnsealedTime: Bool
    /// The words to hide, one on a line.
    let hide: String
    /// In how many places they stand; nil where none are to be hidden.
    let hiddenCount: String?
}

/// It is made, and was checked as a stranger would.
struct DossierMadePage: Page {
    static let template = "dossier-made"
    static let title = "dossier.made.title"
    static let room = Room.dossier

    let id: String
    let receiver: String
    let count: Int
    let stamped: Int
    let unstamped: Int
    let fingerprint: String
    let size: String
    let isConsistent: Bool
    let findings: [String]
}

/// Dossiers that were made and not fetched yet. In memory only.
final class MadeDossiers: Sendable {
    struct Entry: Sendable {
        let made: MadeDossier
        let receiver: String
    }

    private let entries = Mutex<[(id: String, entry: Entry)]>([])
    private static let keptCount = 3

    func add(_ entry: Entry, id: String) {
        entries.withLock { entries in
            entries.append((id, entry))
            entries = Array(entries.suffix(Self.keptCount))
        }
    }

    subscript(id: String) -> Entry? { entries.withLock { $0.first { $0.id == id }?.entry } }

    func removeAll() { entries.withLock { $0 = [] } }
}

extension Rooms {
    func addDossier(_ register: Register) {
        register(.get, "dossier", .owner) { visit in .page(try await dossier(visit)) }
        register(.post, "dossier/preview", .owner) { visit in
            guard !visit.form.records.isEmpty else { throw CaseworkError(.nothingChosen, ["case": ""]) }
            return .page(try await preview(visit))
        }
        register(.post, "dossier/make", .owner) { visit in
            let request = try await dossierRequest(visit)
            let made = try await visit.desk.makeDossier(request)
            let id = visit.site.sessions.secret()
            visit.site.dossiers.add(MadeDossiers.Entry(made: made, receiver: request.receiver ?? ""), id: id)
            return .go("/dossier/made/\(id)")
        }
        register(.get, "dossier/made/:id", .owner) { visit in
            guard let entry = visit.site.dossiers[visit.parameters["id"] ?? ""] else { return .go("/dossier") }
            return .page(madePage(entry, visit))
        }
        register(.post, "dossier/made/:id/zip", .owner) { visit in
            guard let entry = visit.site.dossiers[visit.parameters["id"] ?? ""] else { return .go("/dossier") }
            let day = visit.site.environment.vault.now().japan.dateText
            let name = (visit.isDiscreet ? "note-" : "akashi-") + day
            if let key = visit.form.optional("key") {
                let recipients = key.split(whereSeparator: \.isWhitespace).map(String.init)
                let bytes = try await visit.desk.encrypt(entry.made.files, to: recipients)
                return .file(bytes, name: name + ".zip.age", type: "application/octet-stream")
            }
            return .file(try Desk.zip(entry.made.files), name: name + ".zip", type: "application/zip")
        }
    }

    private func dossierRequest(_ visit: Visit) async throws -> DossierRequest {
        var request = DossierRequest(caseID: try await visit.currentCase().id)
        request.records = visit.form.records
        request.receiver = visit.form.optional("receiver")
        request.kind = visit.form.text("kind") == "sharing" ? .sharing : .evidence
        request.includesOriginals = visit.form.text("originals") == "yes"
        request.includesTalks = visit.form.text("talks") == "yes"
        if request.kind == .sharing {
            request.hiddenWords = visit.form.text("hide").split(whereSeparator: \.isNewline).map(String.init)
                .filter { !$0.allSatisfy(\.isWhitespace) }
        }
        return request
    }

    private func dossier(_ visit: Visit) async throws -> DossierPage {
        var groups: [DossierPage.Group] = []
        var seen: Set<LogPosition> = []
        func lines(_ records: [LogPosition], isTicked: Bool) async throws -> [RecordLine] {
            let fresh = records.filter { seen.insert($0).inserted }
            return try await visit.desk.lines(of: fresh).map { RecordLine($0, visit, isTicked: isTicked) }
        }
        for incident in try await visit.desk.cases().flatMap(\.incidents) {
            let all = try await lines(incident.records, isTicked: true)
            if !all.isEmpty { groups.append(DossierPage.Group(title: incident.title, lines: all)) }
        }
        let sorted = try await visit.desk.sortedRecords().filter { !$0.value.harms.isEmpty }.keys.sorted()
        let rest = try await lines(sorted, isTicked: false)
        if !rest.isEmpty { groups.append(DossierPage.Group(title: visit.words("dossier.sorted-only"), lines: rest)) }
        let exports = try await visit.desk.exports()
        var receivers: [String] = []
        for name in exports.compactMap(\.receiver) where !receivers.contains(name) { receivers.append(name) }
        return DossierPage(
            groups: groups, isEmpty: groups.isEmpty,
            made: exports.map {
                DossierPage.Made(id: "\($0.position)", receiver: $0.receiver, when: visit.timeText($0.observedAt.instant))
            }, receivers: receivers)
    }

    private func preview(_ visit: Visit) async throws -> DossierPreviewPage {
        var entries: [TimelineEntry] = []
        var noted: Set<LogPosition> = []
        for record in visit.form.records {
            let detail = try await visit.desk.record(at: record, reveal: false)
            entries.append(detail.entry)
            if !detail.notes.isEmpty { noted.insert(record) }
        }
        entries.sort { ($0.claimedAt?.milliseconds ?? .max, $0.position) < ($1.claimedAt?.milliseconds ?? .max, $1.position) }
        let lines = entries.enumerated().map { number, entry in
            DossierPreviewPage.Line(
                number: "甲\(number + 1)", line: RecordLine(entry, visit), hasNotes: noted.contains(entry.position))
        }
        let request = try await dossierRequest(visit)
        let hidden = request.hiddenWords.isEmpty ? nil : String(try await visit.desk.hiddenPlaces(request))
        return DossierPreviewPage(
            lines: lines, records: entries.map { "\($0.position)" }, receiver: visit.form.text("receiver"),
            isSharing: visit.form.text("kind") == "sharing", withOriginals: visit.form.text("originals") == "yes",
            withTalks: visit.form.text("talks") == "yes", count: lines.count,
            hasUnsealedTime: entries.contains { $0.claimedAt == nil }, hide: request.hiddenWords.joined(separator: "\n"),
            hiddenCount: hidden)
    }

    private func madePage(_ entry: MadeDossiers.Entry, _ visit: Visit) -> DossierMadePage {
        let check = entry.made.verification
        let bytes = entry.made.files.files.values.reduce(0) { $0 + $1.count }
        let findings = visit.strings.table("findings")
        return DossierMadePage(
            id: visit.parameters["id"] ?? "", receiver: entry.receiver, count: entry.made.exhibits.count,
            stamped: check.exhibits.count { $0.before != nil }, unstamped: check.exhibits.count { $0.before == nil },
            fingerprint: check.fingerprint ?? "", size: "\(max(1, bytes / 1_048_576)) MB", isConsistent: check.isConsistent,
            findings: check.findings.map { findings($0.code) })
    }
}
