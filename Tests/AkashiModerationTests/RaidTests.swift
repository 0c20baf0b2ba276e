import AkashiModeration
import AkashiTesting
import Testing

/// A shop that does not exist, its quiet days, its feast days and its raids.
struct SimulatedShop {
    var generator: SeededGenerator
    let perDay: Double
    private var regulars: Int
    private var clock: Int64 = 1_767_225_600_000
    private var number = 0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        perDay = [0.7, 2, 5, 12, 30].randomElement(using: &generator) ?? 5
        regulars = Int.random(in: 20...200, using: &generator)
    }

    private static let things = ["毛糸玉", "刺し子の布巾", "革の財布", "陶の小皿", "編みぐるみ", "羊毛の帽子", "麻のエプロン", "木のさじ", "ビーズの指輪", "染めの手ぬぐい"]
    private static let colours = ["藍", "生成り", "からし", "えんじ", "若草", "墨", "桜", "空色"]
    private static let feelings = [
        "色が写真どおりでした", "届くのが早くて助かりました", "手ざわりがやわらかい", "思ったより小さめでした", "母に贈って喜ばれました", "糸の始末がきれい", "また買います", "少し重たいけれど丈夫",
        "包みまでかわいい", "再入荷を待っています", "送料がもう少し安いとうれしい", "説明書がわかりやすい", "子どもがお気に入り", "普段使いにちょうどよい", "裏地の色にときめきました",
    ]
    private static let praises = ["新作おめでとうございます", "参加します、当たりますように", "かわいい、ほしい", "おめでとうございます、楽しみです"]
    private static let blows = [
        "ここで買うのはやめた方がいい", "写真と違うものが届いた", "作りが雑で値段に見合わない", "返事が遅いし態度も悪い", "前から評判が悪い店", "二度と買わない", "人のまねばかりしている", "箱がつぶれていて最悪の気分",
        "こんな品で金を取るのか", "知り合いもだまされたと言っていた", "友だちも怒っている", "店をたたんだほうがいい", "すぐに壊れて笑った", "素人が作ったみたい", "梱包がひどいにもほどがある",
    ]
    private static let campaign = "この店は人の図案を盗んで売っています。買わないで広めてください"

    private mutating func pick(_ list: [String]) -> String { list.randomElement(using: &generator) ?? "" }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }

    private mutating func make(
        _ account: String, _ isNew: Bool, _ text: String, _ action: Action = .pass, _ stars: Int? = nil
    ) -> WatchedComment {
        number += 1
        return WatchedComment(
            id: "c\(number)", account: account, isNewAccount: isNew, at: clock, text: Array(text.utf8), action: action,
            stars: stars)
    }

    private mutating func somebody(_ freshShare: Double) -> (String, Bool) {
        if chance(freshShare) {
            regulars += 1
            return ("u\(regulars)", true)
        }
        return ("u\(Int.random(in: 0..<regulars, using: &generator))", false)
    }

    private mutating func ordinary() -> WatchedComment {
        let (account, isNew) = somebody(0.35)
        let text = "\(pick(Self.colours))の\(pick(Self.things))、\(pick(Self.feelings))。\(pick(Self.feelings))"
        return make(
            account, isNew, text, chance(0.01) ? .hold : chance(0.02) ? .note : .pass, chance(0.5) ? chance(0.06) ? 1 : 5 : nil)
    }

    /// Comments of quiet days: by day, one now and then bringing another.
    mutating func quiet(days: Int) -> [WatchedComment] {
        var made: [WatchedComment] = []
        let end = clock + Int64(days) * 86_400_000
        while clock < end {
            let isFollowing = chance(0.15)
            let gap =
                isFollowing
                ? Double.random(in: 60...900, using: &generator)
                : 86_400 / perDay * Double.random(in: 0.1...1.9, using: &generator)
            clock += Int64(gap * 1000)
            if !isFollowing, (clock / 3_600_000 + 9) % 24 < 6 { clock += 6 * 3_600_000 }
            made.append(ordinary())
        }
        return made
    }

    /// A new collection, a lottery: many in an hour, also new people, also saying the same.
    mutating func feast() -> [WatchedComment] {
        (0..<Int.random(in: 8...30, using: &generator)).map { _ in
            clock += Int64.random(in: 20_000...240_000, using: &generator)
            let (account, isNew) = somebody(0.45)
            guard chance(0.5) else { return ordinary() }
            return make(account, isNew, pick(Self.praises) + pick(["", "！", "。\(pick(Self.things))がいいな", "🎉"]))
        }
    }

    /// Comments of a raid, in one of five manners, with ordinary ones between.
    mutating func raid() -> [(comment: WatchedComment, isRaid: Bool)] {
        let manner = Int.random(in: 0..<5, using: &generator)
        let gap = Int64.random(in: 15_000...120_000, using: &generator)
        var made: [(WatchedComment, Bool)] = []
        let link = "https://matome-\(Int.random(in: 0...99, using: &generator)).example/a"
        for _ in 0..<Int.random(in: 8...30, using: &generator) {
            clock += Int64.random(in: gap / 2...gap * 3 / 2, using: &generator)
            if chance(0.1) { made.append((ordinary(), false)) }
            let isFresh = chance(manner == 4 ? 0.6 : 0.9)
            let (account, isNew) = somebody(isFresh ? 1 : 0)
            let blow = "\(pick(Self.blows))。\(pick(Self.blows))"
            let comment =
                switch manner {
                case 0: make(account, isNew, blow, chance(0.7) ? .hold : .note)
                case 1:
                    make(
                        account, isNew, pick(["", "拡散希望 ", "みんな見て "]) + Self.campaign + pick(["", "！", "…"]),
                        chance(0.2) ? .note : .pass)
                case 2: make(account, isNew, "\(pick(Self.blows)) \(link) 見て", chance(0.3) ? .hold : .pass)
                case 3: make(account, isNew, blow, chance(0.25) ? .hold : .pass, 1)
                default: make(account, isNew, blow, chance(0.6) ? .hold : .note, chance(0.5) ? 1 : nil)
                }
            made.append((comment, true))
        }
        return made.map { (comment: $0.0, isRaid: $0.1) }
    }
}

