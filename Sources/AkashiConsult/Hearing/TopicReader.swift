import AkashiKnowledge

/// Tells what an everyday turn is about, and what of her case it asks for.
struct TopicReader: Sendable {
    private struct Names: Decodable {
        let platforms: [String: [String]]
        let roles: [String: [String]]
        let greetings: [String]
        let program: [String]
    }

    private let model: LetterModel
    private let platforms: [(id: String, words: CueList)]
    private let roles: [(role: CaseInquiry.Role, words: CueList)]
    private let greetings: Set<String>
    private let program: CueList

    /// Below this a turn is not taken for a question about the case.
    private static let caseFrom = 0.45
    /// From here on a question is taken to lie outside of all that is known here.
    private static let outsideFrom = 0.4

    /// Reads weights and names.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        model = try LetterModel(knowledge, "consult/topics.tsv", names: Topic.allCases.map(\.rawValue))
        let names: Names = try knowledge.yaml("consult/topics.yaml")
        platforms = names.platforms.sorted { $0.key < $1.key }.map { ($0.key, CueList($0.value)) }
        roles = CaseInquiry.Role.allCases.compactMap { role in names.roles[role.rawValue].map { (role, CueList($0)) } }
        greetings = Set(names.greetings.map { String(String.UnicodeScalarView(PlainText.fold($0))) })
        program = CueList(names.program)
    }

    /// What a turn is about.
    func topic(_ text: String) -> Topic {
        let folded = PlainText.fold(text)
        if isGreeting(text) { return .chat }
        let chances = model.probabilities(folded)
        let ranked = zip(Topic.allCases, chances).sorted { $0.1 > $1.1 }
        guard let best = ranked.first else { return .guide }
        if best.0.isAboutCase, best.1 < Self.caseFrom { return ranked.first { !$0.0.isAboutCase }?.0 ?? .guide }
        if best.0 == .outside, best.1 < Self.outsideFrom { return .guide }
        return best.0
    }

    /// What of her case a turn asks for; nil where it does not.
    func inquiry(_ text: String, _ topic: Topic) -> CaseInquiry? {
        guard topic.isAboutCase else { return nil }
        let folded = PlainText.fold(text)
        return CaseInquiry(
            topic, platform: platforms.first { $0.words.isIn(folded) }?.id, role: roles.first { $0.words.isIn(folded) }?.role)
    }

    /// Whether a turn is a greeting and nothing else.
    func isGreeting(_ text: String) -> Bool { greetings.contains(String(String.UnicodeScalarView(PlainText.fold(text)))) }

    /// Whether it is asked if somebody is there.
    func asksWhetherProgram(_ text: String) -> Bool { program.isIn(PlainText.fold(text)) }
}
