import AkashiGuide
public import AkashiKnowledge

/// Akari without a model: route, then words that stand ready, then a sentence of the guide. The same text, the same answer.
public struct Consultant: Sendable {
    private struct Texts: Decodable, Sendable {
        let ja: [String]
        let en: [String]

        subscript(language: Language) -> [String] { language == .ja ? ja : en }
    }

    private struct Words: Decodable, Sendable {
        let receive: Texts
        let next: Texts
        let section: String
        let cards: [String]
    }

    private let router: Router
    private let words: [String: Words]
    private let guides: [Language: Guide]

    /// Share of a question's weight that must stand in a section before the guide is said to answer it.
    static let leastCoverage = 0.42
    /// Letters of a sentence that is shown as a fact, by language.
    static let mostFactLetters: [Language: Int] = [.ja: 70, .en: 180]

    /// Reads routes, replies and the guide.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        router = try Router(knowledge)
        words = try knowledge.yaml("consult/replies.yaml")
        guides = [.ja: try Guide(knowledge, .ja), .en: try Guide(knowledge, .en)]
    }

    /// Answers one turn.
    ///
    /// - Parameter earlier: what the person said before, the oldest first.
    public func reply(to text: String, earlier: [String] = [], in language: Language = .ja) -> Reply {
        let route = router.route(text, earlier: earlier)
        var key = route.rawValue
        var section = words[key].map(\.section) ?? ""
        if route == .everyday {
            if Self.asksWhetherProgram.isIn(PlainText.fold(text)) {
                key = "program"
                section = words[key]?.section ?? ""
            } else if Self.greetings.contains(String(String.UnicodeScalarView(PlainText.fold(text)))) {
                key = "greet"
            } else if let best = guides[language]?.best(text), best.coverage >= Self.leastCoverage {
                section = best.section.id
            } else {
                key = "none"
            }
        }
        let chosen = words[key]
        return Reply(
            route: route, receive: Self.pick(chosen?.receive[language] ?? [], text),
            next: Self.pick(chosen?.next[language] ?? [], text), fact: fact(section, text, language), cards: chosen?.cards ?? [])
    }

    private func fact(_ id: String, _ text: String, _ language: Language) -> Reply.Fact? {
        guard let guide = guides[language], let section = guide.section(id),
            let sentence = guide.sentence(of: section, for: text, upTo: Self.mostFactLetters[language] ?? 70)
        else { return nil }
        return Reply.Fact(section: section.id, number: section.number, sentence: sentence)
    }

    private static let asksWhetherProgram = CueList([
        "人間ですか", "人間なの", "にんげん", "人ですか", "ロボット", "機械ですか", "aiですか", "aiなの", "中の人", "プログラムですか", "本物の人",
    ])
    private static let greetings: Set<String> = [
        "こんにちは", "こんばんは", "おはよう", "おはようございます", "はじめまして", "もしもし", "やっほー", "ただいま",
    ]

    /// One of several, chosen by the text itself (FNV-1a).
    private static func pick(_ list: [String], _ text: String) -> String {
        guard !list.isEmpty else { return "" }
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return list[Int(hash % UInt64(list.count))]
    }
}
