import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiTesting
import AkashiWebArchiveImporter
import Foundation
import Testing

@Suite("web archives")
struct WebArchiveTests {
    private func read(_ files: [(path: String, bytes: [UInt8])]) throws -> ImportResult {
        try ImportResult(WebArchiveImporter(), SealedTree.memory(files))
    }

    /// A WARC record with the right digest.
    private static func record(
        _ type: String, _ url: String, _ block: String, extra: [(String, String)] = [], digest: Bool = true
    ) -> [UInt8] {
        let bytes = Array(block.utf8)
        var fields: [(name: String, value: String)] = [
            ("WARC-Type", type), ("WARC-Record-ID", "<urn:uuid:\(SliceDigest.of(bytes).hex.prefix(8))>"),
            ("WARC-Target-URI", url),
            ("WARC-Date", "2026-11-20T01:02:03Z"), ("Content-Type", "application/http; msgtype=response"),
        ]
        if digest { fields.append(("WARC-Block-Digest", "sha256:" + SliceDigest.of(bytes).hex)) }
        fields += extra.map { (name: $0.0, value: $0.1) }
        return WarcRecord(fields: fields, block: bytes).encoded()
    }

    private static let html = "<html><head><title>レビュー</title></head><body><p>色がちがいました</p></body></html>"
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html

    @Test("a page of a plain and of a gzipped file: its words, address and time of capture; no time of writing is made up")
    func plain() throws {
        let record = Self.record("response", "https://shop.example/item/1", Self.answer)
        for bytes in [record + record.prefix(0), Gzip.compress(record)] {
            let result = try read([("a.warc", bytes)])
            let page = try #require(result.records.first)
            #expect(page.text == "色がちがいました")
            #expect(page.url == "https://shop.example/item/1")
            #expect(page.claimedTime == nil && page.details["capturedAt"] == "2026-11-20T01:02:03Z")
            #expect(page.details["title"] == "レビュー" && result.problems == [])
            try ImporterConformance.check(WebArchiveImporter(), [("a.warc", bytes)])
        }
    }

    @Test("chunks, gzip, a lie about chunks, addresses in brackets, and a revisit of an earlier answer")
    func bodies() throws {
        let zipped = Gzip.compress(Array(Self.html.utf8))
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunked =
            Array(head.utf8) + Array("\(String(zipped.count, radix: 16))\r\n".utf8) + zipped + Array("\r\n0\r\n\r\n".utf8)
        let record = WarcRecord(
            fields: [
                (name: "WARC-Type", value: "response"), (name: "WARC-Target-URI", value: "<https://a.example/1>"),
                (name: "WARC-Date", value: "2026-11-20T01:02:03Z"), (name: "Content-Type", value: "application/http"),
                (name: "WARC-Payload-Digest", value: "sha256:" + SliceDigest.of(zipped).hex),
            ], block: chunked)
        let lie = Self.record(
            "response", "https://a.example/2",
            Self.answer.replacing("charset=utf-8", with: "charset=utf-8\r\nTransfer-Encoding: chunked"))
        let revisit = Self.record(
            "revisit", "https://a.example/3", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            extra: [("WARC-Refers-To-Target-URI", "https://a.example/2")])
        let result = try read([("a.warc", record.encoded() + lie + revisit)])
        #expect(result.records.map(\.url) == ["https://a.example/1", "https://a.example/2", "https://a.example/3"])
        #expect(result.records.allSatisfy { $0.text == "色がちがいました" })
        #expect(result.problems == [])
    }

    @Test("stripped and wrong digests, a cut record and rubbish are named with their place; the rest is read")
    func damage() throws {
        let good = Self.record("response", "https://a.example/1", Self.answer)
        let stripped = Self.record("response", "https://a.example/2", Self.answer, digest: false)
        var wrong = Self.record("response", "https://a.example/3", Self.answer)
        let place = try #require(wrong.firstRange(of: Array("色".utf8)))
        wrong[place.lowerBound + 2] ^= 1
        #expect(try read([("a.warc", good + stripped + wrong)]).problems == ["warc.no-digest", "warc.digest-differs"])
        #expect(try read([("a.warc", good + stripped + wrong)]).records.count == 3)
        #expect(try read([("a.warc", good + good.dropLast(40))]).problems.contains("warc.cut"))
        #expect(try read([("a.warc", good + Array("rubbish".utf8))]).problems == ["warc.not-a-record"])
        let zipped = Gzip.compress(good)
        #expect(try read([("a.warc.gz", zipped + zipped.dropLast(9))]).problems.contains("warc.damaged"))
    }

