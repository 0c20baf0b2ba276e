import AkashiIntake
import AkashiMastodonImporter
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("Mastodon")
struct MastodonTests {
    private static let files: [(path: String, bytes: [UInt8])] = [
        (
            "outbox.json",
            Array(
                """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":3,"orderedItems":[
                {"id":"https://m.example/users/t/statuses/1/activity","type":"Create","actor":"https://m.example/users/t","published":"2026-09-01T00:00:00Z",
                "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://m.example/users/t/followers"],
                "object":{"id":"https://m.example/users/t/statuses/1","type":"Note","summary":"注意","content":"<p>糸を<b>染めた</b><script>x</script></p>",
                "published":"2026-09-01T00:00:00Z","url":"https://m.example/@t/1","attachment":[{"type":"Document","url":"/media_attachments/files/1.png"}]}},
                {"id":"https://m.example/users/t/statuses/2/activity","type":"Announce","actor":"https://m.example/users/t","published":"2026-09-02T00:00:00Z",
                "to":["https://www.w3.org/ns/activitystreams#Public"],"object":"https://other.example/notes/9"},
                {"id":"https://m.example/users/t/statuses/3/activity","type":"Create","actor":"https://m.example/users/t","published":"2026-09-03T00:00:00Z",
                "to":"https://m.example/users/b","cc":[],"object":{"id":"https://m.example/users/t/statuses/3","type":"Note","content":"<p>ないしょ</p>","to":["https://m.example/users/b"],"cc":[]}}
                ]}
                """.utf8)
        ),
        ("actor.json", Array(#"{"id":"https://m.example/users/t","preferredUsername":"t","name":"つむぎ"}"#.utf8)),
        ("media_attachments/files/1.png", [1, 2]),
    ]

    @Test("posts, reposts and who could see them; direct ones carry a remark")
    func outbox() throws {
        let result = try ImportResult(MastodonImporter(), SealedTree.memory(Self.files))
        #expect(result.records.map(\.kind) == [.post, .repost, .post])
        #expect(result.records[0].text == "注意\n\n糸を染めた" && result.records[0].attachments.first?.locator?.length == 2)
        #expect(result.records[1].url == "https://other.example/notes/9")
        #expect(result.records[2].remarks.contains(Remark("mastodon.direct")))
        #expect(result.records.map { $0.details["visibility"] } == ["public", "public", "direct"])
        #expect(result.records[0].account?.handle == "t")
        try ImporterConformance.check(MastodonImporter(), Self.files)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        try ImporterConformance.fuzz(MastodonImporter(), Self.files, seed: seed, rounds: 60)
    }
}
