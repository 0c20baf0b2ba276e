import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiSavedPageImporter
import AkashiTesting
import Foundation
import Testing

@Suite("saved pages")
struct SavedPageTests {
    private func read(_ name: String, _ bytes: [UInt8]) throws -> ImportResult {
        try ImportResult(SavedPageImporter(), SealedTree.memory([(name, bytes)]))
    }

    private static let mhtml = """
        From: <Saved by Blink>\r
        Snapshot-Content-Location: https://shop.example/reviews\r
        Subject: =?utf-8?Q?=E3=83=AC=E3=83=93=E3=83=A5=E3=83=BC?=\r
        Date: Fri, 20 Nov 2026 01:02:03 -0000\r
        MIME-Version: 1.0\r
        Content-Type: multipart/related;\r
        \ttype="text/html";\r
        \tboundary="----X"\r
        \r
        ------X\r
        Content-Type: text/html\r
        Content-Transfer-Encoding: quoted-printable\r
        Content-Location: https://shop.example/reviews\r
        \r
        <html><head><meta http-equiv=3D"Content-Type" content=3D"text/html; charset=3DShift_JIS"><title>x</title></head><body>=8C=FB=83R=83~</body></html>\r
        ------X--\r

        """

    @Test("an MHTML file: its words in Shift_JIS, its address, and the time of saving apart from any time of the post")
    func mhtml() throws {
        let record = try #require(read("a.mhtml", Array(Self.mhtml.utf8)).records.first)
        #expect(record.text == "口コミ")
        #expect(record.url == "https://shop.example/reviews" && record.scope == "page/shop.example")
        #expect(record.claimedTime == nil && record.details["savedAt"] == "Fri, 20 Nov 2026 01:02:03 -0000")
        try ImporterConformance.check(SavedPageImporter(), [("a.mhtml", Array(Self.mhtml.utf8))])
    }

    @Test("SingleFile's comment gives address and time; a page without one has only its own claim")
    func html() throws {
        let single = """
            <!DOCTYPE html> <html lang=ja><!--
             Page saved with SingleFile
             url: https://x.com/a/status/123
             saved date: Wed Sep 24 2026 20:15:00 GMT+0900 (日本標準時)
            --><head><meta charset=utf-8><title>投稿</title></head><body><script>alert(1)</script><p>つきまとい</p></body></html>
            """
        let record = try #require(read("a.html", Array(single.utf8)).records.first)
        #expect(record.url == "https://x.com/a/status/123" && record.text == "つきまとい")
        #expect(record.details["savedAt"]?.hasPrefix("Wed Sep 24 2026") == true && record.claimedTime == nil)
        let own = "<html><head><link rel=\"canonical\" href=\"https://b.example/1\"></head><body>x</body></html>"
        let other = try #require(read("b.htm", Array(own.utf8)).records.first)
        #expect(other.url == "https://b.example/1" && other.remarks.contains(Remark("page.address-of-its-own")))
    }

    @Test("a HAR file, with and without its log: pages are read, no cookie, token or password is in a record")
    func har() throws {
        let entry = """
            {"startedDateTime":"2026-11-20T10:02:03.000+09:00","serverIPAddress":"192.0.2.1","request":{"method":"GET",
            "url":"https://a.example/page?id=5&access_token=geheim1&sid=geheim2","cookies":[{"name":"c","value":"geheim3"}],
            "headers":[{"name":"Authorization","value":"geheim4"}]},"response":{"status":200,"headers":[{"name":"Set-Cookie","value":"geheim5"}],
            "content":{"mimeType":"text/html; charset=utf-8","text":"<p>本文</p>"}}}
            """
        for text in [
            "{\"log\":{\"version\":\"1.2\",\"creator\":{},\"entries\":[\(entry)]}}", "{\"creator\":{},\"entries\":[\(entry)]}",
        ] {
            let result = try read("a.har", Array(text.utf8))
            let record = try #require(result.records.first)
            #expect(record.text == "本文" && record.url == "https://a.example/page?id=5")
            #expect(!"\(result.records)".contains("geheim"))
            try ImporterConformance.check(SavedPageImporter(), [("a.har", Array(text.utf8))])
        }
    }

    @Test("mails and other text are left to others; hostile pages become words")
    func others() throws {
        #expect(try read("a.eml", Array("From: a@example.com\r\nSubject: x\r\n\r\nhello".utf8)).records.isEmpty)
        #expect(try read("a.txt", Array("just words < and >".utf8)).records.isEmpty)
        let hostile = "<html><body><img src=x onerror=alert(1)>\u{202E}abc<svg><script>1</script></svg></body></html>"
        #expect(try read("a.html", Array(hostile.utf8)).records.first?.text == "\u{202E}abc")
    }

    @Test("files that others made are read", arguments: ["iframes.mhtml", "missing_boundary.mhtml", "missing_headers.mhtml"])
    func samples(name: String) throws {
        let url = ProjectFolder.root.appending(path: "../shared/samples/mhtml/\(name)")
        guard let data = try? Data(contentsOf: url) else { return }
        let result = try read(name, Array(data))
        #expect(!result.records.isEmpty || !result.problems.isEmpty)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        try ImporterConformance.fuzz(SavedPageImporter(), [("a.mhtml", Array(Self.mhtml.utf8))], seed: seed, rounds: 80)
        let page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>x</title></head><body><p>あ</p></body></html>"
        try ImporterConformance.fuzz(SavedPageImporter(), [("a.html", Array(page.utf8))], seed: seed, rounds: 80)
    }
}
