public import AkashiKnowledge
public import AkashiModel
public import AkashiText

/// What every set of rules needs and none changes: how letters are read, how words end, what a sentence speaks of, the dictionary.
/// Loaded once, shared by all.
public struct MatcherBase: Sendable {
    let tables: LetterTables
    let dictionary: WordDictionary
    let contexts: Contexts
    let tone: Tone
    /// Words of the contexts as bytes, to be looked for.
    let threats: [[UInt8]]
    let hints: [[UInt8]]
    let reports: [[UInt8]]
    let address: [[UInt8]]
    /// By word: phrases in which it does no harm.
    let allow: [String: [String]]
    /// By word: kanji that the net writes for it.
    let usual: [String: Set<UInt16>]
    let maker: FormMaker

    /// Loads the tables of `Knowledge/moderation`.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge, _ dictionary: WordDictionary) throws(KnowledgeError) {
        self.dictionary = dictionary
        let tables = try LetterTables(knowledge)
        self.tables = tables
        contexts = try knowledge.yaml("moderation/contexts.yaml")
        tone = try Tone(knowledge)
        threats = contexts.threats.map { Array($0.utf8) }
        hints = contexts.hints.map { Array($0.utf8) }
        reports = contexts.reports.map { Array($0.utf8) }
        address = contexts.address.map { Array($0.utf8) }
        allow = try Self.lists(knowledge, "allow")
        let homophones = try Self.lists(knowledge, "homophones")
        usual = homophones.mapValues { Set($0.compactMap(tables.unit)) }
        maker = FormMaker(
            tables: tables, dictionary: dictionary, writings: try Self.lists(knowledge, "writings"), homophones: homophones,
            endings: try Endings(knowledge))
    }

    private static func lists(_ knowledge: Knowledge, _ name: String) throws(KnowledgeError) -> [String: [String]] {
        var lists: [String: [String]] = [:]
        for line in try knowledge.text("moderation/\(name).tsv").split(separator: "\n") where !line.hasPrefix("# ") {
            let parts = line.split(separator: "\t").map(String.init)
            if parts.count == 2 { lists[parts[0], default: []] += parts[1].split(separator: " ").map(String.init) }
        }
        return lists
    }
}
