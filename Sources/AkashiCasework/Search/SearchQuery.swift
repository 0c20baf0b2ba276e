public import AkashiModel
import AkashiText

/// What is looked for: words that must all be there, and what to leave out.
public struct SearchQuery: Sendable {
    /// The words as they were typed.
    public let terms: [String]
    /// What to leave out.
    public var filter: RecordFilter
    /// Finds at the most.
    public var limit: Int
    /// Finds to pass over.
    public var offset: Int

    /// Words are parted by blanks, Japanese ones too; what stands in quotes is one.
    public init(_ text: String, filter: RecordFilter = RecordFilter(), limit: Int = 50, offset: Int = 0) {
        terms = Self.terms(text)
        self.filter = filter
        self.limit = limit
        self.offset = offset
    }

    private static func terms(_ text: String) -> [String] {
        var terms: [String] = []
        var term = ""
        var closing: Character?
        let quotes: [Character: Character] = ["\"": "\"", "“": "”", "「": "」", "『": "』"]
        for character in text {
            if let close = closing {
                if character == close { closing = nil } else { term.append(character) }
            } else if term.isEmpty, let close = quotes[character] {
                closing = close
            } else if character.isWhitespace {
                if !term.isEmpty { terms.append(term) }
                term = ""
            } else {
                term.append(character)
            }
        }
        if !term.isEmpty { terms.append(term) }
        return Array(terms.prefix(20))
    }
}

/// Which records to show, of all that there are.
public struct RecordFilter: Sendable, Equatable {
    /// From this time on, as the sources claim.
    public var from: Instant?
    /// Up to this time, without it.
    public var to: Instant?
    /// Of these accounts only.
    public var accounts: [AccountKey] = []
    /// Of these platforms only, such as `x` or `mail`.
    public var platforms: [String] = []
    /// Of these kinds only.
    public var kinds: [RecordKind] = []
    /// Of incidents with one of these harms, or sorted so by her.
    public var harms: [Harm] = []

    /// Everything.
    public init() {}
}

/// A find.
public struct SearchHit: Sendable {
    /// The record.
    public let entry: TimelineEntry
    /// Whether every word stands in it exactly as it was typed.
    public let isExact: Bool
    /// The words around the first find; what was found stands between `start` and `end`. Nil if it is in a name and not in the words.
    public let excerpt: Excerpt?
    /// Whether it was found in a name, an address, a file's name.
    public let isInNames: Bool

    /// Some words of a record, cut out of it. As private as the record is.
    public struct Excerpt: Sendable {
        /// Words before it.
        public let before: String
        /// What was found, as it stands.
        public let found: String
        /// Words after it.
        public let after: String
    }
}
