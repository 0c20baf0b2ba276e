import AkashiAge
public import AkashiCasework
public import AkashiDocuments
import AkashiFormats
import AkashiIntake
import AkashiKnowledge
public import AkashiModel
import AkashiVault
public import AkashiWork

/// Which papers about her career are to be made, and how.
public struct CareerRequest: Sendable {
    /// The papers.
    public var papers: [CareerPaper]
    /// How much of where she is they tell.
    public var level = PrivacyLevel.none
    /// How years are written.
    public var years = YearStyle.western
    /// To whom they go; nil for a draft without a mark.
    public var receiver: String?
    /// The application they are for.
    public var application: ApplicationID?

    /// Takes the papers; the rest can be set.
    public init(_ papers: [CareerPaper]) { self.papers = papers }
}

/// Papers as they were made.
public struct CareerFiles: Sendable {
    /// The copy that was kept; nil for a draft.
    public let copy: SentCopy?
    /// The files: a PDF and a Word file for each paper.
    public let files: [(name: String, bytes: [UInt8])]
}

extension Desk {
    private static let markLength = 6

    /// Makes papers about her career. With a receiver they are a copy: each page bears its own mark, and what went out is sealed, so that
    /// a copy that turns up elsewhere is known again.
    ///
    /// - Throws: ``WorkErrorCode/resumeEmpty`` if she wrote nothing yet, ``DocumentError``.
    public func makeCareer(_ request: CareerRequest) async throws -> CareerFiles {
        let resume = try resume()
        guard !resume.name.isEmpty || !resume.jobs.isEmpty, !request.papers.isEmpty else { throw WorkError(.resumeEmpty) }
        let renderer = try CareerRenderer(environment.knowledge)
        let receiver = request.receiver.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
        let mark = try receiver.map { _ in try newMark() }
        let sheet = ResumeSheet(resume, on: today(), request.level, request.years, renderer.substitutes)
        let papers = try request.papers.map { try renderer.render($0, sheet, mark: mark) }
        let files = try await CareerRenderer.files(papers)
        guard let mark, let receiver else { return CareerFiles(copy: nil, files: files) }
        var digests: [ContentDigest] = []
        let items = files.map { file in
            IntakeItem(source: SourceDescription(way: .copy, path: file.name)) { MemoryBytes(file.bytes).stream() }
        }
        try vault.seal(items, isKnown: { try index.isSealed($0) }) { outcome in
            if let digest = outcome.digest { digests.append(digest) }
        }
        try index.catchUp()
        let copy = SentCopy(
            mark: mark, application: request.application, receiver: receiver, papers: request.papers.map(\.rawValue),
            level: request.level.rawValue, files: digests)
        try append([try EntryDraft(.decision, Decision.sendCopy(copy))])
        return CareerFiles(copy: copy, files: files)
    }

    /// The files of a copy that went out, as they were sealed.
    ///
    /// - Throws: ``DeskErrorCode/guideUnknown`` for a mark that no copy has.
    public func copyFiles(_ mark: String) throws -> [(name: String, bytes: [UInt8])] {
        guard let kept = try index.sentCopies().first(where: { $0.copy.mark == mark }) else {
            throw DeskError(.guideUnknown, ["name": String(mark.prefix(20))])
        }
        return try kept.copy.files.map { digest in
            (name: try index.evidence(digest)?.path ?? "\(digest.short)", bytes: try read(digest))
        }
    }

    /// Letters that are not taken for each other, in two halves of three.
    private func newMark() throws -> String {
        let letters = Array("ACDEFHJKLMNPRTUVWXY34679")
        let known = Set(try index.sentCopies().map(\.copy.mark))
        while true {
            let drawn = environment.vault.random(Self.markLength).map { letters[Int($0) % letters.count] }
            let mark = String(drawn.prefix(Self.markLength / 2)) + "-" + String(drawn.suffix(Self.markLength / 2))
            if !known.contains(mark) { return mark }
        }
    }
}
