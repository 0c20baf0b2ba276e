import AkashiKnowledge
import AkashiWork
import Testing

@Suite("the way to work")
struct TravelTests {
    private let ranker: PostingRanker
    private let reader: WishReader

    init() throws {
        ranker = try PostingRanker(PostingTests.knowledge)
        reader = try WishReader(PostingTests.knowledge)
    }

    private func ranked(_ line: String, _ limits: Wishes.Limits) throws -> RankedPosting {
        let text = "職種：縫製スタッフ\n事業所名：株式会社わたげ\n就業場所：京都府長岡京市1-2\n賃金：時給1,200円\n\(line)\n"
        let posting = try #require(try PostingTests.read(text).first)
        return try #require(ranker.rank([posting], Wishes(limits: limits)).first)
    }

    /// `kept`, `broken` or `unsure`.
    private func answer(_ line: String, _ limits: Wishes.Limits, _ limit: RankedPosting.Limit) throws -> String {
        let ranked = try ranked(line, limits)
        if ranked.broken.contains(where: { $0.limit == limit }) { return "broken" }
        return ranked.unsure.contains(limit) ? "unsure" : "kept"
    }

    @Test(
        "a station she can reach is told from another that ends like it",
        arguments: [
            ("アクセス：JR京都線長岡京駅から徒歩8分", "kept"), ("阪急京都線「長岡京」駅 徒歩3分", "kept"), ("最寄り駅：長岡京", "kept"), ("最寄り駅\n長岡京駅（徒歩5分）", "kept"),
            ("JR西長岡京駅より徒歩2分", "broken"), ("京都駅から徒歩5分", "broken"), ("京都駅、長岡京駅どちらからも通えます", "kept"), ("駅から徒歩8分", "unsure"),
            ("道の駅の売店です", "unsure"), ("交通の案内はありません", "unsure"), ("全て在宅勤務です（京都駅前に本社）", "kept"),
        ])
    func stations(line: String, expected: String) throws {
        var limits = Wishes.Limits()
        limits.stations = ["長岡京"]
        #expect(try answer(line, limits, .stations) == expected)
    }

    @Test(
        "minutes on foot are those from a station, not from a bus stop or a car park",
        arguments: [
            ("長岡京駅から徒歩8分", "kept"), ("長岡京駅 徒歩10分", "kept"), ("長岡京駅 徒歩11分", "broken"), ("駅から歩いて9分の建物の2階です。", "kept"),
            ("駅から15分以内", "broken"),
            ("駅より徒歩約5分", "kept"), ("長岡京駅から徒歩8〜12分", "broken"), ("上北台駅からバス12分", "broken"), ("上北台駅からバス12分、バス停から徒歩2分", "broken"),
            ("A駅 徒歩20分\nB駅 徒歩6分", "kept"), ("長岡京駅すぐ", "unsure"), ("バス停から徒歩2分", "unsure"), ("駐車場から徒歩3分", "unsure"),
        ])
    func walk(line: String, expected: String) throws {
        var limits = Wishes.Limits()
        limits.walkMinutes = 10
        #expect(try answer(line, limits, .walkMinutes) == expected)
    }

    @Test(
        "work that needs a car is told from work where one may be used",
        arguments: [
            ("マイカー通勤必須", "broken"), ("要普通自動車免許（AT限定可）", "broken"), ("自家用車をお持ちの方", "broken"), ("普通自動車免許あれば尚可", "kept"),
            ("車通勤OK、駐車場あり", "kept"),
            ("免許不要、運転はありません", "kept"), ("マイカー通勤：可", "kept"), ("必要な免許・資格：普通自動車運転免許 必須（AT限定可）", "broken"),
        ])
    func car(line: String, expected: String) throws {
        var limits = Wishes.Limits()
        limits.noCar = true
        #expect(try answer(line, limits, .noCar) == expected)
    }

    @Test("a sentence changes them")
    func sentences() {
        let expected: [(String, [WishChange])] = [
            ("駅から歩いて10分以内がいい", [WishChange(.set, .walkMinutes, .number(10))]),
            ("徒歩15分までなら大丈夫", [WishChange(.set, .walkMinutes, .number(15))]),
            ("車は使えない", [WishChange(.set, .noCar, .flag(true))]), ("ペーパードライバーなので運転は無理です", [WishChange(.set, .noCar, .flag(true))]),
            ("車でもいい", [WishChange(.set, .noCar, .flag(false))]),
            ("新宿駅か中野駅の近くがいい", [WishChange(.set, .stations, .words(["新宿", "中野"]))]),
            ("吉祥寺駅も追加して", [WishChange(.add, .stations, .words(["吉祥寺"]))]),
            ("新宿駅は外して", [WishChange(.remove, .stations, .words(["新宿"]))]),
            ("I can't drive", [WishChange(.set, .noCar, .flag(true))]),
            ("あの人、大宮の駅前で働いてるみたい", []), ("駅から徒歩何分ですか", []),
        ]
        for (text, changes) in expected { #expect(reader.changes(in: text) == changes, "\(text)") }
        // A place to stay away from stays one.
        #expect(reader.changes(in: "大宮駅の近くは避けたい").contains(WishChange(.add, .notCities, .words(["大宮"]))))
    }

    @Test("a limit of a name that means nothing is told")
    func unknown() {
        let file = Array(#"{"id": "a", "limits": {"commuteMinutes": 30, "noCar": true}, "wants": []}"#.utf8)
        #expect(Wishes.unknownLimits(file) == ["commuteMinutes"])
        #expect(Wishes.unknownLimits(Array("[1".utf8)).isEmpty)
    }
}
