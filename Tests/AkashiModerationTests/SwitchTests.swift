import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiText
import Foundation
import Testing

@Suite("switches of a rule")
struct SwitchTests {
    private func moderator(leaves: Set<Step> = [], allow: [String] = []) throws -> Moderator {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let rule = Rule(
            id: "own", name: Bilingual(ja: "", en: ""), kind: .own, action: .hold, terms: [Term("死ね", reading: "シネ")],
            leaves: leaves, allow: allow)
        return Moderator(try RuleSet([rule], Fixture.knowledge, dictionary))
    }

    private func isHeld(_ text: String, _ moderator: Moderator) -> Bool {
        moderator.hits(in: Array(text.utf8)).contains { $0.action == .hold }
    }

    private static let ways: [(String, Step)] = [
        ("お前shineよ", .romaji), ("お前4ねよ", .number), ("お前死 ねよ", .sign), ("お前死ーーねよ", .drawnOut), ("お前死ﾈよ", .width),
        ("お前死んでほしい", .ending), ("お前死\u{200B}ねよ", .invisible), ("お前&#x6b7b;ねよ", .encoded), ("しっかり\nねばって\nよむ", .plain),
    ]

    @Test("what a rule leaves is left, and nothing else is", arguments: ways.dropLast().map(\.0), ways.dropLast().map(\.1))
    func left(text: String, step: Step) throws {
        let own = Self.ways.first { $0.0 == text }?.1
        #expect(isHeld(text, try moderator(leaves: [step])) == (own != step))
    }

    @Test("a rule of words as they stand finds them as they stand only")
    func exact() throws {
        let moderator = try moderator(leaves: Set(Step.allCases).subtracting([.plain]))
        #expect(isHeld("お前死ねよ", moderator))
        for (text, _) in Self.ways { #expect(!isHeld(text, moderator), "\(text)") }
    }

    @Test("a phrase spares the word in its very place and no other beside it")
    func allow() throws {
        let moderator = try moderator(allow: ["芝居「~」"])
        #expect(moderator.hits(in: Array("芝居「死ね」".utf8)).isEmpty)
        #expect(moderator.hits(in: Array("芝居「死ね」。お前が死ねよ".utf8)).map(\.action) == [.hold])
    }

    @Test("a switch that there is none of is refused with the rule's name")
    func unknown() throws {
        let text = """
            {"id": "p", "name": {"ja": "", "en": ""}, "kind": "own", "source": "", "rules": [{"id": "r", "name": {"ja": "", "en": ""},
            "action": "hold", "terms": ["死ね"], "leaves": ["roma"], "finds": [], "passes": []}]}
            """
        let pack = try JSONDecoder().decode(RulePack.self, from: Data(text.utf8))
        let failure = #expect(throws: ModerationError.self) { _ = try pack.made() }
        #expect(failure?.code == ModerationErrorCode.switchUnknown.rawValue)
    }
}
