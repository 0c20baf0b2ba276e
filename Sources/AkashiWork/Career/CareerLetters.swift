public import AkashiKnowledge

/// Letters about work, with what she fills in: `Knowledge/work/letters.yaml`.
public struct CareerLetters: Sendable, Decodable {
    /// A place in a letter that she fills in.
    public struct Blank: Sendable, Decodable {
        /// Its name in the text: `{name}`.
        public let id: String
        /// Its name for people.
        public let name: Bilingual
        /// What it may look like.
        public let example: Bilingual?
    }

    /// A letter.
    public struct Letter: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Its name for people.
        public let name: Bilingual
        /// What it is for.
        public let when: Bilingual
        /// What to know before it is sent.
        public let before: [Bilingual]
        /// What is filled in.
        public let blanks: [String]
        /// Its words.
        public let text: Bilingual
    }

    /// Neutral words for a time in which she worked less.
    public struct Gap: Sendable, Decodable {
        /// One tone.
        public struct Line: Sendable, Decodable {
            /// Its name in data.
            public let id: String
            /// Its name for people.
            public let tone: Bilingual
            /// Its words, with `{from}` and `{until}`.
            public let text: Bilingual
        }

        /// What to know before.
        public let before: [Bilingual]
        /// The tones.
        public let lines: [Line]
        /// Answers if somebody asks further, the shortest first.
        public let asked: [Bilingual]
    }

    /// The letters.
    public let letters: [Letter]
    /// What may be filled in.
    public let blanks: [Blank]
    /// The gap.
    public let gap: Gap

    /// Reads them.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) { self = try knowledge.yaml("work/letters.yaml") }
}
