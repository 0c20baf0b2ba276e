public import AkashiKnowledge

/// How far a statement was confirmed.
public enum SourceMark: String, Sendable, Decodable, CaseIterable {
    /// The statute's own words were read.
    case statute
    /// A page of a public office, a court or the operator was read.
    case official
    /// Lawyers' pages, newspapers and the like were read.
    case secondary
    /// Not confirmed.
    case unverified
}

/// Where a statement was read.
public struct LawSource: Sendable, Hashable, Decodable {
    /// The statute and article, or the page.
    public let text: String
    /// Where it can be read.
    public let url: String?
    /// How far it was confirmed.
    public let mark: SourceMark
}

/// Something that was not confirmed: shown apart, with where it can be checked.
public struct Unverified: Sendable, Hashable, Decodable {
    /// What is not confirmed.
    public let text: Bilingual
    /// Where it can be checked.
    public let url: String
}
