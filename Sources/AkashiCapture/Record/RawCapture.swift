import AkashiBrowser
import AkashiModel
import Foundation

/// Everything that a visit brought, before it is judged.
struct RawCapture: Sendable {
    var address = ""
    var start = Instant(milliseconds: 0)
    var elapsed = 0
    var exchanges: [Exchange] = []
    var facts = PageFacts(value: .null)
    var pictures: [[UInt8]] = []
    var height = 0
    var isCut = false
    var html = ""
    var mhtml: [UInt8] = []
    var pdf: [UInt8] = []
    /// Certificates by origin, the server's own first, DER.
    var certificates: [(origin: String, chain: [[UInt8]])] = []
    /// Numbers of the servers, by `host:port`.
    var servers: [String: String] = [:]
    var refusedHosts: [String] = []
    var build = ""
    var userAgent = ""
    var hasLoaded = false
    var wasQuiet = false
    /// What failed of the parts, such as `pdf`.
    var missingParts: [String] = []

    /// The chain of the page itself: redirects, then the page.
    var mainChain: [Exchange] {
        guard let first = exchanges.first(where: { $0.purpose == "Document" }) else { return [] }
        return exchanges.filter { $0.id == first.id }
    }

    /// What the page needs to be drawn again.
    var material: RenderMaterial {
        RenderMaterial(
            address: address, start: start.milliseconds, elapsed: elapsed, exchanges: exchanges, text: facts.text,
            pictures: pictures, height: height, masks: facts.moving, userAgent: userAgent, build: build)
    }
}

/// What is needed to draw a page again and compare.
struct RenderMaterial: Sendable {
    let address: String
    let start: Int64
    let elapsed: Int
    let exchanges: [Exchange]
    let text: String
    let pictures: [[UInt8]]
    let height: Int
    let masks: [PixelBox]
    let userAgent: String
    let build: String
}
