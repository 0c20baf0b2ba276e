/// What came of drawing the recorded answers of the servers again and comparing: whether the picture shows what the
/// servers sent.
public struct RenderProof: Sendable, Codable, Equatable {
    /// How it ended.
    public enum Verdict: String, Sendable, Codable {
        /// No pixel that was compared differs, and no word.
        case same
        /// Something differs.
        case differs
        /// It could not be drawn again; ``reason`` says why.
        case notDone = "not-done"
    }

    /// How it ended.
    public var verdict: Verdict
    /// Why it could not be drawn again.
    public var reason: String?
    /// Pixels that differ.
    public var differingPixels = 0
    /// Pixels that were compared.
    public var comparedPixels = 0
    /// Pixels that were left out, because they move: films, moving pictures.
    public var maskedPixels = 0
    /// What was left out.
    public var masks: [PixelBox] = []
    /// Where it differs.
    public var boxes: [PixelBox] = []
    /// Whether the words of the page differ, those that are not seen in the picture too.
    public var wordsDiffer = false
    /// Addresses that were asked for when drawing again and had not been recorded.
    public var missing: [String] = []
    /// Number of requests that were answered with the record of a similar address.
    public var looseCount = 0
    /// The browser's build.
    public var browser: String

    init(verdict: Verdict, reason: String? = nil, browser: String) {
        self.verdict = verdict
        self.reason = reason
        self.browser = browser
    }
}
