import AkashiModeration
import Testing

@Suite("words, however they are hidden")
struct EvasionTests {
    /// What is written, the term, the step that shows it.
    static let cases: [(String, String, Step?)] = [
        ("この店はバカだ", "バカ", nil), ("ﾊﾞｶが作ったのか", "バカ", .width), ("ほんとにばか。", "バカ", nil), ("ばｶなのか", "バカ", .width),
        ("お前は消ぇろ", "消えろ", nil), ("さぎの店です。", "詐欺", nil), ("葉香の店", "バカ", .otherKanji), ("さっさとshine", "死ね", .romaji),
        ("ｓｈｉｎｅ！", "死ね", .romaji), ("バ★カだろ", "バカ", .sign), ("し・ね", "死ね", .sign), ("死\nね", "死ね", .sign),
        ("死\u{200B}ね", "死ね", .invisible),
        ("死\u{202E}ね\u{202C}", "死ね", nil), ("消ええええろ", "消えろ", nil), ("バーーカ", "バカ", .drawnOut), ("バ○だと思う", "バカ", .masked),
        ("この詐×め", "詐欺", .masked),
        ("ハ゛カだな", "バカ", .apart), ("は\"かだな", "バカ", .apart), ("タヒね", "死ね", .splitKanji), ("言乍欺の店", "詐欺", .splitKanji),
        ("氏ね。", "死ね", .homophone),
        ("さっさと4ねよ", "死ね", .number), ("僞物を売る店", "偽物", .variantKanji), ("㋛㋧と思った", "死ね", .dress), ("𝗯𝗮𝗸𝗮な店", "バカ", .dress),
        ("🅱🅰🅺🅰な店", "バカ", nil),
        ("ѕhіnе", "死ね", .homoglyph), ("ﾚよ゛カゝだ", "バカ", .gyaru), ("ればたく、逆から読んで", "くたばれ", nil), ("死んでほしい", "死ね", nil),
        ("キモすぎる", "キモい", nil),
        ("b4k4な店", "バカ", .leet), ("死　ね", "死ね", .sign), ("&#x6b7b;ね", "死ね", .encoded), ("%E6%AD%BBね", "死ね", .encoded),
        ("\\u6b7bね", "死ね", .encoded),
        ("死<b></b>ね", "死ね", .invisible), ("お前なんか●ね、覚悟しろ", "死ね", .masked), ("お前、🔪すぞ覚悟しろ", "殺す", .emoji), ("カㅈの店", "カス", .foreign),
        ("なめんじゃねえ", "なめるな", nil), ("どろぼうの店", "泥棒", nil), ("dorobo no mise", "泥棒", .romaji), ("金返せよドロボー", "泥棒", .drawnOut),
        ("ババカカな店主だわ", "バカ", .repeated),
        ("詐斯の店主だな", "詐欺", .lookalike), ("作家なんか殺したるわ", "殺す", .ending), ("お前の顔、💩キモすぎなんだよ", "キモい", .ending),
    ]

    @Test("a word is found behind each kind of disguise, and the disguise is named", arguments: cases.indices)
    func disguise(number: Int) throws {
        let (text, term, step) = Self.cases[number]
        let moderator = try Fixture.usual.get()
        let hits = moderator.hits(in: Array(text.utf8))
        let hit = try #require(hits.first { $0.term?.text == term }, "\(text): \(hits)")
        #expect(hit.action == .hold, "\(text)")
        if let step { #expect(hit.undone.contains { $0.step == step }, "\(text): \(hit.undone.map(\.step.name))") }
    }

    @Test("lines whose heads spell a word are held, and lists that spell nothing are not")
    func lineHeads() throws {
        #expect(try Fixture.held("くつを買いました\nたのしい一日\nばらの花\nれきしの本") == ["くたばれ"])
        #expect(try Fixture.held("くつを買いました\nさくらの花\nばらの花\nれきしの本") == [])
    }

    /// Other words, other meanings of the same letters, reports of what others said.
    static let harmless = [
        "カステラを焼きました", "安いですしね", "サブスクで届きます", "バカンスの写真", "ウサギの箸置き", "今日は早く帰ります", "sunshine の柄", "Shine on という曲",
        "リンゴ＆ミカン", "ゴミ箱はありますか", "酒カスを使います", "ピザ・コーラ", "協力スタッフ募集", "詐欺にご注意ください", "偽物ではありません", "「死ね」と言われて悲しい",
        "4ねん目の春です", "お届け日：○月○日", "ください", "彼氏ねえ", "ブースを探す", "コンブ，スマホ", "死ねない理由", "ゴミの日は火曜です", "https://example.jp/baka/shine",
        "期待はずれでした。星一つです。二度と買いません", "縫い目がほつれていて、写真と色がちがいます。残念です", "返事がおそく、がっかりしました",
    ]

    @Test("ordinary words and honest criticism are let through", arguments: harmless)
    func lets(text: String) throws {
        #expect(try Fixture.held(text) == [], "\(text)")
    }

    @Test("a report of what others said is marked and not held")
    func note() throws {
        let moderator = try Fixture.usual.get()
        let hits = moderator.hits(in: Array("「死ね」と言われて悲しかった".utf8))
        #expect(hits.map(\.action) == [.note])
    }

    @Test("a word split over two comments of one author within ten minutes is found, of two authors or hours apart not")
    func twoComments() throws {
        let moderator = try Fixture.usual.get()
        func joined(_ author: String, _ minutes: Int64) -> String? {
            var stream = AuthorStream()
            _ = stream.join("a", author: "x", at: 0, Array("もう死".utf8), moderator)
            return stream.join("b", author: author, at: minutes * 60_000, Array("ねよ".utf8), moderator)?.before
        }
        #expect(joined("x", 3) == "a")
        #expect(joined("y", 3) == nil)
        #expect(joined("x", 180) == nil)
    }
}
