import AkashiBrowser
import AkashiTesting
import Foundation
import Testing

@Suite("looking at a kept page")
struct ReplayTests {
    private static let hostile = """
        <!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title><meta http-equiv="refresh" content="900;url=http://evil.example/">
        <link rel="stylesheet" href="s.css"><base href="http://evil.example/"><style>@import url(http://evil.example/i.css); h1{color:rgb(1,2,3)}</style></head>
        <body onload="parent.pwned=1"><h1>みみずくの店</h1><img src="http://shop.example/p.png" onerror="alert(1)"><img src="http://evil.example/pixel.png">
        <a href="http://evil.example/">link</a><form action="http://evil.example/"><input name="a"></form><iframe src="http://evil.example/"></iframe>
        <svg><script>if (parent !== self) top.location='http://evil.example/'</script></svg><script>document.title='ran'</script><p style="background:url(http://evil.example/bg.png)">おわり</p></body></html>
        """

    @Test(
        "T13: it stands on another origin, sandboxed, without script and without anything from elsewhere, after it was asked for")
    func hostile() async throws {
        let folder = try TemporaryFolder()
        try Data(Self.hostile.utf8).write(to: folder.url.appending(path: "index.html"))
        try Data("h1{font-size:30px} p{background:url(p.png)}".utf8).write(to: folder.url.appending(path: "s.css"))
        let png = try Command.run("gm", ["convert", "-size", "40x40", "xc:red", "png:-"]).output
        try Data(png).write(to: folder.url.appending(path: "p.png"))
        let site = try FileSite(folder.url)
        try await WebClient.withDesk(captureOverrides: ["shop.example:80": "127.0.0.1:\(site.port)"]) { client in
            let go = try await client.post("/capture/go", [("address", "http://shop.example/index.html")])
            let job = try #require(Int(go.header("Location")?.split(separator: "/").last ?? ""))
            let done = try await client.finishedJob(job)
            let number = try #require(done.firstMatch(of: /items\/([0-9]+)/)?.1)
            #expect(try await client.get("/items/\(number)").text.contains("ページの形で見る"))
            let page = try await client.post("/items/\(number)/replay")
            #expect(!page.text.contains("みみずく"))
            let address = try #require(page.text.firstMatch(of: /src="http:\/\/127\.0\.0\.1:([0-9]+)(\/[^"]+\/page)"/))
            let port = try #require(Int(address.1))
            #expect(port != client.port)
            let policy = page.header("Content-Security-Policy") ?? ""
            #expect(
                policy.contains("frame-src http://127.0.0.1:\(port)") && page.text.contains("<iframe class=\"replay\" sandbox"))

            func get(_ path: String, _ headers: String = "", host: String? = nil) async throws -> Reply {
                let head = "GET \(path) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\nConnection: close\r\n\(headers)\r\n"
                let bytes = try #require(await RawHTTP.exchange(Array(head.utf8), port: port))
                return try #require(Reply(bytes))
            }
            let shown = try await get(String(address.2), "Sec-Fetch-Dest: iframe\r\n")
            #expect(shown.status == 200 && shown.text.contains("みみずくの店") && shown.text.contains("おわり"))
            for word in [
                "<script", "onload", "onerror", "evil.example", "<form", "<iframe", "<meta http-equiv", "<base", "href=\"http",
            ] {
                #expect(!shown.text.contains(word), "\(word)")
            }
            let sandbox = shown.header("Content-Security-Policy") ?? ""
            #expect(sandbox.hasPrefix("sandbox; default-src 'none'") && !sandbox.contains("allow-scripts"))
            #expect(sandbox.contains("frame-ancestors http://127.0.0.1:\(client.port)"))
            #expect(shown.header("Set-Cookie") == nil && shown.header("Content-Disposition") == nil)
            #expect(try await get(String(address.2)).header("Content-Disposition")?.hasPrefix("attachment") == true)
            let parts = shown.text.matches(of: /"(part\/[0-9]+)"/).map { String($0.1) }
            #expect(parts.count == 2)
            let base = address.2.dropLast("page".count)
            var types: Set<String> = []
            for part in parts { types.insert(try await get(base + part).header("Content-Type") ?? "") }
            #expect(types == ["text/css", "image/png"])
            #expect(try await get(String(address.2), host: "evil.example").status == 403)
            #expect(try await get("/guess/page").status == 403)
            _ = try await client.post("/lock")
            #expect(try await get(String(address.2), "Sec-Fetch-Dest: iframe\r\n").status == 403)
        }
        withExtendedLifetime(site) {}
    }
}
