public import AkashiModel

/// Why the data that belongs to the program cannot be used.
public struct KnowledgeError: CodedError, Equatable {
    /// What went wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// The folder `Knowledge` was not found.
        case missing = "knowledge.missing"
        /// A file in it cannot be read.
        case damaged = "knowledge.damaged"
    }

    /// What went wrong.
    public let kind: Code
    /// The file, below `Knowledge`.
    public let arguments: [String: String]

    /// Takes the parts.
    public init(_ kind: Code, _ arguments: [String: String] = [:]) {
        self.kind = kind
        self.arguments = arguments
    }

    /// Stable text.
    public var code: String { kind.rawValue }
}
