import AkashiGuide
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("the handbook")
struct HandbookTests {
    private static let languages: [Language] = [.ja, .en]

    @Test("three parts, the same sections and pictures in both languages; every picture is there and shown")
    func complete() throws {
        let books = try Self.languages.map { try Guide(GuideTests.knowledge, $0, folder: "handbook") }
        #expect(books[0].parts.map(\.id) == ["maker", "receivers", "operators"])
        #expect(books[0].parts.map { $0.sections.map(\.id) } == books[1].parts.map { $0.sections.map(\.id) })
        let shown = books.map { $0.parts.flatMap(\.sections).compactMap { $0.picture?.name } }
        #expect(shown[0] == shown[1] && shown[0].count >= 8)
        let there = try GuideTests.knowledge.list("handbook/pictures", ending: ".png").map {
            URL(filePath: $0).deletingPathExtension().lastPathComponent
        }
        #expect(Set(there) == Set(shown[0]))
    }

    @Test("whom one can reach stands in the list of contacts; no number and no address in the text", arguments: languages)
    func contacts(language: Language) throws {
        let known = Set(try GuideTests.knowledge.contacts().map(\.id))
        for part in try Guide(GuideTests.knowledge, language, folder: "handbook").parts {
            for line in (part.intro + part.sections.flatMap(\.blocks)).flatMap(\.lines) {
                for case .contact(let id) in line { #expect(known.contains(id), "\(id)") }
                let words = line.map(\.words).joined()
                #expect(words.firstMatch(of: /https?:|www\.|[0-9]{2,4}-[0-9]{2,4}-[0-9]{3,4}/) == nil, "\(words)")
            }
        }
    }

    /// What the handbook tells her to press must be what is on the pages.
    @Test("words in 「」 and in quotation marks stand on the pages", arguments: [(Language.ja, "desk.ja"), (.en, "desk.en")])
    func words(language: Language, table: String) throws {
        let all = try GuideTests.knowledge.text("strings/\(table).yaml")
        let book = try Guide(GuideTests.knowledge, language, folder: "handbook")
        let maker = try #require(book.part("maker"))
        for line in (maker.intro + maker.sections.flatMap(\.blocks)).flatMap(\.lines) {
            let words = line.map(\.words).joined()
            for match in words.matches(of: /「([^」]+)」|"([^"]+)"/) {
                let label = String(match.1 ?? match.2 ?? "")
                #expect(all.contains(label), "\(label)")
            }
        }
    }
}
