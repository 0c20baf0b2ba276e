import AkashiFormats

/// One request of the page and what came back.
struct Exchange: Sendable {
    /// What is known of the body.
    enum Body: Sendable, Equatable {
        /// There is none: a redirect, a 204, a HEAD.
        case none
        /// As the server sent it, unpacked.
        case bytes([UInt8])
        /// It did not come, or not whole, or is not kept: `failed`, `too-large`, `stream`, `unread`.
        case missing(String)
    }

    let id: String
    let method: String
    let url: String
    /// What for: `Document`, `Image`, `XHR` and so on.
    let purpose: String
    var requestFields: [(name: String, value: String)] = []
    var requestBody: [UInt8]?
    var status = 0
    var statusText = ""
    var responseFields: [(name: String, value: String)] = []
    /// `h2`, `http/1.1`.
    var wireProtocol = ""
    var mimeType = ""
    var body = Body.missing("unread")
    /// Why it failed, in the browser's words.
    var failure: String?
    /// Whether something of the page itself stopped it: that is no fault of the capture.
    var wasCancelled = false

    /// Whether a response came.
    var isAnswered: Bool { status > 0 }

    var bodyBytes: [UInt8] { if case .bytes(let bytes) = body { bytes } else { [] } }
}

extension Exchange: Equatable {
    static func == (left: Exchange, right: Exchange) -> Bool { left.id == right.id && left.url == right.url }
}