    /// A package as others make it.
    private static func package(_ change: (inout [(path: String, bytes: [UInt8])]) -> Void = { _ in }) -> [(
        path: String, bytes: [UInt8]
    )] {
        let warc = Gzip.compress(record("response", "https://a.example/1", answer))
        let pages =
            #"{"format":"json-pages-1.0"}"# + "\n" + #"{"url":"https://a.example/1","title":"t","ts":"2026-11-20T01:02:03Z"}"#
            + "\n"
        var files: [(path: String, bytes: [UInt8])] = [
            ("archive/data.warc.gz", warc), ("indexes/index.cdx", Array("x".utf8)), ("pages/pages.jsonl", Array(pages.utf8)),
        ]
        let resources = files.map {
            #"{"path":"\#($0.path)","hash":"sha256:\#(SliceDigest.of($0.bytes).hex)","bytes":\#($0.bytes.count)}"#
        }
        let description = Array(#"{"wacz_version":"1.1.1","resources":[\#(resources.joined(separator: ","))]}"#.utf8)
        let digest = #"{"path":"datapackage.json","hash":"sha256:\#(SliceDigest.of(description).hex)"}"#
        files += [("datapackage.json", description), ("datapackage-digest.json", Array(digest.utf8))]
        change(&files)
        return files
    }

    @Test("a package is read, and what other checkers let pass is named")
    func packages() throws {
        #expect(try read(Self.package()).problems == [])
        #expect(try read(Self.package()).records.map(\.details["title"]) == ["t"])
        let changes: [(String, (inout [(path: String, bytes: [UInt8])]) -> Void)] = [
            ("wacz.no-digest", { $0.removeAll { $0.path == "datapackage-digest.json" } }),
            ("wacz.unlisted", { $0.append(("notes", [1])) }),
            ("wacz.no-index", { $0.removeAll { $0.path.hasPrefix("indexes/") } }),
            ("wacz.file-missing", { $0.removeAll { $0.path.hasPrefix("pages/") } }),
            ("wacz.hash-differs", { $0[2].bytes.append(10) }),
            ("wacz.description-differs", { $0[3].bytes.append(32) }),
            (
                "wacz.signature-unchecked",
                { files in
                    let text = String(decoding: files[4].bytes, as: UTF8.self)
                    files[4].bytes = Array(text.replacing("{\"path\"", with: "{\"signedData\":{},\"path\"").utf8)
                }
            ),
        ]
        for (code, change) in changes {
            #expect(try read(Self.package(change)).problems.contains(code), "\(code)")
        }
    }

    @Test(
        "files that others made are read",
        arguments: ["example.warc", "example.warc.gz", "example-iana.org-chunked.warc", "example-bad-non-chunked.warc.gz"])
    func samples(name: String) throws {
        let url = ProjectFolder.root.appending(path: "../shared/samples/warc/\(name)")
        guard let data = try? Data(contentsOf: url) else { return }
        let result = try read([(name, Array(data))])
        #expect(!result.records.isEmpty, "\(result.problems)")
        #expect(result.records.allSatisfy { !($0.text ?? "").isEmpty })
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws {
        let plain = Self.record("response", "https://a.example/1", Self.answer)
        try ImporterConformance.fuzz(WebArchiveImporter(), [("a.warc", plain)], seed: seed, rounds: 60)
        try ImporterConformance.fuzz(WebArchiveImporter(), [("a.warc.gz", Gzip.compress(plain))], seed: seed, rounds: 60)
        try ImporterConformance.fuzz(WebArchiveImporter(), Self.package(), seed: seed, rounds: 60)
    }
}
