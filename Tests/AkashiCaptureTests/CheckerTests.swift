import AkashiCapture
import AkashiFormats
import AkashiTesting
import Foundation
import Testing

/// Tools that others made read what we write.
@Suite("captures in the hands of other tools", .serialized)
struct CheckerTests {
    private static let pages = [
        "http://x.example/tsumugi_demo/status/1790000000000000001", "http://shop.example/sjis", "http://shop.example/video",
        "http://x.example/private",
    ]

    @Test("warcio, fastwarc, wacz and cdxj-indexer agree with a capture, and pywb gives the exact bytes back")
    func tools() async throws {
        try await FixtureSite.serve(Fixtures.answer) { site in
            let folder = try TemporaryFolder()
            let capture = try CaptureTools.capture()
            for (number, address) in Self.pages.enumerated() {
                let page = try await capture.capture(site.request(address))
                let name = "page\(number).wacz"
                try Data(page.wacz).write(to: folder.url.appending(path: name))
                try Self.check(page.wacz, name, folder.url)
            }
            try Self.replay(folder.url)
        }
    }

    private static func tool(_ name: String, _ arguments: [String], _ folder: URL) throws -> Command.Result {
        try Command.run(
            ProjectFolder.root.appending(path: ".tools/venv/bin/\(name)").path, arguments, environment: ["HOME": folder.path],
            folder: folder)
    }

    private static func check(_ wacz: [UInt8], _ name: String, _ folder: URL) throws {
        let archive = ZipArchive(MemoryBytes(wacz))
        func member(_ path: String) throws -> [UInt8] {
            let entry = try #require(archive.entries.first { $0.path == path })
            return try #require(try archive.open(entry).readAll(limit: 1 << 28))
        }
        try Data(try member("archive/data.warc.gz")).write(to: folder.appending(path: "data.warc.gz"))
        let index = String(decoding: try member("indexes/index.cdx"), as: UTF8.self)
        let warcio = try tool("warcio", ["check", "-v", "data.warc.gz"], folder)
        #expect(warcio.status == 0, "\(warcio.text) \(warcio.errors)")
        let fast = try tool("fastwarc", ["check", "-q", "data.warc.gz"], folder)
        #expect(fast.status == 0, "\(fast.text) \(fast.errors)")
        let validate = try tool("wacz", ["validate", "-f", name], folder)
        #expect(validate.status == 0 && !validate.text.lowercased().contains("fail"), "\(validate.text) \(validate.errors)")
        // It leaves the digests of records out unless it also looks into requests.
        let made = try tool("cdxj-indexer", ["-s", "-d", "-p", "data.warc.gz"], folder)
        #expect(made.status == 0, "\(made.errors)")
        #expect(lines(made.text) == lines(index))
    }

    /// Lines of an index whatever the order of their fields and whether numbers stand in quotes.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            let fields = (try? JSONSerialization.jsonObject(with: Data((parts.last ?? "").utf8))) as? [String: Any] ?? [:]
            return parts.prefix(2).joined(separator: " ") + " "
                + fields.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ", ")
        }
    }

    /// pywb reads the package's WARC and answers with the bytes that the site had sent.
    private static func replay(_ folder: URL) throws {
        #expect(try tool("wb-manager", ["init", "c"], folder).status == 0)
        for number in pages.indices {
            let added = try tool("wb-manager", ["add", "--unpack-wacz", "c", "page\(number).wacz"], folder)
            #expect(added.status == 0, "\(added.errors)")
        }
        let fetch = """
            import signal, socket, subprocess, sys, time, urllib.request
            # Signals are blocked in what a test starts; the server waits for one of its own children.
            signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
            signal.alarm(90)
            with socket.socket() as s:
                s.bind(('127.0.0.1', 0))
                port = s.getsockname()[1]
            server = subprocess.Popen([sys.argv[1], '-b', '127.0.0.1', '-p', str(port)], stdout=subprocess.DEVNULL)
            try:
                for url in sys.argv[2:]:
                    for attempt in range(60):
                        try:
                            answer = urllib.request.urlopen('http://127.0.0.1:%d/c/2026id_/%s' % (port, url), timeout=20)
                            print(answer.status, answer.read().hex(), flush=True)
                            break
                        except OSError as error:
                            if hasattr(error, 'code'): print(error.code); break
                            time.sleep(0.2)
            finally:
                server.kill()
            """
        try Data(fetch.utf8).write(to: folder.appending(path: "fetch.py"))
        let got = try tool(
            "python",
            [
                "fetch.py", ProjectFolder.root.appending(path: ".tools/venv/bin/wayback").path, "http://shop.example/sjis",
                "http://x.example/tsumugi_demo/status/1790000000000000001",
            ], folder)
        let lines = got.text.split(separator: "\n").map(String.init)
        func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        #expect(lines.first == "200 " + hex(Fixtures.shiftJIS), "\(got.text.prefix(300)) \(got.errors.suffix(1_500))")
        #expect(lines.last == "200 " + hex(Array(Fixtures.xPost.utf8)))
    }
}
