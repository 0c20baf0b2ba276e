import AkashiDesk
import AkashiGuide
import AkashiKnowledge
import AkashiModel
import HTTPTypes

extension Rooms {
    /// The handbook: how the desk is used, what receivers check, how the gateway is run.
    func addHandbook(_ register: Register) {
        register(.get, "handbook", .everybody) { _ in .go("/handbook/maker") }
        register(.get, "handbook/:part", .everybody) { visit in
            let book = visit.site.handbook(visit.language)
            guard let part = book.part(visit.parameters["part"] ?? "") else {
                throw DeskError(.guideUnknown, ["id": String((visit.parameters["part"] ?? "").prefix(40))])
            }
            let place = GuidePlace(
                book, base: visit.site.base + "/handbook", contacts: try visit.site.environment.knowledge.contacts(),
                language: visit.language)
            func line(_ part: GuidePart) -> GuidePage.Part {
                GuidePage.Part(number: part.number, title: part.title, summary: part.summary, path: place.path(of: part))
            }
            return .page(
                GuidePartPage(
                    isHandbook: true, number: part.number, heading: part.title, checked: part.checked,
                    intro: place.marks(part.intro), sections: part.sections.map { place.sectionMarks($0) },
                    before: book.parts.last { $0.number < part.number }.map(line),
                    after: book.parts.first { $0.number > part.number }.map(line)))
        }
    }
}
