import AkashiGuide
public import AkashiKnowledge

/// Akari without a model: route, then words that stand ready, then a sentence of the guide or of the case. The same text, the same answer.
public struct Consultant: Sendable {
    private let router: Router
    private let topics: TopicReader
    private let words: ReplyWords
    private let guides: [Language: Guide]

    /// Share of a question's weight that must stand in a section before the guide is said to answer it: of a question that sounds like one
    /// for the guide, of one that does not, and of what is told.
    static let leastCoverage = (asked: 0.2, outside: 0.62, told: 0.45)
    /// Letters of a sentence that is shown as a fact, by language.
    static let mostFactLetters: [Language: Int] = [.ja: 70, .en: 180]
    /// Turns before which nothing is advised, unless it is asked for or there is danger.
    static let listeningTurns = 2
    /// Turns after which it says again that it is a program.
    static let turnsBetweenNotices = 20

    /// Reads routes, topics, replies and the guide.
    ///
    /// - Parameter languages: those in which it is to answer.
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge, languages: [Language] = Language.allCases) throws(KnowledgeError) {
        router = try Router(knowledge)
        topics = try TopicReader(knowledge)
        words = try ReplyWords(knowledge)
        var guides: [Language: Guide] = [:]
        for language in languages { guides[language] = try Guide(knowledge, language) }
        self.guides = guides
    }

    /// That it is a program.
    public var notice: Bilingual { words.notice }

    /// How a turn is taken, before anything is answered.
    ///
    /// - Parameter earlier: what the person said before, the oldest first.
    public func hear(_ text: String, earlier: [String] = []) -> Heard {
        let route = router.route(text, earlier: earlier)
        let topic = route == .everyday ? topics.topic(text) : nil
        return Heard(
            text: text, route: route, topic: topic, inquiry: topic.flatMap { topics.inquiry(text, $0) }, turn: earlier.count + 1)
    }

    /// Answers a turn.
    ///
    /// - Parameter findings: what the case says to the inquiry; nil where there is no case to look into.
    public func reply(to heard: Heard, findings: [CaseFinding]? = nil, in language: Language = .ja) -> Reply {
        let isLookedUp = heard.inquiry != nil && findings != nil
        var (key, section) = choose(heard, isLookedUp: isLookedUp, language)
        if key == Topic.happened.rawValue || key == Topic.feeling.rawValue, heard.turn > Self.listeningTurns,
            heard.turn.isMultiple(of: Self.listeningTurns + 1), let best = guides[language]?.best(heard.text)
        {
            (key, section) = ("step", best.section.id)
        }
        let chosen = words[key]
        let receive = Self.pick(chosen?.receive[language] ?? [], heard.text)
        let felt = heard.topic.map { [.feeling, .happened, .chat, .guide].contains($0) } ?? false
        return Reply(
            route: heard.route, topic: heard.topic,
            receive: (felt && key != "program" && key != "greet" ? words.feeling(heard.text, language) : nil) ?? receive,
            next: Self.pick(chosen?.next[language] ?? [], heard.text),
            lines: isLookedUp ? (findings ?? []).map { words.line($0, language) } : [],
            fact: fact(section, heard.text, language), cards: chosen?.cards ?? [],
            offer: heard.topic == .happened ? .fact : heard.topic == .feeling ? .feeling : nil,
            notice: (heard.turn - 1).isMultiple(of: Self.turnsBetweenNotices) ? words.notice[language] : nil)
    }

    /// Hears and answers one turn without a case.
    public func reply(to text: String, earlier: [String] = [], in language: Language = .ja) -> Reply {
        reply(to: hear(text, earlier: earlier), in: language)
    }

    /// Which words are said, and the section of the guide they point to.
    private func choose(_ heard: Heard, isLookedUp: Bool, _ language: Language) -> (key: String, section: String) {
        guard let topic = heard.topic else {
            return (heard.route.rawValue, words[heard.route.rawValue]?.section ?? "")
        }
        if topics.asksWhetherProgram(heard.text) { return ("program", words["program"]?.section ?? "") }
        if isLookedUp { return ("case", "") }
        let best = guides[language]?.best(heard.text)
        func section(_ least: Double) -> String { best.map { $0.coverage >= least ? $0.section.id : "" } ?? "" }
        switch topic {
        case .chat: return (topics.isGreeting(heard.text) ? "greet" : "chat", "")
        case .happened: return (topic.rawValue, section(Self.leastCoverage.told))
        case .feeling: return (topic.rawValue, "")
        case .outside:
            let found = section(Self.leastCoverage.outside)
            return found.isEmpty ? ("outside", "") : ("guide", found)
        case .guide:
            let found = section(Self.leastCoverage.asked)
            return found.isEmpty ? ("outside", "") : ("guide", found)
        case .deadlines, .sent, .bring, .missing, .talks, .held: return ("closed", section(Self.leastCoverage.told))
        }
    }

    private func fact(_ id: String, _ text: String, _ language: Language) -> Reply.Fact? {
        guard let guide = guides[language], let section = guide.section(id),
            let sentence = guide.sentence(of: section, for: text, upTo: Self.mostFactLetters[language] ?? 70)
        else { return nil }
        return Reply.Fact(section: section.id, number: section.number, sentence: sentence)
    }

    /// One of several, chosen by the text itself (FNV-1a).
    private static func pick(_ list: [String], _ text: String) -> String {
        guard !list.isEmpty else { return "" }
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return list[Int(hash % UInt64(list.count))]
    }
}
