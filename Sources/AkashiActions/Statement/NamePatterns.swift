/// What stands around a name without an honorific.
struct NamePatterns: Sendable {
    /// A particle after a name.
    let after: StatementPattern
    /// What makes a name of a common word that it follows.
    let accused: StatementPattern
    /// The part of it that is strong enough for a word that only looks like a name.
    let strong: StatementPattern
    /// A verb of a person.
    let personal: StatementPattern
    /// What announces a name that follows.
    let openers: StatementPattern

    init(_ rules: StatementRules.Names, _ patterns: StatementPatterns) throws {
        after = try patterns.pattern(rules.after)
        accused = try patterns.pattern(rules.accused)
        strong = try patterns.pattern(rules.strong)
        personal = try patterns.pattern(rules.personal)
        openers = try patterns.pattern(rules.openers)
    }

    /// Whether somebody is said to have done something right after a place.
    func isActor(_ sentence: StatementSentence, before end: Int) -> Bool {
        accused.begins(sentence, from: end) || personal.begins(sentence, from: end)
    }
}
