public import AkashiModel

/// Why postings cannot be looked at.
public typealias WorkError = CodedFailure<WorkErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum WorkErrorCode: String, Sendable, CaseIterable {
    /// The file of wishes has not the right form.
    case wishesUnreadable = "work.wishes-unreadable"
    /// The folder of postings cannot be read.
    case folderUnreadable = "work.folder-unreadable"
}
