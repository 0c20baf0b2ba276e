import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiFormats
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiTesting
import Foundation
import Testing

@Suite("papers")
struct PaperTests {
    private let fixture = DeskFixture()
    private static let goldens = ProjectFolder.root.appending(path: "Tests/AkashiDeskTests/Papers")

    /// Marks that templates may use beside fields, by list.
    private static let cells: [String: Set<String>] = [
        "parties": ["letter", "role", "accounts"],
        "incidents": ["number", "title", "summary", "harms", "exhibits", "span"],
        "events": [
            "number", "time", "accuracy", "found", "place", "who", "what", "text", "notes", "exhibit", "source", "url",
        ],
        "exhibits": [
            "number", "heading", "original", "made", "captured", "author", "purpose", "remarks", "url", "digest", "stamp",
        ],
        "posts": ["number", "url", "timeJapan", "timeUTC", "account", "place", "text", "exhibit", "found"],
        "talks": ["time", "with", "role", "said", "advised", "next"],
        "reports": ["platform", "what", "sent", "receipt", "answer", "next"],
        "deadlines": ["name", "last", "from", "note"], "safety": ["text", "note"], "provisions": ["name", "article", "elements"],
        "elements": ["text", "exhibits", "bring"], "sheets": ["sheetNumber", "lines"],
    ]

