import AkashiGuide
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("the guide library")
struct GuideTests {
    static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
    static let languages: [Language] = [.ja, .en]

    @Test("nine parts, the same sections in both languages, each with something to say")
    func complete() throws {
        let guides = try Self.languages.map { try Guide(Self.knowledge, $0) }
        for guide in guides {
            #expect(guide.parts.map(\.number) == Array(1...9))
            let ids = guide.parts.flatMap(\.sections).map(\.id)
            #expect(Set(ids).count == ids.count)
            for section in guide.parts.flatMap(\.sections) {
                #expect(section.blocks.flatMap(\.lines).count >= 3, "\(section.id)")
            }
        }
        #expect(guides[0].parts.map { $0.sections.map(\.id) } == guides[1].parts.map { $0.sections.map(\.id) })
        #expect(guides[0].parts.map(\.checked) == guides[1].parts.map(\.checked))
    }

    @Test("every mark leads somewhere: sections, sources, contacts", arguments: languages)
    func marks(language: Language) throws {
        let guide = try Guide(Self.knowledge, language)
        let contacts = try Self.knowledge.text("contacts/japan.yaml")
        for section in guide.parts.flatMap(\.sections) {
            #expect(guide.sources(of: section).count == section.sources.count, "\(section.id): \(section.sources)")
            for id in section.related { #expect(guide.section(id) != nil && id != section.id, "\(section.id): \(id)") }
            for inline in section.blocks.flatMap(\.lines).joined() {
                switch inline {
                case .link(_, let id): #expect(guide.section(id) != nil, "\(section.id): \(id)")
                case .contact(let id): #expect(contacts.contains("- id: \(id)\n"), "\(section.id): \(id)")
                case .text, .strong: break
                }
            }
        }
    }

    @Test("no address and no telephone number stands in the text: those come from lists that are checked", arguments: languages)
    func noNumbers(language: Language) throws {
        for section in try Guide(Self.knowledge, language).parts.flatMap(\.sections) {
            #expect(
                section.text.firstMatch(of: /https?:|www\.|[0-9]{2,4}-[0-9]{2,4}-[0-9]{3,4}|#[0-9]{4}/) == nil, "\(section.id)")
        }
    }

    @Test("sources have an address and the day on which they were read")
    func sources() throws {
        let sources: [GuideSource] = try Self.knowledge.yaml("guide/sources.yaml")
        #expect(Set(sources.map(\.id)).count == sources.count)
        #expect(sources.map(\.id) == sources.map(\.id).sorted())
        for source in sources {
            #expect(source.url.wholeMatch(of: /https?:\/\/\S+/) != nil && !source.title.isEmpty, "\(source.id)")
            #expect(source.read.wholeMatch(of: /20[0-9]{2}-[01][0-9]-[0-3][0-9]/) != nil, "\(source.id)")
            #expect(["official", "secondary"].contains(source.mark), "\(source.id)")
        }
        let used = Set(try Guide(Self.knowledge, .ja).parts.flatMap(\.sections).flatMap(\.sources))
        #expect(Set(sources.map(\.id)).subtracting(used).isEmpty)
    }

    @Test(
        "questions find the right section among the first three",
        arguments: [
            ("questions", Language.ja), ("questions.en", .en), ("development", .ja), ("development.en", .en),
        ])
    func search(file: String, language: Language) throws {
        let guide = try Guide(Self.knowledge, language)
        let url = ProjectFolder.root.appending(path: "Tests/AkashiGuideTests/Questions/\(file).tsv")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count >= (language == .ja ? 80 : 20))
        var missed: [String] = []
        for line in lines {
            let parts = line.split(separator: "\t")
            let right = parts[1].split(separator: " ").map(String.init)
            for id in right { #expect(guide.section(id) != nil, "\(id)") }
            let found = guide.find(String(parts[0]), limit: 3).map(\.id)
            if Set(found).isDisjoint(with: right) { missed.append("\(parts[0]) -> \(found), wanted \(right)") }
        }
        print("guide search \(file): \(lines.count - missed.count) of \(lines.count)")
        // Development questions were written from one section each; others answer many of them as well.
        let bar = file.hasPrefix("development") ? 0.3 : 0.05
        #expect(Double(missed.count) <= bar * Double(lines.count), "\(missed.joined(separator: "\n"))")
    }

    @Test(
        "a file with a line that is not understood is refused with its place",
        arguments: [
            ("## No id", 8), ("## A {#a}\nwords: w\n\n> quoted", 11), ("## A {#a}\nwords: w\n\ntext **open", 11),
            ("## A {#a}\nwords: w\n\n**in [a](#a)**", 11),
            ("## A {#a}\ntext", 9),
            ("## A {#a}\nwords: w\n", 10),
        ])
    func refused(rest: String, line: Int) throws {
        let head = "---\ntitle: T\nnumber: 1\nsummary: S\nchecked: 2026-11-29\n---\n\n"
        let knowledge = Knowledge(texts: ["guide/a.ja.md": head + rest, "guide/sources.yaml": "[]"])
        let error = #expect(throws: KnowledgeError.self) { try Guide(knowledge, .ja) }
        #expect(error?.arguments["file"] == "guide/a.ja.md:\(line)")
    }
}
