import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiTesting
import AkashiText
import Foundation
import Testing

@Suite("the queue: placement, rule books, the rule lab")
struct QueueTests {
    private static let dictionary = WordDictionary(folder: WordDictionary.ipadic)

    private func rule(_ id: String, _ terms: [Term], _ action: Action = .hold) -> Rule {
        Rule(id: id, name: Bilingual(ja: id, en: id), kind: .own, action: action, terms: terms)
    }

    // MARK: placement

    private static let known = CommenterStanding(shownCount: 9, knownDays: 90)

    @Test(
        "what a rule holds is never shown in any mode, but for people she trusts; a threat not even for them",
        arguments: QueueMode.allCases)
    func held(mode: QueueMode) {
        let policy = QueuePolicy(mode: mode)
        #expect(!policy.place(.hold, isThreat: false, Self.known).isShown)
        #expect(policy.place(.hold, isThreat: false, CommenterStanding(isTrusted: true)).isShown)
        #expect(!policy.place(.hold, isThreat: true, CommenterStanding(isTrusted: true)).isShown)
    }

    private static let modes: [(QueueMode, isNewShown: Bool, isKnownShown: Bool)] = [
        (.approveFirst, false, false), (.publishFirst, true, true), (.holdNewPeople, false, true), (.shieldsUp, false, true),
    ]

    @Test("who waits in which mode", arguments: modes.map(\.0))
    func waiting(mode: QueueMode) throws {
        let expected = try #require(Self.modes.first { $0.0 == mode })
        let policy = QueuePolicy(mode: mode)
        #expect(policy.place(.pass, isThreat: false, CommenterStanding()).isShown == expected.isNewShown)
        #expect(policy.place(.pass, isThreat: false, Self.known).isShown == expected.isKnownShown)
        // Shown once yesterday is not known for long.
        let young = CommenterStanding(shownCount: 1, knownDays: 1)
        #expect(policy.place(.pass, isThreat: false, young).isShown == (mode == .publishFirst || mode == .holdNewPeople))
    }

