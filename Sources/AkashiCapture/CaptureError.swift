public import AkashiModel

/// Why a page was not captured. A page that was captured badly is no error: its report says so.
public typealias CaptureError = CodedFailure<CaptureErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum CaptureErrorCode: String, Sendable, CaseIterable {
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
