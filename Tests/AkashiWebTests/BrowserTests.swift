import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Synchronization
import Testing

/// The real pages in a real browser. One after the other: a browser takes much memory.
@Suite("the desk in a browser", .serialized)
struct BrowserTests {
    @Test("the first item is saved with six actions in ninety seconds, and the memo is ready", arguments: [360, 1280])
    func firstFiveMinutes(width: Int) async throws {
        try await Visitor.visit(width: width, isSafe: false) { visitor in
            #expect(try await visitor.tab.evaluate("document.title").text == "ノート")
            try await visitor.press("1つ記録する")
            try await visitor.press("わからない")
            #expect(try await visitor.text().contains("先に、安全のこと"))
            try await visitor.press("このまま続ける")
            try await visitor.type("店のレビューに、うそを書かれた。11月20日の夜。", into: "words")
            try await visitor.press("しまう")
            let saved = try await visitor.text()
            #expect(saved.contains("1件、保存しました。") && !saved.contains("うそを書かれた"))
            #expect(visitor.actions <= 6 && visitor.seconds <= 90, "\(visitor.actions) actions, \(visitor.seconds) s")
            try await visitor.press("あとで")
            try await visitor.press("えらぶ")
            try await visitor.press("相談に行きたい")
            try await visitor.open("/memo")
            let paper = try await visitor.text()
            #expect(paper.contains("いちばん困っていること") && paper.contains("ファイル 1 個"))
            #expect(visitor.seconds <= 300)
            #expect(try await visitor.tab.pdf().starts(with: Array("%PDF".utf8)))
        }
    }

    private static let pages = [
        "/", "/take", "/capture", "/capture?address=https%3A%2F%2Fexample.com%2Fa", "/browser", "/timeline",
        "/search?q=%E6%9C%AC", "/people", "/incidents", "/talks", "/dossier", "/log", "/settings",
        "/sort",
        "/items/60", "/memo", "/print/timeline", "/danger", "/listen", "/device", "/safer", "/wish", "/rest", "/passphrase",
        "/sheet",
        "/helper", "/limits", "/items/999999", "/print/items/60",
        "/next", "/next/disclosure-order", "/facts", "/deadlines", "/law", "/papers", "/papers/removal-request", "/reports",
        "/reports/guide/x", "/safety", "/plans/accounts", "/plans/accounts?section=line", "/plans/risks", "/plans/care",
        "/plans/safety/print", "/shop", "/shop/replies/slander-review", "/shop/statement", "/shop/rules", "/shop/log",
        "/same-writer", "/comments", "/comments/settings", "/guide", "/guide/evidence", "/guide/law", "/guide/care",
        "/akari", "/akari/model", "/akari/line", "/work", "/work/wishes", "/work/career", "/work/copies", "/work/applications",
        "/work/letters/ask-terms", "/work/gap", "/work/month", "/plans/workplace", "/handbook/maker", "/handbook/receivers",
    ]

    @Test("axe finds nothing serious on any page, narrow or wide, by day or by night, and nothing is wider than the window")
    func access() async throws {
        let result = Mutex("")
        let fill: @Sendable (Desk, URL) async throws -> Void = { desk, folder in
            _ = try await DemoFill.fill(desk, folder)
            let path = try await DemoFill.compare(desk)
            result.withLock { $0 = path }
        }
        try await Visitor.visit(width: 1280, fill: fill) { visitor in
            let pages = Self.pages + [result.withLock { $0 }]
            for page in pages {
                try await Self.setScheme("light", visitor)
                try await visitor.tab.resize(width: 360, height: 800, isPhone: true)
                try await visitor.open(page)
                try await Self.expectAccess(visitor, page, "360 light")
                try await Self.expectFits(visitor, page, width: 360)
                // 400 % and 200 % of a window of 1280 pixels, and other sizes; the window alone changes.
                for width in [320, 640, 768, 1120, 1440, 1280] {
                    try await visitor.tab.resize(width: width, height: width == 1280 ? 800 : 600)
                    try await Self.expectFits(visitor, page, width: width)
                }
                try await Self.setScheme("dark", visitor)
                try await Self.expectAccess(visitor, page, "1280 dark")
            }
        }
    }

    private static func setScheme(_ scheme: String, _ visitor: Visitor) async throws {
        try await visitor.tab.send(
            "Emulation.setEmulatedMedia",
            [
                "features": .array([
                    .object(["name": .string("prefers-color-scheme"), "value": .string(scheme)]),
                    // A colour on its way to another is no colour of ours.
                    .object(["name": .string("prefers-reduced-motion"), "value": .string("reduce")]),
                ])
            ])
    }

