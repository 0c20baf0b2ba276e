import AkashiBrowser
import AkashiTesting
import Foundation
import Testing

/// The browser's button, in a real Chromium.
@Suite("the browser's extension", .serialized)
struct ExtensionTests {
    /// The extension as it is, but allowed to look at every page without a click on its button, which a test cannot do.
    private static func copy(to folder: URL) throws -> URL {
        let target = folder.appending(path: "extension")
        try FileManager.default.copyItem(at: ProjectFolder.root.appending(path: "Extension"), to: target)
        let manifest = target.appending(path: "manifest.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("\"http://127.0.0.1/*\"", with: "\"http://127.0.0.1/*\", \"<all_urls>\"")
            .write(to: manifest, atomically: true, encoding: .utf8)
        _ = try Command.run("chmod", ["-R", "a+rX", folder.path])
        return target
    }

    @Test("a page is sealed as she sees it, with a picture of the whole of it, marked as hers; the code is good for nothing else")
    func button() async throws {
        let folder = try TemporaryFolder()
        let site = folder.url.appending(path: "site")
        try FileManager.default.createDirectory(at: site, withIntermediateDirectories: true)
        let page = """
            <!DOCTYPE html><meta charset="utf-8"><title>つぶやき</title><h1>会員だけのページ</h1><p>ふくろうのように見ているぞ。</p><div style="height:2500px"></div><p>おわり</p>
            """
        try Data(page.utf8).write(to: site.appending(path: "index.html"))
        let extensionFolder = try Self.copy(to: folder.url)
        let files = try FileSite(site)
        let port = files.port
        try await WebClient.withDesk { client in
            let shown = try await client.post("/browser/begin")
            #expect(shown.status == 303)
            let text = try await client.get("/browser").text
            let code = try #require(text.firstMatch(of: /class="code">([0-9A-Za-z_-]+)</).map { String($0.1) })
            let said = try await Browser().withTab(
                BrowserOptions(reach: .loopback, timeLimit: .seconds(90), userAgent: nil, allowsExtensions: true)
            ) { tab in
                let loaded = try await tab.sendToBrowser("Extensions.loadUnpacked", ["path": .string(extensionFolder.path)])
                let id = loaded["id"]?.text ?? ""
                try await tab.open("http://127.0.0.1:\(port)/index.html")
                return try await tab.press(extension: id, code: code)
            }
            #expect(said == "しまいました。")
            let list = try await client.get("/timeline").text
            #expect(list.contains("ウェブページ") && !list.contains("ふくろう"))
            let number = try #require(list.firstMatch(of: /items\/([0-9]+)/)?.1)
            let item = try await client.get("/items/\(number)").text
            #expect(item.contains("本人のブラウザーから送ったページです。") && !item.contains("ふくろう"))
            #expect(item.contains("ブラウザーから送ったページ"))
        }
        withExtendedLifetime(files) {}
    }

    @Test("without the code, with an old one, from a page of the web or after locking nothing is taken")
    func refused() async throws {
        try await WebClient.withDesk { client in
            let origin = ["Origin": "chrome-extension://abcdefghijklmnopabcdefghijklmnop", "Cookie": ""]
            func send(_ secret: String, _ headers: [String: String]) async throws -> Int {
                let body =
                    "--b\r\nContent-Disposition: form-data; name=\"about\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"page\"; filename=\"page.html\"\r\n\r\n<html>x</html>\r\n--b--\r\n"
                var all = headers
                all["Content-Type"] = "multipart/form-data; boundary=b"
                return try await client.send("POST", "/extension/\(secret)", headers: all, body: Array(body.utf8)).status
            }
            #expect(try await send("anything-at-all-anything", origin) == 403)
            _ = try await client.post("/browser/begin")
            let code = try #require(
                try await client.get("/browser").text.firstMatch(of: /class="code">[0-9]+-([0-9A-Za-z_-]+)</)?.1)
            let secret = String(code)
            #expect(try await send(secret, ["Origin": "https://evil.example", "Cookie": ""]) == 403)
            #expect(try await send(secret, ["Origin": "http://127.0.0.1:1", "Cookie": ""]) == 403)
            #expect(try await send(secret + "x", origin) == 403)
            #expect(try await client.send("GET", "/extension/\(secret)", headers: origin).status == 403)
            #expect(try await client.send("GET", client.base + "/timeline", headers: origin).status == 403)
            #expect(try await send(secret, origin) == 200)
            _ = try await client.post("/lock")
            #expect(try await send(secret, origin) == 403)
        }
    }
}

extension BrowserTab {
    /// Opens the extension's own page beside this one, gives it the code, presses its button; what it says then.
    fileprivate func press(extension id: String, code: String) async throws -> String {
        let targets = try await sendToBrowser("Target.getTargets")["targetInfos"]?.list ?? []
        #expect(!id.isEmpty && !targets.isEmpty)
        return try await withTab("chrome-extension://\(id)/popup.html") { popup in
            let find = "chrome.tabs.query({}).then(l => l.find(t => (t.url || '').startsWith('http://127.0.0.1')).id)"
            let number = Int(try await popup.evaluate(find).number ?? 0)
            try await popup.open("chrome-extension://\(id)/popup.html?tab=\(number)")
            try await popup.evaluate(
                "document.getElementById('code').value = '\(code)', document.querySelector('#pair button').click(), 0")
            try await Task.sleep(for: .milliseconds(400))
            // A picture is taken of the tab that is in front.
            try await popup.evaluate("chrome.tabs.update(\(number), { active: true }).then(() => 0)")
            try await popup.evaluate("document.getElementById('go').click(), 0")
            for _ in 0..<300 {
                try await Task.sleep(for: .milliseconds(100))
                let said = try await popup.evaluate("document.getElementById('said').textContent").text ?? ""
                if said.hasPrefix("しま") || said.hasPrefix("ページはしま") { return said }
            }
            return "too slow"
        }
    }
}
