/// Why the browser could not do something.
public enum BrowserError: Error, Equatable, Sendable {
    /// Chromium is not installed, or did not start.
    case missing(String)
    /// It ended in the middle.
    case ended
    /// It refused a command.
    case refused(method: String, message: String)
    /// It took too long.
    case tooSlow
}
