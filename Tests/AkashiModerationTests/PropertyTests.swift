import AkashiModeration
import AkashiTesting
import Testing

@Suite("any comment")
struct PropertyTests {
    private static let pieces =
        [
            "バ", "カ", "死", "ね", "し", "○", "★", "ー", "っ", "\u{200B}", "\u{202E}", "\u{202C}", "゛", "ﾞ", "&#x6b7b;", "&#",
            "%E6%AD%BB", "%E6", "\\u6b7b", "\\u{", "<b>", "<", "🐴", "👨‍🦲",
            "s", "h", "i", "ne", "4", "𝗯", "ﾚよ", "タヒ", "\n", " ", "。", "、", "ㅈ", "力", "氏", "々", "…", "？", "https://a.jp/x ",
            "\u{0}", "𠮷", "é",
        ].map { Array($0.utf8) }

    @Test(
        "every hit lies in the comment, at the edges of letters, and the same comment has the same hits",
        arguments: Seeds.standard)
    func ranges(seed: UInt64) throws {
        let moderator = try Fixture.usual.get()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var comment: [UInt8] = []
            for _ in 0..<(Int.random(in: 0..<30, using: &random)) { comment += Self.pieces.randomElement(using: &random) ?? [] }
            let hits = moderator.hits(in: comment)
            for hit in hits {
                #expect(hit.range.lowerBound >= 0 && hit.range.upperBound <= comment.count && !hit.range.isEmpty)
                for place in [hit.range.lowerBound, hit.range.upperBound] where place < comment.count {
                    #expect(comment[place] & 0xC0 != 0x80, "\(String(decoding: comment, as: UTF8.self))")
                }
                for undone in hit.undone { #expect(undone.range.lowerBound >= 0 && undone.range.upperBound <= comment.count) }
            }
            #expect(hits == moderator.hits(in: comment))
        }
    }

    @Test("bytes that are no text are read without harm", arguments: Seeds.standard)
    func bytes(seed: UInt64) throws {
        let moderator = try Fixture.usual.get()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 { _ = moderator.hits(in: (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }) }
    }

    @Test(
        "the longest comments made of what is undone end",
        arguments: ["バ", "ー", "○", "ﾚ", "&#x6b7b;", "し\u{200B}", "死々", "4", "ba"])
    func long(piece: String) throws {
        let moderator = try Fixture.usual.get()
        #expect(moderator.hits(in: Array(String(repeating: piece, count: 3000).utf8)).count <= 3000)
    }
}
