public import AkashiActions
import AkashiCapture
public import AkashiCasework
public import AkashiDocuments
import AkashiFormats
import AkashiKnowledge
public import AkashiModel
import AkashiProof
import AkashiVault
public import Foundation

/// Which papers are to be made, and how.
public struct PaperRequest: Sendable {
    /// The case.
    public var caseID: CaseID
    /// The papers; nil for all that fit the case.
    public var papers: [String]?
    /// Only for this platform, where a paper is for one.
    public var platform: String?
    /// The incidents they are about; nil for all.
    public var incidents: [IncidentID]?
    /// Whether her name, address and private words are left out.
    public var isHidden = false

    /// Takes the case; the rest can be set.
    public init(caseID: CaseID) { self.caseID = caseID }
}

/// A field of a paper as it stands.
public struct PaperField: Sendable {
    /// The fact that holds its answer: its own name, or `paper.<paper>.<field>`.
    public let fact: String
    /// The question.
    public let definition: FactDefinition
    /// What is known.
    public let value: FactValue?
    /// The platform, for what is asked once for each.
    public var platform: String?
    /// Its name.
    public var platformName: String?
}

extension Desk {
    /// The papers that can be made, in their order.
    public func paperDefinitions() throws -> [PaperDefinition] {
        if let papers { return papers }
        let loaded = try PaperDefinition.all(environment.knowledge)
        papers = loaded
        return loaded
    }

    /// One of them.
    ///
    /// - Throws: ``DeskErrorCode/paperUnknown``.
    public func paperDefinition(_ id: String) throws -> PaperDefinition {
        guard let paper = try paperDefinitions().first(where: { $0.id == id }) else {
            throw DeskError(.paperUnknown, ["paper": id])
        }
        return paper
    }

    /// Whether a paper is for harms that the case has.
    public func fits(_ paper: PaperDefinition, _ caseFile: CaseFile) -> Bool {
        paper.harms.isEmpty || caseFile.incidents.contains { !Set($0.harms).isDisjoint(with: paper.harms) }
    }

    /// The platforms, or the accounts, on which posts of the case stand, for a paper that is made for each.
    func places(of paper: PaperDefinition, _ caseFile: CaseFile) throws -> [PostPlaces.Place] {
        guard paper.each != .case else { return [] }
        let records = Set(
            caseFile.incidents.filter { paper.harms.isEmpty || !Set($0.harms).isDisjoint(with: paper.harms) }.flatMap(\.records))
        let places = try postPlaces(caseFile)
        var seen: [PostPlaces.Place] = []
        for post in try material(caseFile.id).posts where records.contains(post.position) {
            if let place = places.part(of: post, each: paper.each), !seen.contains(place) { seen.append(place) }
        }
        return seen
    }

    private func postPlaces(_ caseFile: CaseFile) throws -> PostPlaces {
        PostPlaces(
            try PlatformPacks.all(environment.knowledge), try library().reporting, caseFile.parties,
            try japanese())
    }

    /// What a paper asks, with what is known; what a paper for one platform asks, once for each.
    public func paperFields(_ id: String, _ caseID: CaseID) throws -> [PaperField] {
        try paperFields(id, caseID, facts: facts(caseID), places: nil)
    }

    /// The same, with what was found out for another paper before.
    private func paperFields(
        _ id: String, _ caseID: CaseID, facts: [FactState], places known: [PostPlaces.Place]?
    ) throws -> [PaperField] {
        let paper = try paperDefinition(id)
        let answers = try index.answers(caseID)
        let shared = paper.fields.compactMap { name in
            facts.first { $0.definition.id == name }.map { PaperField(fact: name, definition: $0.definition, value: $0.value) }
        }
        let places: [PostPlaces.Place?] = try known ?? places(of: paper, index.caseFile(caseID))
        return shared
            + (places.isEmpty ? [nil] : places).flatMap { place in
                (paper.own ?? []).map { own in
                    let general = "paper.\(id).\(own.id)"
                    let name = place.map { "\(general)@\($0.id)" } ?? general
                    let answer = answers[name]
                    let answered = answer.map { FactValue(text: $0.value, origin: .answered(at: $0.observedAt)) }
                    let start = own.default.map { FactValue(text: $0.ja, origin: .noted) }
                    return PaperField(
                        fact: name, definition: own, value: answered ?? start, platform: place?.id, platformName: place?.name)
                }
            }
    }

