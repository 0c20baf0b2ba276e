import AkashiTesting
import Foundation
import Testing

/// `akashi desk` as a process of its own, as she starts it.
private final class RunningDesk {
    let process = Process()
    let client: WebClient
    private let log: URL

    /// Starts the program and waits for its address.
    init(vault: URL, folder: URL) async throws {
        log = folder.appending(path: "printed-\(Foundation.UUID().uuidString)")
        try Data().write(to: log)
        let temporary = folder.appending(path: "tmp")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        process.executableURL = URL(filePath: Command.builtProgram("akashi"))
        process.arguments = ["desk", "--vault", vault.path, "--no-browser"]
        var environment = ProcessInfo.processInfo.environment
        environment["TMPDIR"] = temporary.path
        process.environment = environment
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var address: String?
        for _ in 0..<600 where address == nil {
            try await Task.sleep(for: .milliseconds(50))
            let printed = try String(contentsOf: log, encoding: .utf8)
            address = printed.firstMatch(of: /http:\S+/).map { String($0.output) }
        }
        client = try await WebClient.entering(try #require(address), folder: folder)
    }

    func stop(_ signal: Int32) {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
    }
}

@Suite("the desk as a program", .serialized)
struct DeskProgramTests {
    private static let akashi = Command.builtProgram("akashi")

    private static func verify(_ vault: URL, _ arguments: [String] = []) throws -> Bool {
        try Command.run(akashi, ["verify", "--vault", vault.path] + arguments).status == 0
    }

    @Test("T26: nothing she keeps lies open in the vault, among temporary files or in what is printed; the folder is hers alone")
    func nothingOpen() async throws {
        let work = try TemporaryFolder()
        let vault = work.url.appending(path: "vault")
        let words = work.url.appending(path: "words")
        try Data("three plain words".utf8).write(to: words)
        let created = try Command.run(
            Self.akashi, ["vault", "create", "--vault", vault.path, "--passphrase-file", words.path])
        try #require(created.status == 0, "\(created.errors)")
        let desk = try await RunningDesk(vault: vault, folder: work.url)
        defer { desk.stop(SIGKILL) }
        let client = desk.client
        _ = try await client.post("/unlock", [("passphrase", "three plain words")])
        try await client.readToken()
        let mark = "SENTINEL5V"
        let picture = Array(
            try Data(contentsOf: ProjectFolder.root.appending(path: "Knowledge/demo/files/Screenshot_20261116-080210.png")))
        _ = try await client.post("/device", [("answer", "no")])
        _ = try await client.upload(
            [("\(mark).txt", Array("2026-11-20 10:00\n\n\(mark) 死ね".utf8)), ("\(mark).png", picture)],
            words: "\(mark) きえろ")
        let page = try await client.finishedJob(1)
        let items = page.matches(of: /\/items\/(\d+)/).map { String($0.1) }
        #expect(items.count >= 3)
        for item in items {
            let location = try #require(try await client.post("/items/\(item)/show").header("Location"))
            let shown = try await client.get(String(location.dropFirst(client.base.count).prefix { $0 != "#" }))
            for match in shown.text.matches(of: /<img class="evidence" src="([^"]+)"/) {
                _ = try await client.get(String(String(match.1).dropFirst(client.base.count)))
            }
            _ = try await client.post("/items/\(item)/original")
            _ = try await client.post("/items/\(item)/note", [("text", "\(mark) のこと")])
        }
        _ = try await client.get("/search?q=\(mark)")
        _ = try await client.get("/memo")
        _ = try await client.get("/\(mark)")
        _ = try await client.post("/items/\(mark)/show")
        desk.stop(SIGTERM)

        var seen = 0
        let walk = FileManager.default.enumerator(atPath: work.url.path)
        while let path = walk?.nextObject() as? String {
            let url = work.url.appending(path: path)
            #expect(!path.contains(mark), "\(path)")
            guard let bytes = try? Data(contentsOf: url), url != words else { continue }
            seen += 1
            for text in [mark, "きえろ", "three plain words"] where bytes.range(of: Data(text.utf8)) != nil {
                Issue.record("\(path) holds \(text)")
            }
        }
        #expect(seen > 10)
        let left = try FileManager.default.contentsOfDirectory(atPath: work.url.appending(path: "tmp").path)
        #expect(left.isEmpty, "\(left)")
        let attributes = try FileManager.default.attributesOfItem(atPath: vault.path)
        #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o777 } == 0o700)
    }

    @Test("T28: what the page called saved is there after the program was killed, and what was half sent is not")
    func killed() async throws {
        let work = try TemporaryFolder()
        let vault = work.url.appending(path: "vault")
        let created = try Command.run(Self.akashi, ["vault", "create", "--vault", vault.path, "--no-passphrase"])
        try #require(created.status == 0)
        for round in 1...3 {
            let desk = try await RunningDesk(vault: vault, folder: work.url)
            defer { desk.stop(SIGKILL) }
            let client = desk.client
            _ = try await client.post("/device", [("answer", "no")])
            _ = try await client.upload([("memo-\(round).txt", Array("2026-11-2\(round) 10:00\n\nことば \(round)".utf8))])
            #expect(try await client.finishedJob(1).contains("1件、保存しました。"))
            // Now a large file, of which only a part arrives before the program dies.
            async let half = client.sendHalf(byteCount: 40_000_000)
            try await Task.sleep(for: .milliseconds(150 * round))
            desk.stop(SIGKILL)
            _ = await half
            #expect(try Self.verify(vault))
        }
        let desk = try await RunningDesk(vault: vault, folder: work.url)
        defer { desk.stop(SIGKILL) }
        let timeline = try await desk.client.get("/timeline").text
        for round in 1...3 { #expect(timeline.contains("memo-\(round).txt")) }
        #expect(!timeline.contains("large.bin"))
        let left = try FileManager.default.contentsOfDirectory(atPath: vault.appending(path: "tmp").path)
        #expect(left.isEmpty, "\(left)")
    }
}
