public import AkashiModel

/// Why comments cannot be looked over.
public typealias ModerationError = CodedFailure<ModerationErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum ModerationErrorCode: String, Sendable, CaseIterable {
    /// The dictionary of Japanese words is not on this computer.
    case dictionaryMissing = "moderation.dictionary-missing"
    /// The list of words cannot be read, or has none.
    case termsUnreadable = "moderation.terms-unreadable"
    /// A rule's pattern is no pattern.
    case patternUnreadable = "moderation.pattern-unreadable"
    /// A rule leaves a way of hiding that there is none of.
    case switchUnknown = "moderation.switch-unknown"
    /// Lines of the input are no comments.
    case linesUnreadable = "moderation.lines-unreadable"
}
