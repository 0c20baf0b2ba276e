public import AkashiGuide
public import AkashiKnowledge
public import AkashiModel
import Foundation

/// The handbook on paper: what `Knowledge/handbook` says, with its pictures.
public struct HandbookPaper: DocumentInput {
    /// The template's folder.
    public static let documentID = "handbook"

    /// One part.
    public struct Part: Sendable {
        /// Its heading.
        public let title: String
        /// One line about it.
        public let summary: String
        /// The day on which it was looked through.
        public let checked: String
        /// What it begins with.
        public let intro: [GuideBlockMarks]
        /// Its sections.
        public let sections: [Section]
    }

    /// One section.
    public struct Section: Sendable {
        /// Such as 1.2.
        public let place: String
        /// Its heading.
        public let heading: String
        /// Its text.
        public let blocks: [GuideBlockMarks]
        /// A picture, as an address that holds it.
        public let pictureData: String?
        /// What it shows.
        public let caption: String
    }

    /// The parts.
    public let parts: [Part]

    /// Reads the handbook; one part of it where that is named.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge, _ language: Language, part name: String? = nil) throws(KnowledgeError) {
        let book = try Guide(knowledge, language, folder: "handbook")
        let place = GuidePlace(book, base: "", contacts: try knowledge.contacts(), language: language)
        var parts: [Part] = []
        for part in book.parts where name == nil || part.id == name {
            var sections: [Section] = []
            for section in part.sections {
                var data: String?
                if let picture = section.picture {
                    let bytes = try knowledge.bytes("handbook/pictures/\(picture.name).png")
                    data = "data:image/png;base64," + Data(bytes).base64EncodedString()
                }
                sections.append(
                    Section(
                        place: section.number, heading: section.title, blocks: place.marks(section.blocks), pictureData: data,
                        caption: section.picture?.caption ?? ""))
            }
            parts.append(
                Part(
                    title: part.title, summary: part.summary, checked: part.checked, intro: place.marks(part.intro),
                    sections: sections))
        }
        self.parts = parts
    }
}
