public import AkashiKnowledge
public import AkashiModel

/// How a platform is told: one file of `Knowledge/reporting`.
public struct ReportingPack: Sendable, Decodable {
    /// Whether the Act's duty to answer in 7 days is known to hold (Act on information distribution platforms, article 20).
    public enum Designation: String, Sendable, Decodable {
        /// It is.
        case yes
        /// It is known not to be among those designated when the list was read.
        case no
        /// It is not known.
        case unknown
    }

    /// A way to tell it.
    public struct Channel: Sendable, Decodable {
        /// `report`, `removal`, `suspension` or `disclosure`.
        public let id: RequestKind
        /// Its name for people.
        public let name: Bilingual
        /// The way there.
        public let `where`: Bilingual
        /// Its address.
        public let url: String?
        /// What it asks.
        public let asks: [Bilingual]
    }

    /// A rule of the platform's own.
    public struct Rule: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Its name as the platform has it.
        public let name: Bilingual
        /// The harms it may concern.
        public let harms: [Harm]
    }

    /// Its name in data.
    public let id: String
    /// Other names under which records of it come, such as a part of it that exports by itself.
    public let also: [String]?
    /// Its name for people.
    public let name: Bilingual
    /// Whether the 7 days hold.
    public let designated: Designation
    /// Since when, read where.
    public let designatedNote: Bilingual
    /// What is asked of the person who reports.
    public let account: Bilingual
    /// What to keep before.
    public let saveFirst: [Bilingual]
    /// What the other side sees.
    public let notices: Bilingual
    /// The ways to tell it.
    public let channels: [Channel]
    /// Its own rules.
    public let rules: [Rule]
    /// What to do when no answer comes, or a no.
    public let after: [Bilingual]
    /// What was not confirmed.
    public let unverified: [Unverified]?
    /// Where it was read.
    public let sources: [LawSource]
    /// When somebody looked.
    public let checked: CivilDate

    /// Whether it tells how to reach a platform, by the name that records have.
    public func isFor(_ platform: String) -> Bool { id == platform || also?.contains(platform) == true }
}
