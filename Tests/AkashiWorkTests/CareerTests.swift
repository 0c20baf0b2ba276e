import AkashiModel
import AkashiTesting
import Foundation
import Testing

@testable import AkashiWork

@Suite("a career on paper")
struct CareerTests {
    private static let substitutes = ResumeSheet.Substitutes(address: "（面接で）", photo: "写真なし", shop: "ネットショップ")
    private static let day = CivilDate(year: 2026, month: 11, day: 29) ?? CivilDate(daysSinceEpoch: 0)

    private static func resume() -> Resume {
        var resume = Resume()
        (resume.name, resume.reading, resume.birth) = ("見本 はな", "みほん はな", "1991-11-30")
        resume.address.postcode = "123-4567"
        resume.address.town = "埼玉県川口市"
        resume.address.rest = "本町9-9-9"
        resume.schooling = [Resume.Entry(month: "1989-01", text: "川口市立みなみ小学校 入学")]
        var office = Resume.Job()
        (office.employer, office.from, office.until, office.role) = ("株式会社みどり", "2015-04", "2019-04", "正社員")
        office.duties = ["受注の入力"]
        var shop = Resume.Job()
        (shop.employer, shop.isShop, shop.from) = ("いとばたけ", true, "2019-05")
        shop.results = ["いとばたけで月に30件の注文に対応"]
        shop.skills = ["梱包"]
        resume.jobs = [office, shop]
        resume.appeal = "いとばたけの経験があります。本町9-9-9で作っています。"
        return resume
    }

    private static func sheet(_ level: PrivacyLevel, _ style: YearStyle = .western) -> ResumeSheet {
        ResumeSheet(resume(), on: day, level, style, substitutes)
    }

    private static func everything(_ sheet: ResumeSheet) -> String { "\(sheet)" }

