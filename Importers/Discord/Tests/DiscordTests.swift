import AkashiDiscordImporter
import AkashiIntake
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("Discord")
struct DiscordTests {
    private static let files: [(path: String, bytes: [UInt8])] = [
        (
            "package/messages/index.json",
            Array(#"{"123456789012345678":"Direct Message with b#1","223456789012345678":null}"#.utf8)
        ),
        ("package/messages/c123456789012345678/channel.json", Array(#"{"id":"123456789012345678","type":1}"#.utf8)),
        (
            "package/messages/c123456789012345678/messages.csv",
            Array(
                "ID,Timestamp,Contents,Attachments\r\n817117123456789012,2021-03-04 05:06:07.891000+00:00,\"やめて\nください\",https://cdn.example/a.png?x=1\r\n817117123456789013,2021-03-04 05:06:08,\"a \"\"b\"\"\",\r\n"
                    .utf8)
        ),
        (
            "package/messages/c223456789012345678/channel.json",
            Array(#"{"id":"223456789012345678","name":"一般","guild":{"id":"1","name":"糸の会"}}"#.utf8)
        ),
        (
            "package/messages/c223456789012345678/messages.json",
            Array(
                #"[{"ID":1027117123456789012,"Timestamp":"2022-10-05 01:02:03","Contents":"こんにちは","Attachments":""},{"x":1}]"#
                    .utf8)
        ),
    ]

    @Test("tables and JSON are read, times without a zone are UTC, ids stay whole, and it is said whose messages are missing")
    func package() throws {
        let result = try ImportResult(DiscordImporter(), SealedTree.memory(Self.files))
        #expect(result.records.map(\.text) == ["やめて\nください", "a \"b\"", "こんにちは"])
        #expect(result.records[2].key == "1027117123456789012" && result.records[2].details["channel"] == "糸の会 一般")
        #expect(result.records[1].claimedTime?.instant == Instant(rfc3339: "2021-03-04T05:06:08Z"))
        #expect(result.records[0].attachments.first?.name == "a.png" && result.problems == ["json.undecodable"])
        #expect(result.records.allSatisfy { $0.remarks.contains(Remark("discord.own-only")) })
        try ImporterConformance.check(DiscordImporter(), Self.files)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws { try ImporterConformance.fuzz(DiscordImporter(), Self.files, seed: seed, rounds: 60) }
}
