public import AkashiKnowledge
public import AkashiModel

/// What is looked for, and what it suggests.
public struct Rule: Sendable {
    /// What a rule is about.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case threat, insult, obstruction, personal, spam, own

        /// Whether its words hurt where they are meant; others are unwanted however the sentence sounds.
        var hurts: Bool { [.threat, .insult, .obstruction].contains(self) }
    }

    /// Its name in data.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// What it is about.
    public let kind: Kind
    /// What it suggests; a rule that only marks never holds.
    public let action: Action
    /// Words, looked for however they are hidden.
    public let terms: [Term]
    /// Patterns, looked for in the comment in its usual width, and again in kana with what stands between left out.
    public let patterns: [LinearPattern]

    /// Ways of hiding a word that this rule does not look through: with ``Step/romaji``, a word in Latin letters is none of its.
    public let leaves: Set<Step>
    /// Phrases, with ~ in the place of a word of the rule, in which the word does no harm. Only the very place is spared.
    public let allow: [String]

    /// Takes a rule.
    public init(
        id: String, name: Bilingual, kind: Kind, action: Action, terms: [Term] = [], patterns: [LinearPattern] = [],
        leaves: Set<Step> = [], allow: [String] = []
    ) {
        self.leaves = leaves
        self.allow = allow
        self.id = id
        self.name = name
        self.kind = kind
        self.action = action
        self.terms = terms
        self.patterns = patterns
    }

    /// Words as one rule each, under their own names; by themselves they are taken for insults.
    public static func list(_ terms: [Term], kind: Kind = .insult) -> [Rule] {
        terms.map { Rule(id: $0.text, name: Bilingual(ja: $0.text, en: $0.text), kind: kind, action: .hold, terms: [$0]) }
    }
}

/// A file of rules (`Knowledge/moderation/packs`, or a folder of one's own).
public struct RulePack: Sendable, Decodable {
    /// A rule as it stands in data, with comments that it must hold and let through.
    public struct Entry: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Its name for people.
        public let name: Bilingual
        /// What it suggests.
        public let action: Action
        /// Words; a TAB and the reading may follow.
        public let terms: [String]?
        /// Patterns. Capitals are as small letters.
        public let patterns: [String]?
        /// Ways of hiding that it does not look through, by name (``Step/name``); `all` for a rule of words as they stand.
        public let leaves: [String]?
        /// Phrases that are spared, with ~ in the place of the word.
        public let allow: [String]?
        /// Comments that it must find.
        public let finds: [String]
        /// Comments that it must let through.
        public let passes: [String]
    }

    /// Its name in data.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// What its rules are about.
    public let kind: Rule.Kind
    /// Where it comes from, and when.
    public let source: String
    /// Its rules.
    public let rules: [Entry]

    /// Small letters, as texts are compared; but `\D` and its like mean the opposite of `\d`.
    private static func lowercased(_ pattern: String) -> String {
        var isEscaped = false
        return pattern.map { letter in
            defer { isEscaped = letter == "\\" && !isEscaped }
            return isEscaped ? String(letter) : letter.lowercased()
        }.joined()
    }

    /// The rules, made ready.
    ///
    /// - Throws: ``ModerationErrorCode/patternUnreadable`` with the rule and the place in it; ``ModerationErrorCode/switchUnknown``.
    public func made() throws(ModerationError) -> [Rule] {
        var made: [Rule] = []
        for entry in rules {
            var patterns: [LinearPattern] = []
            for text in entry.patterns ?? [] {
                do {
                    patterns.append(try LinearPattern(Self.lowercased(text)))
                } catch {
                    throw ModerationError(
                        .patternUnreadable, ["rule": entry.id, "place": String(error.place + 1), "problem": error.code.rawValue])
                }
            }
            made.append(
                Rule(
                    id: entry.id, name: entry.name, kind: kind, action: entry.action,
                    terms: Term.list((entry.terms ?? []).joined(separator: "\n")), patterns: patterns,
                    leaves: try entry.steps(), allow: entry.allow ?? []))
        }
        return made
    }

    /// The packs of a folder.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public static func all(_ knowledge: Knowledge, _ folder: String = "moderation/packs") throws(KnowledgeError) -> [RulePack] {
        try knowledge.yamls(folder)
    }
}

extension RulePack.Entry {
    fileprivate func steps() throws(ModerationError) -> Set<Step> {
        var steps: Set<Step> = []
        for name in leaves ?? [] {
            if name == "all" {
                steps.formUnion(Step.allCases)
                continue
            }
            guard let step = Step.allCases.first(where: { $0.name == name }) else {
                throw ModerationError(.switchUnknown, ["rule": id, "name": name])
            }
            steps.insert(step)
        }
        return steps.subtracting([.plain])
    }
}
