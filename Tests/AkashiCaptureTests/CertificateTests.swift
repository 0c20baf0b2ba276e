import AkashiCapture
import AkashiFormats
import AkashiTesting
import Foundation
import Testing

@Suite("certificates of captured pages")
struct CertificateTests {
    @Test("the server's certificate is kept with the page, and a page whose certificate nobody vouches for is not taken")
    func certificate() async throws {
        let folder = try TemporaryFolder()
        let made = try Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "30", "-subj",
                "/CN=shop.example", "-addext", "subjectAltName=DNS:shop.example",
            ], folder: folder.url)
        try #require(made.status == 0, "\(made.errors)")
        let shell =
            "cat cert.pem key.pem > both.pem; openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform der"
            + " | openssl dgst -sha256 -binary | openssl enc -base64"
        let key = try Command.run("sh", ["-c", shell], folder: folder.url).text.filter { !$0.isWhitespace }
        let pages = folder.url.appending(path: "pages")
        try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
        try Data("<!DOCTYPE html><title>t</title><p>秘密のない文です。</p>".utf8).write(to: pages.appending(path: "a.html"))
        let site = try FileSite(pages, certificate: folder.url.appending(path: "both.pem"))
        var request = CaptureRequest(address: "https://shop.example/a.html")
        request.overrides["shop.example:443"] = "127.0.0.1:\(site.port)"
        let untrusted = request
        await #expect(throws: CaptureError.self) { try await CaptureTools.capture().capture(untrusted) }
        request.trustedKeys = [key]
        let page = try await CaptureTools.capture().capture(request)
        #expect(page.proof.verdict == .same && page.report.server == "127.0.0.1")
        let archive = ZipArchive(MemoryBytes(page.wacz))
        let entry = try #require(archive.entries.first { $0.path == "archive/data.warc.gz" })
        let bytes = try #require(try archive.open(entry).readAll(limit: 1 << 26))
        let reader = WarcReader(MemoryBytes(bytes).stream(), head: bytes)
        var kept: String?
        while let item = try reader.next() {
            if item.record?.target == "urn:tls:https://shop.example" {
                kept = item.record.map { String(decoding: $0.block, as: UTF8.self) }
            }
        }
        let pem = try String(contentsOf: folder.url.appending(path: "cert.pem"), encoding: .utf8)
        #expect(kept?.filter { !$0.isWhitespace } == pem.filter { !$0.isWhitespace })
        withExtendedLifetime(site) {}
    }
}
