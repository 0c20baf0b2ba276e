public import AkashiKnowledge

/// A question that matters: an entry of `Knowledge/law/facts.yaml`, or a paper's own.
public struct FactDefinition: Sendable, Decodable {
    /// When it is asked.
    public enum Ask: String, Sendable, Decodable {
        /// On the page of facts.
        case first
        /// Under "what has been done".
        case done
        /// When a paper needs it.
        case paper
    }

    /// What an answer looks like.
    public enum Kind: String, Sendable, Decodable {
        /// A day.
        case date
        /// One of some.
        case choice
        /// One line.
        case text
        /// Some lines.
        case long
        /// Yen.
        case money
    }

    /// What is left out of what is handed to others.
    public enum Hiding: String, Sendable, Decodable {
        /// Who she is and where she lives: left out of the version without her address.
        case person
        /// Told by a court or a provider: left out of whatever is shared (Act on information distribution platforms, article 7).
        case disclosed
    }

    /// An answer to choose.
    public struct Option: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Its name for people.
        public let name: Bilingual
    }

    /// Its name in data.
    public let id: String
    /// When it is asked.
    public let ask: Ask?
    /// What an answer looks like.
    public let kind: Kind
    /// A reading of the evidence that can fill it.
    public let reads: String?
    /// What is left out of what is handed to others.
    public let hides: Hiding?
    /// Its name in papers.
    public let label: Bilingual
    /// The question.
    public let question: Bilingual
    /// What to know before answering.
    public let help: Bilingual?
    /// The answers to choose from.
    public let options: [Option]?
    /// What stands there until she says otherwise.
    public let `default`: Bilingual?

    /// The answer as people read it: the name of a choice, the day.
    public func text(_ value: String, _ language: Language) -> String {
        options?.first { $0.id == value }.map { $0.name[language] } ?? value
    }

    /// Whether an answer has the form that the question asks for.
    public func accepts(_ value: String) -> Bool {
        switch kind {
        case .date: FactValue.day(value) != nil
        case .choice: options?.contains { $0.id == value } ?? false
        case .money: !value.isEmpty && value.utf8.allSatisfy { (48...57).contains($0) }
        case .text: !value.isEmpty && !value.contains(where: \.isNewline)
        case .long: !value.isEmpty
        }
    }
}
