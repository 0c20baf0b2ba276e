/// A turn as it was taken, before anything is answered.
public struct Heard: Sendable, Hashable {
    /// What she wrote.
    public let text: String
    /// How it is taken.
    public let route: Route
    /// What it is about; nil where something else comes first.
    public let topic: Topic?
    /// What of her case it asks for.
    public let inquiry: CaseInquiry?
    /// Which of her turns it is, from 1.
    public let turn: Int
}
