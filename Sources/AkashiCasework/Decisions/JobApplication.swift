public import AkashiModel

/// What she wrote for finding work. Each is kept whole, in its own form.
public enum WorkPart: String, Codable, Sendable, CaseIterable {
    /// Her career.
    case resume
    /// What she wants of work.
    case wishes
    /// Her month in figures.
    case month
}

/// Something that she applies for: how it stands, and what comes next.
public struct JobApplication: Codable, Hashable, Sendable {
    /// How it stands.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// She is looking at it.
        case considering
        /// She applied.
        case applied
        /// There is or was an interview.
        case interview
        /// They want her.
        case offer
        /// She said yes.
        case accepted
        /// She said no.
        case declined
        /// They said no.
        case refused
    }

    /// The posting that it came from: the sealed file, and which posting in it.
    public struct Source: Codable, Hashable, Sendable {
        /// The sealed file.
        public let digest: ContentDigest
        /// Which in its file, from 0.
        public let index: Int

        /// Takes both.
        public init(digest: ContentDigest, index: Int) { (self.digest, self.index) = (digest, index) }
    }

    /// The application.
    public let id: ApplicationID
    /// What the work is called.
    public let title: String
    /// Who gives it.
    public let employer: String
    /// Where it came from; nil for what she wrote in herself.
    public let source: Source?
    /// How it stands.
    public let state: State
    /// The day she applied, as `2026-11-29`.
    public let appliedOn: String?
    /// What comes next.
    public let next: String?
    /// By when.
    public let nextBy: String?
    /// Her notes.
    public let note: String?

    /// Takes the parts.
    public init(
        id: ApplicationID, title: String, employer: String, source: Source? = nil, state: State = .considering,
        appliedOn: String? = nil, next: String? = nil, nextBy: String? = nil, note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.employer = employer
        self.source = source
        self.state = state
        self.appliedOn = appliedOn
        self.next = next
        self.nextBy = nextBy
        self.note = note
    }

    /// Whether something may still come of it.
    public var isOpen: Bool { [.considering, .applied, .interview, .offer].contains(state) }
}

/// A copy of her papers that went out, with the mark by which it is known again.
public struct SentCopy: Codable, Hashable, Sendable {
    /// The mark that stands on its pages.
    public let mark: String
    /// The application it was for; nil for none.
    public let application: ApplicationID?
    /// To whom, in her words.
    public let receiver: String
    /// The papers, by name.
    public let papers: [String]
    /// How much of where she is it tells: `L0`, `L1`, `L2`.
    public let level: String
    /// The sealed files, in the order of the papers: PDF and Word file of each.
    public let files: [ContentDigest]

    /// Takes the parts.
    public init(
        mark: String, application: ApplicationID?, receiver: String, papers: [String], level: String, files: [ContentDigest]
    ) {
        self.mark = mark
        self.application = application
        self.receiver = receiver
        self.papers = papers
        self.level = level
        self.files = files
    }
}
