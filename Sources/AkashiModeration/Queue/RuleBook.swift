public import AkashiKnowledge
public import AkashiModel
public import AkashiText
import Foundation

/// The rules of a day and all that they were read with, as one file that can be kept: whoever has it, the same dictionary and a comment
/// gets the same verdict, byte for byte.
public struct RuleBook: Sendable, Equatable, Codable {
    /// The files of `moderation/` that verdicts depend on, by path.
    public let tables: [String: String]
    /// Packs of rules, as they are written, by name.
    public let packs: [String: String]
    /// Her own words that nobody may tell, a line each; empty for none.
    public let privateWords: String
    /// Words that she does not want to see, a line each; nil for none.
    public let ownWords: String?
    /// How many bytes the dictionary's files have, by name: tells another version of it.
    public let dictionary: [String: Int]
    /// The matcher's version: counted up when the same tables may give another verdict.
    public let matcher: Int

    /// The matcher's version now: 2 since it asks how the rest of a comment sounds.
    public static let currentMatcher = 2
    /// Tables that books of the first version do not have; they say nothing.
    private static let laterTables = [
        "moderation/tone.tsv": "\t0\t0\n", "moderation/letters/similar.tsv": "", "moderation/letters/similar-more.tsv": "",
    ]

    /// Takes what stands in the program's folder now, and rules.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(
        _ knowledge: Knowledge, packs: [String: String], privateWords: String = "", ownWords: String = "",
        dictionary: WordDictionary
    )
        throws(KnowledgeError)
    {
        var tables: [String: String] = [:]
        for path in try knowledge.list("moderation", ending: ".tsv") + knowledge.list("moderation/letters", ending: ".tsv") {
            tables[path] = try knowledge.text(path)
        }
        tables["moderation/contexts.yaml"] = try knowledge.text("moderation/contexts.yaml")
        self.tables = tables
        self.packs = packs
        self.privateWords = privateWords
        self.ownWords = ownWords.isEmpty ? nil : ownWords
        self.dictionary = dictionary.sizes
        matcher = Self.currentMatcher
    }

    /// Reads a kept book.
    ///
    /// - Throws: an error of Foundation's decoder where it is none.
    public init(bytes: [UInt8]) throws { self = try JSONDecoder().decode(RuleBook.self, from: Data(bytes)) }

    /// The book, always the same for the same book.
    public var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }

    /// Why a verdict made with this book may be another now.
    public enum Difference: String, Sendable, Codable, CaseIterable {
        /// The dictionary is another version.
        case dictionary
        /// The matcher is another version.
        case matcher
    }

    /// What is other now than when the book was made.
    public func differences(_ dictionary: WordDictionary) -> [Difference] {
        (dictionary.sizes == self.dictionary ? [] : [.dictionary]) + (matcher == Self.currentMatcher ? [] : [.matcher])
    }

    /// The rule of words that she wrote down herself.
    public static func ownRule(_ terms: [Term]) -> Rule {
        Rule(id: "own.words", name: Bilingual(ja: "自分で決めた言葉", en: "Her own words"), kind: .own, action: .hold, terms: terms)
    }

    /// The rule that holds back what only few can know of her: address, telephone, names.
    public static func privateRule(_ terms: [Term]) -> Rule {
        Rule(
            id: "personal.own", name: Bilingual(ja: "本人の情報", en: "Her own data"), kind: .personal, action: .hold, terms: terms)
    }

    /// The rules of the book, ready to be asked.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``; ``ModerationErrorCode/patternUnreadable``; ``ModerationErrorCode/switchUnknown``.
    public func moderator(_ dictionary: WordDictionary) throws -> Moderator {
        let texts = tables.merging(packs.map { ("packs/\($0.key).yaml", $0.value) }) { one, _ in one }
            .merging(Self.laterTables) { own, _ in own }
        let knowledge = Knowledge(texts: texts)
        var rules: [Rule] = []
        for pack in try RulePack.all(knowledge, "packs") { rules += try pack.made() }
        let own = Term.list(privateWords)
        if !own.isEmpty {
            rules.append(Self.privateRule(own))
        }
        let wished = Term.list(ownWords ?? "")
        if !wished.isEmpty { rules.append(Self.ownRule(wished)) }
        return Moderator(RuleSet(rules, try MatcherBase(knowledge, dictionary)))
    }
}

/// What the rules found in a comment. No words of the comment are in it.
public struct CommentVerdict: Sendable, Hashable, Codable {
    /// A rule and where it applies.
    public struct Finding: Sendable, Hashable, Codable {
        /// What was undone.
        public struct Undone: Sendable, Hashable, Codable {
            /// The name of a ``Step``.
            public let step: String
            /// Bytes of the comment in UTF-8.
            public let start: Int
            /// The byte behind the last.
            public let end: Int
        }

        /// The rule's name in data.
        public let rule: String
        /// What it is about.
        public let kind: Rule.Kind
        /// What it suggests here.
        public let action: Action
        /// Bytes of the comment in UTF-8.
        public let start: Int
        /// The byte behind the last.
        public let end: Int
        /// What was undone to see it.
        public let undone: [Undone]
    }

    /// The strongest suggestion.
    public let action: Action
    /// All that was found, in order of place.
    public let findings: [Finding]

    /// Asks the rules.
    public init(_ comment: [UInt8], _ moderator: Moderator) {
        let hits = moderator.hits(in: comment)
        action = hits.map(\.action).max() ?? .pass
        findings = hits.map { hit in
            let rule = moderator.rules.rules[hit.rule]
            return Finding(
                rule: rule.id, kind: rule.kind, action: hit.action, start: hit.range.lowerBound, end: hit.range.upperBound,
                undone: hit.undone.map {
                    Finding.Undone(step: $0.step.name, start: $0.range.lowerBound, end: $0.range.upperBound)
                })
        }
    }

    /// Whether a rule about threats holds it.
    public var isThreat: Bool { findings.contains { $0.kind == .threat && $0.action == .hold } }
}
