import AkashiIntake
import AkashiModel
import AkashiTesting
import AkashiYouTubeImporter
import Foundation
import Testing

@Suite("YouTube")
struct YouTubeTests {
    private static let table = """
        コメント ID,チャンネル ID,コメントの作成タイムスタンプ,価格,動画 ID,コメント テキスト\r
        UgxAbCdEfGhIjKlMnOp4AaABAg,UCabcdefghijklmnopqrstuv,2023-03-04T05:06:07.891Z,0,abcdefghijk,"{""text"":""すてき！\\nまた""}"\r
        UgxAbCdEfGhIjKlMnOp4AaABAg.9xyz,UCabcdefghijklmnopqrstuv,2023-03-05T05:06:07+00:00,0,abcdefghijk,"{""text"":""一""},{""text"":""二""}"\r
        broken row\r

        """

    @Test("comments are told by what stands in the columns, in any language; pieces are joined")
    func comments() throws {
        let files: [(path: String, bytes: [UInt8])] = [("comments.csv", Array(Self.table.utf8))]
        let result = try ImportResult(YouTubeImporter(), SealedTree.memory(files))
        #expect(result.records.map(\.text) == ["すてき！\nまた", "一二"])
        #expect(result.records[0].url == "https://www.youtube.com/watch?v=abcdefghijk&lc=UgxAbCdEfGhIjKlMnOp4AaABAg")
        #expect(result.records[0].claimedTime?.instant == Instant(rfc3339: "2023-03-04T05:06:07.891Z"))
        #expect(result.problems == ["csv.ragged"])
        try ImporterConformance.check(YouTubeImporter(), files)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        try ImporterConformance.fuzz(YouTubeImporter(), [("comments.csv", Array(Self.table.utf8))], seed: seed, rounds: 60)
    }
}
