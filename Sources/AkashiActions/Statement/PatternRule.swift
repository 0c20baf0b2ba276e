/// A rule made ready: a pattern, and what takes it back.
struct PatternRule: Sendable {
    /// Letters before a finding that may take it back.
    private static let longestBefore = 40

    let id: String
    let kind: StatementFinding.Kind
    private let pattern: StatementPattern
    private let needs: [StatementPattern]
    private let unless: [StatementPattern]
    private let unlessClause: [StatementPattern]
    private let unlessInside: [StatementPattern]
    private let unlessAfter: [StatementPattern]
    private let unlessBefore: [StatementPattern]

    init(_ rule: StatementRules.Rule, _ patterns: StatementPatterns) throws {
        id = rule.id
        kind = rule.kind
        pattern = try patterns.pattern(rule.pattern)
        needs = try patterns.patterns(rule.needs)
        unless = try patterns.patterns(rule.unless)
        unlessClause = try patterns.patterns(rule.unlessClause)
        unlessInside = try patterns.patterns(rule.unlessInside)
        unlessAfter = try patterns.patterns(rule.unlessAfter)
        unlessBefore = try patterns.patterns(rule.unlessBefore)
    }

    /// Where it finds something in a sentence. A guess or a verdict in a quotation that is only reported is somebody else's.
    func places(in sentence: StatementSentence, _ split: StatementSplit, reported: [Range<Int>]) -> [Range<Int>] {
        // What a rule needs besides is there more seldom than what it looks for: it is looked for first.
        let needed = needs.compactMap { $0.firstPlace(in: sentence) }
        guard needed.count == needs.count else { return [] }
        let isOwn = kind == .guess || kind == .verdict
        let places = pattern.places(in: sentence).filter { place in
            !(isOwn && reported.contains { $0.lowerBound <= place.lowerBound && place.upperBound <= $0.upperBound })
        }
        guard !places.isEmpty, !unless.contains(where: { $0.isFound(in: sentence, 0..<sentence.count) }) else { return [] }
        let found = places.filter { place in
            let before = max(0, place.lowerBound - Self.longestBefore)..<place.lowerBound
            let clause = split.clause(sentence.letters, around: place)
            return !unlessClause.contains { $0.isFound(in: sentence, clause) }
                && !unlessInside.contains { $0.isFound(in: sentence, place) }
                && !unlessAfter.contains { $0.begins(sentence, from: place.upperBound) }
                && !unlessBefore.contains { $0.isFound(in: sentence, before) }
        }
        return found.map { place in
            needed.reduce(place) { min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound) }
        }
    }
}
