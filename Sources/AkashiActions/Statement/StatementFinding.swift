public import AkashiKnowledge

/// Something in a text for the public that should not be there.
public struct StatementFinding: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Somebody's name or account.
        case name
        /// A guess at who did it.
        case guess
        /// A judgement about a person or an act.
        case verdict
        /// A place, a way to reach somebody, a trace.
        case address
    }

    /// What it is.
    public let kind: Kind
    /// The words as they stand in the text.
    public let text: String
    /// Where they stand: characters of the text, counted from 0.
    public let range: Range<Int>
    /// The rule that found them.
    public let rule: String
    /// Why they should not be there.
    public let reason: Bilingual
}
