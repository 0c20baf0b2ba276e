import AkashiBrowser
import AkashiFormats
import AkashiTesting
import Foundation
import Testing

@testable import AkashiCapture

/// What somebody with the browser's tools could do to a page before its picture is taken.
@Suite("render proof", .serialized)
struct TamperingTests {
    /// An edit and what takes it back, in JavaScript.
    struct Edit: Sendable {
        let name: String
        let script: String
    }

    /// 200 edits: of words, numbers, names, times, pictures, of what is hidden and what is put in.
    static let edits: [Edit] = {
        var edits: [Edit] = []
        func each(_ name: String, _ count: Int, _ script: (Int) -> String) {
            for number in 0..<count { edits.append(Edit(name: "\(name) \(number)", script: script(number))) }
        }
        let pick = { (selector: String, number: Int) in
            "((l) => l[\(number) % l.length])([...document.querySelectorAll('\(selector)')])"
        }
        each("a letter of the words", 30) {
            "const e = \(pick("p", $0)); e.textContent = e.textContent.slice(0, 3) + '乂' + e.textContent.slice(4)"
        }
        each("a full stop", 10) { "const e = \(pick("p", $0)); e.textContent = e.textContent.replace('。', '、')" }
        each("a number", 20) { "const e = \(pick("b", $0)); e.textContent = String(Number(e.textContent) + \($0 % 7 + 1))" }
        each("a name", 20) { "\(pick("h3", $0)).textContent = '別の名\($0)'" }
        each("a time", 20) {
            "const e = \(pick("time", $0)); e.textContent = e.textContent.replace(/[0-9]$/, d => (Number(d) + 1) % 10)"
        }
        each("a picture", 20) { "const e = \(pick("img", $0)); e.style.visibility = 'hidden'" }
        each("a picture moved by one pixel", 5) { "\(pick("img", $0)).style.transform = 'translateX(1px)'" }
        each("stars", 15) { "const e = \(pick("i", $0)); e.textContent = e.textContent.length > 1 ? '★' : '★★★★★'" }
        each("something hidden", 20) { "\(pick("article", $0)).style.display = 'none'" }
        each("something uncovered", 10) { "\(pick(".secret", $0)).style.display = 'block'" }
        each("a box put in", 20) {
            "const b = document.createElement('div'); b.textContent = '死ね'; b.style.cssText = 'position:absolute;left:\($0 * 9)px;top:\($0 * 31)px;font-size:\(8 + $0 % 5)px;opacity:.\($0 % 4 + 4)'; document.body.append(b)"
        }
        each("colour by one step", 5) { "\(pick("article", $0)).style.background = 'rgb(254,255,255)'" }
        each("a word that is not seen", 5) {
            "\(pick("article", $0)).insertAdjacentHTML('beforeend', '<span style=\"font-size:0\">隠し\($0)</span>')"
        }
        return edits
    }()

    static let page: String = {
        let items = (0..<12).map { number in
            """
            <article><h3>買った人\(number)</h3><time>2026年10月\(number + 1)日 1\(number % 10):2\(number % 9)</time> <i>\(String(repeating: "★", count: number % 4 + 2))</i>
            <img src="/media/\(number).png" width=40 height=40><p>\(number)番目の感想です。色がきれいで、届くのも早かったです。</p><b>\(number * 3 + 2)</b>
            <div class="secret" style="display:none">見えない文\(number)</div></article>
            """
        }
        return "<!DOCTYPE html><meta charset=utf-8><title>t</title><style>body{font:15px sans-serif;width:700px}</style>"
            + items.joined()
    }()

    @Test("each of two hundred edits before the picture is noticed, and the page without one is the same")
    func edits() async throws {
        #expect(Self.edits.count == 200)
        let site: FixtureSite.Page = { _, path in
            path.hasPrefix("/media") ? .init(bytes: Fixtures.png, type: "image/png") : .init(Self.page)
        }
        try await FixtureSite.serve(site) { site in
            let request = try site.request("http://shop.example/reviews")
            // One visit; before each picture the page is edited, and afterwards put back as it was.
            let taken = Taken()
            let found = try await Browser().withTab(BrowserOptions(reach: .loopback, userAgent: nil, sharesProcess: true)) {
                tab in
                let visit = PageVisit(tab: tab, request: request, stillness: Stillness(start: 1_795_564_800_000))
                try await visit.prepare(userAgent: "Test")
                try await tab.open("http://127.0.0.1:\(site.port)/reviews")
                _ = try await visit.scroll {}
                try await visit.hold(500)
                try await tab.evaluate("self.kept = document.body.innerHTML, 0")
                let height = try await visit.height()
                let honest = try await visit.pictures(height: height)
                let words = try await tab.evaluate("document.body.innerText").text
                var unnoticed: [String] = []
                for (number, edit) in Self.edits.enumerated() {
                    try await tab.evaluate("(() => { \(edit.script) })(), 0")
                    let pictures = try await visit.pictures(height: try await visit.height())
                    let text = try await tab.evaluate("document.body.innerText").text
                    // The same bytes are the same pixels and other bytes are others; counted pixel by pixel for every tenth.
                    let isSame = (number % 10 == 0 ? Self.differing(honest, pictures) == 0 : honest == pictures) && text == words
                    if isSame { unnoticed.append(edit.name) }
                    try await tab.evaluate("document.body.innerHTML = kept, 0")
                }
                let again = try await visit.pictures(height: height)
                taken.honest = Self.differing(honest, again)
                return unnoticed
            }
            #expect(found.isEmpty, "\(found)")
            #expect(taken.honest == 0)
        }
    }

    @Test("a capture whose page was edited says where it differs, and keeps a picture of it")
    func whole() async throws {
        try await FixtureSite.serve(Fixtures.answer) { site in
            var request = try site.request("http://x.example/tsumugi_demo/status/1790000000000000001")
            request.tampering = "document.querySelector('[data-testid=tweetText]').textContent = '殺すぞ', 0"
            let page = try await CaptureTools.capture().capture(request)
            #expect(page.proof.verdict == .differs)
            #expect(page.proof.wordsDiffer)
            #expect(page.proof.differingPixels > 20)
            #expect(!page.proof.boxes.isEmpty)
            let archive = ZipArchive(MemoryBytes(page.wacz))
            let entry = try #require(archive.entries.first { $0.path == "akashi/difference-1.png" })
            let png = try #require(try archive.open(entry).readAll(limit: 1 << 24))
            let image = try #require(PixelImage(png: png))
            #expect(image.width == 1280)
        }
    }

    private final class Taken: @unchecked Sendable {
        // SAFETY: written by the one task of the visit, read after it has ended.
        var honest = -1
    }

    private static func differing(_ one: [[UInt8]], _ other: [[UInt8]]) -> Int {
        if one == other { return 0 }
        return zip(one, other).reduce(0) { sum, pair in
            guard let first = PixelImage(png: pair.0), let second = PixelImage(png: pair.1) else { return sum + 1 }
            return sum + PixelComparison(first, second, masks: []).differing
        } + abs(one.count - other.count)
    }
}
