import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("finding and people")
struct SearchTests {
    private let fixture = DeskFixture()

    private func desk(_ texts: [String]) async throws -> Desk {
        let desk = try fixture.create()
        for (number, text) in texts.enumerated() { _ = try await desk.add([fixture.write("f\(number).txt", text)]) }
        return desk
    }

    private func find(_ desk: Desk, _ words: String) async throws -> [String] {
        try await desk.find(SearchQuery(words)).compactMap(\.entry.name).sorted()
    }

    @Test(
        "words of one and two letters, widths, kana, old forms of kanji and cases are found",
        arguments: [
            ("縁", ["f0.txt"]), ("店主", ["f0.txt"]), ("主は", ["f0.txt"]), ("髙橋", ["f1.txt"]), ("高橋", ["f1.txt"]),
            ("タカハシ", ["f1.txt"]),
            ("たかはし", ["f1.txt"]), ("ﾀｶﾊｼ", ["f1.txt"]), ("ガラス", ["f2.txt"]), ("がらす", ["f2.txt"]), ("カ\u{3099}ラス", ["f2.txt"]),
            ("ＡＢＣ１２", ["f3.txt"]),
            ("abc12", ["f3.txt"]), ("example.com/shop", ["f3.txt"]), ("@ito_demo", ["f3.txt"]), ("ito_d", ["f3.txt"]),
            ("国", ["f4.txt"]), ("會社", ["f4.txt"]),
            ("㈱", ["f4.txt"]), ("(株)", ["f4.txt"]), ("〜", ["f4.txt"]), ("店主 縁側", ["f0.txt"]), ("店主 ガラス", []),
            ("「主は縁側」", ["f0.txt"]), ("側縁", []), ("f2", ["f2.txt"]),
            ("渡邊", ["f5.txt"]), ("わたなべ", ["f5.txt"]), ("😀", ["f5.txt"]), ("", []), ("   ", []), ("\"", []),
        ] as [(String, [String])])
    func words(query: String, expected: [String]) async throws {
        let desk = try await desk([
            "店主は縁側にいた。", "髙橋（ﾀｶﾊｼ）さんから", "ｶﾞﾗｽの皿", "https://example.com/shop?x=1 で Ａｂｃ12 を @ito_demo が", "國の会社（㈱いと）、9～10時",
            "渡辺 ワタナベ 😀",
        ])
        #expect(try await find(desk, query) == expected)
    }

    @Test("what stands exactly as typed comes before what is only alike, and an excerpt shows the raw words")
    func ranking() async throws {
        let desk = try await desk(["高橋さんの件", "髙橋さんの件", "高橋さんの件、その二"])
        let hits = try await desk.find(SearchQuery("髙橋"))
        #expect(hits.map(\.isExact) == [true, false, false])
        #expect(hits.first?.entry.name == "f1.txt")
        #expect(hits.last?.excerpt?.found == "高橋")
    }

    @Test("finds are filtered by time, source, kind, account, person and harm")
    func filters() async throws {
        let desk = try fixture.create()
        let talk =
            "[LINE] 山田とのトーク履歴\n保存日時:2026/11/20 10:00\n\n2026/11/14(土)\n21:05\t山田\t返事してください\n\n2026/11/16(月)\n0:41\t佐藤\t返事しました\n"
        _ = try await desk.add([fixture.write("[LINE] 山田とのトーク.txt", talk), fixture.write("memo.txt", "返事のメモ")])
        func count(_ change: (inout RecordFilter) -> Void) async throws -> Int {
            var filter = RecordFilter()
            change(&filter)
            return try await desk.find(SearchQuery("返事", filter: filter)).count
        }
        #expect(try await count { _ in } == 3)
        #expect(try await count { $0.platforms = ["line"] } == 2)
        #expect(try await count { $0.kinds = [.file] } == 1)
        #expect(try await count { $0.from = Instant(rfc3339: "2026-11-15T00:00:00+09:00") } == 1)
        let yamada = AccountKey(platform: .line, form: .name, value: "山田")
        #expect(try await count { $0.accounts = [yamada] } == 1)
        let record = try #require(try await desk.find(SearchQuery("返事してください")).first).entry.position
        try await desk.sort(record, harms: [.stalking], isLawfulCriticism: false, reason: nil)
        #expect(try await count { $0.harms = [.stalking] } == 1)
        #expect(try await count { $0.harms = [.threat] } == 0)
        let id = try await desk.gather([yamada], as: "あの人", reason: "本人が名のった")
        #expect(try await desk.people().map(\.id) == [id])
    }

    @Test("accounts are gathered by her decision with a reason, one person each, and can be parted again")
    func people() async throws {
        let desk = try fixture.create()
        let talk = "[LINE] 山田とのトーク履歴\n保存日時:2026/11/20 10:00\n\n2026/11/14(土)\n21:05\t山田\tはい\n21:06\t佐藤\tはい\n"
        _ = try await desk.add([fixture.write("[LINE] 山田とのトーク.txt", talk)])
        let yamada = AccountKey(platform: .line, form: .name, value: "山田")
        let sato = AccountKey(platform: .line, form: .name, value: "佐藤")
        let person = try await desk.gather([yamada], as: "A", reason: "同じ話をしていた")
        await #expect(throws: CaseworkError(.reasonMissing)) { try await desk.gather([sato], as: "B", reason: " ") }
        await #expect(throws: CaseworkError.self) {
            try await desk.gather([AccountKey(platform: .x, form: .id, value: "9")], as: "B", reason: "x")
        }
        _ = try await desk.gather([sato], as: "A", reason: "名前を変えた", id: person)
        #expect(try await desk.people().first?.members.map(\.account) == [yamada, sato])
        let other = try await desk.gather([sato], as: "別の人", reason: "ちがうとわかった")
        #expect(try await desk.people().first { $0.id == other }?.members.count == 1)
        #expect(try await desk.people().first { $0.id == person }?.members.map(\.account) == [yamada])
        try await desk.part([yamada], from: person, reason: "まちがい")
        #expect(try await desk.people().map(\.id) == [other])
        #expect(try await desk.reindex())
    }
}
