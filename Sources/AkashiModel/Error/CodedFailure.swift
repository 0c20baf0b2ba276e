/// An error that a person can see, of one room: what went wrong, and values for the sentence.
///
/// A room names its kinds in an enumeration and gives the error its own name: `typealias VaultError = CodedFailure<VaultErrorCode>`.
public struct CodedFailure<Code: RawRepresentable & Sendable & Equatable>: CodedError, Equatable where Code.RawValue == String {
    /// What went wrong.
    public let kind: Code
    /// Ids, counts, sizes, file names of the program's own. Never her words, and no address.
    public let arguments: [String: String]

    /// Takes the parts.
    public init(_ kind: Code, _ arguments: [String: String] = [:]) {
        self.kind = kind
        self.arguments = arguments
    }

    /// Stable text.
    public var code: String { kind.rawValue }

    /// Errors are equal if they are of the same kind.
    public static func == (left: Self, right: Self) -> Bool { left.kind == right.kind }
}
