public import AkashiKnowledge

/// One turn of Akari: taking in, then one thing, with its source.
public struct Reply: Sendable, Hashable {
    /// How the turn was taken.
    public let route: Route
    /// What it was about; nil where something else came first.
    public let topic: Topic?
    /// Takes in what was said: one sentence of at most 40 letters.
    public internal(set) var receive: String
    /// One question or one small step, of at most 60 letters.
    public internal(set) var next: String
    /// What her case says.
    public let lines: [CaseLine]
    /// A sentence of the guide, with where it stands.
    public let fact: Fact?
    /// Contacts to show, as ids of `Knowledge/contacts`; the app writes names and numbers.
    public let cards: [String]
    /// What can be kept of what was said. Only she does it.
    public internal(set) var offer: Offer?
    /// Says that it is a program: at the start and after every 20 turns.
    public let notice: String?

    /// A sentence of the guide.
    public struct Fact: Sendable, Hashable {
        /// The section.
        public let section: String
        /// Its number, such as `4.2`.
        public let number: String
        /// The sentence, word for word.
        public let sentence: String
    }

    /// Something that her case says.
    public struct CaseLine: Sendable, Hashable {
        /// The sentence.
        public let text: String
        /// Where it stands.
        public let sources: [CaseFinding.Source]
    }

    /// What was said can be kept as this.
    public enum Offer: String, Sendable, Codable {
        /// Something that happened.
        case fact
        /// How she feels.
        case feeling
        /// What she wants of work.
        case wishes
    }

    /// The same turn as one that told what she wants of work. Nothing of the guide stands beside it.
    public func asWishes(receive: String, next: String) -> Reply {
        Reply(
            route: route, topic: topic, receive: receive, next: next, lines: lines, fact: nil, cards: cards, offer: .wishes,
            notice: notice)
    }
}

extension Reply {
    /// All of it as it is shown. Names, numbers and hours come from the dated table.
    public func text(_ language: Language, _ contacts: [Contact]) -> String {
        var lines = [receive + (language == .en && !next.isEmpty ? " " : "") + next] + lines.map(\.text)
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
