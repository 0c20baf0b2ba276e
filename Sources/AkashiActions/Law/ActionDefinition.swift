public import AkashiKnowledge
public import AkashiModel

/// Something that can be done: one file of `Knowledge/law/actions`.
public struct ActionDefinition: Sendable, Decodable {
    /// With whom.
    public enum Group: String, Sendable, Decodable, CaseIterable {
        /// Nobody: to keep proof.
        case proof
        /// The police.
        case police
        /// The platform, or an office that speaks to it.
        case platform
        /// The other side, or a lawyer.
        case civil
        /// A court.
        case court
        /// People who listen.
        case care
    }

    /// Something that it needs.
    public struct Need: Sendable, Decodable {
        /// Records or an answer.
        public let look: EvidenceLook?
        /// A paper.
        public let paper: String?
        /// What it is, in plain words.
        public let text: Bilingual
    }

    /// Its name in data.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// Smaller comes first.
    public let order: Int
    /// With whom.
    public let group: Group
    /// The harms it is for; empty for all.
    public let harms: [Harm]
    /// What it is.
    public let what: Bilingual
    /// How it goes.
    public let steps: [Bilingual]
    /// What it needs.
    public let needs: [Need]?
    /// What it costs.
    public let cost: Bilingual?
    /// How long it takes.
    public let time: Bilingual?
    /// What the other side will see.
    public let otherSide: Bilingual
    /// What can go wrong.
    public let risks: [Bilingual]?
    /// Who helps.
    public let contacts: [String]?
    /// Papers to take along.
    public let papers: [String]?
    /// The periods that matter for it.
    public let deadlines: [String]?
    /// What to do before.
    public let first: [String]?
    /// What was not confirmed.
    public let unverified: [Unverified]?
    /// Where it was read.
    public let sources: [LawSource]
    /// When somebody looked.
    public let checked: CivilDate
}
