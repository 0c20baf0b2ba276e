import AkashiIntake
import AkashiModel
import AkashiSlackImporter
import AkashiTesting
import Foundation
import Testing

@Suite("Slack")
struct SlackTests {
    private static let files: [(path: String, bytes: [UInt8])] = [
        (
            "users.json",
            Array(#"[{"id":"U1","name":"tsumugi","profile":{"display_name":"つむぎ"}},{"id":"U2","name":"b","real_name":"B"}]"#.utf8)
        ),
        ("channels.json", Array(#"[{"id":"C1","name":"general"}]"#.utf8)),
        (
            "general/2023-03-23.json",
            Array(
                #"[{"type":"message","user":"U1","text":"<@U2> 見て <https://a.example/|ここ> &amp;lt; &lt;3","ts":"1679529600.000100","reactions":[{"name":"heart","users":["U2"]}]},{"type":"message","subtype":"channel_join","user":"U2","text":"joined","ts":"1679529601.000200"},{"text":"no ts"}]"#
                    .utf8)
        ),
    ]

    @Test("marks become words, the time stays text, joins are events, one bad message does not lose the rest")
    func export() throws {
        let result = try ImportResult(SlackImporter(), SealedTree.memory(Self.files))
        #expect(result.records.map(\.text) == ["@B 見て ここ（https://a.example/） &lt; <3", "joined"])
        #expect(result.records[0].key == "1679529600.000100" && result.records[0].account?.displayName == "つむぎ")
        #expect(result.records[0].claimedTime?.literal == "1679529600.000100")
        #expect(result.records[1].kind == .event && result.problems == ["json.undecodable"])
        try ImporterConformance.check(SlackImporter(), Self.files)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws { try ImporterConformance.fuzz(SlackImporter(), Self.files, seed: seed, rounds: 60) }
}