    private static func expectAccess(_ visitor: Visitor, _ page: String, _ place: String) async throws {
        for finding in try await Axe.findings(visitor.tab) { Issue.record("\(page) \(place): \(finding)") }
    }

    private static func expectFits(_ visitor: Visitor, _ page: String, width: Int) async throws {
        for _ in 0..<50 {
            if try await visitor.tab.evaluate("innerWidth") == .number(Double(width)) { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        let over = try await visitor.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(over == .number(0), "\(page) is wider than \(width) by \(over)")
        // The way out stands inside the window and nothing lies above it.
        let exit = try await visitor.tab.evaluate(
            """
            (() => { const r = document.querySelector('.exit button').getBoundingClientRect();
            return r.height >= 44 && r.right <= innerWidth && r.top >= 0 &&
            document.querySelector('.exit button').contains(document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2)); })()
            """)
        #expect(exit == .bool(true), "the way out on \(page) at \(width)")
    }

    @Test(
        "T31: the button, three times Shift, and not while words are being composed; back shows the closed page",
        arguments: ["button", "shift"])
    func leaving(way: String) async throws {
        try await Visitor.visit(width: 320) { visitor in
            try await visitor.open("/take")
            try await visitor.tab.evaluate("document.getElementById('words').focus()")
            // Three keys of an input method are not a wish to leave.
            try await visitor.tab.evaluate(
                "for (let i = 0; i < 4; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift', isComposing: true, bubbles: true}))"
            )
            #expect(try await visitor.path().hasSuffix("/take"))
            if way == "button" {
                try await visitor.press("すぐに閉じる")
            } else {
                try await visitor.tab.loading { for _ in 0..<3 { try await visitor.tab.press("Shift", code: 16) } }
            }
            #expect(try await visitor.path() == "/")
            #expect(try await visitor.tab.evaluate("document.title").text == "ノート")
            try await Task.sleep(for: .milliseconds(300))
            try await visitor.tab.loading { try await visitor.tab.evaluate("history.back()") }
            #expect(try await visitor.path().hasSuffix("/lock"))
            #expect(try await !visitor.text().contains("記録する"))
        }
    }

    @Test("T31: she can leave in the middle of an upload, and when the page's own script fails", arguments: ["upload", "script"])
    func leavingInTrouble(what: String) async throws {
        try await Visitor.visit(width: 320) { visitor in
            if what == "script" {
                try await visitor.tab.send("Network.setBlockedURLs", ["urls": .array([.string("*desk.js*")])])
                try await visitor.open("/take")
            } else {
                try await visitor.open("/take")
                try await visitor.tab.evaluate(
                    """
                    (() => { const data = new DataTransfer(); data.items.add(new File([new Uint8Array(60000000)], 'large.bin'));
                    document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); })()
                    """)
                try await visitor.tab.send(
                    "Network.emulateNetworkConditions",
                    [
                        "offline": .bool(false), "latency": .number(0), "downloadThroughput": .number(-1),
                        "uploadThroughput": .number(2_000_000),
                    ])
                try await visitor.press("しまう", waits: false)
                try await Task.sleep(for: .milliseconds(700))
                #expect(try await visitor.tab.evaluate("document.querySelector('[data-progress]').hidden") == .bool(false))
            }
            try await visitor.press("すぐに閉じる")
            #expect(try await visitor.path() == "/")
            #expect(try await visitor.tab.evaluate("document.title").text == "ノート")
            try await visitor.open("/timeline")
            #expect(try await visitor.path().hasSuffix("/lock"))
        }
    }

    @Test("T31: leaving blanks the page at once", arguments: [320, 1280])
    func leavingIsQuick(width: Int) async throws {
        try await Visitor.visit(width: width) { visitor in
            try await visitor.open("/take")
            // The page is blank before anything else happens: in the same turn of the script that the press starts.
            let blank = try await visitor.tab.evaluate(
                """
                (() => { document.querySelector('[data-exit] button').click();
                return [...document.body.children].map(e => getComputedStyle(e).display).join('') + document.title.trim(); })()
                """
            ).text
            #expect(blank?.replacing("none", with: "") == "", "\(blank ?? "")")
        }
    }

    @Test("a dossier is chosen, looked at, made, checked and fetched, and the next step is named")
    func dossier() async throws {
        try await Visitor.visit(width: 360, fill: { _ = try await DemoFill.fill($0, $1) }) { visitor in
            try await visitor.open("/dossier")
            try await visitor.type("警察（生活安全課）", into: "receiver")
            try await visitor.press("見せるための写し", waits: false)
            try await visitor.type("やまもと", into: "hide")
            try await visitor.press("中身を見る")
            let preview = try await visitor.text()
            #expect(preview.contains("警察（生活安全課）") && preview.contains("■■■") == preview.contains("か所のことば"))
            try await visitor.press("この中身で作る")
            let made = try await visitor.text()
            #expect(try await visitor.path().contains("/dossier/made/"))
            #expect(made.contains("警察（生活安全課）"), "\(made)")
            #expect(try await Axe.findings(visitor.tab).isEmpty)
            let id = try #require(try await visitor.path().split(separator: "/").last)
            let zip = try await visitor.client.post("/dossier/made/\(id)/zip")
            #expect(zip.header("Content-Type") == "application/zip" && zip.body.starts(with: Array("PK".utf8)))
        }
    }

    @Test("in forced colours every button keeps its edge, and the plot its marks")
    func forcedColours() async throws {
        try await Visitor.visit(width: 1280, fill: { _ = try await DemoFill.fill($0, $1) }) { visitor in
            try await visitor.tab.send(
                "Emulation.setEmulatedMedia",
                ["features": .array([.object(["name": .string("forced-colors"), "value": .string("active")])])])
            for page in ["/", "/timeline", "/items/60"] {
                try await visitor.open(page)
                let bare = try await visitor.tab.evaluate(
                    """
                    [...document.querySelectorAll('button:not(.link), a.button')].filter(b => b.getClientRects().length > 0)
                    .filter(b => parseFloat(getComputedStyle(b).borderTopWidth) < 1).map(b => b.innerText).join('|')
                    """
                ).text
                #expect(bare == "", "\(page): \(bare ?? "")")
            }
        }
    }

    @Test("everything works without script, with the keyboard alone")
    func withoutScript() async throws {
        try await Visitor.visit(width: 1280) { visitor in
            try await visitor.open("/take")
            // The first stop is the way out, the second leads past the menu.
            try await visitor.tab.press("Tab", code: 9)
            #expect(try await visitor.tab.evaluate("document.activeElement.innerText").text?.hasPrefix("すぐに閉じる") == true)
            try await visitor.tab.press("Tab", code: 9)
            #expect(try await visitor.tab.evaluate("document.activeElement.className").text == "skip")
            try await visitor.tab.press("Enter", code: 13)
            #expect(try await visitor.tab.evaluate("location.hash").text == "#main")
            try await visitor.tab.send("Emulation.setScriptExecutionDisabled", ["value": .bool(true)])
            try await visitor.open("/take")
            try await visitor.tab.evaluate("document.getElementById('words').focus()")
            try await visitor.tab.type("家の前に、知らない車がいた。")
            try await visitor.tab.evaluate("document.querySelector('main form button').focus()")
            try await visitor.tab.loading { try await visitor.tab.press("Enter", code: 13) }
            #expect(try await visitor.text().contains("1件、保存しました。"))
            try await visitor.open("/timeline")
            #expect(try await visitor.text().contains("1 件"))
        }
    }

    @Test("files that are dropped are taken in with their folders, and their words stay covered")
    func dropping() async throws {
        try await Visitor.visit(width: 1280) { visitor in
            try await visitor.open("/take")
            try await visitor.tab.evaluate(
                """
                (() => { const data = new DataTransfer(); data.items.add(new File(['\u{6B7B}ね'], 'メモ.txt'));
                document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); })()
                """)
            try await Task.sleep(for: .milliseconds(300))
            try await visitor.press("しまう")
            let text = try await visitor.text()
            #expect(text.contains("1件、保存しました。") && text.contains("メモ.txt") && !text.contains("死ね"))
        }
    }

    @Test("uncovered words are covered again when she looks away")
    func looksAway() async throws {
        try await Visitor.visit(width: 360) { visitor in
            _ = try await visitor.open("/take")
            try await visitor.type("きえてなくなれ", into: "words")
            try await visitor.press("しまう")
            let item = try await visitor.tab.evaluate("document.querySelector('.line').getAttribute('href')").text ?? ""
            try await visitor.tab.open("http://127.0.0.1:\(visitor.client.port)\(item)")
            #expect(try await !visitor.text().contains("きえてなくなれ"))
            try await visitor.press("ことばを見る")
            #expect(try await visitor.text().contains("きえてなくなれ"))
            try await visitor.tab.loading { try await visitor.tab.evaluate("location.reload()") }
            #expect(try await !visitor.text().contains("きえてなくなれ"))
        }
    }
}
