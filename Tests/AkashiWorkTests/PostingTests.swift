import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@testable import AkashiWork

@Suite("postings that she saved")
struct PostingTests {
    static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
    static let reader = Result { try PostingReader(knowledge) }

    static func read(_ text: String, _ file: String = "x") throws -> [Posting] {
        try reader.get().read(Array(text.utf8), file: file).postings
    }

    @Test("JSON-LD: fields with the words they came from; what is not said stays unknown")
    func structured() throws {
        let posting = try #require(
            try Self.read(
                #"""
                <html><script type="application/ld+json">{"@graph":[{"@type":["Thing","JobPosting"],"title":"縫製スタッフ","hiringOrganization":{"name":"株式会社みどり"},
                "jobLocation":[{"address":{"addressRegion":"京都府","addressLocality":"京都市左京区"}}],"baseSalary":{"value":{"minValue":"1100","maxValue":1300,"unitText":"HOUR"}},
                "employmentType":"PART_TIME","datePosted":"2026-11-01T09:00:00+09:00","description":"<p>ミシンで縫う仕事です</p>"}]}</script></html>
                """#
            ).first)
        #expect(posting.title?.value == "縫製スタッフ" && posting.employer?.value == "株式会社みどり")
        #expect(posting.prefecture?.value == "京都府" && posting.pay?.value == Pay(.hour, 1_100, 1_300))
        #expect(posting.employment?.value == .partTime && posting.posted?.value == "2026-11-01")
        #expect(posting.remote == nil && posting.corporateNumber == nil)
    }

    @Test("microdata: two postings on a page are two, and the page around them is neither")
    func microdata() throws {
        let one = { (title: String, pay: String) in
            """
            <div itemscope itemtype="https://schema.org/JobPosting"><h2 itemprop="title">\(title)</h2><span itemprop="hiringOrganization" itemscope><b itemprop="name">工房\(title)</b></span>
            <div itemprop="jobLocation" itemscope><span itemprop="address" itemscope><span itemprop="addressRegion">大阪府</span><span itemprop="addressLocality">堺市</span></span></div>
            <div itemprop="baseSalary" itemscope><meta itemprop="minValue" content="\(pay)"><meta itemprop="unitText" content="MONTH"></div><time itemprop="datePosted" datetime="2026-10-05">先月</time></div>
            """
        }
        let found = try Self.read("<html><nav>求人トップ</nav>\(one("木工", "200000"))\(one("検品", "180000"))<footer>会社</footer></html>")
        #expect(found.map { $0.title?.value } == ["木工", "検品"] && found.map(\.index) == [0, 1])
        #expect(found[0].employer?.value == "工房木工" && found[1].pay?.value == Pay(.month, 180_000))
        #expect(found[0].posted?.value == "2026-10-05" && found[0].city?.value == "堺市")
    }

    @Test("feeds and tables are read by what their fields are called")
    func lists() throws {
        let feed = try Self.read(
            "<?xml version=\"1.0\"?><source><job><title><![CDATA[梱包スタッフ]]></title><company>A社</company><city>宇治市</city><state>京都府</state><salary>時給1,080円</salary><jobtype>parttime</jobtype><date>Sun, 01 Nov 2026 00:00:00 GMT</date><description><![CDATA[箱詰めです]]></description></job></source>"
        )
        #expect(feed.count == 1 && feed[0].title?.value == "梱包スタッフ" && feed[0].prefecture?.value == "京都府")
        #expect(feed[0].pay?.value == Pay(.hour, 1_080) && feed[0].posted?.value == "2026-11-01")
        let table = try Self.read("職種,会社名,勤務地,給与,雇用形態,在宅\n写真撮影,\"写真館,本店\",東京都台東区,月給20万円～25万円,正社員,不可\n")
        #expect(table.count == 1 && table[0].employer?.value == "写真館,本店" && table[0].remote?.value == .no)
        #expect(table[0].pay?.value == Pay(.month, 200_000, 250_000) && table[0].employment?.value == .fullTime)
    }

    @Test("a feed cannot make itself larger, and entities of its own stay words")
    func entities() throws {
        let found = try Self.read(
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><source><job><title>&b;縫製</title></job></source>"
        )
        #expect(found.first?.title?.value == "&b;縫製")
    }

    @Test(
        "pay is read as it is written",
        arguments: [
            ("時給1,100円", Pay(.hour, 1_100)), ("時給 １，０５０円～１，２００円", Pay(.hour, 1_050, 1_200)), ("月給18万5000円", Pay(.month, 185_000)),
            ("月給 200,000円〜250,000円", Pay(.month, 200_000, 250_000)), ("日給9,000円", Pay(.day, 9_000)),
            ("年俸300万円", Pay(.year, 3_000_000)),
            ("月給20～25万円", Pay(.month, 200_000, 250_000)),
        ])
    func pay(text: String, pay: Pay) throws { #expect(try PlainReading(Self.knowledge).pay(text)?.value == pay) }

    @Test("corporate numbers: the Agency's own example is right, another digit is not")
    func corporateNumber() {
        #expect(PostingChecker.isCorporateNumber("8700110005901"))
        #expect(!PostingChecker.isCorporateNumber("8700110005902") && !PostingChecker.isCorporateNumber("870011000590"))
        #expect(!PostingChecker.isCorporateNumber("１２３４５６７８９０１２３４"))
    }

    @Test("a limit is never broken, and what is not said is asked about")
    func limits() throws {
        let postings =
            try Self.read("職種：縫製\n会社名：甲\n就業場所：大阪府堺市\n時給：1,300円\n")
            + Self.read("職種：縫製\n会社名：乙\n就業場所：京都府宇治市\n時給：900円\n") + Self.read("職種：縫製\n会社名：丙\n就業場所：京都府宇治市\n時給：1,200円\n夜勤あり\n")
            + Self.read("職種：縫製\n会社名：丁\n就業場所：京都府宇治市\n") + Self.read("職種：ミシン\n会社名：戊\n就業場所：京都府宇治市\n時給：1,200円\n夜勤なし\n")
        let wishes = try #require(
            try Wishes.all(
                Array(
                    #"{"id":"a","limits":{"prefectures":["京都府"],"payFloor":{"unit":"hour","yen":1100},"noNights":true},"wants":["縫製"]}"#
                        .utf8)
            ).first)
        let ranked = try PostingRanker(Self.knowledge).rank(postings, wishes)
        #expect(ranked.map { $0.posting.employer?.value } == ["戊", "丁", "甲", "丙", "乙"])
        #expect(ranked[0].broken.isEmpty && ranked[0].points.contains { $0.about == "縫製" && $0.words == "ミシン" })
        #expect(ranked[1].unsure == [.payFloor])
        #expect(ranked[2...].map { $0.broken.map(\.limit) } == [[.prefectures], [.noNights], [.payFloor]])
    }

    @Test("lures are named with their words; an ordinary posting has none")
    func lures() throws {
        let checker = try PostingChecker(Self.knowledge)
        let bad = try #require(try Self.read("【高額即金】荷物を受け取るだけ\n応募はTelegramのみ。身分証の写真を先に送ってください\n").first)
        let signs = Set(checker.check(bad).filter { $0.kind == .lure }.map(\.id))
        #expect(signs.isSuperset(of: ["easy-money", "carry", "private-chat", "identity-first"]))
        let good = try #require(
            try Self.read(
                "職種：検品\n会社名：株式会社みどり\n所在地：京都府宇治市五ケ庄1-2\n雇用形態：パート\n就業場所：京都府宇治市\n時給：1,100円\n仕事の内容：布小物の検品と梱包をお願いします。\n登録料などはかかりません。\n"
            ).first)
        #expect(checker.check(good).allSatisfy { !$0.isRed })
        #expect(checker.check(good).contains { $0.id == "trial" })
    }

    @Test("any damage ends in a report", arguments: Seeds.standard.prefix(8))
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sources = [
            "<html><script type=\"application/ld+json\">{\"@type\":\"JobPosting\",\"title\":\"縫製\"}</script><div itemscope itemtype=\"https://schema.org/JobPosting\"><b itemprop=title>x</b></div></html>",
            "<?xml version=\"1.0\"?><source><job><title><![CDATA[梱包]]></title></job></source>",
            "職種,会社名,勤務地,給与\n縫製,甲,京都府,時給1,000円\n",
            "職種：縫製\n時給：1,000円～1,2万円\n法人番号：1234567890123\n",
        ]
        for _ in 0..<40 {
            var bytes = Array((sources.randomElement(using: &random) ?? "").utf8)
            Mutation.apply(to: &bytes, using: &random)
            let (postings, problems) = try Self.reader.get().read(bytes, file: "x")
            for posting in postings { _ = try PostingChecker(Self.knowledge).check(posting) }
            #expect(!postings.isEmpty || !problems.isEmpty)
        }
    }
}
