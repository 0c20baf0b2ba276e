public import AkashiModel

/// Why a page was not captured. A page that was captured badly is no error: its report says so.
public struct CaptureError: CodedError, Equatable {
    /// What happened.
    public enum Code: String, Sendable, CaseIterable {
        /// The address may not be visited.
        case addressRefused = "capture.address-refused"
        /// Nothing came from the address.
        case nothingCame = "capture.nothing-came"
        /// It is a file to download, not a page.
        case notAPage = "capture.not-a-page"
        /// Chromium is missing or ended.
        case browser = "capture.browser"
        /// It took too long.
        case tooSlow = "capture.too-slow"
    }

    /// What happened.
    public let kind: Code
    /// Details for the sentence.
    public let arguments: [String: String]

    /// Takes the parts.
    public init(_ kind: Code, _ arguments: [String: String] = [:]) {
        self.kind = kind
        self.arguments = arguments
    }

    /// Stable text.
    public var code: String { kind.rawValue }
    /// The code and its details.
    public var description: String { "\(code) \(arguments)" }
}
