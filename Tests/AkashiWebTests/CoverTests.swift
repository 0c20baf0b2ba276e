import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiTesting
import Foundation
import Glibc
import Testing

/// Hundreds of words in hundreds of pages: by bytes, or it takes minutes.
private enum Bytes {
    static func hold(_ text: String, _ word: String) -> Bool {
        text.withCString { text in word.withCString { strstr(text, $0) != nil } }
    }
}

@Suite("covered by default")
struct CoverTests {
    @Test("no page of the whole demo case holds a word of any record before it is asked for")
    func demo() async throws {
        let words = Box<[String]>([])
        try await WebClient.withDesk(fill: { words.current = try await DemoFill.fill($0, $1) }) { client in
            let pages = try await client.crawl()
            #expect(words.current.count > 150 && pages.count > 150)
            for (path, page) in pages {
                #expect(page.status == 200, "\(path)")
                #expect(page.body.count < 100_000, "\(path) has \(page.body.count) bytes")
                let plain = page.text.replacing("&amp;", with: "&").replacing("&lt;", with: "<").replacing("&#39;", with: "'")
                for word in words.current where Bytes.hold(plain, word) { Issue.record("\(path) shows \(word)") }
            }
        }
    }

    /// Planted in every kind of source, in every place where words of others stand.
    private static func plant(_ desk: Desk, _ folder: URL, _ mark: String) async throws {
        let files: [(String, String)] = [
            ("[LINE] 山田とのトーク.txt", "[LINE] 山田とのトーク履歴\n保存日時:2026/11/20 10:00\n\n2026/11/14(土)\n21:05\t山田\t死ね\(mark)\n"),
            ("post.txt", "https://x.com/someone/status/2098798068626358272\n午前0:37 · 2026年9月13日\n\n詐欺師\(mark)"),
            ("memo.txt", "2026-11-20 10:00\n\n家の前に来た\(mark)"),
            (
                "mail.eml",
                "From: =?utf-8?q?A?= <a@example.com>\r\nTo: b@example.com\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\n"
                    + "Subject: \(mark)\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>\(mark)</p><img src=\"http://evil.example/\(mark).png\">"
            ),
            ("reviews.csv", "日付,評価,レビュー,名前\n2026/11/20,1,ごみ\(mark),京都の人\n"),
            ("page.html", "<script>document.title='\(mark)'</script><p>\(mark)</p>"),
        ]
        var urls: [URL] = []
        for (name, text) in files {
            let url = folder.appending(path: name)
            try Data(text.utf8).write(to: url)
            urls.append(url)
        }
        _ = try await desk.add(urls)
        for entry in try await desk.timeline() {
            try await desk.sort(entry.position, harms: [.defamation], isLawfulCriticism: false, reason: nil)
        }
        let id = try await desk.currentCase(title: "件").id
        let records = try await desk.timeline().map(\.position)
        _ = try await desk.describeIncident(id, title: "できごと", summary: "", harms: [.defamation], records: records)
    }

    @Test("planted words stay covered on every page, and appear once when they are asked for")
    func planted() async throws {
        let mark = "SENTINEL7Q2"
        try await WebClient.withDesk(fill: { try await Self.plant($0, $1, mark) }) { client in
            let pages = try await client.crawl()
            #expect(pages.count > 30)
            for (path, page) in pages where page.text.contains(mark) { Issue.record("\(path) shows the mark") }
            let search = try await client.get("/search?q=" + WebClient.encode("詐欺師"))
            #expect(search.text.contains("/items/") && !search.text.contains(mark))

            let item = try #require(pages.keys.filter { $0.wholeMatch(of: /\/items\/\d+/) != nil }.sorted().first)
            let shown = try await client.post(item + "/show")
            let location = try #require(shown.header("Location"))
            let address = String(location.dropFirst(client.base.count).prefix { $0 != "#" })
            #expect(try await client.get(address).text.contains(mark))
            // The same address again: covered. So is the page for everybody else.
            #expect(try await !client.get(address).text.contains(mark))
            #expect(try await !client.get(item).text.contains(mark))
            #expect(try await client.get("/log?kind=access").text.contains("ことばを見た"))
        }
    }

    @Test("T12, T16: what others wrote becomes text: no element, no hidden mark")
    func inert() async throws {
        let evil = "\"><x-evil onload=alert(1)>{{title}}[[menu.home]]\u{202E}gpj.exe\u{200B}"
        try await WebClient.withDesk(fill: { desk, folder in
            try await Self.plant(desk, folder, evil)
            let named = folder.appending(path: "<x-evil>.txt")
            try Data("https://x.com/x\"><x-evil>/status/1\n午前0:37 · 2026年9月13日\n\n\(evil)".utf8).write(to: named)
            _ = try await desk.add([named])
        }) { client in
            var texts = try await client.crawl().map { $0.value.text }
            for position in 1..<14 {
                let shown = try await client.post("/items/\(position)/show")
                guard let location = shown.header("Location") else { continue }
                texts.append(try await client.get(String(location.dropFirst(client.base.count).prefix { $0 != "#" })).text)
            }
            #expect(texts.contains { $0.contains("&lt;x-evil") && $0.contains("⟦U+202E⟧") && $0.contains("{{title}}") })
            for text in texts {
                #expect(!text.contains("<x-evil"))
                #expect(!text.unicodeScalars.contains("\u{202E}"))
                #expect(!text.contains("evil.example/"))
            }
        }
    }

