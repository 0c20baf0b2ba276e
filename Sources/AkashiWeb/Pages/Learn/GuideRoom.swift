import AkashiDesk
import AkashiGuide
import AkashiKnowledge
import AkashiModel
import HTTPTypes

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

    let isHandbook: Bool
    let number: Int
    let heading: String
    let checked: String
    let intro: [GuideBlockMarks]
    let sections: [GuideSectionMarks]
    let before: GuidePage.Part?
    let after: GuidePage.Part?
}

extension Rooms {
    private static let foundCount = 8

    func addGuide(_ register: Register) {
        register(.get, "guide", .everybody) { visit in .page(try guide(visit, question: nil)) }
        // A question is sent in a form, never in an address: addresses stay in the browser's history.
        register(.post, "guide", .everybody) { visit in .page(try guide(visit, question: visit.form.optional("q"))) }
        register(.get, "guide/:part", .everybody) { visit in
            let guide = visit.site.guide(visit.language)
            guard let part = guide.part(visit.parameters["part"] ?? "") else {
                throw DeskError(.guideUnknown, ["id": String((visit.parameters["part"] ?? "").prefix(40))])
            }
            let place = try place(visit)
            return .page(
                GuidePartPage(
                    isHandbook: false, number: part.number, heading: part.title, checked: part.checked,
                    intro: place.marks(part.intro),
                    sections: part.sections.map { place.sectionMarks($0) },
                    before: guide.parts.last { $0.number < part.number }.map { line($0, place) },
                    after: guide.parts.first { $0.number > part.number }.map { line($0, place) }))
        }
    }

    private func place(_ visit: Visit) throws -> GuidePlace {
        GuidePlace(
            visit.site.guide(visit.language), base: visit.site.base + "/guide",
            contacts: try visit.site.environment.knowledge.contacts(), language: visit.language)
    }

    private func guide(_ visit: Visit, question: String?) throws -> GuidePage {
        let guide = visit.site.guide(visit.language)
        let place = try place(visit)
        let question = question.map { String($0.prefix(200)) }
        let found = question.map { guide.find($0, limit: Self.foundCount) } ?? []
        return GuidePage(
            question: question ?? "", parts: guide.parts.map { line($0, place) },
            found: found.map { section in
                GuidePage.Found(
                    number: section.number, title: section.title, beginning: section.beginning, path: place.path(of: section))
            }, isAsked: question != nil, isNothingFound: question != nil && found.isEmpty)
    }

    private func line(_ part: GuidePart, _ place: GuidePlace) -> GuidePage.Part {
        GuidePage.Part(number: part.number, title: part.title, summary: part.summary, path: place.path(of: part))
    }
}
