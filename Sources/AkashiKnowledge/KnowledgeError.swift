public import AkashiModel

/// Why the data that belongs to the program cannot be used.
public typealias KnowledgeError = CodedFailure<KnowledgeErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum KnowledgeErrorCode: String, Sendable, CaseIterable {
    /// The folder `Knowledge` was not found.
    case missing = "knowledge.missing"
    /// A file in it cannot be read.
    case damaged = "knowledge.damaged"
}
