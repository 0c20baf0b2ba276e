/// What she made of a step of a plan: ticked, noted, dated, changed, left out, or her own.
public struct PlanStepState: Codable, Hashable, Sendable {
    /// How it stands.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// To be done, or to be kept in mind.
        case open
        /// Done.
        case done
        /// She passes over it. That is fine.
        case skipped
        /// Taken off her list.
        case removed
    }

    /// The plan.
    public let plan: String
    /// The step; one of her own begins with `own-`.
    public let step: String
    /// The section; for steps of her own.
    public let section: String?
    /// How it stands.
    public let state: State
    /// Her own words for it; nil for those of the plan.
    public let text: String?
    /// Her note.
    public let note: String?
    /// By when, or when again, as `2026-12-01`.
    public let by: String?
    /// Values of a register's fields.
    public let fields: [String: String]?

    /// Takes the parts.
    public init(
        plan: String, step: String, section: String? = nil, state: State, text: String? = nil, note: String? = nil,
        by: String? = nil, fields: [String: String]? = nil
    ) {
        self.plan = plan
        self.step = step
        self.section = section
        self.state = state
        self.text = text
        self.note = note
        self.by = by
        self.fields = fields
    }

    /// Whether it is a step of her own.
    public var isOwn: Bool { step.hasPrefix("own-") }
}
