public import AkashiModel

/// Why a paper could not be made. The evidence is as it was.
public typealias DocumentError = CodedFailure<DocumentErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum DocumentErrorCode: String, Sendable, CaseIterable {
    /// Chromium, which prints papers, is not there or did not start.
    case browserMissing = "document.browser-missing"
    /// A template does not fit its input.
    case templateDamaged = "document.template-damaged"
    /// The PDF was not made.
    case pdfFailed = "document.pdf-failed"
}
