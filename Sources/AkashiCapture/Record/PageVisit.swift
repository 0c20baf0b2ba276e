import AkashiBrowser
import AkashiModel
import Foundation

/// The steps that a page is taken through, the same while it is captured and while it is drawn again.
struct PageVisit: Sendable {
    let tab: BrowserTab
    let request: CaptureRequest
    let stillness: Stillness

    /// Prepares a tab: size, stillness, nothing that asks or opens windows.
    func prepare(userAgent: String) async throws {
        try await tab.resize(width: request.width, height: request.height, isPhone: request.isPhone)
        try await tab.send(
            "Emulation.setUserAgentOverride", ["userAgent": .string(userAgent), "acceptLanguage": .string("ja,en;q=0.8")])
        try await tab.send("Emulation.setTimezoneOverride", ["timezoneId": .string("Asia/Tokyo")])
        try await tab.send("Page.addScriptToEvaluateOnNewDocument", ["source": .string(stillness.script)])
        try await tab.sendToBrowser("Browser.setDownloadBehavior", ["behavior": .string("deny")])
        tab.listen { [tab] method, _ in
            guard method == "Page.javascriptDialogOpening" else { return }
            Task { try? await tab.send("Page.handleJavaScriptDialog", ["accept": .bool(false)]) }
        }
    }

    /// Opens an address and waits until the page says that it has loaded.
    ///
    /// - Returns: why it did not come, in the browser's words, and whether it loaded within the limit.
    func open(_ address: String) async throws -> (failure: String?, hasLoaded: Bool) {
        let loads = Traffic()
        tab.listen { method, _ in if method == "Page.loadEventFired" { loads.begin() } }
        let failure = try await tab.send("Page.navigate", ["url": .string(address)])["errorText"]?.text ?? ""
        let end = ContinuousClock.now + request.limits.load
        while failure.isEmpty, !loads.hasBegun, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
        return (failure.isEmpty ? nil : failure, loads.hasBegun)
    }

    /// Goes to the end of the page, so that what waits for being seen is loaded, and back to the top.
    ///
    /// - Parameter pause: how long each screen is in view.
    /// - Returns: the page's height, and whether it was still growing at the limit.
    func scroll(pause: Duration = .milliseconds(25), _ settle: () async throws -> Void) async throws -> (height: Int, isCut: Bool)
    {
        var place = 0
        var height = try await self.height()
        let step = max(200, request.height * 4 / 5)
        while place + request.height < height, place < request.limits.pageHeight {
            place += step
            try await scroll(to: place)
            try await Task.sleep(for: pause)
            if place + request.height >= height {
                try await settle()
                height = try await self.height()
            }
        }
        if height > request.height { try await settle() }
        try await scroll(to: 0)
        height = try await self.height()
        return (min(height, request.limits.pageHeight), height > request.limits.pageHeight)
    }

    /// Scrolls, and waits for the frame in which the page is told of it: a busy computer is late with that frame, and a page
    /// that grows by scrolling would grow more or less by chance.
    private func scroll(to place: Int) async throws {
        try await tab.evaluate(
            "scrollTo(0, \(place)), new Promise(done => { requestAnimationFrame(() => done(0)); setTimeout(() => done(0), 1000) })"
        )
    }

    func height() async throws -> Int {
        let height = try await tab.evaluate(
            "Math.ceil(Math.max(document.documentElement ? document.documentElement.scrollHeight : 0, document.body ? document.body.scrollHeight : 0))"
        )
        return max(request.height, Int(height.number ?? 0))
    }

    /// Milliseconds since the page had loaded, by its own clock.
    func elapsed() async throws -> Int {
        Int(try await tab.evaluate("self.__still ? __still.elapsed() : 0").number ?? 0)
    }

    /// Holds everything as it is at a time after loading.
    func hold(_ elapsed: Int) async throws {
        try await tab.evaluate("self.__still && __still.hold(\(elapsed)), 0")
        // Two frames, so that what was held is drawn.
        try await tab.evaluate(
            "new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(() => done(0))); setTimeout(() => done(0), 300) })"
        )
    }

    /// The whole page in pictures one below the other, PNG.
    func pictures(height: Int) async throws -> [[UInt8]] {
        var pictures: [[UInt8]] = []
        var top = 0
        while top < height {
            let part = min(request.limits.pictureHeight, height - top)
            let clip: [String: DevToolsValue] = [
                "x": .number(0), "y": .number(Double(top)), "width": .number(Double(request.width)),
                "height": .number(Double(part)), "scale": .number(1),
            ]
            let answer = try await tab.send(
                "Page.captureScreenshot",
                [
                    "format": .string("png"), "captureBeyondViewport": .bool(true), "clip": .object(clip),
                    "optimizeForSpeed": .bool(true),
                ])
            guard let data = answer["data"]?.text.flatMap({ Data(base64Encoded: $0) }) else { throw BrowserError.ended }
            pictures.append(Array(data))
            top += part
        }
        return pictures
    }
}
