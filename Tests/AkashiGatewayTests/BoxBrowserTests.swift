import AkashiBrowser
import AkashiModeration
import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

@Suite("the box in a browser", .serialized)
struct BoxBrowserTests {
    /// A gateway with two comments, and a page of her site on another origin that holds the box.
    private static func serving(_ work: @escaping @Sendable (GatewayFixture, BrowserTab, String) async throws -> Void)
        async throws
    {
        let place = try StorePlace(.sqlite)
        let site = try TemporaryFolder()
        let server = try FileSite(site.url)
        let origin = "http://127.0.0.1:\(server.port)"
        try await GatewayFixture.serving(
            place.storage, mode: .publishFirst,
            change: {
                $0.origins = [origin]
                $0.servesGuide = true
            }
        ) { fixture in
            let page = """
                <!doctype html><html lang="ja"><head><meta charset="utf-8"><title>糸の店</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"><style>button { display: none !important }</style></head>
                <body><main><h1>糸の店</h1><script src="http://127.0.0.1:\(fixture.port)/box.js" data-thread="page" async></script>
                <noscript><a href="http://127.0.0.1:\(fixture.port)/box/page">コメントを読む・書く</a></noscript></main></body></html>
                """
            try Data(page.utf8).write(to: site.url.appending(path: "index.html"))
            try await fixture.gateway.store.show(
                [
                    ShownComment(
                        id: "one", thread: "page", name: "はる", text: "色がきれい\n<b>でした</b>", at: 1_764_400_000_000, isOwner: false,
                        replyTo: nil),
                    ShownComment(
                        id: "two", thread: "page", name: "", text: "ありがとうございます", at: 1_764_400_060_000, isOwner: true,
                        replyTo: "one"),
                ], withdraw: [])
            try await Browser().withTab { tab in try await work(fixture, tab, origin + "/index.html") }
        }
        withExtendedLifetime((place, site, server)) {}
    }

    /// The words of the box in her page.
    private static let words = "document.querySelector('.akashi-host').shadowRoot.querySelector('.akashi-box').innerText"

    private static func wait(_ tab: BrowserTab, for script: String) async throws -> Bool {
        for _ in 0..<100 {
            if try await tab.evaluate(script).text == "yes" { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test("in her page it lists, sends and thanks; her site's style does not reach in; nothing is kept in the browser")
    func embedded() async throws {
        try await Self.serving { fixture, tab, page in
            try await tab.resize(width: 360, height: 740, isPhone: true)
            try await tab.open(page)
            #expect(try await Self.wait(tab, for: "\(Self.words).includes('コメント 2件') ? 'yes' : ''"))
            let words = try await tab.evaluate(Self.words).text ?? ""
            #expect(words.contains("<b>でした</b>") && words.contains("お店から") && words.contains("送る"))
            for finding in try await Axe.findings(tab) { Issue.record("box in a page: \(finding)") }
            let send = """
                (() => { const box = document.querySelector('.akashi-host').shadowRoot;
                box.querySelector('textarea').value = 'また買います'; box.querySelector('form button').click(); return 'sent'; })()
                """
            #expect(try await tab.evaluate(send).text == "sent")
            #expect(try await Self.wait(tab, for: "\(Self.words).includes('受け取りました') ? 'yes' : ''"))
            #expect(try await fixture.deliveries().map(\.text) == ["また買います"])
            #expect(try await tab.evaluate("document.cookie + localStorage.length + sessionStorage.length").text == "00")
            let elsewhere = try await tab.evaluate(
                "performance.getEntriesByType('resource').filter(e => !e.name.startsWith('http://127.0.0.1:')).length + ''")
            #expect(elsewhere.text == "0")
        }
    }

    @Test("box and guide: axe finds nothing serious, nothing is wider than the window, and all of it works without script")
    func pages() async throws {
        try await Self.serving { fixture, tab, page in
            let base = "http://127.0.0.1:\(fixture.port)"
            for width in [320, 360, 1280] {
                try await tab.resize(width: width, height: 800, isPhone: width < 600)
                for path in [
                    "/box/page", "/box/page?lang=en&sent=too-fast", "/guide", "/guide/evidence", "/guide/evidence?lang=en",
                ] {
                    try await tab.open(base + path)
                    for finding in try await Axe.findings(tab) { Issue.record("\(path) \(width): \(finding)") }
                    let over = try await tab.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    #expect(over == .number(0), "\(path) is wider than \(width)")
                }
            }
            try await tab.send("Emulation.setScriptExecutionDisabled", ["value": .bool(true)])
            try await tab.open(base + "/box/page")
            try await tab.send("Emulation.setScriptExecutionDisabled", ["value": .bool(false)])
            #expect(try await tab.evaluate("document.querySelectorAll('script').length + ''").text == "0")
            if let folder = ProcessInfo.processInfo.environment["AKASHI_PICTURES"] {
                for (width, name) in [(360, "box-360"), (1280, "box-1280")] {
                    try await tab.resize(width: width, height: 800, isPhone: width < 600)
                    try await tab.open(base + "/box/page")
                    try Data(try await tab.picture()).write(to: URL(filePath: folder).appending(path: "\(name).png"))
                    try await tab.open(page)
                    _ = try await Self.wait(tab, for: "\(Self.words).includes('2件') ? 'yes' : ''")
                    try Data(try await tab.picture()).write(to: URL(filePath: folder).appending(path: "embedded-\(name).png"))
                }
            }
        }
    }
}