    @Test("a paper uses the fields that it declares, and no mark that nothing fills")
    func marks() throws {
        let knowledge = fixture.environment.knowledge
        let facts = Set(try LawLibrary(knowledge).facts.map(\.id))
        let all = Self.cells.values.reduce(into: Set(Self.cells.keys)) { $0.formUnion($1) }
            .union([
                "answers", "firstDay", "lastDay", "title", "caseTitle", "made", "madeEra", "isHidden", "platform",
                "letterProblems", "letterCount",
            ])
        let papers = try PaperDefinition.all(knowledge)
        let folders = try FileManager.default.contentsOfDirectory(
            at: ProjectFolder.root.appending(path: "Knowledge/documents"), includingPropertiesForKeys: nil)
        let described = folders.filter { FileManager.default.fileExists(atPath: $0.appending(path: "document.yaml").path) }
        #expect(Set(papers.map(\.id)) == Set(described.map(\.lastPathComponent)))
        for paper in papers {
            var source = try knowledge.text("documents/\(paper.id)/body.ja.mustache")
            if paper.grid ?? false { source += try knowledge.text("documents/\(paper.id)/letter.ja.txt.mustache") }
            let used = Set(source.matches(of: /\[\[([A-Za-z0-9]+)\]\]/).map { String($0.1) })
            let own = Set((paper.own ?? []).map(\.id))
            for field in paper.fields { #expect(facts.contains(field), "\(paper.id): \(field)") }
            let asked = Set(paper.fields).union(own)
            #expect(used.subtracting(asked).isEmpty, "\(paper.id) uses \(used.subtracting(asked))")
            let shown = used.union(source.matches(of: /has\.([A-Za-z0-9]+)/).map { String($0.1) })
            #expect(
                asked.subtracting(shown).subtracting(["form"]).isEmpty,
                "\(paper.id) asks \(asked.subtracting(shown)) and never shows it")
            for match in source.matches(of: /\{\{[#^\/]?\.?([A-Za-z]+)\}\}/) {
                #expect(all.contains(String(match.1)), "\(paper.id): {{\(match.1)}}")
            }
            #expect(!paper.sources.isEmpty, "\(paper.id)")
        }
    }

    @Test("every paper of the demo case says what it said before; what is missing in it is listed")
    func goldens() async throws {
        let (desk, caseID) = try await fixture.demo()
        let papers = try await desk.makePapers(PaperRequest(caseID: caseID))
        // The demo's case has every harm, so that every paper is made.
        #expect(try await Set(papers.map(\.definition.id)) == Set(desk.paperDefinitions().map(\.id)))
        for paper in papers {
            let text = HTMLText.text(of: paper.html).replacing(/2026-11-24 \d\d:\d\d/) { _ in "<now>" }
            // A gap that can be seen is a gap that is listed, and the other way round.
            let shown = Set(text.replacing("\n", with: "").matches(of: /（未記入：((?:[^（）]|（[^）]*）)*)）/).map { String($0.1) })
            let listed = Set(paper.gaps.map(\.label))
            #expect(shown.isSubset(of: listed), "\(paper.fileName): \(shown.subtracting(listed))")
            Golden.expect(text + "\n", at: Self.goldens.appending(path: paper.fileName + ".txt"))
        }
    }

    @Test("exhibits have the same numbers in every paper and dossier, and keep them when evidence is added")
    func numbers() async throws {
        let (desk, caseID) = try await fixture.demo()
        let reviews = try #require(try await desk.caseFile(caseID).incidents.last)
        var first = DossierRequest(caseID: caseID)
        first.records = reviews.records
        let dossier = try await desk.makeDossier(first)
        var request = PaperRequest(caseID: caseID)
        request.papers = ["evidence-list"]
        let list = HTMLText.text(of: try await desk.makePapers(request)[0].html)
        let all = try await desk.makeDossier(DossierRequest(caseID: caseID))
        let numbers = Dictionary(all.exhibits.map { ($0.record, $0.number) }, uniquingKeysWith: { first, _ in first })
        for exhibit in dossier.exhibits { #expect(numbers[exhibit.record] == exhibit.number) }
        #expect(Set(all.exhibits.map(\.number)).count == all.exhibits.count)
        for number in 1...all.exhibits.count { #expect(list.contains("甲第\(number)号証")) }
        #expect(all.verification.isConsistent)
    }

    @Test("the version without her address holds none of what names her, nor her private words")
    func hidden() async throws {
        let (desk, caseID) = try await fixture.demo()
        try await desk.setPrivate("みみずく食堂", meaning: "")
        // What one paper asks and keeps back stands in no other paper either.
        try await desk.answer(caseID, fact: "paper.police-sheet.dailyPlaces", value: "毎朝7時、うぐいす公園\n水曜は川辺の道")
        try await desk.answer(caseID, fact: "neighbourAsk", value: "川辺の道、水曜は川辺の道で見かけたら教えてください。")
        var request = PaperRequest(caseID: caseID)
        request.isHidden = true
        let known = try await desk.facts(caseID).filter { $0.definition.hides == .person }.compactMap(\.value?.text)
            // The address of a review of her shop begins with her shop's, and a post is named by its address.
            .filter { !$0.hasPrefix("http") }
        #expect(known.count >= 4)
        for paper in try await desk.makePapers(request) {
            let text = HTMLText.text(of: paper.html)
            for value in known + ["みみずく食堂", "水曜は川辺の道", "うぐいす公園"] {
                #expect(!text.contains(value), "\(paper.fileName) holds \(value)")
            }
            let docx = try paper.docx(header: "")
            let archive = ZipArchive(MemoryBytes(docx))
            let entry = try #require(archive.entries.first { $0.path == "word/document.xml" })
            let words = String(decoding: try archive.open(entry).readAll(limit: 64 << 20) ?? [], as: UTF8.self)
            for value in known { #expect(!words.contains(value), "\(paper.fileName).docx holds \(value)") }
        }
    }

    @Test("what a court told stays out of papers for platforms and neighbours")
    func disclosed() async throws {
        let (desk, caseID) = try await fixture.demo()
        try await desk.answer(caseID, fact: "perpetratorName", value: "開示 太郎")
        try await desk.answer(caseID, fact: "perpetratorAddress", value: "開示県開示市1-2-3")
        var seen = 0
        for paper in try await desk.makePapers(PaperRequest(caseID: caseID)) {
            let holds = paper.html.contains("開示 太郎") || paper.html.contains("開示県")
            if [.platform, .neighbours, .itself].contains(paper.definition.for) { #expect(!holds, "\(paper.fileName)") }
            if holds { seen += 1 }
        }
        #expect(seen > 0)
    }

    @Test("PDFs pass qpdf and say on each page that they are drafts; Word files open elsewhere with the same words")
    func files() async throws {
        let (desk, caseID) = try await fixture.demo()
        var request = PaperRequest(caseID: caseID)
        request.papers = ["timeline", "removal-request", "certified-letter", "safety-card"]
        let folder = fixture.path("papers")
        let papers = try await desk.makePapers(request)
        let names = try await desk.writePapers(request, papers, to: folder)
        #expect(names.count == 2 * papers.count)
        for name in names {
            #expect(name.count <= 50)
            let path = folder.appending(path: name).path
            if name.hasSuffix(".pdf") {
                #expect(try Command.run("qpdf", ["--check", path]).status == 0, "\(name)")
                let pages = try Command.run("pdftotext", ["-layout", path, "-"]).text.split(separator: "\u{C}")
                #expect(!pages.isEmpty)
                for page in pages { #expect(page.contains("法的助言ではありません"), "\(name)") }
                // A font that cannot be embedded whole becomes hundreds of small ones, and the paper slow and large.
                let fonts = try Command.run("pdffonts", [path]).text
                #expect(fonts.contains("IPAexMincho") && fonts.split(separator: "\n").count < 20, "\(name)")
            } else {
                let script = """
                    import sys, docx
                    d = docx.Document(sys.argv[1])
                    cells = [c.text for t in d.tables for r in t.rows for c in r.cells]
                    print("\\n".join([p.text for p in d.paragraphs] + cells))
                    print(d.sections[0].page_width.mm, d.sections[0].header.paragraphs[0].text)
                    """
                let python = ProjectFolder.root.appending(path: ".tools/venv/bin/python").path
                let result = try Command.run(python, ["-c", script, path])
                #expect(result.status == 0, "\(name): \(result.errors)")
                #expect(result.text.contains("法的助言ではありません"))
                #expect(result.text.count > 300)
            }
        }
        let history = try await desk.history(limit: 5)
        #expect(history.contains { $0.code == "history.papers" })
    }

    @Test("an answer of another form is refused, and nothing changes")
    func answers() async throws {
        let (desk, caseID) = try await fixture.demo()
        let before = try await desk.summary().ledgerSize
        for (fact, value) in [("foundAt", "きのう"), ("foundAt", "2026-02-30"), ("punishWish", "maybe"), ("lossAmount", "1万円")] {
            await #expect(throws: DeskError.self) { try await desk.answer(caseID, fact: fact, value: value) }
        }
        await #expect(throws: DeskError.self) { try await desk.answer(caseID, fact: "noSuchFact", value: "x") }
        #expect(try await desk.summary().ledgerSize == before)
    }
}

@Suite("certified letters")
struct CertifiedLetterTests {
    @Test("lines and sheets hold no more than the post allows, in all four forms", arguments: CertifiedLetterForm.allCases)
    func grid(_ form: CertifiedLetterForm) {
        let text = String(repeating: "私は、次のことを求めます。（削除と、連絡をしないこと）", count: 60) + "\n\n令和8年11月24日"
        let sheet = CertifiedLetterSheet(text, form: form)
        #expect(sheet.pages.allSatisfy { $0.count <= form.rows && $0.allSatisfy { $0.count <= form.columns } })
        #expect(sheet.pages.joined().joined() == text.replacing("\n", with: ""))
        #expect(sheet.problems.isEmpty)
    }

    @Test("what the post does not take is named: Latin letters, marks that count more, gaps")
    func problems() {
        let sheet = CertifiedLetterSheet("（未記入：相手の氏名（わかる場合））殿\nURLは①のとおり🙂", form: .horizontalTwentySixByTwenty)
        let found = sheet.problems.map { "\($0.code.rawValue) \($0.text)" }
        #expect(found == ["gap （未記入：相手の氏名（わかる場合））", "latin URL", "mark ①", "mark 🙂"])
    }
}
