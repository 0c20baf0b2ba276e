import AkashiBrowser
import AkashiTesting
import Foundation
import Testing

/// Programs that speak, or fail to speak, the DevTools protocol over the pipe.
@Suite("a stub in the browser's place", .serialized)
struct StubTests {
    /// Answers what a tab needs at its beginning; then does what `body` says for each further command.
    private static func stub(_ body: String, in folder: URL) throws -> Browser {
        let script = """
            #!/usr/bin/env python3
            import json, os, sys, time
            def say(message): os.write(4, json.dumps(message).encode() + b"\\0")
            buffer = b""
            while True:
                piece = os.read(3, 65536)
                if not piece: sys.exit(0)
                buffer += piece
                while b"\\0" in buffer:
                    line, buffer = buffer.split(b"\\0", 1)
                    command = json.loads(line)
                    method, id = command["method"], command["id"]
                    if method == "Target.createTarget": say({"id": id, "result": {"targetId": "T"}})
                    elif method == "Target.attachToTarget": say({"id": id, "result": {"sessionId": "S"}})
                    elif method.endswith(".enable"): say({"id": id, "result": {}, "sessionId": "S"})
                    else:
                        \(body)
            """
        let url = folder.appending(path: "stub.py")
        try Data(script.utf8).write(to: url)
        _ = try Command.run("chmod", ["-R", "a+rx", folder.path])
        return Browser(program: url.path)
    }

    private static func isRunning(_ folder: URL) -> Bool {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.filter { Int($0) != nil } ?? []
        return numbers.contains { number in
            FileManager.default.contents(atPath: "/proc/\(number)/cmdline").map {
                String(decoding: $0, as: UTF8.self).contains(folder.lastPathComponent)
            } ?? false
        }
    }

    @Test("commands and answers pass through the pipe, large ones and ones in pieces too")
    func answers() async throws {
        let folder = try TemporaryFolder()
        let body = "say({\"id\": id, \"result\": {\"result\": {\"value\": \"あ\" * 300000}}})"
        let value = try await Self.stub(body, in: folder.url).withTab { tab in try await tab.evaluate("1").text }
        #expect(value?.count == 300_000)
        #expect(!Self.isRunning(folder.url))
    }

    @Test("a program that ends, refuses, talks rubbish or says nothing ends in an error, and nothing is left")
    func failures() async throws {
        let bodies = [
            ("os._exit(3)", BrowserError.ended), ("os.write(4, b'{{{\\0\\0garbage'); os._exit(0)", .ended),
            ("say({\"id\": id, \"error\": {\"message\": \"no\"}})", .refused(method: "Runtime.evaluate", message: "no")),
            ("time.sleep(600)", .tooSlow),
        ]
        for (body, expected) in bodies {
            let folder = try TemporaryFolder()
            let browser = try Self.stub(body, in: folder.url)
            await #expect(throws: expected, "\(body)") {
                try await browser.withTab(BrowserOptions(timeLimit: .seconds(3))) { tab in _ = try await tab.evaluate("1") }
            }
            #expect(!Self.isRunning(folder.url), "\(body)")
        }
        await #expect(throws: (any Error).self) { try await Browser(program: "/nowhere/at/all").withTab { _ in } }
    }
}
