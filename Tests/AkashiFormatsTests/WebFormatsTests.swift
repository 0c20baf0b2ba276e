import AkashiFormats
import AkashiTesting
import Foundation
import Testing

@Suite("formats of the web")
struct WebFormatsTests {
    @Test(
        "addresses are filed as the Internet Archive's canonicalizer files them",
        arguments: [
            ("http://www.example.com/", "com,example)/"),
            ("https://Example.COM:443/A/B/../c//d/?b=2&a=1&a=0#x", "com,example)/a/c/d?a=0&a=1&b=2"),
            ("http://example.com/?", "com,example)/"),
            ("https://x.com/user/status/123?s=20&t=AbC", "com,x)/user/status/123?s=20&t=abc"),
            ("urn:fullPage:https://Example.com/Path/?q=A", "urn:fullpage:https://example.com/path?q=a"),
            ("urn:text:http://127.0.0.1:8080/あ", "urn:text:http://127.0.0.1:8080/%e3%81%82"),
            ("http://127.0.0.1:8080/路/ページ?名=値", "1,0,0,127:8080)/%e8%b7%af/%e3%83%9a%e3%83%bc%e3%82%b8?%e5%90%8d=%e5%80%a4"),
            ("https://www2.shop.example.jp/item/1%20x%2520y", "jp,example,shop)/item/1%20x%20y"),
            ("https://a.example/x?jsessionid=0123456789abcdef0123456789ABCDEF&b", "example,a)/x?b"),
            ("https://a.example/?b&a=&a&b=1", "example,a)/?a&a=&b&b=1"),
            ("https://user:pw@a.example/%7Efoo/;v=1?q=a+b%26c", "example,a)/~foo/;v=1?c&q=a+b"),
            ("https://a.example:8443/dir/", "example,a:8443)/dir"),
        ])
    func keys(address: String, key: String) { #expect(SURT.key(address) == key) }

    @Test("gzip members come back one by one, whatever their size; damage and bombs end", arguments: Seeds.standard)
    func gzip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = (0..<5).map { _ in
            (0..<Int.random(in: 0...70_000, using: &generator)).map { _ in UInt8.random(in: 0...9, using: &generator) }
        }
        let bytes = pieces.flatMap { Gzip.compress($0) }
        let reader = GzipMemberReader(MemoryBytes(bytes).stream(), limit: 1 << 20)
        for piece in pieces {
            let member = try #require(try reader.next())
            #expect(member.bytes == piece && member.isWhole)
        }
        #expect(try reader.next() == nil)
        var damaged = bytes
        damaged[Int.random(in: 20..<damaged.count, using: &generator)] ^= 0x55
        let other = GzipMemberReader(MemoryBytes(damaged).stream(), limit: 1 << 20)
        while let member = try other.next() { if !member.isWhole { break } }
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 4 << 20))
        #expect(Gzip.decompress(bomb, limit: 1 << 20) == nil)
    }

    @Test("digests in hexadecimal and base32, with and without a hyphen; others are unknown")
    func digests() {
        #expect(WarcDigest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")?.bytes.count == 20)
        #expect(WarcDigest("SHA-256:" + String(repeating: "0a", count: 32))?.bytes == [UInt8](repeating: 10, count: 32))
        #expect(WarcDigest("blake3:00") == nil && WarcDigest("sha256:zz") == nil && WarcDigest("x") == nil)
    }

    @Test(
        "a page is made inert: nothing that runs, leads away or loads from elsewhere is left",
        arguments: [
            "<script>x</script>a", "<SCRIPT src=//e>x</SCRIPT >a", "<scr<script>ipt>x</script>a", "<img src=x onerror=alert(1)>a",
            "<a href=javascript:x>a</a>",
            "<iframe src=//e></iframe>a", "<svg onload=x><script>1</script></svg>a",
            "<style>@import '//e';b{background:url(//e)}</style>a",
            "<link rel=stylesheet href=//e>a", "<base href=//e>a", "<meta http-equiv=refresh content=0;url=//e>a",
            "<form action=//e><input></form>a",
            "<object data=//e></object>a", "<embed src=//e>a", "<p style=\"background:url('//e')\">a", "<img srcset=\"//e 2x\">a",
            "<math><a xlink:href=//e>a</a></math>",
            "<!--><script>x</script>-->a", "<p title=\"<script>\">a", "<noscript><p title=\"</noscript><img src=//e>\">a",
            "<img src=\"//e\">a", "<template><script>x</script></template>a",
        ])
    func inert(html: String) {
        let page = InertHTML.page(html) { $0 == "good.png" ? "part/0" : nil }
        for word in [
            "<script", "onerror=", "onload=", "javascript:", "//e", "<iframe", "<form", "<base", "http-equiv", "<object",
            "<embed", "import",
        ] {
            #expect(!page.contains(word), "\(word) in \(page)")
        }
        #expect(page.contains("a"))
        #expect(InertHTML.page("<img src=good.png>") { _ in "part/0" }.contains("<img src=\"part/0\">"))
    }

    @Test("any letters at all become an inert page", arguments: Seeds.standard)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parts = [
            "<", ">", "</", "script", "style", "img", " src=", "\"", "'", "x", "/", "=", "<!--", "-->", "&lt;", "\n", "on",
            "load", "svg", "あ", "\u{0}",
        ]
        for _ in 0..<200 {
            let html = (0..<Int.random(in: 0...40, using: &generator)).map { _ in parts.randomElement(using: &generator) ?? "" }
                .joined()
            let page = InertHTML.page(html) { _ in nil }
            #expect(
                page.lowercased().firstMatch(of: /<script[\s>\/]/) == nil
                    && page.firstMatch(of: /<[a-z]+[^>]*\son[a-z]+=/) == nil,
                "\(Array(html.utf8)) → \(page.debugDescription)")
        }
    }

    @Test("CBOR values nest and end; anything else is refused", arguments: Seeds.standard)
    func cbor(seed: UInt64) {
        #expect(CBORValue([0xa1, 0x61, 0x61, 0x82, 0x01, 0x20])?["a"]?.list == [.integer(1), .integer(-1)])
        #expect(CBORValue([0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) == nil)
        #expect(CBORValue([UInt8](repeating: 0x81, count: 100_000)) == nil)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = CBORValue(bytes)
            _ = CARFile(bytes)
        }
    }
}
