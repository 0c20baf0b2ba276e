import AkashiDesk
import AkashiGuide
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// A piece of a line of the guide, as a template shows it.
struct GuideMark: Sendable {
    let plain: String?
    let strongly: String?
    let jump: Link?
    let reach: ContactLine?

    struct Link: Sendable {
        let words: String
        let path: String
    }

    static func all(_ line: [GuideInline], _ guide: Guide, _ contacts: [String: ContactLine], base: String) -> [GuideMark] {
        line.map { inline in
            switch inline {
            case .text(let text): GuideMark(plain: text, strongly: nil, jump: nil, reach: nil)
            case .strong(let text): GuideMark(plain: nil, strongly: text, jump: nil, reach: nil)
            case .link(let words, let id):
                GuideMark(
                    plain: nil, strongly: nil,
                    jump: guide.section(id).map { Link(words: words, path: GuidePath.of($0, guide, base)) }, reach: nil)
            case .contact(let id): GuideMark(plain: nil, strongly: nil, jump: nil, reach: contacts[id])
            }
        }
    }
}

/// Where a section of the guide is.
enum GuidePath {
    static func of(_ section: GuideSection, _ guide: Guide, _ base: String) -> String {
        "\(base)/guide/\(guide.part(of: section)?.id ?? "")#\(section.id)"
    }
}

/// A paragraph or a list.
struct GuideBlockMarks: Sendable {
    let paragraph: Line?
    let steps: List?
    let items: List?

    struct Line: Sendable { let marks: [GuideMark] }
    struct List: Sendable { let lines: [Line] }

    init(_ block: GuideBlock, _ marks: ([GuideInline]) -> [GuideMark]) {
        switch block {
        case .paragraph(let line): (paragraph, steps, items) = (Line(marks: marks(line)), nil, nil)
        case .list(let isSteps, let lines):
            let list = List(lines: lines.map { Line(marks: marks($0)) })
            (paragraph, steps, items) = (nil, isSteps ? list : nil, isSteps ? nil : list)
        }
    }
}

/// The library: nine parts, and what was found.
struct GuidePage: Page {
    static let template = "guide"
    static let title = "guide.title"
    static let room = Room.guide

    struct Part: Sendable {
        let number: Int
        let title: String
        let summary: String
        let path: String
    }

    struct Found: Sendable {
        let number: String
        let title: String
        let beginning: String
        let path: String
    }

    let question: String
    let parts: [Part]
    let found: [Found]
    let isAsked: Bool
    let isNothingFound: Bool
}

/// One part with its sections.
struct GuidePartPage: Page {
    static let template = "guide-part"
    static let title = "guide.title"
    static let room = Room.guide

    struct Source: Sendable {
        let name: String
        let address: String
        let read: String
        let isSecondary: Bool
    }

    struct Section: Sendable {
        let id: String
        let number: String
        let heading: String
        let blocks: [GuideBlockMarks]
        let sources: [Source]
        let hasSources: Bool
        let related: [GuideMark.Link]
        let hasRelated: Bool
    }

    let number: Int
    let heading: String
    let checked: String
    let intro: [GuideBlockMarks]
    let sections: [Section]
    let before: GuidePage.Part?
    let after: GuidePage.Part?
}

extension Rooms {
    private static let foundCount = 8

    func addGuide(_ register: Register) {
        register(.get, "guide", .everybody) { visit in .page(guide(visit, question: nil)) }
        // A question is sent in a form, never in an address: addresses stay in the browser's history.
        register(.post, "guide", .everybody) { visit in .page(guide(visit, question: visit.form.optional("q"))) }
        register(.get, "guide/:part", .everybody) { visit in
            guard let part = visit.site.guide(visit.language).part(visit.parameters["part"] ?? "") else {
                throw DeskError(.guideUnknown, ["id": String((visit.parameters["part"] ?? "").prefix(40))])
            }
            return .page(try page(of: part, visit))
        }
    }

    private func guide(_ visit: Visit, question: String?) -> GuidePage {
        let guide = visit.site.guide(visit.language)
        let question = question.map { String($0.prefix(200)) }
        let found = question.map { guide.find($0, limit: Self.foundCount) } ?? []
        return GuidePage(
            question: question ?? "", parts: guide.parts.map { line($0, visit) },
            found: found.map { section in
                GuidePage.Found(
                    number: section.number, title: section.title,
                    beginning: String(section.text.prefix { $0 != "\n" }.prefix(90)),
                    path: GuidePath.of(section, guide, visit.site.base))
            }, isAsked: question != nil, isNothingFound: question != nil && found.isEmpty)
    }

    private func line(_ part: GuidePart, _ visit: Visit) -> GuidePage.Part {
        GuidePage.Part(
            number: part.number, title: part.title, summary: part.summary, path: "\(visit.site.base)/guide/\(part.id)")
    }

    private func page(of part: GuidePart, _ visit: Visit) throws -> GuidePartPage {
        let guide = visit.site.guide(visit.language)
        let contacts = try ContactLine.byID(visit)
        func marks(_ line: [GuideInline]) -> [GuideMark] { GuideMark.all(line, guide, contacts, base: visit.site.base) }
        return GuidePartPage(
            number: part.number, heading: part.title, checked: part.checked, intro: part.intro.map { GuideBlockMarks($0, marks) },
            sections: part.sections.map { section in
                let sources = guide.sources(of: section).map {
                    GuidePartPage.Source(name: $0.title, address: $0.url, read: $0.read, isSecondary: $0.mark == "secondary")
                }
                let related = section.related.compactMap { guide.section($0) }.map {
                    GuideMark.Link(words: "\($0.number) \($0.title)", path: GuidePath.of($0, guide, visit.site.base))
                }
                return GuidePartPage.Section(
                    id: section.id, number: section.number, heading: section.title,
                    blocks: section.blocks.map { GuideBlockMarks($0, marks) }, sources: sources, hasSources: !sources.isEmpty,
                    related: related, hasRelated: !related.isEmpty)
            },
            before: guide.parts.last { $0.number < part.number }.map { line($0, visit) },
            after: guide.parts.first { $0.number > part.number }.map { line($0, visit) })
    }
}
