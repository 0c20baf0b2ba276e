import AkashiDesk
import AkashiModel
import AkashiTesting
import AkashiWork
import Foundation
import Testing

@Suite("finding work in the desk", .serialized)
struct WorkRoomTests {
    private static func demo(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: ProjectFolder.root.appending(path: "Knowledge/demo/work/\(name)")))
    }

    @Test("wishes are changed by a sentence only after she has seen what was understood")
    func sentence() async throws {
        try await WebClient.withDesk { client in
            let page = try await client.post("/work/wishes/say", [("said", "葛飾区は避けたい。時給1200円は欲しい")])
            #expect(page.text.contains("葛飾区") && page.text.contains("1時間 1,200円"))
            #expect(try await !client.get("/work").text.contains("葛飾区"))
            let packed = try #require(page.text.firstMatch(of: /name="changes" value="([^"]+)"/)?.1)
            let changes = String(packed).replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
            #expect(try await client.post("/work/wishes/change", [("changes", changes)]).status == 303)
            let work = try await client.get("/work").text
            #expect(work.contains("葛飾区 には近づかない") && work.contains("1時間 1,200円 より下は、なし"))
            let none = try await client.post("/work/wishes/say", [("said", "昨日は寒かったですね")])
            #expect(none.text.contains("変えることは、見つかりませんでした"))
            #expect(try await client.post("/work/wishes/change", [("changes", "{nonsense")]).status == 400)
        }
    }

    @Test("a posting is pasted, looked at with its reasons, applied for, and its next day is the next step")
    func posting() async throws {
        try await WebClient.withDesk { client in
            let words = String(decoding: try Self.demo("post-lure.txt"), as: UTF8.self)
            #expect(try await client.sendForm("/work/postings", [("words", words)], files: []).status == 303)
            let sheet = try Self.demo("kyujin-paper.txt")
            #expect(try await client.sendForm("/work/postings", [("words", "")], files: [("kyujin.txt", sheet)]).status == 303)
            _ = try await client.post("/work/wishes", [("prefectures", "滋賀県"), ("wants", "検品\n梱包"), ("unit", "hour")])
            let work = try await client.get("/work").text
            #expect(work.contains("和紙小物の検品・梱包") && work.contains("気をつけるところが"))
            let path = try #require(work.firstMatch(of: /href="[^"]*(\/work\/posting\/[0-9a-f]+\/0)"><strong>和紙/)?.1)
            let page = try await client.get(String(path)).text
            #expect(page.contains("有限会社　紙すき堂") && page.contains("1時間 1,150円") && page.contains("安全とは言えません"))
            let digest = try #require(page.firstMatch(of: /name="digest" value="([0-9a-f]+)"/)?.1)
            let begun = try await client.post(
                "/work/applications", [("digest", String(digest)), ("index", "0"), ("name", "和紙小物の検品・梱包"), ("employer", "紙すき堂")])
            let location = try #require(begun.header("Location"))
            let application = String(location.dropFirst(client.base.count))
            _ = try await client.post(
                application,
                [("state", "interview"), ("next", "面接"), ("nextBy", "2026-11-20"), ("name", "検品"), ("employer", "紙すき堂")])
            #expect(try await client.get("/work/applications").text.contains("面接"))
            let bad = try await client.sendForm("/work/postings", [("words", "")], files: [("x.bin", [0, 1, 2])])
            #expect(bad.status == 400 && bad.text.contains("求人を読めませんでした"))
        }
    }

    @Test("a page that was saved as evidence can be read as a posting")
    func savedPage() async throws {
        let fill: @Sendable (Desk, URL) async throws -> Void = { desk, folder in
            let url = folder.appending(path: "page.html")
            try Data(try Self.demo("page-sewing.html")).write(to: url)
            _ = try await desk.add([url])
        }
        try await WebClient.withDesk(fill: fill) { client in
            let item = try #require(try await client.get("/timeline").text.firstMatch(of: /\/items\/([0-9]+)/)?.1)
            let page = try await client.get("/items/\(item)").text
            #expect(page.contains("求人として読む"))
            let answer = try await client.post("/work/postings/record", [("record", String(item))])
            #expect(answer.header("Location")?.hasSuffix("/work?added=1") == true)
            #expect(try await client.get("/work").text.contains("衣類のお直し・縫製スタッフ"))
        }
    }

    @Test("a career is written in a form, and a copy for a receiver comes back as its files")
    func career() async throws {
        try await WebClient.withDesk { client in
            _ = try await client.post(
                "/work/career",
                [
                    ("name", "見本 はな"), ("reading", "みほん はな"), ("birth", "1991-05-18"), ("homeTown", "埼玉県川口市"),
                    ("homeRest", "本町9-9-9"),
                    ("schooling", "平成22年3月 みなみ高校 卒業"), ("job0-employer", "いとばたけ"), ("job0-shop", "yes"),
                    ("job0-from", "2019年10月"),
                    ("job0-duties", "・制作\n・発送"), ("job1-employer", "株式会社みどり"), ("job1-from", "2014-04"),
                    ("job1-until", "2019-09"),
                ])
            let page = try await client.get("/work/career").text
            #expect(page.contains("2010-03 みなみ高校 卒業") && page.contains("value=\"2019-10\""))
            // The oldest stands first; one empty job waits.
            let employers = page.matches(of: /name="job[0-9]-employer" value="([^"]*)"/).map { String($0.1) }
            #expect(employers == ["株式会社みどり", "いとばたけ", ""])
            #expect(page.contains("次に書くとよいもの"))
            let unnamed = try await client.post("/work/copies", [("paper", "resume"), ("level", "L0"), ("do", "copy")])
            #expect(unnamed.text.contains("わたす相手を選んで"))
            let made = try await client.post(
                "/work/copies", [("paper", "resume"), ("level", "L0"), ("years", "era"), ("receiver", "株式会社あおば"), ("do", "copy")])
            let mark = try #require(made.header("Location")?.firstMatch(of: /made=([A-Z0-9\-]+)/)?.1)
            let copies = try await client.get("/work/copies?made=\(mark)").text
            #expect(copies.contains(String(mark)) && copies.contains("株式会社あおば"))
            let file = try await client.post("/work/copies/\(mark)/0", [])
            #expect(
                file.header("Content-Type") == "application/pdf"
                    && file.header("Content-Disposition")?.hasPrefix("attachment") == true)
            #expect(try await client.post("/work/copies/XXX-XXX/0", []).status == 404)
        }
    }

    @Test("the month says what is missing and makes the pay a limit; letters never tell the story")
    func month() async throws {
        try await WebClient.withDesk { client in
            _ = try await client.post(
                "/work/month", [("needed", "180000"), ("shopIncome", "６００００"), ("hoursPerWeek", "18"), ("withheld", "")])
            let page = try await client.get("/work/month").text
            #expect(page.contains("あと 120,000 円") && page.contains("時給 1,540 円"))
            _ = try await client.post("/work/month/floor", [])
            #expect(try await client.get("/work").text.contains("1時間 1,540円 より下は、なし"))
            let letters = try await client.get("/work/letters").text
            for match in letters.matches(of: /href="[^"]*(\/work\/letters\/[a-z\-]+)"/) {
                let letter = try await client.get(String(match.1)).text
                for word in ["ストーカー", "中傷", "被害"] { #expect(!letter.contains(word), "\(match.1) \(word)") }
                #expect(!letter.contains("{"), "\(match.1)")
            }
            let gap = try await client.post("/work/gap", [("from", "2025年4月"), ("until", "2026年10月")]).text
            #expect(gap.contains("2025年4月から2026年10月まで"))
        }
    }

    @Test("a wish that is told to Akari can be read as one")
    func akari() async throws {
        try await WebClient.withDesk { client in
            _ = try await client.post("/akari", [("said", "仕事は足立区の近くだけは避けたいです。時給1200円は欲しい")])
            let page = try await client.get("/akari").text
            #expect(page.contains("action=\"\(client.base)/work/wishes/say\"") && page.contains("しごとの希望として読みとる"))
            _ = try await client.post("/akari/forget", [])
            _ = try await client.post("/akari", [("said", "もう消えたい。夜は働きたくない")])
            #expect(try await !client.get("/akari").text.contains("しごとの希望として読みとる"))
        }
    }
}
