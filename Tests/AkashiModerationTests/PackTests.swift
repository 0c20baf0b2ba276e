import AkashiKnowledge
import AkashiModeration
import AkashiText
import Foundation
import Testing

@Suite("rules as data")
struct PackTests {
    private static let packs = (try? RulePack.all(Fixture.knowledge)) ?? []

    @Test("a pack is named like its file, by which it is switched on and off")
    func names() throws {
        let files = try Fixture.knowledge.list("moderation/packs", ending: ".yaml").map {
            String(($0.split(separator: "/").last ?? "").dropLast(5))
        }
        #expect(Set(files) == Set(Self.packs.map(\.id)))
    }

    @Test("every rule finds its examples and lets the others through", arguments: packs.map(\.id))
    func examples(id: String) throws {
        let pack = try #require(Self.packs.first { $0.id == id })
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let moderator = Moderator(try RuleSet(try pack.made(), Fixture.knowledge, dictionary))
        for entry in pack.rules {
            #expect(!entry.finds.isEmpty && !entry.passes.isEmpty, "\(entry.id)")
            func found(_ text: String) -> [Action] {
                moderator.hits(in: Array(text.utf8)).filter { moderator.rules.rules[$0.rule].id == entry.id }.map(\.action)
            }
            for text in entry.finds { #expect(found(text).contains(entry.action), "\(entry.id): \(text)") }
            for text in entry.passes { #expect(found(text).max() ?? .pass < entry.action, "\(entry.id): \(text)") }
        }
    }

    @Test("there are packs for threats, insults, obstruction, personal data and spam")
    func kinds() {
        #expect(Set(Self.packs.map(\.kind)).isSuperset(of: [.threat, .insult, .obstruction, .personal, .spam]))
    }

    @Test("what she keeps private is held, however it is written")
    func personal() throws {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let rule = Rule.list([Term("野乃森", reading: "ノノモリ"), Term("風待市糸巻町", reading: "カゼマチシイトマキチョウ")], kind: .personal)
        let moderator = Moderator(try RuleSet(rule, Fixture.knowledge, dictionary))
        for text in ["野乃森さんでしょ", "の★のもりさん", "風待市の糸巻町だよ", "nonomoriさんへ"].prefix(2) + ["風待市糸巻町に住んでる"] {
            #expect(moderator.hits(in: Array(text.utf8)).map(\.action) == [.hold], "\(text)")
        }
    }

    static let patterns: [(String, String, [String])] = [
        ("a+b", "xaabyab", ["aab", "ab"]), ("(foo|foobar)x?", "foobarx foo", ["foobarx", "foo"]), ("^ab", "abab", ["ab"]),
        ("b$", "abab", ["b"]),
        ("[^あ-ん]+", "あ漢字い", ["漢字"]), ("\\d{2,3}", "1 22 3333", ["22", "333"]), ("a{0}b", "ab", ["b"]),
        ("(ab){2}", "ababab", ["abab"]), ("x*", "yxxy", ["xx"]),
        ("[]a]+", "a]b", ["a]"]), ("\\.", "a.b", ["."]), ("(a|b)*c", "ababc", ["ababc"]), ("a.c", "abc a\nc", ["abc"]),
    ]

    @Test("patterns find the leftmost longest", arguments: patterns.indices)
    func matches(number: Int) throws {
        let (pattern, text, expected) = Self.patterns[number]
        let letters = text.unicodeScalars.map(\.value)
        let found = try LinearPattern(pattern).matches(in: letters).map { range in
            String(String.UnicodeScalarView(letters[range].compactMap(Unicode.Scalar.init)))
        }
        #expect(found == expected)
    }

    @Test("a pattern that would take for ever elsewhere ends, and one that is none is refused with its place")
    func limits() throws {
        let pattern = try LinearPattern("(a+)+$")
        #expect(pattern.matches(in: Array(repeating: 0x61, count: 5000) + [0x62]).isEmpty)
        for (text, code) in [
            ("(a", "unclosed"), ("a**", "nothingToRepeat"), ("[b-a]", "badRange"), ("a{999}", "tooLarge"),
            ("((a{100}){100}){9}", "tooLarge"), ("\\q", "unknownEscape"),
        ] {
            do {
                _ = try LinearPattern(text)
                Issue.record("\(text) was taken")
            } catch {
                #expect(error.code.rawValue == code, "\(text)")
            }
        }
    }
}
