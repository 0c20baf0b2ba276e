public import AkashiModel

/// Why postings cannot be looked at.
public typealias WorkError = CodedFailure<WorkErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum WorkErrorCode: String, Sendable, CaseIterable {
    /// The file of wishes has not the right form.
    case wishesUnreadable = "work.wishes-unreadable"
    /// The folder of postings cannot be read.
    case folderUnreadable = "work.folder-unreadable"
    /// A file of a career has not the right form.
    case resumeUnreadable = "work.resume-unreadable"
    /// Nothing was written down yet of which a paper could be made.
    case resumeEmpty = "work.resume-empty"
    /// No posting could be read of a file.
    case nothingRead = "work.nothing-read"
}
