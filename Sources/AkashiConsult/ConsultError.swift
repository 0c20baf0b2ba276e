public import AkashiModel

/// Why Akari cannot be asked.
public typealias ConsultError = CodedFailure<ConsultErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum ConsultErrorCode: String, Sendable, CaseIterable {
    /// Lines of the input are no turns.
    case linesUnreadable = "consult.lines-unreadable"
    /// A model's address is not on this computer.
    case modelNotHere = "consult.model-not-here"
}
