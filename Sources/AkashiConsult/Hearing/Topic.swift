/// What an everyday turn is about.
public enum Topic: String, Sendable, Codable, CaseIterable {
    /// A question that the guide may answer.
    case guide
    /// A question that neither the guide nor the case can answer: the weather, a cure, what somebody does now.
    case outside
    /// A greeting, thanks, small talk.
    case chat
    /// When something runs out, by when something is due.
    case deadlines
    /// What was sent or reported, and what came back.
    case sent
    /// What to take along to somebody.
    case bring
    /// What the records do not show yet.
    case missing
    /// What was said in a talk, and when it was.
    case talks
    /// What was kept, and how much of it.
    case held
    /// Something that happened, told.
    case happened
    /// How she feels.
    case feeling

    /// What is asked of her own case.
    public var isAboutCase: Bool {
        switch self {
        case .deadlines, .sent, .bring, .missing, .talks, .held: true
        case .guide, .outside, .chat, .happened, .feeling: false
        }
    }

    /// What is told and can be kept, if she wants it.
    public var isTold: Bool { self == .happened || self == .feeling }
}
