import AkashiBrowser
import AkashiFormats
import Foundation

/// Draws a recorded page again in a clean browser that can reach nothing.
struct PageRenderer: Sendable {
    let request: CaptureRequest

    /// Draws and compares.
    ///
    /// - Returns: the proof, and pictures of where it differs.
    func prove(_ tab: BrowserTab, _ material: RenderMaterial) async throws -> (proof: RenderProof, differences: [[UInt8]]) {
        let build = try await tab.build().product.replacing("Headless", with: "")
        var proof = RenderProof(verdict: .same, browser: build)
        let answers = RecordedAnswers(material.exchanges)
        let visit = PageVisit(tab: tab, request: request, stillness: Stillness(start: material.start))
        try await visit.prepare(userAgent: material.userAgent)
        let traffic = Traffic()
        tab.listen { method, parameters in
            guard method == "Fetch.requestPaused" else { return }
            traffic.begin()
            Task {
                await Self.answer(tab, parameters, answers)
                traffic.end()
            }
        }
        try await tab.send("Network.enable")
        try await tab.send("Network.setCacheDisabled", ["cacheDisabled": .bool(true)])
        try await tab.send("Network.setBypassServiceWorker", ["bypass": .bool(true)])
        try await tab.send("Fetch.enable", ["patterns": .array([.object(["urlPattern": .string("*")])])])
        _ = try await visit.open(material.address)
        // Answers come from memory: what is not asked for now is not asked for at all.
        try await traffic.waitForQuiet(.milliseconds(80), limit: .seconds(8))
        _ = try await visit.scroll(pause: .milliseconds(8)) {
            try await traffic.waitForQuiet(.milliseconds(60), limit: .seconds(4))
        }
        // A busy computer is late: what waits for being seen must have been seen, as in the capture.
        for attempt in 1...8 {
            if try await visit.height() >= material.height, answers.unaskedCount == 0 { break }
            _ = try await visit.scroll(pause: .milliseconds(20 * attempt)) {
                try await traffic.waitForQuiet(.milliseconds(100 + 50 * attempt), limit: .seconds(4))
            }
        }
        // What a page does by the clock must have had as long as in the capture; where it already reads the same, it has.
        for _ in 0..<500 {
            let elapsed = try await visit.elapsed()
            guard elapsed < material.elapsed else { break }
            if elapsed > 250, try await visit.height() >= material.height, try await words(tab) == material.text { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        try await traffic.waitForQuiet(.milliseconds(60), limit: .seconds(4))
        try await visit.hold(material.elapsed)
        let text = try await words(tab)
        let height = min(try await visit.height(), request.limits.pageHeight)
        let pictures = try await visit.pictures(height: height)
        proof.wordsDiffer = text != material.text
        proof.missing = answers.missing
        proof.looseCount = answers.looseCount
        proof.masks = material.masks
        let differences = compare(material, pictures, height, &proof)
        if proof.differingPixels > 0 || proof.wordsDiffer { proof.verdict = .differs }
        return (proof, differences)
    }

    private func words(_ tab: BrowserTab) async throws -> String {
        try await tab.evaluate("document.body ? document.body.innerText.slice(0, 2000000) : ''").text ?? ""
    }

    private static func answer(_ tab: BrowserTab, _ p: DevToolsValue, _ answers: RecordedAnswers) async {
        guard let id = p["requestId"]?.text, let request = p["request"] else { return }
        let method = request["method"]?.text ?? "GET"
        let body = request["postData"]?.text.map { Array($0.utf8) }
        let found = answers.answer(method, request["url"]?.text ?? "", body)
        guard let found, found.isAnswered else {
            _ = try? await tab.send("Fetch.failRequest", ["requestId": .string(id), "errorReason": .string("Failed")])
            return
        }
        let fields = found.responseFields.filter { field in
            // The body is kept unpacked; the rest would be done twice or hold the page up.
            ![
                "content-encoding", "content-length", "transfer-encoding", "connection", "strict-transport-security",
                "alt-svc", "report-to", "nel", "clear-site-data",
            ].contains(field.name.lowercased()) && !field.name.hasPrefix(":")
        }
        let list = fields.map { DevToolsValue.object(["name": .string($0.name), "value": .string($0.value)]) }
        _ = try? await tab.send(
            "Fetch.fulfillRequest",
            [
                "requestId": .string(id), "responseCode": .number(Double(found.status)), "responseHeaders": .array(list),
                "body": .string(Data(found.bodyBytes).base64EncodedString()),
            ])
    }

    private func compare(
        _ material: RenderMaterial, _ pictures: [[UInt8]], _ height: Int, _ proof: inout RenderProof
    ) -> [[UInt8]] {
        var differences: [[UInt8]] = []
        var top = 0
        for place in 0..<max(material.pictures.count, pictures.count) {
            let one = place < material.pictures.count ? material.pictures[place] : nil
            let two = place < pictures.count ? pictures[place] : nil
            let part = min(request.limits.pictureHeight, max(0, material.height - top))
            defer { top += request.limits.pictureHeight }
            if one == two, material.masks.isEmpty {
                // The same bytes of a picture are the same pixels.
                proof.comparedPixels += request.width * part
                continue
            }
            let empty = PixelImage.blank
            let first = one.flatMap { PixelImage(png: $0) } ?? empty
            let second = two.flatMap { PixelImage(png: $0) } ?? empty
            let comparison = PixelComparison(first, second, masks: material.masks, top: top)
            proof.comparedPixels += comparison.compared
            proof.differingPixels += comparison.differing
            proof.maskedPixels += comparison.masked
            if proof.boxes.count < 20 { proof.boxes += comparison.boxes }
            if comparison.differing > 0,
                let png = PixelImage.png(grey: comparison.mask, width: comparison.width, height: comparison.height)
            {
                differences.append(png)
            }
        }
        return differences
    }
}
