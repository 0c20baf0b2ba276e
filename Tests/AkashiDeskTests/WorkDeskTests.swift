import AkashiBrowser
import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiMedia
import AkashiModel
import AkashiTesting
import AkashiVault
import AkashiWork
import Foundation
import Testing

@Suite("work on the desk")
struct WorkDeskTests {
    private static func knowledge(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: ProjectFolder.root.appending(path: "Knowledge/demo/work/\(name)")))
    }

    private static func pdf(_ html: String) async throws -> [UInt8] {
        try #require(try await Browser().pdfs(html: [html]).first)
    }

    private static func filled(_ fixture: DeskFixture) async throws -> Desk {
        let desk = try fixture.create()
        try await desk.keepResume(try Resume(kept: try knowledge("resume.json")))
        return desk
    }

    @Test("a copy bears its mark on every page, is sealed as it went out, and tells no more than its level")
    func copies() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try await Self.filled(fixture)
        var request = CareerRequest([.resume, .history, .skills])
        request.receiver = "株式会社つくろい舎"
        let first = try await desk.makeCareer(request)
        let copy = try #require(first.copy)
        #expect(first.files.count == 6 && copy.files.count == 6 && copy.level == "L0")
        for (name, bytes) in first.files where name.hasSuffix(".pdf") {
            let pages = try PDFReading.pages(bytes)
            #expect(!pages.isEmpty && pages.allSatisfy { $0.contains(copy.mark) }, "\(name)")
            let text = pages.joined()
            for word in ["糸巻町", "〒000-0000", "つむぎ糸"] { #expect(!text.contains(word), "\(name) \(word)") }
        }
        request.level = .full
        let second = try await desk.makeCareer(request)
        let other = try #require(second.copy)
        #expect(other.mark != copy.mark)
        let resume = try PDFReading.pages(second.files[0].bytes).joined()
        #expect(resume.contains("糸巻町0丁目0番0号") && resume.contains("つむぎ糸") && !resume.contains(copy.mark))
        // What was sealed is what went out, and it is found again by its mark.
        let kept = try await desk.copyFiles(copy.mark)
        #expect(kept.map(\.bytes) == first.files.map(\.bytes) && kept.map(\.name) == first.files.map(\.name))
        #expect(try await desk.sentCopies().map(\.copy.mark) == [other.mark, copy.mark])
        let check = await desk.verify()
        #expect(check.isIntact)
        #expect(try await desk.reindex())
    }

    @Test("a draft has no mark and is kept nowhere; without a career there is no paper")
    func draft() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try await Self.filled(fixture)
        let before = try await desk.summary().ledgerSize
        let made = try await desk.makeCareer(CareerRequest([.resume]))
        #expect(made.copy == nil && made.files.count == 2)
        #expect(try PDFReading.pages(made.files[0].bytes).allSatisfy { $0.contains("下書き") })
        #expect(try await desk.summary().ledgerSize == before)
        let empty = DeskFixture(seed: 2)
        defer { withExtendedLifetime(empty) {} }
        let bare = try empty.create()
        await #expect(throws: WorkError.self) { try await bare.makeCareer(CareerRequest([.resume])) }
    }

    /// The fields of 厚生労働省履歴書様式例 (April 2021), in its order.
    private static let form = [
        "履歴書", "現在", "ふりがな", "氏名", "生年月日", "性別", "ふりがな", "電話", "現住所", "〒", "ふりがな", "電話", "連絡先", "〒",
        "現住所以外に連絡を希望する場合のみ記入", "年", "月", "学歴・職歴", "「性別」欄：記載は任意です。未記載とすることも可能です。", "学歴・職歴", "免許・資格",
        "志望の動機、特技、好きな学科、アピールポイントなど", "本人希望記入欄（特に給料・職種・勤務時間・勤務地・その他についての希望などがあれば記入）",
    ]

    @Test("the résumé has the Ministry's fields on two pages and none of those that it left out")
    func ministry() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try await Self.filled(fixture)
        let made = try await desk.makeCareer(CareerRequest([.resume]))
        let pages = try PDFReading.pages(made.files[0].bytes)
        #expect(pages.count == 2)
        let text = pages.joined().filter { !$0.isWhitespace }
        for field in Self.form { #expect(text.contains(field.filter { !$0.isWhitespace }), "\(field)") }
        for gone in ["通勤時間", "扶養家族", "配偶者", "扶養義務"] { #expect(!text.contains(gone), "\(gone)") }
        #expect(pages[0].contains("学歴") && pages[1].contains("免許・資格") && pages[1].contains("志望の動機"))
    }

    @Test("postings are sealed and ranked; the same one is there once; what cannot be read leaves the vault as it was")
    func postings() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try fixture.create()
        try await desk.keepWishes(try #require(try Wishes.all(try Self.knowledge("wishes.json")).first))
        for name in ["page-sewing.html", "kyujin-paper.txt", "post-home.txt", "post-lure.txt"] {
            #expect(try await desk.keepPostings(try Self.knowledge(name), name: name) == 1)
        }
        let again = String(decoding: try Self.knowledge("page-sewing.html"), as: UTF8.self).replacing("しごとの糸口", with: "別のサイト")
        #expect(try await desk.keepPostings(Array(again.utf8), name: "again.html") == 1)
        let list = try await desk.postings()
        #expect(list.count == 4)
        #expect(list.first?.posting.title?.value == "衣類のお直し・縫製スタッフ" && list.first?.alsoIn == ["again.html"])
        #expect(list.first?.occupation?.code == "53")
        let lure = try #require(list.first { $0.posting.text.contains("秘密のチャット") })
        let isRed = lure.findings.contains { $0.isRed }
        #expect(isRed)
        let size = try await desk.summary().ledgerSize
        await #expect(throws: WorkError.self) { try await desk.keepPostings(Array("\u{0}\u{1}".utf8), name: "x.bin") }
        #expect(try await desk.summary().ledgerSize == size)
        let digest = try #require(list.first?.digest)
        try await desk.dropPostings(digest)
        #expect(try await desk.postings().count == 4)
        #expect(try await desk.reindex())
    }

    @Test("a sheet of Hello Work as PDF is read like its text")
    func pdf() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try fixture.create()
        let rows = String(decoding: try Self.knowledge("kyujin-paper.txt"), as: UTF8.self).split(separator: "\n").map { line in
            let cells = line.split(separator: "\u{3000}", maxSplits: 1).map(String.init)
            return "<tr>" + cells.map { "<td style='border:1px solid'>\($0)</td>" }.joined() + "</tr>"
        }
        let pdf = try await Self.pdf("<html lang='ja'><table>\(rows.joined())</table></html>")
        #expect(try await desk.keepPostings(pdf, name: "kyujin.pdf") == 1)
        let posting = try #require(try await desk.postings().first?.posting)
        #expect(posting.title?.value == "和紙小物の検品・梱包" && posting.employer?.value.filter { !$0.isWhitespace } == "有限会社紙すき堂")
        #expect(posting.prefecture?.value == "滋賀県" && posting.pay?.value.least == 1_150 && posting.remote?.value == .no)
    }

    @Test("an application is begun once for a posting, keeps its history, and a day that is none is refused")
    func applications() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try fixture.create()
        _ = try await desk.keepPostings(try Self.knowledge("kyujin-paper.txt"), name: "a.txt")
        let item = try #require(try await desk.postings().first)
        let source = JobApplication.Source(digest: item.digest, index: item.index)
        let begun = try await desk.beginApplication(title: "検品", employer: "紙すき堂", source: source)
        #expect(try await desk.beginApplication(title: "検品", employer: "紙すき堂", source: source) == begun)
        let later = JobApplication(
            id: begun.id, title: begun.title, employer: begun.employer, source: source, state: .interview,
            appliedOn: "2026-11-20",
            next: "面接", nextBy: "2026-12-02")
        try await desk.keepApplication(later)
        #expect(try await desk.applications() == [later])
        let bad = JobApplication(id: begun.id, title: "検品", employer: "", nextBy: "あした")
        await #expect(throws: CaseworkError.self) { try await desk.keepApplication(bad) }
        #expect(try await desk.reindex())
    }

    @Test("her shop becomes a career from the orders that were taken in, once, and what she wrote stays")
    func shop() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let (desk, _) = try await fixture.demo()
        try await desk.addShopToResume()
        let first = try await desk.resume()
        #expect(first.jobs.count == 1 && first.jobs[0].isShop && first.jobs[0].results.first?.contains("件の注文") == true)
        try await desk.addShopToResume()
        #expect(try await desk.resume() == first)
    }
}
