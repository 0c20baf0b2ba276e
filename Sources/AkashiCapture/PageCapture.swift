public import AkashiBrowser
public import AkashiModel
import Foundation
import Synchronization

/// A page that was captured: one file, and what it says of itself.
public struct CapturedPage: Sendable {
    /// A WACZ file.
    public let wacz: [UInt8]
    /// What it is called, without anything of the page's words.
    public let fileName: String
    /// How good it is, and which post it is.
    public let report: CaptureReport
    /// Whether the picture shows what the servers sent.
    public let proof: RenderProof
}

/// How far a capture is.
public enum CaptureStage: String, Sendable {
    /// The page is being visited.
    case loading
    /// It is being drawn again.
    case drawing
    /// It is being judged and packed.
    case packing
}

/// Clock and chance for a capture.
public struct CaptureEnvironment: Sendable {
    /// This computer's clock.
    public let now: @Sendable () -> Instant
    /// Random bytes.
    public let random: @Sendable (Int) -> [UInt8]

    /// Takes the parts.
    public init(now: @escaping @Sendable () -> Instant, random: @escaping @Sendable (Int) -> [UInt8]) {
        self.now = now
        self.random = random
    }

    func newID() -> String {
        var bytes = random(16)
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        var result = ""
        for (place, letter) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { result += "-" }
            result.append(letter)
        }
        return result
    }
}

/// Captures a page: visits it once in a clean browser, keeps everything that came, draws it again from that without a
/// network, compares, judges, and packs it up. It seals nothing; that is the vault's.
public struct PageCapture: Sendable {
    /// What it calls itself in what it writes.
    public static let software = "Akashi capture 1"

    private let browser: Browser
    private let environment: CaptureEnvironment

    /// Takes a browser, a clock and chance.
    public init(browser: Browser, environment: CaptureEnvironment) {
        self.browser = browser
        self.environment = environment
    }

    /// Captures one page.
    ///
    /// - Throws: ``CaptureError`` if there is nothing to keep. A bad page is no error; its report says so.
    public func capture(
        _ request: CaptureRequest, progress: @escaping @Sendable (CaptureStage) -> Void = { _ in }
    ) async throws -> CapturedPage {
        let url = try AddressGuard.check(request.address, allowed: Set(request.overrides.keys))
        let start = environment.now()
        do {
            let visit = try await GuardedProxy.open(GuardedProxy.Policy(overrides: request.overrides)) { proxy in
                try await visitAndDraw(PageRecorder(request: request, url: url, start: start, proxy: proxy), progress)
            }
            progress(.packing)
            let report = CaptureJudge(raw: visit.raw, request: request).report()
            let wacz = try CaptureWacz.pack(
                visit.raw, report, visit.proof, differences: visit.differences, software: Self.software,
                newID: environment.newID)
            let stamp = start.utcText.filter { $0.isNumber }.prefix(14)
            let host = url.host()?.lowercased() ?? "page"
            return CapturedPage(
                wacz: wacz, fileName: "page-\(host)-\(stamp).wacz", report: report, proof: visit.proof)
        } catch let error as BrowserError {
            switch error {
            case .tooSlow: throw CaptureError(.tooSlow)
            default: throw CaptureError(.browser, ["reason": "\(error)"])
            }
        }
    }

    private struct Visit: Sendable {
        let raw: RawCapture
        let proof: RenderProof
        let differences: [[UInt8]]
    }

    /// Two browsers: one visits, the other waits and draws again as soon as there is what it needs.
    private func visitAndDraw(_ recorder: PageRecorder, _ progress: @escaping @Sendable (CaptureStage) -> Void) async throws
        -> Visit
    {
        let request = recorder.request
        let (materials, hand) = AsyncStream<RenderMaterial>.makeStream()
        async let drawn = draw(materials, request)
        do {
            progress(.loading)
            var options = BrowserOptions(
                reach: .proxy(port: recorder.proxy.port), timeLimit: request.limits.whole, userAgent: nil, sharesProcess: true)
            options.trustedKeys = request.trustedKeys
            let raw = try await browser.withTab(options) { tab in
                try await recorder.record(tab) { material in
                    progress(.drawing)
                    hand.yield(material)
                    hand.finish()
                }
            }
            let (proof, differences) = await drawn
            return Visit(raw: raw, proof: proof, differences: differences)
        } catch {
            hand.finish()
            _ = await drawn
            throw error
        }
    }

    private func draw(
        _ materials: AsyncStream<RenderMaterial>, _ request: CaptureRequest
    ) async -> (RenderProof, [[UInt8]]) {
        let options = BrowserOptions(reach: .nothing, timeLimit: request.limits.whole, userAgent: nil, sharesProcess: true)
        do {
            return try await browser.withTab(options) { tab in
                for await material in materials { return try await PageRenderer(request: request).prove(tab, material) }
                return (RenderProof(verdict: .notDone, reason: "no-page", browser: ""), [])
            }
        } catch {
            return (RenderProof(verdict: .notDone, reason: "\(error)", browser: ""), [])
        }
    }
}