    @Test("a comment waits exactly where there is a reason beside a mark", arguments: Seeds.standard)
    func reasons(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let policy = QueuePolicy(mode: QueueMode.allCases.randomElement(using: &generator) ?? .approveFirst)
            let standing = CommenterStanding(
                isTrusted: Bool.random(using: &generator), shownCount: Int.random(in: 0...3, using: &generator),
                rejectedCount: Int.random(in: 0...3, using: &generator), knownDays: Int.random(in: 0...60, using: &generator))
            let action = [Action.pass, .note, .hold].randomElement(using: &generator) ?? .pass
            let placement = policy.place(
                action, isThreat: Bool.random(using: &generator), standing, isTooFast: Bool.random(using: &generator),
                isRaid: Bool.random(using: &generator))
            #expect(placement.isShown == placement.reasons.allSatisfy { $0 == .ruleNotes })
            #expect(Set(placement.reasons).count == placement.reasons.count)
        }
    }

    @Test("a person may write a few at once; a machine is stopped, and let in again when it rests")
    func rate() {
        var rate = CommentRate(CommentRate.Limit(burst: 5, perHour: 20))
        let minute: Int64 = 60_000
        let first = (0..<6).map { rate.isTooFast("a", at: Int64($0) * 1000) }
        #expect(first == [false, false, false, false, false, true])
        let later = [rate.isTooFast("b", at: 5000), rate.isTooFast("a", at: 5000 + 30 * minute)]
        #expect(later == [false, false])
        var steady = CommentRate()
        let calm = (0..<200).map { steady.isTooFast("a", at: Int64($0) * 4 * minute) }
        #expect(!calm.contains(true))
    }

    // MARK: books

    @Test("a kept book gives the same verdicts byte for byte, whatever the program's tables have become")
    func book() throws {
        let dictionary = try #require(Self.dictionary)
        let knowledge = Fixture.knowledge
        var packs: [String: String] = [:]
        for path in try knowledge.list("moderation/packs", ending: ".yaml") { packs[path] = try knowledge.text(path) }
        packs = Dictionary(
            uniqueKeysWithValues: packs.map { (String($0.key.split(separator: "/").last?.dropLast(5) ?? ""), $0.value) })
        let book = try RuleBook(knowledge, packs: packs, privateWords: "風待市糸巻町\tカゼマチシイトマキチョウ", dictionary: dictionary)
        let bytes = try book.bytes
        #expect(try RuleBook(bytes: bytes) == book && (try RuleBook(bytes: bytes).bytes) == bytes)
        #expect(book.differences(dictionary).isEmpty)
        let then = try book.moderator(dictionary)
        let later = try RuleBook(bytes: bytes).moderator(dictionary)
        // One of the first version, which had fewer tables, is read as well, and says that the matcher is another now.
        var old = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        var tables = try #require(old["tables"] as? [String: String])
        for name in ["tone", "letters/similar", "letters/similar-more"] {
            #expect(tables.removeValue(forKey: "moderation/\(name).tsv") != nil)
        }
        (old["tables"], old["matcher"]) = (tables, 1)
        let first = try RuleBook(bytes: Array(JSONSerialization.data(withJSONObject: old)))
        #expect(first.differences(dictionary) == [.matcher])
        #expect(try !first.moderator(dictionary).hits(in: Array("お前は風待市糸巻町だろ".utf8)).isEmpty)
        let comments = [
            "お前を殺★すぞ", "タヒねよ", "とても素敵でした", "風待市糸巻町に住んでる", "この店は詐欺", "詐欺にご注意ください", "4ねばいいのに", "最低限の梱包でした",
        ].map { Array($0.utf8) }
        for comment in comments { #expect(CommentVerdict(comment, then) == CommentVerdict(comment, later)) }
        #expect(comments.map { CommentVerdict($0, later).action } == [.hold, .hold, .pass, .hold, .pass, .pass, .hold, .pass])
        #expect(CommentVerdict(comments[0], then).isThreat)
        // Another book, another verdict.
        var other = book.packs
        other["threats"] = nil
        let without = try RuleBook(knowledge, packs: other, dictionary: dictionary).moderator(dictionary)
        #expect(CommentVerdict(comments[1], without).action == .pass)
    }

    // MARK: lab

    @Test(
        "the lab finds in past comments what the scanner finds in each, and judges them as the matcher does",
        arguments: Seeds.standard.prefix(5))
    func lab(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let base = try MatcherBase(Fixture.knowledge, try #require(Self.dictionary))
        let pieces = ["この店は", "詐欺", "サギ", "鷺", "が", "来ました", "sagi", "詐★欺", "バカ", "ばかり", "バカンス", "。", "作品です", "最低", "最低限"]
        let comments = (0..<600).map { _ in
            Array(
                (0..<Int.random(in: 1...8, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
                    .utf8)
        }
        var lab = RuleLab(base)
        lab.add(comments)
        let rule = rule("own", [Term("詐欺", reading: "サギ"), Term("バカ"), Term("最低", reading: "サイテイ")])
        let scanner = RuleSet([rule], base).scanner
        let expected = comments.count { !scanner.hits(in: $0).isEmpty }
        let outlook = lab.look(rule) { comments[$0] }
        #expect(outlook.foundCount == expected && outlook.searchedCount == 600)
        #expect(outlook.held.of <= RuleLab.judgedCount && outlook.held.of > 0)
        #expect(outlook.isTooMuch)
        let moderator = Moderator(RuleSet([rule], base))
        for example in outlook.examples.prefix(20) {
            #expect(moderator.hits(in: comments[example.comment]).contains { $0.action == .hold })
        }
        let gains = outlook.examples.map(\.hit.gain)
        #expect(gains == gains.sorted())
    }

    @Test("a rule that holds one in a thousand does not ask")
    func little() throws {
        var lab = RuleLab(try MatcherBase(Fixture.knowledge, try #require(Self.dictionary)))
        lab.add((0..<2000).map { Array(($0 % 1000 == 7 ? "この店は詐欺だ" : "とても素敵な毛糸でした").utf8) })
        let outlook = lab.look(rule("own", [Term("詐欺", reading: "サギ")])) { _ in Array("この店は詐欺だ".utf8) }
        #expect(outlook.foundCount == 2 && outlook.held.count == 2 && !outlook.isTooMuch)
    }
}
