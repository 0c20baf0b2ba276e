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
    /// What says that the word before is somebody's name.
    let called: StatementPattern
    /// What announces a name that follows.
    private let openers: StatementPattern
    /// What follows a name after a relation: 弟のダイスケが.
    let then: StatementPattern
    /// What says that somebody is it.
    let closes: StatementPattern
    /// The same, for a word that only looks like a name.
    let closesLoosely: StatementPattern
    /// What follows a full name in hiragana.
    let afterKana: StatementPattern
    /// The next word in Latin letters.
    let romajiNext: StatementPattern
    /// The next word after a blank.
    let spaced: StatementPattern

    /// Letters before a name that may announce it.
    private static let longestOpener = 32

    init(_ rules: StatementRules.Names, _ patterns: StatementPatterns) throws {
        after = try patterns.pattern(rules.after)
        accused = try patterns.pattern(rules.accused)
        strong = try patterns.pattern(rules.strong)
        personal = try patterns.pattern(rules.personal)
        called = try patterns.pattern(rules.called)
        openers = try patterns.pattern(rules.openers)
        then = try patterns.pattern(rules.then)
        closes = try patterns.pattern(rules.is)
        closesLoosely = try patterns.pattern(rules.isLoose)
        afterKana = try patterns.pattern(rules.afterKana)
        romajiNext = try patterns.pattern(rules.romajiNext)
        spaced = try patterns.pattern(rules.spaced)
    }

    /// Whether what stands before a place announces a name.
    func isAnnounced(_ sentence: StatementSentence, before start: Int) -> Bool {
        openers.isFound(in: sentence, max(0, start - Self.longestOpener)..<start)
    }

    /// Whether what stands before a place is somebody's relation: 弟の.
    func isRelation(_ sentence: StatementSentence, before start: Int) -> Bool {
        start > 0 && sentence.letters[start - 1] == "の" && isAnnounced(sentence, before: start)
    }

    /// Whether somebody is said to have done something right after a place.
    func isActor(_ sentence: StatementSentence, before end: Int) -> Bool {
        accused.begins(sentence, from: end) || personal.begins(sentence, from: end)
    }
}