    @Test("T13, T14: originals come as a file that no browser shows; pictures are made anew")
    func originals() async throws {
        let png = try Data(contentsOf: ProjectFolder.root.appending(path: "Knowledge/demo/files/Screenshot_20261116-080210.png"))
        try await WebClient.withDesk { client in
            _ = try await client.upload([
                ("page.svg", Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)),
                ("picture.png", Array(png)),
            ])
            let job = try await client.finishedJob(1)
            let items = job.matches(of: /\/items\/(\d+)/).map { String($0.1) }
            #expect(items.count == 2)
            var pictures = 0
            for item in items {
                let original = try await client.post("/items/\(item)/original")
                #expect(original.header("Content-Disposition")?.hasPrefix("attachment") == true)
                #expect(original.header("Content-Type") == "application/octet-stream")
                #expect(original.header("Content-Security-Policy") == "sandbox; default-src 'none'")
                let shown = try await client.post("/items/\(item)/show")
                let page = try await client.get(
                    String(try #require(shown.header("Location")).dropFirst(client.base.count).prefix { $0 != "#" }))
                for match in page.text.matches(of: /<img class="evidence" src="([^"]+)"/) {
                    pictures += 1
                    let path = String(match.1).dropFirst(client.base.count)
                    let picture = try await client.get(String(path))
                    #expect(picture.header("Content-Type") == "image/jpeg" && picture.body.starts(with: [0xFF, 0xD8, 0xFF]))
                    #expect(try await client.get("/items/\(item)/pictures/0").status == 403)
                }
            }
            #expect(pictures == 1)
        }
    }

    @Test("a helper sees, sorts and notes the chosen records only, and all of it can be taken back")
    func helper() async throws {
        let mark = "SENTINEL9"
        try await WebClient.withDesk(passphrase: "three plain words", fill: { try await Self.plant($0, $1, mark) }) { client in
            _ = try await client.post("/unlock", [("passphrase", "three plain words")])
            try await client.readToken()
            _ = try await client.upload([], words: "わたしだけのメモ")
            let own = try #require(try await client.finishedJob(1).firstMatch(of: /\/items\/(\d+)/)).1
            let incident = try #require(try await client.get("/helper").text.firstMatch(of: /name="incident" value="([^"]+)"/)).1
            let handed = try await client.post("/helper", [("name", "さき"), ("incident", String(incident))])
            #expect(handed.status == 303)
            try await client.readToken()
            let home = try await client.get("/").text
            #expect(home.contains("さき") && !home.contains(mark))
            for path in [
                "/timeline", "/people", "/settings", "/log", "/dossier", "/talks", "/memo", "/helper", "/search?q=a", "/listen",
            ] {
                #expect(try await client.get(path).header("Location") == client.base + "/", "\(path)")
            }
            #expect(try await client.get("/items/\(own)").status == 404)
            #expect(try await client.post("/items/\(own)/show").status == 404)
            let item = try #require(home.firstMatch(of: /\/items\/(\d+)/)).1
            #expect(try await client.post("/items/\(item)/original").status == 303)
            #expect(try await client.post("/items/\(item)/show").header("Location")?.contains("shown=") == true)
            _ = try await client.post("/items/\(item)/sort", [("harm", "threat")])
            _ = try await client.post("/items/\(item)/note", [("text", "きえてなくなれ")])
            _ = try await client.post("/helper/end")
            #expect(try await client.get("/").header("Location") == client.base + "/lock")

            _ = try await client.post("/unlock", [("passphrase", "three plain words")])
            try await client.readToken()
            let acts = try await client.get("/helper").text
            #expect(acts.contains("脅迫") && acts.contains("メモを書いた"))
            #expect(try await client.get("/log?kind=access").text.contains("さき"))
            func isThreat() async throws -> Bool {
                try await client.get("/items/\(item)").text.contains("value=\"threat\" checked")
            }
            #expect(try await isThreat())
            let withdrawn = acts.matches(of: /name="act" value="(\d+)"/).map { ("act", String($0.1)) }
            _ = try await client.post("/helper/withdraw", withdrawn)
            #expect(try await !isThreat())
            let after = try await client.get("/items/\(item)").text
            #expect(after.contains("value=\"defamation\" checked") && !after.contains("きえてなくなれ"))
        }
    }
}
