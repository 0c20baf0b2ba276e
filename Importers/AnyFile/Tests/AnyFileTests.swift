import AkashiAnyFileImporter
import AkashiIntake
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("any file")
struct AnyFileTests {
    private func read(_ name: String, _ bytes: [UInt8]) throws -> ParsedRecord {
        let result = try ImportResult(AnyFileImporter(), SealedTree.memory([(name, bytes)]))
        return try #require(result.records.first)
    }

    @Test("text is taken where it is text, in the encodings that Japanese files come in")
    func encodings() throws {
        let cases: [([UInt8], String, String)] = [
            (Array("控えのメモ".utf8), "控えのメモ", "UTF-8"),
            ([0xef, 0xbb, 0xbf] + Array("印あり".utf8), "印あり", "UTF-8"),
            ([0x95, 0x5c, 0x83, 0x5c, 0x94, 0x5c, 0x87, 0x8a, 0xfb, 0xfc], "表ソ能㈱髙", "CP932"),
            ([0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42], "あ", "ISO-2022-JP"),
            ([0xc6, 0xfc, 0xcb, 0xdc, 0xb8, 0xec, 0xa4, 0xce, 0xca, 0xb8, 0xbe, 0xcf], "日本語の文章", "EUC-JP"),
            ([0xff, 0xfe, 0x42, 0x30], "あ", "UTF-16"),
        ]
        for (bytes, text, encoding) in cases {
            let record = try read("a.txt", bytes)
            #expect(record.text == text)
            #expect(record.details["encoding"] == encoding)
        }
    }

    @Test("pictures and unknown bytes are kept as they are, told from their bytes and not their name")
    func binary() throws {
        let png = try read("本当は画像.txt", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])
        #expect(png.text == nil)
        #expect(png.details["mediaType"] == "image/png")
        #expect(png.attachments.first?.locator?.length == 10)
        let unknown = try read("x.bin", [0, 1, 2, 3])
        #expect(unknown.text == nil && unknown.details["mediaType"] == nil && unknown.attachments.count == 1)
    }

    @Test(
        "a post copied by hand has the address and the time that the note says",
        arguments: [
            ("午後11:35 · 2026年7月11日", "2026-07-11T14:35:00.000Z"), ("午前0:52 · 2026年7月6日", "2026-07-05T15:52:00.000Z"),
            ("2026年11月16日 0:41", "2026-11-15T15:41:00.000Z"), ("2026/11/16 10:41:05", "2026-11-16T01:41:05.000Z"),
            ("2026-11-16T10:41:05+09:00", "2026-11-16T01:41:05.000Z"), ("午後12:30 · 2026年7月11日", "2026-07-11T03:30:00.000Z"),
        ])
    func notedPost(time: String, expected: String) throws {
        let record = try read("控え.txt", Array("https://x.com/someone_demo/status/123\r\n\(time)\r\n\r\n本文".utf8))
        #expect(record.kind == RecordKind("noted-post"))
        #expect(record.url == "https://x.com/someone_demo/status/123")
        #expect(record.claimedTime?.instant.utcText == expected)
        #expect(record.account == ClaimedAccount(platform: .x, handle: "someone_demo"))
        #expect(record.remarks == [Remark("file.copied-by-hand")])
    }

    @Test(
        "a time that is not plain is left out, not guessed", arguments: ["11月16日 0:41", "2026年13月1日 0:10", "きのうの夜", "2026年7月11日"])
    func unclearTime(time: String) throws {
        #expect(try read("控え.txt", Array("https://example.com/1\n\(time)\n".utf8)).claimedTime == nil)
    }

    @Test("a long text is cut and said so; the file is whole")
    func long() throws {
        let record = try read("a.txt", [UInt8](repeating: 97, count: (1 << 20) + 10))
        #expect(record.text?.utf8.count == 1 << 20)
        #expect(record.remarks == [Remark("file.text-cut")])
        #expect(record.source.length == (1 << 20) + 10)
    }

    @Test("the conformance suite holds, and damaged files end in a report")
    func conformance() throws {
        let files: [(path: String, bytes: [UInt8])] = [
            ("a.txt", Array("https://example.com/1\n2026年11月16日 0:41\nあ".utf8)), ("b.bin", [0, 1, 2]), ("empty", []),
        ]
        try ImporterConformance.check(AnyFileImporter(), files)
        for seed in Seeds.standard {
            try ImporterConformance.fuzz(AnyFileImporter(), Array(files.prefix(2)), seed: seed, rounds: 20)
        }
    }
}
