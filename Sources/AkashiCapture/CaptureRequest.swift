/// What is to be captured, and how.
public struct CaptureRequest: Sendable {
    /// The address as she typed it.
    public var address: String
    /// How wide the window is, in CSS pixels.
    public var width = 1280
    /// How high the window is, in CSS pixels.
    public var height = 900
    /// Whether the page is asked for as a telephone would.
    public var isPhone = false
    /// `host:port` that leads to another `address:port`: for test servers. They are exempt from ``AddressGuard``.
    public var overrides: [String: String] = [:]
    /// Keys of test servers that are trusted without an authority: SHA-256 of the public key (SPKI) in base64.
    public var trustedKeys: [String] = []
    /// What is known of sites.
    public var packs: [PlatformPack] = []
    /// How far and how long.
    public var limits = CaptureLimits()
    /// Run in the page before its picture is taken: what somebody with the browser's tools could do. For tests of the render proof.
    public var tampering: String?

    /// A request with what is usual.
    public init(address: String) { self.address = address }
}

/// How far and how long a capture goes.
public struct CaptureLimits: Sendable {
    /// Until the page says that it has loaded.
    public var load: Duration = .seconds(30)
    /// Until nothing has come for a while after that.
    public var settle: Duration = .seconds(8)
    /// How long nothing must come.
    public var quiet: Duration = .milliseconds(400)
    /// The largest height of a page that is kept, in pixels. Feeds without an end are cut here, and it is said.
    public var pageHeight = 40_000
    /// The height of one picture, in pixels: Chromium cannot draw more than 16,384 at once.
    public var pictureHeight = 14_000
    /// The whole capture.
    public var whole: Duration = .seconds(120)

    /// What is usual.
    public init() {}
}
