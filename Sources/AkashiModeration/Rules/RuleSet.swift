public import AkashiKnowledge
public import AkashiModel
public import AkashiText

/// Rules, made ready to be looked for.
public struct RuleSet: Sendable {
    /// The rules, in their order; a hit names one by its number.
    public let rules: [Rule]
    let base: MatcherBase
    /// All terms of all rules.
    let terms: [Term]
    /// The rule of each term.
    let ruleOfTerm: [Int]
    /// By term: what stands before and behind it in phrases that are spared.
    let allowed: [[(before: String, after: String)]]
    /// Kanji of the terms.
    let kanji: Set<UInt16>
    private(set) var trie: FormTrie
    private(set) var afterFirst: [UInt16: [Int32]]
    private var texts: [UInt64: String] = [:]

    var tables: LetterTables { base.tables }
    var dictionary: WordDictionary { base.dictionary }

    /// Makes rules ready.
    public init(_ rules: [Rule], _ base: MatcherBase) {
        self.rules = rules
        self.base = base
        let terms = rules.flatMap(\.terms)
        self.terms = terms
        let ruleOfTerm = rules.indices.flatMap { number in rules[number].terms.map { _ in number } }
        self.ruleOfTerm = ruleOfTerm
        allowed = terms.indices.map { number in
            ((base.allow[terms[number].text] ?? []) + rules[ruleOfTerm[number]].allow).compactMap { phrase in
                let parts = phrase.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }
        }
        var trie = FormTrie(capacity: terms.count * 16)
        for (number, term) in terms.enumerated() {
            for spelling in base.maker.spellings(term) {
                trie.add(spelling.units, number, spelling.form)
                if let text = spelling.text { texts[Self.key(number, spelling.form)] = text }
            }
        }
        self.trie = trie
        kanji = Set(terms.flatMap { base.tables.units($0.text) }.filter { $0 >= 0x3400 })
        afterFirst = trie.secondUnits()
    }

    /// Makes rules ready, with tables of their own.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ rules: [Rule], _ knowledge: Knowledge, _ dictionary: WordDictionary) throws(KnowledgeError) {
        self.init(rules, try MatcherBase(knowledge, dictionary))
    }

    private static func key(_ term: Int, _ form: Form) -> UInt64 { UInt64(term) << 32 | UInt64(form.number) }

    /// Whether one kanji is a usual disguise of a term.
    func isUsual(_ term: Int, _ unit: UInt16) -> Bool { base.usual[terms[term].text]?.contains(unit) ?? false }

    /// What a candidate's spelling is in writing.
    func text(of candidate: Candidate) -> String { texts[Self.key(candidate.term, candidate.form)] ?? terms[candidate.term].text }
}
