import AkashiActions
import AkashiBrowser
public import AkashiKnowledge
import AkashiModel
import Mustache

/// A paper, ready to be printed or edited.
public struct RenderedPaper: Sendable {
    /// Something that is missing in it, and what to do about it.
    public struct Gap: Sendable, Hashable {
        /// The field or list, by its name in data.
        public let id: String
        /// Its name for people.
        public let label: String
    }

    /// What it is.
    public let definition: PaperDefinition
    /// The name of its file, without an ending.
    public let fileName: String
    /// The whole page.
    public let html: String
    /// What stands inside it.
    let body: String
    /// What is missing.
    public let gaps: [Gap]
    /// What a counted letter's form does not allow.
    public let problems: [String]
}

/// Fills papers in. Everything is escaped.
public struct PaperRenderer: Sendable {
    private let knowledge: Knowledge
    private let frame: MustacheTemplate

    /// What is around every paper.
    private struct Frame {
        let title: String
        let paper: String
        let gaps: [RenderedPaper.Gap]
        let hasGaps: Bool
        let isHidden: Bool
    }

    /// Loads the frame.
    ///
    /// - Throws: ``DocumentErrorCode/templateDamaged`` or a ``KnowledgeError``.
    public init(_ knowledge: Knowledge) throws {
        self.knowledge = knowledge
        do {
            frame = try MustacheTemplate(string: try knowledge.text("documents/frame.ja.mustache"))
        } catch let error as KnowledgeError {
            throw error
        } catch {
            throw DocumentError(.templateDamaged, ["document": "frame"])
        }
    }

    /// Makes a paper.
    ///
    /// - Parameter lists: names of lists, for what is missing.
    /// - Throws: ``DocumentErrorCode/templateDamaged`` or a ``KnowledgeError``.
    public func render(_ definition: PaperDefinition, _ input: PaperInput, lists: StringTable) throws -> RenderedPaper {
        var input = input
        var problems: [String] = []
        if definition.grid ?? false {
            let letter = try fill(definition, "letter.ja.txt.mustache", input, isText: true)
            let form = CertifiedLetterForm(rawValue: input.letterForm ?? "") ?? .verticalTwentyByTwentySix
            let sheet = CertifiedLetterSheet(letter, form: form)
            input.sheets = sheet.pages.enumerated().map {
                PaperInput.Sheet(sheetNumber: String($0.offset + 1), lines: $0.element)
            }
            input.letterCount = lists(
                "letter-count",
                [
                    "letters": String(sheet.characterCount), "lines": String(sheet.lineCount), "pages": String(sheet.pages.count),
                    "columns": String(form.columns), "rows": String(form.rows),
                ])
            // Twenty addresses are one problem, not twenty.
            problems = CertifiedLetterSheet.Problem.Code.allCases.compactMap { code in
                let places = sheet.problems.filter { $0.code == code }.map(\.text)
                guard !places.isEmpty else { return nil }
                let shown = places.prefix(4).joined(separator: "、")
                let more = places.count > 4 ? lists("and-more", ["count": String(places.count - 4)]) : ""
                return lists("letter." + code.rawValue, ["place": shown + more])
            }
            input.letterProblems = problems
        }
        let body = try fill(definition, "body.ja.mustache", input, isText: false)
        var gaps = (definition.fields + (definition.own ?? []).map(\.id)).compactMap { id -> RenderedPaper.Gap? in
            guard let field = input.fields[id], field.fieldText == nil, !field.isHidden else { return nil }
            return RenderedPaper.Gap(id: id, label: field.fieldLabel)
        }
        gaps += definition.uses.filter(input.isEmpty).map {
            RenderedPaper.Gap(id: $0.rawValue, label: lists("list." + $0.rawValue))
        }
        let whole = frame.render(
            Frame(
                title: input.title, paper: Self.slot, gaps: gaps, hasGaps: !gaps.isEmpty, isHidden: input.isHidden))
        let suffix = (input.platform.map { "_\($0)" } ?? "") + (input.isHidden ? lists("file-hidden") : "")
        let order = String(definition.order)
        return RenderedPaper(
            definition: definition,
            fileName: Self.safe(String(repeating: "0", count: max(0, 3 - order.count)) + order + "_" + input.title, suffix),
            html: whole.replacing(Self.slot, with: body), body: body, gaps: gaps, problems: problems)
    }

