public import AkashiKnowledge
public import AkashiModel
public import AkashiText

/// Rules, made ready to be looked for.
public struct RuleSet: Sendable {
    /// The rules, in their order; a hit names one by its number.
    public let rules: [Rule]
    /// All terms of all rules.
    let terms: [Term]
    /// The rule of each term.
    let ruleOfTerm: [Int]
    let tables: LetterTables
    let dictionary: WordDictionary
    let contexts: Contexts
    /// The same words as bytes, to be looked for.
    let threats: [[UInt8]]
    let hints: [[UInt8]]
    let reports: [[UInt8]]
    let address: [[UInt8]]
    /// By term: what stands before and behind it in phrases that are spared.
    let allowed: [[(before: String, after: String)]]
    private(set) var trie: FormTrie
    private(set) var afterFirst: [UInt16: [Int32]]
    private let usual: [String: Set<UInt16>]
    private var texts: [UInt64: String] = [:]

    /// Makes rules ready.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ rules: [Rule], _ knowledge: Knowledge, _ dictionary: WordDictionary) throws(KnowledgeError) {
        self.rules = rules
        let terms = rules.flatMap(\.terms)
        self.terms = terms
        let ruleOfTerm = rules.indices.flatMap { number in rules[number].terms.map { _ in number } }
        self.ruleOfTerm = ruleOfTerm
        self.dictionary = dictionary
        tables = try LetterTables(knowledge)
        contexts = try knowledge.yaml("moderation/contexts.yaml")
        threats = contexts.threats.map { Array($0.utf8) }
        hints = contexts.hints.map { Array($0.utf8) }
        reports = contexts.reports.map { Array($0.utf8) }
        address = contexts.address.map { Array($0.utf8) }
        let general = try Self.lists(knowledge, "allow")
        allowed = terms.indices.map { number in
            ((general[terms[number].text] ?? []) + rules[ruleOfTerm[number]].allow).compactMap { phrase in
                let parts = phrase.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }
        }
        let homophones = try Self.lists(knowledge, "homophones")
        let tables = tables
        usual = homophones.mapValues { Set($0.compactMap(tables.unit)) }
        let maker = FormMaker(
            tables: tables, dictionary: dictionary, writings: try Self.lists(knowledge, "writings"),
            homophones: homophones, endings: try Endings(knowledge))
        var trie = FormTrie(capacity: terms.count * 16)
        for (number, term) in terms.enumerated() {
            for spelling in maker.spellings(term) {
                trie.add(spelling.units, number, spelling.form)
                if let text = spelling.text { texts[Self.key(number, spelling.form)] = text }
            }
        }
        self.trie = trie
        afterFirst = trie.secondUnits()
    }

    private static func lists(_ knowledge: Knowledge, _ name: String) throws(KnowledgeError) -> [String: [String]] {
        var lists: [String: [String]] = [:]
        for line in try knowledge.text("moderation/\(name).tsv").split(separator: "\n") where !line.hasPrefix("# ") {
            let parts = line.split(separator: "\t").map(String.init)
            if parts.count == 2 { lists[parts[0], default: []] += parts[1].split(separator: " ").map(String.init) }
        }
        return lists
    }

    private static func key(_ term: Int, _ form: Form) -> UInt64 { UInt64(term) << 32 | UInt64(form.number) }

    /// Whether one kanji is a usual disguise of a term.
    func isUsual(_ term: Int, _ unit: UInt16) -> Bool { usual[terms[term].text]?.contains(unit) ?? false }

    /// What a candidate's spelling is in writing.
    func text(of candidate: Candidate) -> String { texts[Self.key(candidate.term, candidate.form)] ?? terms[candidate.term].text }
}
