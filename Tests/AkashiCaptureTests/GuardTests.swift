import AkashiBrowser
import AkashiTesting
import Foundation
import Synchronization
import Testing

@testable import AkashiCapture

@Suite("T17: addresses that may be visited")
struct GuardTests {
    @Test(
        "addresses of this computer and of inner networks, in any spelling, are refused",
        arguments: [
            "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://example.com/", "chrome://settings",
            "about:blank",
            "http://user:pw@example.com/", "http://user@example.com/", "http://localhost/", "http://LOCALHOST./",
            "http://a.localhost/",
            "http://127.0.0.1/", "http://127.0.0.1:8080/", "http://127.1/", "http://127.0.1/", "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://0/", "http://0.0.0.0/",
            "http://10.0.0.1/",
            "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[fe80::1]/", "http://[fc00::1]/",
            "http://[fd00::1]/",
            "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/",
            "http://router/",
            "http://printer.local/", "http://nas.home.arpa/", "http://db.internal/", "http:///x", "http://", "", "  ",
            "example.com",
            "http://ex ample.com/", "http://1.2.3/", "http://[::ffff:0:127.0.0.1]/", "http://0300.0250.0.1/",
        ])
    func refused(address: String) {
        #expect(throws: CaptureError.self) { try AddressGuard.check(address) }
    }

    @Test(
        "addresses of the open internet are taken",
        arguments: [
            "https://x.com/a/status/1", "http://example.com", "https://example.com:8443/あ?b=c#d", "https://8.8.8.8/",
            "https://[2606:4700:4700::1111]/", "https://日本語.jp/", "https://www.minne.com/items/1",
        ])
    func taken(address: String) throws { _ = try AddressGuard.check(address) }

    @Test("a name that leads inside is not connected to, and a mixed answer neither")
    func names() {
        #expect(GuardedProxy.resolve("localhost", 80, .init()) == nil)
        #expect(GuardedProxy.resolve("127.0.0.1", 80, .init()) == nil)
        #expect(GuardedProxy.resolve("10.1.2.3", 80, .init()) == nil)
        #expect(GuardedProxy.resolve("8.8.8.8", 443, .init()).map { "\($0)" } == "[IPv4]8.8.8.8:443")
    }

    @Test("a page, a frame, a script, a picture and a redirect cannot reach this computer, nor the desk")
    func inside() async throws {
        let reached = Mutex<[String]>([])
        try await FixtureSite.serve({ _, path in
            reached.withLock { $0.append(path) }
            return .init("inner")
        }) { inner in
            let target = "http://127.0.0.1:\(inner.port)"
            let page: FixtureSite.Page = { _, path in
                if path.hasPrefix("/jump") { return .init("", status: 302, fields: [("Location", "\(target)/redirect")]) }
                return .init(
                    """
                    <!DOCTYPE html><title>t</title><p>文があります。とても長い文です。</p><img src="\(target)/img"><iframe src="\(target)/frame"></iframe>
                    <script>fetch('\(target)/fetch').catch(() => 0); fetch('http://localhost:\(inner.port)/name', { mode: 'no-cors' }).catch(() => 0);
                    new WebSocket('ws://127.0.0.1:\(inner.port)/ws'); navigator.sendBeacon('\(target)/beacon');
                    const i = new Image(); i.src = 'http://[::1]:\(inner.port)/six'; i.src = 'http://2130706433:\(inner.port)/number';</script>
                    """)
            }
            try await FixtureSite.serve(page) { site in
                let captured = try await CaptureTools.capture().capture(site.request("http://shop.example/page"))
                #expect(captured.report.remarks.contains { $0.code == "inner-address" })
                #expect(captured.report.grade == .partial)
                await #expect(throws: CaptureError.self) {
                    _ = try await CaptureTools.capture().capture(site.request("http://shop.example/jump"))
                }
            }
        }
        #expect(reached.withLock { $0 } == [])
    }

    @Test("nothing of the browser's own reaches the net: what was not asked for by the page is refused")
    func ownCalls() async throws {
        try await FixtureSite.serve(Fixtures.answer) { site in
            _ = try await CaptureTools.capture().capture(site.request("http://shop.example/sjis"))
            #expect(Set(site.requests).isSubset(of: ["shop.example/sjis", "shop.example/favicon.ico"]))
        }
    }

    @Test("no browser is left after captures that end, that are given up, and that take too long")
    func leaks() async throws {
        try await FixtureSite.serve(Fixtures.answer) { site in
            let request = try site.request("http://shop.example/reviews")
            let capture = try CaptureTools.capture()
            for _ in 0..<2 { _ = try await capture.capture(request) }
            for delay in [50, 400, 900, 1_600, 2_400] {
                let task = Task { try await capture.capture(request) }
                try await Task.sleep(for: .milliseconds(delay))
                task.cancel()
                _ = await task.result
            }
            var short = request
            short.limits.whole = .milliseconds(900)
            await #expect(throws: CaptureError.self) { _ = try await capture.capture(short) }
        }
        try await Task.sleep(for: .milliseconds(500))
        // Other tests drive browsers meanwhile: theirs end by and by, one that was left behind stays.
        var left = Set(Processes.browsers())
        for _ in 0..<240 where !left.isEmpty {
            try await Task.sleep(for: .milliseconds(500))
            left.formIntersection(Processes.browsers())
        }
        #expect(left.isEmpty)
    }
}

/// Processes of this machine.
enum Processes {
    /// Browsers whose profile is one of ours, by their command line.
    static func browsers() -> [String] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.filter { Int($0) != nil } ?? []
        return numbers.compactMap { number in
            guard let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else { return nil }
            let text = String(decoding: line.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
            return text.contains("/akashi-browser-") && text.contains("chrom") ? "\(number) \(text.prefix(120))" : nil
        }
    }
}
