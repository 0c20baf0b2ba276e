public import AkashiModel

/// Why a comparison cannot be made at all.
public typealias AuthorshipError = CodedFailure<AuthorshipErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum AuthorshipErrorCode: String, Sendable, CaseIterable {
    /// The tables that belong to the program cannot be read.
    case tablesUnreadable = "authorship.tables-unreadable"
    /// Lines of the input are no trials or no writers.
    case linesUnreadable = "authorship.lines-unreadable"
    /// A file of counts is none, or of another version.
    case countsUnreadable = "authorship.counts-unreadable"
    /// A vault was named where only files are taken.
    case vaultNamed = "authorship.vault-named"
}