    /// Browsers that print at the same time.
    private static let printerCount = 2

    /// Prints papers to PDF.
    ///
    /// - Throws: ``DocumentError``.
    public func pdfs(_ papers: [RenderedPaper]) async throws -> [[UInt8]] { try await Self.print(papers.map(\.html)) }

    /// Prints pages to PDF, each to its own.
    static func print(_ papers: [String]) async throws -> [[UInt8]] {
        do {
            let browser = try Browser()
            // The longest first, each to the printer that has the least to do.
            var piles: [[Int]] = Array(repeating: [], count: min(Self.printerCount, papers.count))
            var loads = Array(repeating: 0, count: piles.count)
            for number in papers.indices.sorted(by: { papers[$0].utf8.count > papers[$1].utf8.count }) {
                guard let pile = loads.indices.min(by: { loads[$0] < loads[$1] }) else { continue }
                piles[pile].append(number)
                loads[pile] += papers[number].utf8.count + 20_000
            }
            return try await withThrowingTaskGroup(of: [(Int, [UInt8])].self) { group in
                for pile in piles {
                    let pages = pile.map { papers[$0] }
                    group.addTask { Array(zip(pile, try await browser.pdfs(html: pages))) }
                }
                var printed: [Int: [UInt8]] = [:]
                for try await pile in group { for (number, bytes) in pile { printed[number] = bytes } }
                return papers.indices.map { printed[$0] ?? [] }
            }
        } catch BrowserError.missing {
            throw DocumentError(.browserMissing)
        } catch {
            throw DocumentError(.pdfFailed, ["detail": "\(error)"])
        }
    }

    /// Where the paper goes in its frame. The frame knows nothing of its words, so they are escaped once and not twice.
    private static let slot = "\u{E000}paper\u{E000}"

    private func fill(_ definition: PaperDefinition, _ file: String, _ input: PaperInput, isText: Bool) throws -> String {
        let source = try knowledge.text("documents/\(definition.id)/\(file)")
        do {
            let type = isText ? "{{% CONTENT_TYPE:TEXT}}" : ""
            return try MustacheTemplate(string: type + Self.expand(source, isText: isText)).render(input.marks)
        } catch {
            throw DocumentError(.templateDamaged, ["document": definition.id])
        }
    }

    /// `[[field]]` becomes the field's value, or a gap that can be seen.
    private static func expand(_ source: String, isText: Bool) -> String {
        source.replacing(/\[\[([A-Za-z0-9]+)\]\]/) { match in
            let gap = "（未記入：{{fieldLabel}}）"
            let hidden = "（別に提出します）"
            let empty = "{{#isHidden}}\(hidden){{/isHidden}}{{^isHidden}}\(gap){{/isHidden}}"
            let shown = isText ? empty : "<span class=\"gap\">\(empty)</span>"
            return
                "{{#fields.\(match.1)}}{{#fieldText}}{{fieldText}}{{/fieldText}}{{^fieldText}}\(shown){{/fieldText}}{{/fields.\(match.1)}}"
        }
    }

    /// A name that every system takes, at most 50 letters with its ending (civil procedure's own system allows no more).
    private static func safe(_ name: String, _ suffix: String) -> String {
        func clean(_ text: String) -> String {
            String(text.map { "/\\:*?\"<>|\u{0}".contains($0) || $0.isWhitespace ? "-" : $0 })
        }
        let end = clean(suffix).suffix(30)
        return String(clean(name).prefix(44 - end.count) + end)
    }
}
