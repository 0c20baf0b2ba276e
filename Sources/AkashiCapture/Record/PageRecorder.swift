import AkashiBrowser
import AkashiModel
import Foundation

/// Visits a page once and keeps everything.
struct PageRecorder: Sendable {
    let request: CaptureRequest
    let url: URL
    let start: Instant
    let proxy: GuardedProxy

    /// Visits the page.
    ///
    /// - Parameter drawn: called as soon as there is all that drawing again needs; the rest goes on meanwhile.
    func record(_ tab: BrowserTab, drawn: @Sendable (RenderMaterial) -> Void) async throws -> RawCapture {
        var raw = RawCapture()
        raw.address = url.absoluteString
        raw.start = start
        let version = try await tab.build()
        raw.build = version.product.replacing("Headless", with: "")
        raw.userAgent = version.userAgent.replacing("Headless", with: "")
        let visit = PageVisit(tab: tab, request: request, stillness: Stillness(start: start.milliseconds))
        try await visit.prepare(userAgent: raw.userAgent)
        let recorder = NetworkRecorder(tab) { [proxy] host in proxy.allow(host) }
        try await recorder.start()
        let opened = try await visit.open(url.absoluteString)
        if let failure = opened.failure { try check(failure, recorder) }
        raw.hasLoaded = opened.hasLoaded
        raw.wasQuiet = try await recorder.waitForQuiet(request.limits.quiet, limit: request.limits.settle)
        (raw.height, raw.isCut) = try await visit.scroll {
            _ = try await recorder.waitForQuiet(.milliseconds(250), limit: .seconds(4))
        }
        raw.elapsed = try await visit.elapsed()
        try await visit.hold(raw.elapsed)
        if let tampering = request.tampering { try await tab.evaluate(tampering) }
        raw.facts = PageFacts(value: try await tab.evaluate(PageFacts.script(pack(for: raw))))
        raw.pictures = try await visit.pictures(height: raw.height)
        raw.exchanges = recorder.exchanges
        drawn(raw.material)
        recorder.close()
        await keepParts(tab, &raw)
        for exchange in raw.exchanges {
            guard let url = URL(string: exchange.url), let host = url.host()?.lowercased() else { continue }
            let port = url.port ?? (url.scheme == "https" ? 443 : 80)
            raw.servers["\(host):\(port)"] = proxy.address(of: host, port)
        }
        raw.refusedHosts = proxy.refused
        return raw
    }

    private func pack(for raw: RawCapture) -> PlatformPack? {
        request.packs.first { $0.holds(url.absoluteString) }
    }

    /// Tells a page that did not come from one that came badly: the first is an error, the second is kept.
    private func check(_ failure: String, _ recorder: NetworkRecorder) throws {
        let main = recorder.exchanges.last { $0.purpose == "Document" }
        if proxy.refused.contains((main?.url ?? url.absoluteString).hostOfAddress) {
            throw CaptureError(.addressRefused, ["reason": "inside"])
        }
        if failure.contains("ERR_ABORTED") { throw CaptureError(.notAPage) }
        // A server's answer without a page is an answer.
        guard failure.contains("ERR_HTTP_RESPONSE_CODE_FAILURE") else {
            throw CaptureError(.nothingCame, ["reason": failure])
        }
    }

    /// The document, the page on paper and as one file, the certificates. What fails is named.
    private func keepParts(_ tab: BrowserTab, _ raw: inout RawCapture) async {
        let script =
            "(document.doctype ? new XMLSerializer().serializeToString(document.doctype) : '')"
            + " + (document.documentElement ? document.documentElement.outerHTML : '')"
        if let html = try? await tab.evaluate(script).text { raw.html = html } else { raw.missingParts.append("document") }
        if let mhtml = try? await tab.send("Page.captureSnapshot", ["format": .string("mhtml")])["data"]?.text {
            raw.mhtml = Array(mhtml.utf8)
        } else {
            raw.missingParts.append("mhtml")
        }
        await keepPaper(tab, &raw)
        var origins: [String] = []
        for exchange in raw.exchanges where exchange.url.hasPrefix("https://") {
            guard let url = URL(string: exchange.url), let host = url.host() else { continue }
            let origin = "https://\(host)" + (url.port.map { ":\($0)" } ?? "")
            if !origins.contains(origin) { origins.append(origin) }
        }
        for origin in origins.prefix(20) {
            let chain = try? await tab.send("Network.getCertificate", ["origin": .string(origin)])["tableNames"]?.list
            let certificates = (chain ?? []).compactMap { $0.text.flatMap { Data(base64Encoded: $0) }.map(Array.init) }
            if !certificates.isEmpty { raw.certificates.append((origin, certificates)) }
        }
    }

    /// A4, with the whole address, the time in Japan and in UTC, and the number of each page.
    private func keepPaper(_ tab: BrowserTab, _ raw: inout RawCapture) async {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        let style = "font-size:7px;width:100%;padding:0 10mm;overflow-wrap:anywhere;color:#000;font-family:sans-serif"
        let address = raw.facts.address.isEmpty ? raw.address : raw.facts.address
        let head = "<div style='\(style)'>\(escaped(address))<br>\(raw.start.japanText) JST (\(raw.start.utcText))</div>"
        let foot =
            "<div style='\(style);text-align:right'><span class='pageNumber'></span> / <span class='totalPages'></span></div>"
        let answer = try? await tab.send(
            "Page.printToPDF",
            [
                "printBackground": .bool(true), "displayHeaderFooter": .bool(true), "headerTemplate": .string(head),
                "footerTemplate": .string(foot), "paperWidth": .number(8.27), "paperHeight": .number(11.69),
                "marginTop": .number(0.8), "marginBottom": .number(0.6), "scale": .number(0.7),
            ])
        if let data = answer?["data"]?.text.flatMap({ Data(base64Encoded: $0) }) {
            raw.pdf = Array(data)
        } else {
            raw.missingParts.append("pdf")
        }
    }
}

extension String {
    /// The host of an address, in small letters; empty if there is none.
    var hostOfAddress: String { URL(string: self)?.host()?.lowercased() ?? "" }
}