@Suite("a raid is named while it begins")
struct RaidTests {
    private static let fold = try? ScanFold(Fixture.knowledge)

    @Test("of 500 raids at least 95 in 100 are named within five of their comments")
    func raids() throws {
        let fold = try #require(Self.fold)
        var named = 0
        for seed in 1...500 {
            var shop = SimulatedShop(seed: UInt64(seed))
            var watch = RaidWatch(fold)
            for comment in shop.quiet(days: 40) { _ = watch.see(comment) }
            var count = 0
            for (comment, isRaid) in shop.raid() {
                count += isRaid ? 1 : 0
                guard let alarm = watch.see(comment) else { continue }
                #expect(alarm.comments.last == comment.id && alarm.sum > 0)
                named += count <= 5 ? 1 : 0
                break
            }
        }
        #expect(named >= 475, "\(named) of 500")
    }

    @Test("a shop's year with its feasts has one false alarm at most", arguments: 1...8)
    func year(seed: UInt64) throws {
        var shop = SimulatedShop(seed: seed + 9000)
        var watch = RaidWatch(try #require(Self.fold))
        var alarms = 0
        for month in 0..<12 {
            for comment in shop.quiet(days: 30) + (month % 2 == 0 ? shop.feast() : []) {
                alarms += watch.see(comment) == nil ? 0 : 1
            }
        }
        #expect(alarms <= 1)
    }

    @Test("what speaks for a raid is told, and it is over when an hour was calm")
    func reasons() throws {
        var shop = SimulatedShop(seed: 3)
        var watch = RaidWatch(try #require(Self.fold))
        for comment in shop.quiet(days: 40) { _ = watch.see(comment) }
        var alarm: RaidAlarm?
        var last: Int64 = 0
        for (comment, _) in shop.raid() {
            let found = watch.see(comment)
            #expect(found == nil || alarm == nil, "named once")
            alarm = alarm ?? found
            last = comment.at
        }
        let evidence = try #require(alarm?.evidence)
        #expect(evidence[.burst] ?? 0 > 0 && evidence[.newAccounts] ?? 0 > 0)
        #expect(watch.isRaid(at: last) && !watch.isRaid(at: last + 2 * RaidWatch.calm))
    }
}
