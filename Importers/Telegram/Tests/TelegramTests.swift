import AkashiIntake
import AkashiModel
import AkashiTelegramImporter
import AkashiTesting
import Testing

@Suite("Telegram exports")
struct TelegramTests {
    private static let one: [(path: String, bytes: [UInt8])] = [
        (
            "ChatExport_2026-11-20/result.json",
            Array(
                #"""
                {"name": "風", "type": "personal_chat", "id": 4471, "messages": [
                 {"id": 11, "type": "message", "date": "2026-11-20T21:03:04", "date_unixtime": "1795176184", "from": "風",
                  "from_id": "user77", "text": ["見て ", {"type": "link", "text": "https://example.com/a"}, "。"],
                  "text_entities": [{"type": "plain", "text": "見て "}, {"type": "text_link", "text": "ここ", "href": "https://example.com/b"}]},
                 {"id": 12, "type": "message", "date": "2026-11-20T21:04:00", "date_unixtime": "1795176240", "from": null,
                  "from_id": "user9", "photo": "photos/photo_1@20-11-2026.jpg", "text": "", "reply_to_message_id": 11,
                  "edited": "2026-11-20T22:00:00", "edited_unixtime": "1795179600"},
                 {"id": 13, "type": "message", "date": "2021-01-02T03:04:05", "from": "風", "from_id": 77, "text": "前の版\x1b。",
                  "file": "(File not included. Change data exporting settings to download.)"},
                 {"id": 14, "type": "service", "date_unixtime": "1795176300", "actor": "風", "actor_id": "user77", "action": "phone_call", "text": ""},
                 {"type": "message", "text": "番号がない"}
                ]}
                """#.utf8)
        ),
        ("ChatExport_2026-11-20/photos/photo_1@20-11-2026.jpg", [0xFF, 0xD8, 0xFF, 0xD9]),
        ("ChatExport_2026-11-20/notes.txt", Array("よその紙".utf8)),
    ]
    private static let all: [(path: String, bytes: [UInt8])] = [
        (
            "result.json",
            Array(
                #"""
                {"about": "Here is the data you requested. Telegram Desktop", "personal_information": {"phone_number": "+81 90"},
                 "chats": {"about": "", "list": [
                  {"name": "A", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "type": "message", "date_unixtime": "1795176184", "from": "A", "from_id": "user1", "text": "一つ目"}]},
                  {"name": null, "type": "private_group", "id": 2, "messages": [{"id": 1, "type": "message", "date_unixtime": "1795176185", "from": "B", "from_id": "user2", "text": "二つ目"}]}]},
                 "left_chats": {"list": [{"name": "C", "type": "private_group", "id": 3, "messages": [{"id": 5, "type": "message", "date_unixtime": "1795176186", "text": "三つ目"}]}]}}
                """#.utf8)
        )
    ]

    @Test(
        "a chat: words with the addresses of their links, an answer, a picture, a call, times of both forms; nobody else's paper")
    func chat() throws {
        let result = try ImportResult(TelegramImporter(), SealedTree.memory(Self.one))
        let records = result.records
        #expect(records.map(\.key) == ["11", "12", "13", "14"])
        #expect(records.allSatisfy { $0.scope == "telegram/personal_chat/4471" && $0.details["channel"] == "風" })
        #expect(records[0].text == "見て ここ（https://example.com/b）")
        #expect(records[0].account == ClaimedAccount(platform: Platform("telegram"), id: "user77", displayName: "風"))
        #expect(records[0].claimedTime?.instant == Instant(milliseconds: 1_795_176_184_000))
        #expect(records[1].text == nil && records[1].account?.displayName == nil && records[1].details["replyTo"] == "11")
        #expect(records[1].attachments.map(\.name) == ["photo@20-11-2026.jpg"] && records[1].attachments[0].locator?.length == 4)
        #expect(records[1].details["editedTime"]?.hasPrefix("2026-11-20T13:00:00") == true)
        #expect(records[2].claimedTime?.zone == .assumedJapan && records[2].attachments.isEmpty)
        #expect(records[2].text == "前の版\u{1b}。")
        #expect(records[2].account?.id == "user77")
        #expect(records[2].remarks == [Remark("telegram.file-left-out")])
        #expect(records[3].kind == .event && records[3].details["action"] == "phone_call" && records[3].account?.id == "user77")
        #expect(result.problems == ["json.undecodable"])
        let claims = TelegramImporter().recognise(SealedTree.memory(Self.one).members, in: SealedTree.memory(Self.one))
        #expect(claims.flatMap(\.members).map(\.name).sorted() == ["photo_1@20-11-2026.jpg", "result.json"])
        try ImporterConformance.check(TelegramImporter(), Self.one)
    }

    @Test("an export of everything: each chat is a stream of its own, those that were left too, and places fit")
    func everything() throws {
        let result = try ImportResult(TelegramImporter(), SealedTree.memory(Self.all))
        #expect(
            result.records.map(\.scope) == ["telegram/personal_chat/1", "telegram/private_group/2", "telegram/private_group/3"])
        #expect(result.records.map(\.text) == ["一つ目", "二つ目", "三つ目"])
        #expect(result.records[1].details["channel"] == nil && result.records[2].account == nil)
        try ImporterConformance.check(TelegramImporter(), Self.all)
    }

    @Test("an export that breaks off is read up to there, and says so")
    func cut() throws {
        let whole = Self.one[0].bytes
        let end = try #require(whole.ranges(of: Array(#"{"id": 14"#.utf8)).first?.upperBound)
        let result = try ImportResult(TelegramImporter(), SealedTree.memory([(Self.one[0].path, Array(whole[..<end]))]))
        #expect(result.records.map(\.key) == ["11", "12", "13"] && result.problems == ["json.truncated"])
    }

    @Test("another program's result.json is left alone")
    func others() {
        let files: [(path: String, bytes: [UInt8])] = [("result.json", Array(#"{"results": [], "messages": "none"}"#.utf8))]
        #expect(TelegramImporter().recognise(SealedTree.memory(files).members, in: SealedTree.memory(files)).isEmpty)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        try ImporterConformance.fuzz(TelegramImporter(), Self.one, seed: seed, rounds: 60)
        try ImporterConformance.fuzz(TelegramImporter(), Self.all, seed: seed, rounds: 60)
    }
}