    @Test("the first level tells no address, no postal code, no name of the shop, wherever they stand; the school keeps its town")
    func levels() {
        let none = Self.everything(Self.sheet(.none))
        for word in ["本町9-9-9", "123-4567", "いとばたけ"] { #expect(!none.contains(word), "\(word)") }
        #expect(none.contains("（面接で）") && none.contains("写真なし") && none.contains("川口市立みなみ小学校"))
        #expect(Self.sheet(.none).address == "（面接で）")
        let town = Self.sheet(.town)
        #expect(town.address == "埼玉県川口市" && town.postcode.isEmpty && town.photo.isEmpty)
        #expect(!Self.everything(town).contains("いとばたけ"))
        let full = Self.sheet(.full)
        #expect(full.address == "埼玉県川口市本町9-9-9" && full.postcode == "123-4567")
        #expect(Self.everything(full).contains("いとばたけ　開業"))
    }

    @Test("the history has its headings, what goes on is said to go on, and it ends in 以上")
    func history() {
        let rows = Self.sheet(.full).history
        #expect(rows.map(\.text).filter { ["学歴", "職歴", "現在に至る", "以上"].contains($0) } == ["学歴", "職歴", "現在に至る", "以上"])
        #expect(rows.last?.place == .right && rows.first?.place == .centre)
        let jobs = rows.filter { $0.text.contains("みどり") }
        #expect(jobs.map(\.text) == ["株式会社みどり（正社員）　入社", "株式会社みどり　退職"])
        #expect(jobs.map { $0.year + "/" + $0.month } == ["2015/4", "2019/4"])
    }

    @Test("years of eras change on their days, and a month counts to the era in which it ends")
    func eras() {
        #expect(JapaneseEra.year(2019, month: 4, day: 30) == "平成31年" && JapaneseEra.year(2019, month: 5, day: 1) == "令和元年")
        #expect(JapaneseEra.year(1989, month: 1, day: 7) == "昭和64年" && JapaneseEra.year(1989, month: 1, day: 8) == "平成元年")
        #expect(JapaneseEra.year(1926, month: 12, day: 24) == "大正15年" && JapaneseEra.year(1926, month: 12, day: 25) == "昭和元年")
        #expect(JapaneseEra.year(1989, month: 1) == "平成元年" && JapaneseEra.year(1900, month: 1) == "1900年")
        let sheet = Self.sheet(.full, .era)
        #expect(sheet.day == "令和8年11月29日" && sheet.birth == "平成3年11月30日生（満34歳）")
        #expect(sheet.history.contains { $0.year == "令和元" && $0.text.hasPrefix("いとばたけ") })
    }

    @Test("the newest job stands first, and a skill shows the results of the jobs that name it")
    func skills() {
        let sheet = Self.sheet(.none)
        #expect(sheet.jobs.map(\.employer) == ["ネットショップ", "株式会社みどり"])
        #expect(sheet.jobs.first?.span == "2019年5月〜現在")
        #expect(sheet.skills.map(\.name) == ["梱包"])
        #expect(sheet.skills.first?.proofs == ["ネットショップで月に30件の注文に対応（ネットショップ）"])
    }

    @Test(
        "lines begin with a month of either calendar, or with none",
        arguments: [
            ("2012年3月 みなみ高校 卒業", "2012-03", "みなみ高校 卒業"), ("平成24年３月　みなみ高校", "2012-03", "みなみ高校"),
            ("H24.3 みなみ高校", "2012-03", "みなみ高校"), ("2012-03-31 卒業", "2012-03", "卒業"), ("令和元年5月：開業", "2019-05", "開業"),
            ("昭和60/4 入学", "1985-04", "入学"), ("普通自動車免許", "", "普通自動車免許"), ("1級建築士", "", "1級建築士"),
        ])
    func lines(line: String, month: String, text: String) {
        #expect(CareerLines.entries(line) == [Resume.Entry(month: month, text: text)])
    }

    @Test("JSON Resume: our file comes back whole; a foreign one brings what it has; other JSON is refused")
    func jsonResume() throws {
        let resume = Self.resume()
        #expect(try JSONResume.read(JSONResume.write(resume)) == resume)
        let foreign = """
            {"basics": {"name": "Hana Mihon", "email": "hana@example.com", "location": {"city": "Kawaguchi", "region": "Saitama"}},
            "work": [{"company": "Shop", "position": "Maker", "startDate": "2019-05-01", "highlights": ["300 orders"]}, {"name": "Midori", "startDate": "2015", "endDate": "2019-04"}],
            "education": [{"institution": "Minami", "endDate": "2012-03"}], "skills": [{"name": "Sewing", "keywords": ["machine", "hand"]}]}
            """
        let read = try JSONResume.read(Array(foreign.utf8))
        #expect(read.jobs.map(\.employer) == ["Midori", "Shop"] && read.jobs.map(\.from) == ["2015-01", "2019-05"])
        #expect(read.jobs.last?.results == ["300 orders"] && read.address.town == "SaitamaKawaguchi")
        #expect(read.schooling.map(\.month) == ["2012-03"] && read.skills.first?.detail == "machine、hand")
        for bad in ["[]", "{}", "{\"basics\": 3}", "nothing"] {
            #expect(throws: WorkError.self) { try JSONResume.read(Array(bad.utf8)) }
        }
    }

    @Test("the month: what is missing, hours, the pay that covers it with what is taken off, what came less")
    func month() {
        var plan = MonthPlan()
        (plan.needed, plan.shopIncome, plan.otherIncome, plan.hoursPerWeek) = (180_000, 60_000, 0, 18)
        #expect(plan.gap == 120_000 && plan.hoursPerMonth == 78 && plan.hourlyPay == 1_540)
        plan.withheld = 20
        #expect(plan.hourlyPay == 1_930)
        plan.averageOrder = 3_000
        let lost = plan.lost(before: 5, after: 2)
        #expect(lost.orders == 13 && lost.yen == 39_000)
        #expect(plan.lost(before: 2, after: 5).orders == 0)
        plan.hoursPerWeek = 0
        #expect(plan.hourlyPay == nil)
        plan.needed = 10
        #expect(plan.gap == 0)
    }

    @Test("one missing thing is asked for at a time, what matters most first")
    func missing() {
        #expect(Resume().missing.first == .name)
        #expect(Self.resume().missing == [.phone, .duties, .results, .motive, .summary])
    }
}

@Suite("hours, duplicates, kinds of work")
struct JudgingTests {
    private static func posting(_ text: String) throws -> Posting { try #require(try PostingTests.read(text).first) }

    private static func rank(_ text: String, _ change: (inout Wishes.Limits) -> Void) throws -> RankedPosting {
        var limits = Wishes.Limits()
        change(&limits)
        let ranker = try PostingRanker(PostingTests.knowledge)
        return try #require(ranker.rank([try posting(text)], Wishes(limits: limits)).first)
    }

    @Test(
        "a fixed end after hers breaks the limit, a shift that fits keeps it, a free choice is asked about, nothing said is asked about"
    )
    func end() throws {
        let head = "職種：検品\n会社名：株式会社みどり\n時給：1200円\n"
        let fixed = try Self.rank(head + "勤務時間：9:00〜18:00") { $0.latestEnd = "17:00" }
        #expect(fixed.broken.map(\.limit) == [.latestEnd] && fixed.broken.first?.words == "9:00〜18:00")
        let shifts = try Self.rank(head + "勤務時間：9:00〜13:00、13:00〜18:00") { $0.latestEnd = "17:00" }
        #expect(shifts.broken.isEmpty && shifts.unsure.isEmpty)
        let free = try Self.rank(head + "勤務時間：9時〜20時のうち4時間") { $0.latestEnd = "17:00" }
        #expect(free.broken.isEmpty && free.unsure == [.latestEnd])
        #expect(try Self.rank(head) { $0.latestEnd = "17:00" }.unsure == [.latestEnd])
    }

    @Test("days a week and weekends")
    func days() throws {
        let head = "職種：検品\n会社名：株式会社みどり\n時給：1200円\n"
        #expect(try Self.rank(head + "週5日勤務") { $0.daysPerWeek = 3 }.broken.map(\.limit) == [.daysPerWeek])
        let some = try Self.rank(head + "週2日〜OK") { $0.daysPerWeek = 3 }
        #expect(some.broken.isEmpty && some.unsure.isEmpty)
        #expect(try Self.rank(head + "休日：土日祝休み") { $0.noWeekends = true }.unsure.isEmpty)
        #expect(try Self.rank(head + "土日勤務できる方") { $0.noWeekends = true }.broken.map(\.limit) == [.noWeekends])
    }

    @Test("the same posting seen twice is told, another shop of the same employer is not")
    func same() throws {
        let one = try Self.posting("職種：検品スタッフ\n会社名：株式会社みどり\n勤務地：埼玉県川口市本町1\n時給：1200円")
        let other = try Self.posting("仕事名　検品スタッフ\n事業所名　(株)みどり\n就業場所　埼玉県川口市本町１－１\n時給　1,200円")
        let elsewhere = try Self.posting("職種：検品スタッフ\n会社名：株式会社みどり\n勤務地：埼玉県蕨市中央1\n時給：1200円")
        #expect(SamePostings.find([one, elsewhere, other]) == [2: 0])
    }

    @Test(
        "a title means a kind of work by its longest word",
        arguments: [
            ("ミシン縫製スタッフ", "53"), ("Webデザイナー（在宅）", "22"), ("データ入力オペレーター", "31"), ("清掃スタッフ", "71"), ("縫製工場の検品", "53"),
        ])
    func occupations(title: String, code: String) throws {
        #expect(try Occupations(PostingTests.knowledge).group(ofTitle: title)?.code == code)
    }

    @Test("every group of the classification is there, and no word means two")
    func classification() throws {
        let groups = try Occupations(PostingTests.knowledge).groups
        #expect(groups.count == 74 && Set(groups.map(\.code)).count == 74)
        let words = groups.flatMap(\.words)
        #expect(Set(words).count == words.count)
    }

    @Test("changes of wishes change what they name and nothing else")
    func changes() {
        var wishes = Wishes(wants: ["縫製"])
        wishes.limits.prefectures = ["東京都"]
        let all: [WishChange] = [
            WishChange(.add, .prefectures, .words(["埼玉県", "東京都"])), WishChange(.add, .notCities, .words(["足立区"])),
            WishChange(.set, .payFloor, .pay(.init(.hour, 1_200))), WishChange(.set, .noNights, .flag(true)),
            WishChange(.remove, .wants, .words(["縫製"])), WishChange(.set, .latestEnd, .time("17:00")),
        ]
        let changed = all.reduce(wishes) { $0.changed(by: $1) }
        #expect(changed.limits.prefectures == ["東京都", "埼玉県"] && changed.limits.notCities == ["足立区"])
        #expect(changed.limits.payFloor == .init(.hour, 1_200) && changed.limits.noNights == true && changed.wants.isEmpty)
        let back: [WishChange] = [
            WishChange(.clear, .prefectures), WishChange(.remove, .notCities, .words(["足立区"])), WishChange(.clear, .payFloor),
            WishChange(.set, .noNights, .flag(false)), WishChange(.clear, .latestEnd),
        ]
        #expect(back.reduce(changed) { $0.changed(by: $1) }.isEmpty)
    }
}
