import AkashiIntake
import AkashiMetaImporter
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("Meta")
struct MetaTests {
    private func read(_ files: [(path: String, bytes: [UInt8])]) throws -> ImportResult {
        try ImportResult(MetaImporter(), SealedTree.memory(files))
    }

    /// As Meta writes it: each byte a letter.
    private static func broken(_ text: String) -> String {
        text.utf8.map { $0 < 128 ? String(UnicodeScalar($0)) : "\\u00" + String($0, radix: 16) }.joined()
    }

    private static func talk(_ messages: [String], path: String = "inbox/a_1") -> [UInt8] {
        Array(
            "{\"participants\":[{\"name\":\"\(broken("花子"))\"}],\"messages\":[\(messages.joined(separator: ","))],\"title\":\"\(broken("花子"))\",\"thread_path\":\"\(path)\"}"
                .utf8)
    }

    private static func message(_ name: String, _ time: Int, _ text: String, _ more: String = "") -> String {
        "{\"sender_name\":\"\(broken(name))\",\"timestamp_ms\":\(time),\"content\":\"\(broken(text))\"\(more)}"
    }

    @Test("letters are put right once, requests of strangers are named, files in order, pictures found, no place of a photograph")
    func talks() throws {
        let base = "your_instagram_activity/messages/"
        let photo =
            #","photos":[{"uri":"your_instagram_activity/messages/message_requests/b_2/photos/1.jpg","creation_timestamp":1,"exif_data":{"latitude":35.123}}]"#
        let files: [(path: String, bytes: [UInt8])] = [
            (
                base + "inbox/a_1/message_1.json",
                Self.talk([
                    Self.message("花子", 1_709_650_900_000, "二つ目 😀"), Self.message("花子", 1_709_650_800_000, "同じ"),
                    Self.message("花子", 1_709_650_800_000, "同じ"),
                ])
            ),
            (base + "inbox/a_1/message_2.json", Self.talk([Self.message("plain", 1_709_650_700_000, "ascii")])),
            (
                base + "message_requests/b_2/message_1.json",
                Self.talk([Self.message("知らない人", 1_709_650_600_000, "会いたい", photo)], path: "message_requests/b_2")
            ),
            (base + "message_requests/b_2/photos/1.jpg", [1, 2, 3]),
        ]
        let result = try read(files)
        #expect(result.records.map(\.text) == ["ascii", "同じ", "同じ", "二つ目 😀", "会いたい"])
        #expect(Set(result.records.map(\.key)).count == 5)
        let request = try #require(result.records.last)
        #expect(request.account?.displayName == "知らない人" && request.remarks.contains(Remark("meta.request")))
        #expect(request.attachments.first?.locator?.length == 3)
        #expect(request.claimedTime?.instant == Instant(milliseconds: 1_709_650_600_000))
        #expect(!"\(result.records)".contains("35.123"))
        #expect(result.problems == [] && result.records.allSatisfy { $0.account?.platform.name == "instagram" })
        try ImporterConformance.check(MetaImporter(), files)
    }

    @Test("the same words twice stay two where they stand in two files of a talk; a field of an odd type loses no message")
    func oddities() throws {
        let odd =
            "{\"sender_name\":\"a\",\"timestamp_ms\":1,\"content\":\"x\",\"call_duration\":\"soon\",\"photos\":\"none\",\"reactions\":[1,{\"reaction\":\"r\",\"actor\":\"b\"}]}"
        let files: [(path: String, bytes: [UInt8])] = [
            ("messages/inbox/a_1/message_1.json", Self.talk([Self.message("a", 1, "x"), odd])),
            ("messages/inbox/a_1/message_2.json", Self.talk([Self.message("a", 1, "x")])),
        ]
        let result = try read(files)
        #expect(result.records.count == 3 && Set(result.records.map(\.key)).count == 3)
        #expect(result.problems == [] && result.records.contains { $0.details["reactions"] == "r b" })
    }

    @Test("comments are told by their shape in any language; text that was right already stays")
    func comments() throws {
        let text = """
            [{"string_map_data":{"Comment":{"value":"\(Self.broken("かわいい"))"},"Media Owner":{"value":"maker.demo"},"Time":{"timestamp":1700000000}}},
            {"string_map_data":{"\(Self.broken("ひとこと"))":{"value":"すてき！"},"\(Self.broken("持ち主"))":{"value":"maker_demo"},"\(Self.broken("時間"))":{"timestamp":1700000001}}}]
            """
        let result = try read([("comments/post_comments_1.json", Array(text.utf8))])
        #expect(result.records.map(\.text) == ["かわいい", "すてき！"])
        #expect(result.records.map { $0.recipients.first?.handle } == ["maker.demo", "maker_demo"])
        #expect(result.records[0].claimedTime?.instant == Instant(milliseconds: 1_700_000_000_000))
    }

    @Test("the sample is read")
    func sample() throws {
        let url = ProjectFolder.root.appending(path: "../shared/samples/meta/made_ja/message_1.json")
        guard let data = try? Data(contentsOf: url) else { return }
        let result = try read([("message_1.json", Array(data))])
        #expect(result.records.first { $0.text?.hasPrefix("こんばんは") == true }?.account?.displayName == "にせ物さん😀")
    }

    @Test("any damage ends in a report, and one bad message does not lose the rest", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        let bytes = Self.talk([Self.message("花子", 1, "a"), Self.message("花子", 2, "b")])
        try ImporterConformance.fuzz(MetaImporter(), [("messages/inbox/a/message_1.json", bytes)], seed: seed, rounds: 80)
        let half = try read([
            ("messages/inbox/a/message_1.json", Self.talk([Self.message("花子", 1, "a"), "{\"x\":1}", Self.message("花子", 2, "b")]))
        ])
        #expect(half.records.count == 2 && half.problems == ["json.undecodable"])
    }
}
