import AkashiCommentsImporter
import AkashiIntake
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("comments from the gateway")
struct CommentsTests {
    private static let files: [(path: String, bytes: [UInt8])] = [
        (
            "comments-1.json",
            Array(
                #"[{"fellIntoTrap":false,"format":"akashi-comment/1","id":"0a","isShown":true,"name":"はる","receivedAt":1764400000123,"text":"お花\nすてき","thread":"page-1"},{"format":"akashi-comment/1","id":"0b","isShown":false,"name":"","receivedAt":1764400001000,"text":"x","thread":"別のページ","fellIntoTrap":true},{"format":"akashi-comment/2"}]"#
                    .utf8)
        )
    ]

    @Test("a name is a claim and no account; the page, the time and the trap are kept")
    func read() throws {
        let result = try ImportResult(CommentsImporter(), SealedTree.memory(Self.files))
        #expect(result.records.map(\.text) == ["お花\nすてき", "x"])
        #expect(result.records.map(\.key) == ["0a", "0b"])
        #expect(result.records.map(\.scope) == ["gateway/page-1", "gateway/別のページ"])
        #expect(result.records.allSatisfy { $0.account == nil && $0.kind == .comment })
        #expect(result.records[0].details == ["page": "page-1", "claimedName": "はる", "shownBefore": "yes"])
        #expect(result.records[1].details["trap"] == "yes")
        #expect(result.records[0].claimedTime?.instant == Instant(milliseconds: 1_764_400_000_123))
        #expect(result.problems == ["json.undecodable"])
        try ImporterConformance.check(CommentsImporter(), Self.files)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws { try ImporterConformance.fuzz(CommentsImporter(), Self.files, seed: seed, rounds: 60) }
}
