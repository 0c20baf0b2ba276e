public import AkashiKnowledge
public import AkashiModel

/// A plan, a list or a register to begin with: one file of `Knowledge/plans`. From then on it belongs to her.
public struct PlanDefinition: Sendable, Decodable {
    /// Where the desk shows it.
    public enum Room: String, Sendable, Decodable {
        /// Accounts, traces, the way home.
        case safety
        /// The shop and its future.
        case business
        /// Rest.
        case care
    }

    /// A field that each step of a register has.
    public struct Field: Sendable, Decodable {
        /// Its name in data.
        public let id: String
        /// Its name for people.
        public let name: Bilingual
    }

    /// One thing to do, to look at, or to keep in mind.
    public struct Step: Sendable, Decodable {
        /// Its name in the plan.
        public let id: String
        /// What it is.
        public let text: Bilingual
        /// How it is done.
        public let how: Bilingual?
        /// Whether it stands on the card.
        public let card: Bool?
        /// What she may have found, as words for the timeline.
        public let finding: Bilingual?
        /// Days after which it is done again.
        public let every: Int?
        /// First values of the fields.
        public let start: [String: Bilingual]?
    }

    /// Steps that belong together.
    public struct Section: Sendable, Decodable {
        /// Its name in the plan.
        public let id: String
        /// Its name for people.
        public let name: Bilingual
        /// What to know before.
        public let note: Bilingual?
        /// The steps.
        public let steps: [Step]
    }

    /// Its name in data.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// Where the desk shows it.
    public let room: Room
    /// What it is for.
    public let lead: Bilingual
    /// Whether it can be printed as a card.
    public let card: Bool?
    /// Fields of each step.
    public let fields: [Field]?
    /// The steps.
    public let sections: [Section]
    /// Where it was read.
    public let sources: [LawSource]
    /// When somebody looked.
    public let checked: CivilDate
}
