import AkashiTesting
import Foundation
import Testing

@testable import AkashiWork

@Suite("whatever comes, work goes on")
struct WorkFuzzTests {
    private static let readers = Result { try WorkReaders(PostingTests.knowledge) }

    private static func files() throws -> [[UInt8]] {
        let folder = ProjectFolder.root.appending(path: "Tests/AkashiWorkTests/Postings")
        let names = [
            "pages/page-01.html", "feed.xml", "feed.rss", "text/kyujin-12.txt", "other-hand-a/csv/ichiran_sjis.tsv",
            "other-hand-b/microdata/m06.html", "other-hand-b/text/hw08.txt", "other-hand-b/plain/p01.html",
        ]
        return try names.map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test("cut, doubled and changed bytes of postings are read or refused, and end", arguments: 0..<12)
    func postings(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let readers = try Self.readers.get()
        for var bytes in try Self.files() {
            for _ in 0..<8 {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 40))
                case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
                default: bytes = Array(bytes.prefix(max(1, place)))
                }
                if bytes.isEmpty { bytes = [65] }
            }
            let (found, _) = readers.reader.read(bytes, file: "x")
            var limits = Wishes.Limits()
            (limits.latestEnd, limits.daysPerWeek, limits.hoursPerDay, limits.noWeekends) = ("17:00", 3, 5, true)
            let ranked = readers.ranker.rank(found, Wishes(limits: limits, wants: ["縫製"]))
            #expect(ranked.count == found.count)
            for posting in found { _ = readers.checker.check(posting) }
            _ = SamePostings.find(found)
        }
    }

    @Test("any words end as changes, entries or nothing", arguments: 0..<12)
    func words(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let readers = try Self.readers.get()
        let pieces = [
            "足立区", "東京", "は", "避けたい", "時給", "千二百円", "１２００円", "週", "３日", "まで", "夜", "17時", "半", "だけ", "でも", "、", "。", "\n", "〜",
            "令和元年",
            "平成24", "年3月", "\u{0}", "😀", "一", "十", "万", "0", "市", "NG", "から", "1日", "99", "時間", "\u{FEFF}", "区",
        ]
        for _ in 0..<150 {
            let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
            let changes = readers.wishes.changes(in: text)
            _ = changes.reduce(Wishes()) { $0.changed(by: $1) }
            let entries = CareerLines.entries(text)
            #expect(CareerLines.entries(CareerLines.text(entries)).count >= entries.count(where: { !$0.month.isEmpty }))
        }
    }
}
