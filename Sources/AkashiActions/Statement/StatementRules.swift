import AkashiKnowledge

/// What `Knowledge/statement/lint.yaml` holds. The comments in that file say what each part is for.
struct StatementRules: Sendable, Decodable {
    /// A kind of finding.
    struct Kind: Sendable, Decodable {
        /// How far a finding reaches.
        enum Span: String, Sendable, Decodable {
            case sentence
            case clause
        }

        let id: StatementFinding.Kind
        /// Without it a finding is what was found.
        let span: Span?
        /// Why such a thing should not be there, where a rule says nothing of its own.
        let advice: Bilingual
    }

    /// How texts are made alike before they are read.
    struct Fold: Sendable, Decodable {
        let map: String
        let dashes: String
        let digitDashes: String
        let drop: String
        let lookalikes: String
    }

    /// Where sentences, clauses and quotations begin and end.
    struct Split: Sendable, Decodable {
        let sentenceEnds: String
        let clauseEnds: String
        let opening: String
        let closing: String
        let longestQuote: Int
    }

    /// A word that follows a name, such as さん.
    struct Honorific: Sendable, Decodable {
        let text: String
        /// Any word before it counts unless it is generic; else only known names count.
        let open: Bool
        let notNext: String?
    }

    /// How names are told from other words.
    struct Names: Sendable, Decodable {
        let honorifics: [Honorific]
        let maskMarks: String
        let lastSounds: String
        let okurigana: String
        let after: String
        let notGivenKana: String
        let notNameKana: String
        let accused: String
        let natural: String
        let personal: String
        let reported: String
        let openers: String
        let selfTails: String
        let strong: String
        let kanaShops: String
        let called: String
        let then: String
        let `is`: String
        let isLoose: String
        let afterKana: String
        let verbAfterKun: String
        let romajiNext: String
        let spaced: String
        let inner: String
        let particles: String
        let cutAfter: String
        let notLast: String
        let beforeWord: String
        let clauseOpen: String
        let givenEndStrong: String
        let givenEndClear: String
        let givenEndAlone: String
        let notKanaStart: String
        let notKanaEnd: String
        let stars: String
        let stop: String
        let foreign: String
    }

    /// A pattern, and what takes it back.
    struct Rule: Sendable, Decodable {
        let id: String
        let kind: StatementFinding.Kind
        let pattern: String
        /// Each must be somewhere in the sentence, and belongs to the finding.
        let needs: [String]?
        /// Somewhere in the sentence.
        let unless: [String]?
        /// Somewhere in the clause of the finding.
        let unlessClause: [String]?
        /// Within the finding.
        let unlessInside: [String]?
        /// Right after the finding.
        let unlessAfter: [String]?
        /// In what stands before the finding.
        let unlessBefore: [String]?
        let reason: Bilingual?
    }

    let kinds: [Kind]
    let fold: Fold
    let split: Split
    let lists: [String: String]
    let names: Names
    let romaji: String
    let macros: [String: String]
    let rules: [Rule]
}

/// Why the rules cannot be used; what she is told is that the file is damaged.
enum StatementRulesError: Error {
    case unknownName(String)
    case endlessName(String)
}
