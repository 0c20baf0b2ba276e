public import AkashiKnowledge

/// A place in a text that she fills in.
public struct TextBlank: Sendable, Decodable {
    /// Its name in the text: `{name}`.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
}

/// Answers to one kind of message: one file of `Knowledge/replies`.
public struct ReplyPack: Sendable, Decodable {
    /// The same answer in three tones.
    public struct Tones: Sendable, Decodable {
        /// A few words.
        public let short: Bilingual
        /// Friendly.
        public let polite: Bilingual
        /// Clear.
        public let firm: Bilingual
    }

    /// Its name in data.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// Smaller comes first.
    public let order: Int
    /// How to tell this kind.
    public let when: Bilingual
    /// What to do before.
    public let before: [Bilingual]
    /// The answers.
    public let tones: Tones
    /// Why not answering is a full choice.
    public let noReply: Bilingual
    /// When it is the better one.
    public let noReplyWhen: [Bilingual]
    /// What she fills in.
    public let blanks: [TextBlank]
}

/// Statements to customers: `Knowledge/statement/templates.yaml`.
public struct StatementTemplates: Sendable, Decodable {
    /// One of them.
    public struct Text: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Where it is put: `shop`, `sns`, `order-mail`.
        public let place: String
        /// `short`, `middle`, `long`.
        public let size: String
        /// Its words.
        public let text: Bilingual
    }

    /// What she fills in.
    public let blanks: [TextBlank]
    /// The texts.
    public let texts: [Text]
}

/// The shop's page of rules: `Knowledge/statement/rules-page.yaml`.
public struct RulesText: Sendable, Decodable {
    /// A part of it.
    public struct Section: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Its heading.
        public let name: Bilingual
        /// Its words.
        public let text: Bilingual
    }

    /// What it is for.
    public let when: Bilingual
    /// What to do before.
    public let before: [Bilingual]
    /// What is behind it.
    public let note: Bilingual
    /// What she fills in.
    public let blanks: [TextBlank]
    /// Its parts.
    public let sections: [Section]
}

extension String {
    /// The text with its blanks filled in; a blank without a value stays as it is.
    public func filled(_ values: [String: String]) -> String {
        var text = self
        for (name, value) in values where !value.isEmpty { text = text.replacing("{\(name)}", with: value) }
        return text
    }
}
