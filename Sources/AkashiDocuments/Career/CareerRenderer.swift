import AkashiFormats
public import AkashiKnowledge
public import AkashiModel
public import AkashiWork
import Mustache

/// Lays a career out on paper. Everything is escaped.
public struct CareerRenderer: Sendable {
    private let knowledge: Knowledge
    private let words: CareerWords

    /// Rows of 学歴・職歴 on the first page of the form and at least on its second, and rows of 免許・資格.
    private static let rows = (first: 15, second: 4, licences: 6)

    /// Reads the words.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        self.knowledge = knowledge
        words = try CareerWords(knowledge)
    }

    /// What stands in the place of what a level leaves out.
    public var substitutes: ResumeSheet.Substitutes { words.substitutes }

    private struct Row {
        let year: String
        let month: String
        let text: String
        let isCentre: Bool
        let isRight: Bool
        let isFilled: Bool

        init(_ row: ResumeSheet.Row) {
            (year, month, text) = (row.year, row.month, row.text)
            isCentre = row.place == .centre
            isRight = row.place == .right
            isFilled = true
        }

        /// An empty row.
        init() { (year, month, text, isCentre, isRight, isFilled) = ("", "", "", false, false, false) }
    }

    private struct Job {
        let span: String
        let employer: String
        let about: String
        let hasAbout: Bool
        let duties: [String]
        let hasDuties: Bool
        let results: [String]
        let hasResults: Bool

        init(_ job: ResumeSheet.Job) {
            (span, employer, duties, results) = (job.span, job.employer, job.duties, job.results)
            about = [job.business, job.role].filter { !$0.isEmpty }.joined(separator: "／")
            (hasAbout, hasDuties, hasResults) = (!about.isEmpty, !job.duties.isEmpty, !job.results.isEmpty)
        }
    }

    private struct Page {
        let title: String
        let foot: String
        let sheet: ResumeSheet
        let rows: [Row]
        let more: [Row]
        let licences: [Row]
        let jobs: [Job]
        let hasContact: Bool
        let hasSummary: Bool
        let hasSkills: Bool
        let hasLicences: Bool
        let hasAppeal: Bool
        let hasMail: Bool
        let hasPhotoWords: Bool
    }

    /// Makes a paper.
    ///
    /// - Parameter mark: the mark of the copy; nil for a draft.
    /// - Throws: ``DocumentErrorCode/templateDamaged`` or a ``KnowledgeError``.
    public func render(_ paper: CareerPaper, _ sheet: ResumeSheet, mark: String?) throws -> RenderedCareer {
        let title = words.titles[paper.rawValue] ?? paper.rawValue
        let foot = mark.map { words.mark + $0 } ?? words.draft
        let rows = sheet.history.map(Row.init)
        let page = Page(
            title: title, foot: foot, sheet: sheet, rows: Self.filled(Array(rows.prefix(Self.rows.first)), Self.rows.first),
            more: Self.filled(Array(rows.dropFirst(Self.rows.first)), Self.rows.second),
            licences: Self.filled(sheet.licences.map(Row.init), Self.rows.licences), jobs: sheet.jobs.map(Job.init),
            hasContact: !sheet.contactAddress.isEmpty, hasSummary: !sheet.summary.isEmpty, hasSkills: !sheet.skills.isEmpty,
            hasLicences: !sheet.licences.isEmpty, hasAppeal: !sheet.appeal.isEmpty, hasMail: !sheet.mail.isEmpty,
            hasPhotoWords: !sheet.photo.isEmpty)
        let html = try fill(paper.rawValue, page)
        // A form of many boxes is no text to change: the Word file has its fields one below the other.
        let body = paper == .resume ? try fill("resume-word", page) : Self.inner(html)
        let name = [title, sheet.name.filter { !$0.isWhitespace }].filter { !$0.isEmpty }.joined(separator: "_")
        return RenderedCareer(
            paper: paper, fileName: name.filter { !"/\\:*?\"<>|\0".contains($0) }, html: html, body: body, foot: foot)
    }

    /// Papers as files: a PDF to send or print and a Word file to change, for each.
    ///
    /// - Throws: ``DocumentError``.
    public static func files(_ papers: [RenderedCareer]) async throws -> [(name: String, bytes: [UInt8])] {
        let printed = try await PaperRenderer.print(papers.map(\.html))
        return try zip(papers, printed).flatMap { paper, pdf in
            do {
                let word = try WordDocument.docx(title: paper.fileName, header: paper.foot, markup: paper.body)
                return [(name: paper.fileName + ".pdf", bytes: pdf), (name: paper.fileName + ".docx", bytes: word)]
            } catch {
                throw DocumentError(.pdfFailed, ["detail": "docx"])
            }
        }
    }

    private static func filled(_ rows: [Row], _ count: Int) -> [Row] {
        rows + Array(repeating: Row(), count: max(0, count - rows.count))
    }

    private static func inner(_ html: String) -> String {
        guard let start = html.firstRange(of: "<body>"), let end = html.firstRange(of: "</body>") else { return html }
        return String(html[start.upperBound..<end.lowerBound])
    }

    private func fill(_ name: String, _ page: Page) throws -> String {
        let source = try knowledge.text("documents/career/\(name).ja.mustache")
        do {
            return try MustacheTemplate(string: source).render(page)
        } catch {
            throw DocumentError(.templateDamaged, ["document": name])
        }
    }
}
