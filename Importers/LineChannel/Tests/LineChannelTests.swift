import AkashiIntake
import AkashiLineChannelImporter
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("her own LINE channel")
struct LineChannelTests {
    private static func delivery(_ event: String) throws -> String {
        let text = String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
        return #"{"format":"akashi-line/1","kind":"event","receivedAt":1764400000000,"event":\#(text)}"#
    }

    private static func files() throws -> [(path: String, bytes: [UInt8])] {
        let user = #""source":{"type":"user","userId":"U206d25c2ea6bd87c17655609a1c37cb8"}"#
        let events = [
            #"{"type":"message","mode":"active","timestamp":1764400000123,"webhookEventId":"01A",\#(user),"message":{"id":"325708","type":"text","text":"今日 届いた\nレビュー"}}"#,
            #"{"type":"message","mode":"active","timestamp":1764400001123,"webhookEventId":"01B",\#(user),"message":{"id":"325709","type":"image","contentProvider":{"type":"line"}}}"#,
            #"{"type":"message","mode":"active","timestamp":1764400001223,"webhookEventId":"01C",\#(user),"message":{"id":"325710","type":"file","fileName":"控え.pdf","fileSize":2138}}"#,
            #"{"type":"unsend","mode":"active","timestamp":1764400002123,"webhookEventId":"01D",\#(user),"unsend":{"messageId":"325708"}}"#,
            #"{"type":"follow","mode":"active","timestamp":1764400002124,"webhookEventId":"01D",\#(user)}"#,
            #"{"type":"somethingNew","timestamp":1764400002125,"webhookEventId":"01D"}"#,
        ]
        let list =
            try events.map(delivery) + [
                #"{"format":"akashi-line/1","kind":"missing","receivedAt":1764400003000,"messageID":"325711","reason":"too-large"}"#,
                #"{"format":"akashi-line/1","kind":"event","receivedAt":1,"event":"no json"}"#,
            ]
        return [("line-1-9.json", Array("[\(list.joined(separator: ",\n"))]".utf8))]
    }

    @Test("messages are hers with LINE's own time; what was taken back stays beside the taking back; new kinds are kept")
    func read() throws {
        let result = try ImportResult(LineChannelImporter(), SealedTree.memory(try Self.files()))
        let expected: [RecordKind] = [.message, .message, .message, .event, .event, .event, .event]
        #expect(result.records.map(\.kind) == expected)
        #expect(result.records[0].text == "今日 届いた\nレビュー" && result.records[0].key == "325708")
        #expect(result.records[0].claimedTime?.instant == Instant(milliseconds: 1_764_400_000_123))
        #expect(result.records[0].account?.key.value == "U206d25c2ea6bd87c17655609a1c37cb8")
        #expect(result.records[1].details["file"] == "line-325709" && result.records[2].details["fileName"] == "控え.pdf")
        #expect(result.records[3].details["unsent"] == "325708")
        // One id for several events: they are several records all the same.
        #expect(Set(result.records.map(\.key)).count == 7)
        #expect(result.records[6].details == ["missing": "325711", "reason": "too-large"])
        #expect(result.problems == ["json.undecodable"])
        try ImporterConformance.check(LineChannelImporter(), try Self.files())
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        try ImporterConformance.fuzz(LineChannelImporter(), try Self.files(), seed: seed, rounds: 60)
    }
}