    /// Makes papers. Exhibits get their numbers here if they have none yet.
    ///
    /// - Throws: ``CaseworkErrorCode/nothingChosen`` if the case has no records, ``DeskErrorCode/paperUnknown``.
    public func makePapers(_ request: PaperRequest) async throws -> [RenderedPaper] {
        let caseFile = try index.caseFile(request.caseID)
        let chosen = try request.papers.map { try $0.map(paperDefinition) } ?? paperDefinitions().filter { fits($0, caseFile) }
        let strings = try japanese()
        let all = caseFile.incidents.flatMap(\.records)
        var sources: [ExhibitSource] = []
        if !all.isEmpty {
            sources = try chooseExhibits(DossierRequest(caseID: caseFile.id), caseFile, givesNumbers: true)
        }
        let builder = PaperBuilder(
            caseFile: caseFile, request: request, sources: sources, anchors: try await chooseAnchors(sources), strings: strings,
            now: environment.vault.now(), fingerprint: vault.ledgerKey.fingerprint, material: try material(caseFile.id),
            hiddenWords: try hiddenWords(request), places: try postPlaces(caseFile),
            labels: try library().facts.reduce(into: [:]) { $0[$1.id] = $1.label.ja }, own: try index.ownAccounts())
        let library = try library()
        let board = DeadlineBoard(library, builder.material)
        let map = OptionMap(library, builder.material, board, today: today())
        let lists = PaperBuilder.Lists(
            provisions: map.provisions, deadlines: board.next(on: today()).map(\.deadline),
            requests: try index.platformRequests(caseFile.id),
            safety: try planBoard("safety").cardSteps)
        let renderer = try PaperRenderer(environment.knowledge)
        let facts = try facts(caseFile.id)
        var rendered: [RenderedPaper] = []
        for paper in chosen {
            let fields = try paperFields(paper.id, caseFile.id, facts: facts, places: builder.places(of: paper))
            for platform in builder.platforms(of: paper) {
                let own = fields.filter { $0.platform == nil || $0.platform == platform?.id }
                let input = try builder.input(paper, own, lists, platform: platform)
                rendered.append(try renderer.render(paper, input, lists: strings.table("papers")))
            }
        }
        return rendered
    }

    /// Papers as files: a PDF to print and a Word file to change, for each.
    public func paperFiles(_ papers: [RenderedPaper]) async throws -> [(name: String, bytes: [UInt8])] {
        let header = try japanese().table("papers")("header")
        let renderer = try PaperRenderer(environment.knowledge)
        // The Word files are made while the browsers print.
        async let printing = renderer.pdfs(papers)
        let editable = try papers.map { try $0.docx(header: header) }
        let printed = try await printing
        return papers.indices.flatMap { number in
            let name = papers[number].fileName
            return [(name: name + ".pdf", bytes: printed[number]), (name: name + ".docx", bytes: editable[number])]
        }
    }

    /// Some files as one archive.
    public static func zip(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        try ZipWriter.zip(files.map { (path: $0.name, bytes: $0.bytes) })
    }

    /// Writes papers into a folder, and writes down that they left the vault.
    ///
    /// - Throws: ``VaultErrorCode/notWritable``.
    public func writePapers(_ request: PaperRequest, _ papers: [RenderedPaper], to folder: URL) async throws -> [String] {
        let files = try await paperFiles(papers)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name), options: .atomic) }
        } catch {
            throw VaultError(.notWritable, ["file": folder.lastPathComponent])
        }
        try notePapers(request, papers)
        return files.map(\.name)
    }

    /// Writes down that papers left the vault.
    public func notePapers(_ request: PaperRequest, _ papers: [RenderedPaper]) throws {
        let decision = Decision.makePapers(
            caseID: request.caseID, papers: papers.map(\.definition.id), isHidden: request.isHidden)
        try append([try EntryDraft(.decision, decision)])
    }

    /// Words that the version without her address leaves out wherever they stand: hers, and those that few can know.
    private func hiddenWords(_ request: PaperRequest) throws -> [String] {
        guard request.isHidden else { return [] }
        let answers = try index.answers(request.caseID)
        let own = try paperDefinitions().flatMap { paper in
            (paper.own ?? []).filter { $0.hides == .person }.map { "paper.\(paper.id).\($0.id)" }
        }
        // What a paper's own question was answered with, for each platform too, line by line.
        let lines = answers.filter { answer in own.contains { answer.key == $0 || answer.key.hasPrefix($0 + "@") } }
            .flatMap { $0.value.value.split(whereSeparator: \.isNewline).map(String.init) }
        let asked = try facts(request.caseID).filter { $0.definition.hides == .person }.compactMap(\.value?.text) + lines
        // A name comes back together from its halves: each is left out by itself too.
        let halves = asked.filter { $0.count <= 20 }.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
            .filter { $0.count >= 2 }
        let friendly = try index.accounts().filter { $0.recordCount > 0 }
        let ownAccounts = try index.ownAccounts()
        let names = friendly.filter { ownAccounts.contains($0.key) }.flatMap(\.names).filter { $0.count >= 2 }
        return asked + halves + names + (try index.privateFacts().map(\.words))
    }
}
