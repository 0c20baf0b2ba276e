public import AkashiKnowledge

/// One turn of Akari: taking in, then one thing, with its source.
public struct Reply: Sendable, Hashable {
    /// How the turn was taken.
    public let route: Route
    /// Takes in what was said.
    public let receive: String
    /// One question or one small step.
    public let next: String
    /// A sentence of the guide, with where it stands.
    public let fact: Fact?
    /// Contacts to show, as ids of `Knowledge/contacts`; the app writes names and numbers.
    public let cards: [String]

    /// A sentence of the guide.
    public struct Fact: Sendable, Hashable {
        /// The section.
        public let section: String
        /// Its number, such as `4.2`.
        public let number: String
        /// The sentence, word for word.
        public let sentence: String
    }
}

extension Reply {
    /// All of it as it is shown. Names, numbers and hours come from the dated table.
    public func text(_ language: Language, _ contacts: [Contact]) -> String {
        var lines = [receive + next]
        if let fact {
            lines.append(language == .ja ? "手引き \(fact.number)：\(fact.sentence)" : "Guide \(fact.number): \(fact.sentence)")
        }
        for id in cards {
            guard let contact = contacts.first(where: { $0.id == id }) else { continue }
            let parts = [contact.name[language], contact.number ?? contact.url, contact.hours?[language]].compactMap { $0 }
            lines.append(parts.joined(separator: "　"))
        }
        return lines.joined(separator: "\n")
    }
}
