import AkashiFormats
import AkashiIntake
import AkashiLineTalkImporter
import AkashiModel
import Testing

@Suite("LINE のトークを読む")
struct LineTalkTests {
    @Test("改行が CRLF でも LF でも、BOM があっても、読むことは同じ")
    func lineEnds() throws {
        let text = telephone("09:00\tみどり\tおはよう", "09:01\tはる\t\"一行目\r\n二行目\"")
        let crlf = try LineReading(text)
        let lf = try LineReading(Array(text.utf8).filter { $0 != 13 })
        let marked = try LineReading([0xef, 0xbb, 0xbf] + Array(text.utf8))
        #expect(crlf.texts == ["おはよう", "一行目\n二行目"])
        #expect(lf.texts == crlf.texts)
        #expect(marked.texts == crlf.texts)
        #expect(lf.keys == crlf.keys)
        #expect(marked.keys == crlf.keys)
        #expect(marked.records.first?.source.offset == (crlf.records.first?.source.offset ?? 0) + 3)
        #expect([crlf, lf, marked].map(\.claimCount) == [1, 1, 1])
    }

    @Test("記録の場所は、時刻の最初のバイトから文の最後のバイトまで")
    func place() throws {
        let reading = try LineReading(telephone("09:00\tみどり\t\"一行目\r\n二行目\"", "09:01\tはる\tうん"))
        let slices = try reading.records.map { String(decoding: try #require(reading.slice($0)), as: UTF8.self) }
        #expect(slices == ["09:00\tみどり\t\"一行目\r\n二行目\"", "09:01\tはる\tうん"])
    }

    @Test("午前12時は0時、午後12時は正午")
    func halves() throws {
        let reading = try LineReading(
            telephone(
                "午前12:03\tあ\t一", "午前0:03\tあ\t二", "午後12:30\tあ\t三", "午後0:30\tあ\t四", "12:00 AM\tあ\t五",
                "1:05PM\tあ\t六"))
        let day = "2026-10-01 "
        #expect(reading.times == ["00:03", "00:03", "12:30", "12:30", "00:00", "13:05"].map { day + $0 })
        #expect(reading.records.first?.claimedTime?.literal == "2026/10/01(木) 午前12:03")
        #expect(reading.records.allSatisfy { $0.claimedTime?.zone == .assumedJapan })
        #expect(reading.records.allSatisfy { $0.claimedTime?.precision == .minute })
    }

    @Test("24時台は、見出しの日の0時台とし、その旨をことわる")
    func hour24() throws {
        let reading = try LineReading(telephone("24:53\tあ\tまだ起きてる？"))
        #expect(reading.times == ["2026-10-01 00:53"])
        #expect(reading.records.first?.claimedTime?.literal == "2026/10/01(木) 24:53")
        #expect(reading.remarks == [["line.hour-past-24"]])
    }

    @Test("一行の文は、引用符で始まっても次の文を飲みこまない")
    func singleLineQuote() throws {
        let reading = try LineReading(telephone("09:00\tあ\t\"青い鳥\"を読んだ", "09:01\tい\t\"閉じない", "09:02\tあ\tうん"))
        #expect(reading.texts == ["\"青い鳥\"を読んだ", "\"閉じない", "うん"])
        #expect(reading.remarks == [[], [], []])
    }

    @Test("引用符の中の、日付の行、時刻の行、タブ、空の行は、文のうち")
    func linesInsideQuotes() throws {
        let reading = try LineReading(
            telephone("09:00\tあ\t\"予定\r\n\r\n2026/10/10(土)\r\n12:00\ta\tb\r\n\"\"おわり\"\"\"", "09:01\tい\t一\t二\t三"))
        #expect(reading.texts == ["予定\n\n2026/10/10(土)\n12:00\ta\tb\n\"おわり\"", "一\t二\t三"])
        #expect(reading.remarks == [[], []])
        #expect(reading.times == ["2026-10-01 09:00", "2026-10-01 09:01"])
    }

    @Test("時刻の行だけを引用した文は、時刻の順で見わけ、その旨をことわる")
    func onlyMessageLinesInsideQuotes() throws {
        let quoted = try LineReading(telephone("09:00\tあ\t\"12:00\tい\tb\r\n13:00\tあ\td\"", "09:01\tい\tうん"))
        #expect(quoted.texts == ["12:00\tい\tb\n13:00\tあ\td", "うん"])
        #expect(quoted.remarks == [["line.quote-unsure"], []])
        let apart = try LineReading(telephone("09:00\tい\tはい", "09:01\tあ\t\"ね", "09:02\tい\tうん\"", "09:03\tあ\tん"))
        #expect(apart.texts == ["はい", "\"ね", "うん\"", "ん"])
        #expect(apart.remarks == [[], ["line.quote-unsure"], [], []])
    }

    @Test("閉じないまま終わる文は、あるとおりに残す")
    func unclosedQuote() throws {
        let reading = try LineReading(telephone("09:00\tあ\t\"一行目", "二行目"))
        #expect(reading.texts == ["\"一行目\n二行目"])
        #expect(reading.remarks == [["line.unclosed-quote"]])
    }

    @Test("送信の取り消し、参加、退会、強制退会は、出来事として残す")
    func notices() throws {
        let reading = try LineReading(
            telephone(
                "09:00\tみどりがメッセージの送信を取り消しました", "09:01\t\tみどりがメッセージの送信を取り消しました",
                "09:02\t\tメッセージの送信を取り消しました", "09:03\t\tみどりが参加しました。", "09:04\t\tみどりが退会しました。",
                "09:05\t\t\u{2068}はる\u{2069}が\u{2068}みどり\u{2069}を退会させました。", "09:06\tはる\t☎ 不在着信"))
        #expect(reading.records.allSatisfy { $0.kind == .event })
        let events = reading.records.map { $0.details["event"] }
        #expect(events == ["unsend", "unsend", "unsend", "join", "leave", "kick", "call"])
        #expect(reading.names == ["みどり", "みどり", nil, "みどり", "みどり", "はる", "はる"])
        let kick = try #require(reading.records.dropFirst(5).first?.text)
        #expect(kick.unicodeScalars.contains("\u{2068}"))
    }

    @Test("同じ分の同じ文は、二つのまま")
    func twice() throws {
        let reading = try LineReading(telephone("09:00\tあ\tうん", "09:00\tあ\tうん", "09:00\tい\tうん"))
        #expect(Set(reading.keys).count == 3)
        #expect(reading.records.map { $0.details["ordinal"] } == ["1", "2", "3"])
    }

    @Test("電話とパソコン、あとの書き出し、名前の変わった書き出しで、鍵は同じ")
    func overlap() throws {
        let first = try LineCase(name: "overlap-first").reading()
        let later = try LineCase(name: "overlap-later").reading()
        let computer = try LineCase(name: "overlap-computer").reading()
        #expect(Array(later.keys.prefix(first.keys.count)) == first.keys)
        #expect(later.keys.count == first.keys.count + 1)
        #expect(computer.keys == later.keys)
        #expect(first.names.first != later.names.first)
    }

    @Test("日と月は曜日で見わけ、見わけられなければ時刻を言わない")
    func dayAndMonth() throws {
        let head = "[LINE] Chat history with Mika\nSaved on: 2026/10/05 13:16\n\n"
        let days = ["Tue, 06/01/2026", "Fri, 9/25/2026", "Wed, 01/07/2026"]
        let reading = try LineReading(head + days.map { $0 + "\n09:00\tMika\thello\n" }.joined())
        #expect(reading.times == ["2026-01-06 09:00", "2026-09-25 09:00", nil])
        #expect(reading.remarks == [[], [], ["line.date-ambiguous"]])
        #expect(reading.records.last?.details["date"] == "Wed, 01/07/2026 09:00")
        #expect(reading.records.last?.key.hasPrefix("undated/") == true)
        #expect(reading.problems == ["line.date-ambiguous 8"])
    }

    @Test("見出しの前の文は、時刻なしで残す")
    func beforeAnyDay() throws {
        let reading = try LineReading("[LINE] みほんとのトーク履歴\r\n\r\n09:00\tあ\tうん\r\n")
        #expect(reading.texts == ["うん"])
        #expect(reading.times == [nil])
        #expect(reading.problems == ["line.no-date 3"])
    }

    @Test("パソコンの形では、空白のある名前を、くり返しから知る")
    func spacedNames() throws {
        let reading = try LineReading(
            computer("10:00 森 あかり おはよう", "10:01 森 あかね はい", "10:02 森 あかり 雨なら 中止", "10:03 森 あかね うん"))
        #expect(reading.names == ["森 あかり", "森 あかね", "森 あかり", "森 あかね"])
        #expect(reading.texts == ["おはよう", "はい", "雨なら 中止", "うん"])
    }

    @Test("パソコンの形で、電話ばかりの人も、その人の名前で残す")
    func manyCalls() throws {
        let reading = try LineReading(
            computer(
                "10:00 もり ☎ 不在着信", "10:01 もり ☎ 不在着信", "10:02 もり ☎ 通話をキャンセルしました", "10:03 もり ☎ 通話時間 0:54",
                "10:04 森 はる ☎ 不在着信", "10:05 もり [Voice message]", "10:06 もり おりかえします"))
        #expect(reading.names == ["もり", "もり", "もり", "もり", "森 はる", "もり", "もり"])
        #expect(reading.records.map { $0.details["event"] } == ["call", "call", "call", "call", "call", nil, nil])
    }

    @Test("パソコンの形で、人は自分の文によって、ほかの人の名前を作れない")
    func forgedName() throws {
        let reading = try LineReading(
            computer(
                "10:00 もり うん", "10:01 もり はる [写真]", "10:02 もり はる がメッセージの送信を取り消しました", "10:03 もり はる です",
                "10:04 もり はい"))
        #expect(reading.names.allSatisfy { $0 == nil || $0 == "もり" })
        #expect(reading.names.first == "もり")
    }

    @Test("パソコンの形で、だれの文かわからなければ、行をそのまま残す")
    func unsureAuthor() throws {
        let reading = try LineReading(computer("10:00 森 あかり おはよう"))
        #expect(reading.names == [nil])
        #expect(reading.texts == ["森 あかり おはよう"])
        #expect(reading.remarks == [["line.author-unsure"]])
        #expect(reading.problems == ["line.author-unsure 2"])
    }

    @Test("パソコンの形では、二人のトークの相手の名前を、ファイルの名前から知る")
    func partnerFromFileName() throws {
        let reading = try LineReading(computer("10:00 森 あかり おはよう"), name: "[LINE] 森 あかりとのトーク.txt")
        #expect(reading.names == ["森 あかり"])
        #expect(reading.report.scopes.map(\.scope) == ["line/森 あかり"])
    }

    @Test("パソコンの形の長い文は、次の文か日付まで。日付の前の空の行は入れない")
    func computerLines() throws {
        let reading = try LineReading(
            computer("10:00 はる 一行目", "", "三行目", "", "2026.10.02 金曜日", "10:00 はる うん", "", "10:01 はる ん"))
        #expect(reading.texts == ["一行目\n\n三行目", "うん\n", "ん"])
    }

    @Test("パソコンの12時間の時刻は、どの行にも AM か PM があるときだけ読む")
    func computerHalves() throws {
        let halves = try LineReading(
            computer("11:24 AM Ken hello", "1:05 PM Mika hi", "1:06 PM Ken yes", "1:07 PM Mika fine"))
        #expect(halves.times == ["11:24", "13:05", "13:06", "13:07"].map { "2026-10-01 " + $0 })
        #expect(halves.names == ["Ken", "Mika", "Ken", "Mika"])
        let name = try LineReading(computer("11:24 PM hello", "11:25 PM hi", "13:06 Ken yes", "13:07 Ken no"))
        #expect(name.times == ["11:24", "11:25", "13:06", "13:07"].map { "2026-10-01 " + $0 })
        #expect(name.names == ["PM", "PM", "Ken", "Ken"])
    }

    @Test("読めないバイトのある行は、読める字を残し、場所を言う")
    func badBytes() throws {
        var bytes = Array(telephone("09:00\tあ\t").utf8)
        bytes.removeLast(2)
        let reading = try LineReading(bytes + [0xe3, 0x81] + Array("\r\n09:01\tい\tうん\r\n".utf8))
        #expect(reading.texts == ["\u{fffd}", "うん"])
        #expect(reading.remarks == [["text.bad-bytes"], []])
        #expect(reading.report.problems.first?.offset == UInt64(bytes.count))
        #expect(reading.problems == ["text.bad-bytes 5"])
    }

    @Test("長すぎる文は切るが、場所はもとの全部")
    func longText() throws {
        let long = String(repeating: "あ", count: 400_000)
        let reading = try LineReading(telephone("09:00\tあ\t" + long, "09:01\tい\tうん"))
        #expect(reading.records.count == 2)
        #expect((reading.texts.first?.utf8.count ?? 0) <= 1 << 20)
        #expect(reading.texts.first?.unicodeScalars.contains("\u{fffd}") == false)
        #expect(reading.records.first?.source.length == UInt64("09:00\tあ\t".utf8.count + 1_200_000))
        #expect(reading.remarks == [["line.text-cut"], []])
        #expect(reading.problems == ["line.message-too-large 5"])
    }
}

@Suite("LINE のファイルを見わける")
struct LineRecognitionTests {
    @Test(
        "トークの書き出しを見わける",
        arguments: [
            "[LINE] みほんとのトーク履歴\r\n", "[LINE] 豆本の会のトーク履歴\r\n", "[LINE] ひろばのトーク\n",
            "[LINE] Chat history with Mika\r\n", "[LINE] Chat history in Tea circle\n",
            "\u{feff}[LINE] みほんとのトーク履歴\r\n", "2026.10.1 木曜日\r\n09:00 あ うん\r\n",
            "\r\n2017.09.03 Sunday\n09:00 foo hello\n", "2026/10/1(木)\r\n09:00\tあ\tうん\r\n",
        ])
    func isTalk(_ text: String) throws {
        #expect(try LineReading(text, name: "talk.TXT").claimCount == 1)
        #expect(try LineReading(text, name: "[LINE] A. Moriとのトーク").claimCount == 1)
        #expect(try LineReading(text, name: "talk.csv").claimCount == 0)
    }

    @Test(
        "ほかの文書はとらない",
        arguments: ["", "きょうの日記\n", "2026/10/1(木)\n09:00 起きた\n", "2026.10.1 木曜日\nはれ\n", "LINE とのトーク履歴\n", "[LINE]\n"])
    func isNoTalk(_ text: String) throws {
        #expect(try LineReading(text).claimCount == 0)
    }

    @Test(
        "トークの名前を、一行目かファイルの名前からとる",
        arguments: [
            ("[LINE] みどりとのトーク.txt", "line/みどり"), ("[LINE]豆本の会.txt", "line/豆本の会"),
            ("[LINE] 豆本の会のトーク (2).txt", "line/豆本の会"), ("[LINE] Chat with Mika.TXT", "line/Mika"),
            ("[LINE].txt", "line/[LINE].txt"), ("か\u{3099}くとのトーク.txt", "line/がく"),
        ])
    func titles(_ name: String, _ scope: String) throws {
        let found = try LineReading(computer("09:00 あ うん"), name: name).report.scopes.map { Array($0.scope.utf8) }
        #expect(found == [Array(scope.utf8)])
    }

    @Test("保存日時を読み、二とおりに読めれば言わない")
    func savedAt() throws {
        let japanese = try LineReading("[LINE] あのトーク履歴\r\n保存日時：2021/04/30 午後1:16\r\n").report.scopes.first?.exportedAt
        #expect(japanese?.literal == "2021/04/30 午後1:16")
        #expect(japanese?.instant.utcText == "2021-04-30T04:16:00.000Z")
        let english = try LineReading("[LINE] Chat history with A\nSaved on: 9/26/2026, 11:00\n")
        let american = english.report.scopes.first?.exportedAt
        #expect(american?.instant.utcText == "2026-09-26T02:00:00.000Z")
        let unclear = try LineReading("[LINE] Chat history with A\nSaved on: 11/04/2026, 11:00\n")
        #expect(unclear.report.scopes.first?.exportedAt == nil)
        #expect(unclear.problems == ["line.saved-at-ambiguous 2"])
    }
}

@Suite("LINE のファイルが読めないとき")
struct LineFailureTests {
    private struct Failure: Error, Equatable {}

    private final class BreakingStream: ByteStream {
        private var pieces: [[UInt8]]

        init(_ pieces: [[UInt8]]) { self.pieces = pieces }

        func read(upTo count: Int) throws -> [UInt8] {
            if pieces.isEmpty { throw Failure() }
            return pieces.removeFirst()
        }
    }

    private let member = SealedMember(path: "みほん.txt", object: SliceDigest.of([]), member: nil, index: 0)
    private var claim: Claim { Claim(root: "", members: [member]) }

    @Test("途中で切れたら、そこまでを読み、全部とは言わない")
    func breaksOff() throws {
        let text = telephone("09:00\tあ\t一", "09:01\tあ\t二")
        let tree = SealedTree(members: [member]) { _ in BreakingStream([Array(text.utf8)]) }
        var texts: [String?] = []
        let report = try LineTalkImporter().read(claim, from: tree, record: { texts.append($0.text) }, file: { _ in })
        #expect(texts == ["一"])
        #expect(report.problems.map(\.code) == ["source.unreadable"])
        #expect(report.scopes.map(\.isComplete) == [false])
    }

    @Test("開けなければ、その旨を言う")
    func doesNotOpen() throws {
        let tree = SealedTree(members: [member]) { _ in throw Failure() }
        #expect(LineTalkImporter().recognise([member], in: tree).isEmpty)
        let report = try LineTalkImporter().read(claim, from: tree, record: { _ in }, file: { _ in })
        #expect(report.problems.map(\.code) == ["source.unreadable"])
        #expect(report.scopes.isEmpty)
    }

    @Test("受けとる側の誤りは、そのまま返す")
    func passesErrorsOn() throws {
        let bytes = Array(telephone("09:00\tあ\t一").utf8)
        let tree = SealedTree(members: [member]) { _ in MemoryBytes(bytes).stream() }
        #expect(throws: Failure()) {
            try LineTalkImporter().read(claim, from: tree, record: { _ in throw Failure() }, file: { _ in })
        }
    }
}
