public import AkashiActions
public import AkashiKnowledge
public import AkashiModel

/// A paper that can be made: `document.yaml` of a folder below `Knowledge/documents` (its README.md).
public struct PaperDefinition: Sendable, Decodable {
    /// Who reads it.
    public enum Reader: String, Sendable, Decodable, CaseIterable {
        /// Anybody at a desk, and she.
        case itself = "self"
        /// The police.
        case police
        /// A lawyer.
        case lawyer
        /// A court.
        case court
        /// A platform.
        case platform
        /// An access provider.
        case provider
        /// The other side.
        case otherSide = "other-side"
        /// Neighbours, family, people at work.
        case neighbours
    }

    /// Whether a lawyer should see it first.
    public enum Expert: String, Sendable, Decodable {
        /// By all means.
        case urged
        /// Better so.
        case advised
        /// No need.
        case none
    }

    /// How many there are.
    public enum Scope: String, Sendable, Decodable {
        /// One for the case.
        case `case`
        /// One for each platform that holds posts of the case.
        case platform
        /// One for each account that wrote posts of the case: nothing says that two accounts are one person.
        case account
    }

    /// A list that a paper is about.
    public enum Use: String, Sendable, Decodable, CaseIterable {
        case parties, incidents, events, exhibits, posts, talks, reports, deadlines, provisions, safety
    }

    /// Its folder.
    public let id: String
    /// Smaller comes first.
    public let order: Int
    /// Its title.
    public let title: Bilingual
    /// Who reads it.
    public let `for`: Reader
    /// What it is for.
    public let what: Bilingual
    /// What to know before it is handed over.
    public let before: [Bilingual]?
    /// Whether a lawyer should see it first.
    public let expert: Expert
    /// How many there are.
    public let each: Scope
    /// Only for incidents with these harms.
    public let harms: [Harm]
    /// The lists that it is about.
    public let uses: [Use]
    /// The facts that it needs.
    public let fields: [String]
    /// What is asked for it alone.
    public let own: [FactDefinition]?
    /// Whether its letter is counted by the rules of the post.
    public let grid: Bool?
    /// What was not confirmed.
    public let unverified: [Unverified]?
    /// Where its form was read.
    public let sources: [LawSource]
    /// When somebody looked.
    public let checked: CivilDate

    /// Loads all papers, in their order.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public static func all(_ knowledge: Knowledge) throws(KnowledgeError) -> [PaperDefinition] {
        var papers: [PaperDefinition] = []
        for folder in try knowledge.folders("documents") where knowledge.has("\(folder)/document.yaml") {
            papers.append(try knowledge.yaml("\(folder)/document.yaml"))
        }
        return papers.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
    }
}
