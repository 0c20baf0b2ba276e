import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// The papers that can be made.
struct PapersPage: Page {
    static let template = "papers"
    static let title = "papers.title"
    static let room = Room.papers

    struct Line: Sendable {
        let id: String
        let name: String
        let what: String
        let open: String?
    }

    struct Group: Sendable {
        let name: String
        let lines: [Line]
    }

    let groups: [Group]
    let hasRecords: Bool
}

/// A paper: what to know, what it asks, make it.
struct PaperPage: Page {
    static let template = "paper"
    static let title = "paper.title"
    static let room = Room.papers

    let id: String
    let name: String
    let what: String
    let before: [String]
    let isUrged: Bool
    let isAdvised: Bool
    let questions: [Question]
    let incidents: [TimelinePage.Choice]
    let hasIncidents: Bool
    let sources: [SourceLine]
    let isSaved: Bool
}

extension Rooms {
    func addPaperRoom(_ register: Register) {
        register(.get, "papers", .owner) { visit in .page(try await papers(visit)) }
        register(.get, "papers/:paper", .owner) { visit in .page(try await paper(visit)) }
        register(.post, "papers/:paper", .owner) { visit in
            let id = visit.parameters["paper"] ?? ""
            let caseID = try await visit.currentCase().id
            let fields = try await visit.desk.paperFields(id, caseID)
            try await Self.keep(fields.map { ($0.fact, $0.value) }.filter { visit.form.all[$0.0] != nil }, caseID, visit)
            return .go("/papers/\(id)?saved=1")
        }
        register(.post, "papers/:paper/make", .owner) { visit in
            try await make([visit.parameters["paper"] ?? ""], visit)
        }
        register(.post, "papers/make", .owner) { visit in try await make(nil, visit) }
    }

    private func papers(_ visit: Visit) async throws -> PapersPage {
        let caseFile = try await visit.currentCase()
        var lines: [PaperDefinition.Reader: [PapersPage.Line]] = [:]
        for paper in try await visit.desk.paperDefinitions() where await visit.desk.fits(paper, caseFile) {
            let open = try await visit.desk.paperFields(paper.id, caseFile.id).count { $0.value == nil }
            lines[paper.for, default: []].append(
                PapersPage.Line(
                    id: paper.id, name: paper.title[visit.language], what: paper.what[visit.language],
                    open: open > 0 ? visit.words("papers.open", ["count": String(open)]) : nil))
        }
        return PapersPage(
            groups: PaperDefinition.Reader.allCases.compactMap { reader in
                lines[reader].map { PapersPage.Group(name: visit.words("reader." + reader.rawValue), lines: $0) }
            }, hasRecords: !caseFile.incidents.flatMap(\.records).isEmpty)
    }

    private func paper(_ visit: Visit) async throws -> PaperPage {
        let id = visit.parameters["paper"] ?? ""
        let caseFile = try await visit.currentCase()
        let paper = try await visit.desk.paperDefinition(id)
        let fields = try await visit.desk.paperFields(id, caseFile.id)
        let language = visit.language
        let incidents = caseFile.incidents.filter { paper.harms.isEmpty || !Set($0.harms).isDisjoint(with: paper.harms) }
        return PaperPage(
            id: id, name: paper.title[language], what: paper.what[language], before: (paper.before ?? []).map { $0[language] },
            isUrged: paper.expert == .urged, isAdvised: paper.expert == .advised,
            questions: fields.map { Question($0.definition, name: $0.fact, value: $0.value, of: $0.platformName, visit) },
            incidents: incidents.map { TimelinePage.Choice(value: $0.id.text, label: $0.title, isChosen: true) },
            hasIncidents: !incidents.isEmpty, sources: SourceLine.all(paper.sources, paper.unverified, visit),
            isSaved: visit.asked("saved") != nil)
    }

    /// Papers leave as one archive: a PDF to print and a Word file to change, for each.
    private func make(_ papers: [String]?, _ visit: Visit) async throws -> Answer {
        var request = PaperRequest(caseID: try await visit.currentCase().id)
        request.papers = papers
        request.isHidden = visit.form.text("hide") == "yes"
        let chosen = visit.form.list("incident").compactMap(IncidentID.init)
        if !chosen.isEmpty { request.incidents = chosen }
        let made = try await visit.desk.makePapers(request)
        let files = try await visit.desk.paperFiles(made)
        try await visit.desk.notePapers(request, made)
        let day = visit.site.environment.vault.now().japan.dateText
        let name = (visit.isDiscreet ? "note-" : "akashi-") + (papers?.first ?? "papers") + "-" + day + ".zip"
        return .file(try Desk.zip(files), name: visit.isDiscreet ? "note-\(day).zip" : name, type: "application/zip")
    }
}
