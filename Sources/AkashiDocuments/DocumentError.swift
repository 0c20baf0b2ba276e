public import AkashiModel

/// Why a paper could not be made. The evidence is as it was.
public struct DocumentError: CodedError, Equatable {
    /// What went wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// Chromium, which prints papers, is not there or did not start.
        case browserMissing = "document.browser-missing"
        /// A template does not fit its input.
        case templateDamaged = "document.template-damaged"
        /// The PDF was not made.
        case pdfFailed = "document.pdf-failed"
    }

    /// What went wrong.
    public let kind: Code
    /// The document's id.
    public let arguments: [String: String]

    /// Takes the parts.
    public init(_ kind: Code, _ arguments: [String: String] = [:]) {
        self.kind = kind
        self.arguments = arguments
    }

    /// Stable text.
    public var code: String { kind.rawValue }
}
