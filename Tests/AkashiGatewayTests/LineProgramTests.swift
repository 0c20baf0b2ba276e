import AkashiAge
import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiTesting
import AkashiVault
import Crypto
import Foundation
import Testing

@testable import AkashiGateway

/// The imitation of LINE's servers in `Line/imitation.py`: it holds every request against LINE's own description and the official SDK.
private final class Imitation {
    private struct Entry: Decodable {
        let method: String
        let path: String
        let status: Int
        let problems: [String]
    }

    let process = Process()
    private(set) var origin = ""
    private let log: URL

    init(_ folder: TemporaryFolder, token: String, contents: [(id: String, file: URL, type: String)]) async throws {
        log = folder.url.appending(path: "line.log")
        let printed = folder.url.appending(path: "imitation")
        try Data().write(to: printed)
        process.executableURL = ProjectFolder.root.appending(path: ".tools/venv/bin/python")
        process.arguments =
            [
                ProjectFolder.root.appending(path: "Tests/AkashiGatewayTests/Line/imitation.py").path, "--token", token, "--log",
                log.path,
            ]
            + contents.flatMap { ["--content", "\($0.id)=\($0.file.path)=\($0.type)"] }
        process.standardOutput = try FileHandle(forWritingTo: printed)
        process.standardError = try FileHandle(forWritingTo: printed)
        try process.run()
        for _ in 0..<1_200 where origin.isEmpty {
            try await Task.sleep(for: .milliseconds(25))
            let text = try String(contentsOf: printed, encoding: .utf8)
            origin = text.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+/).map { String($0.0) } ?? ""
        }
        try #require(!origin.isEmpty, "it did not start")
    }

    /// Waits for so many requests; what was asked, and everything that was not as LINE wants it.
    func asked(_ count: Int) async throws -> (paths: [String], problems: [String]) {
        var entries: [Entry] = []
        for _ in 0..<600 where entries.count < count {
            try await Task.sleep(for: .milliseconds(50))
            let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            entries = text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }
        }
        return (entries.map { "\($0.method) \($0.path) \($0.status)" }, entries.flatMap(\.problems))
    }
}

@Suite("LINE, the gateway and the desk together", .serialized)
struct LineProgramTests {
    private static let secret = "the channel's secret"
    private static let user = "U206d25c2ea6bd87c17655609a1c37cb8"

    private static func send(_ event: String, to port: Int, secret: String = secret) async throws -> Int {
        let body = Array(#"{"destination":"U1","events":[\#(event)]}"#.utf8)
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(secret.utf8)))
        let head =
            "POST /line/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "x-line-signature: \(Data(code).base64EncodedString())\r\nContent-Length: \(body.count)\r\n\r\n"
        let bytes = try #require(await RawHTTP.exchange(Array(head.utf8) + body, port: port))
        return try #require(Reply(bytes)).status
    }

    private static func event(_ id: String, _ message: String) -> String {
        #"{"type":"message","mode":"active","timestamp":1764400000123,"webhookEventId":"\#(id)","deliveryContext":{"isRedelivery":false},"source":{"type":"user","userId":"\#(user)"},"replyToken":"token-\#(id)","message":\#(message)}"#
    }

    @Test("what she forwards becomes records of her desk; every request is as LINE's own description and SDK want it")
    func whole() async throws {
        let folder = try TemporaryFolder()
        let picture = ProjectFolder.root.appending(path: "docs/pictures/home-360.png")
        let text = folder.url.appending(path: "memo.txt")
        try Data("届いた紙の写し".utf8).write(to: text)
        let line = try await Imitation(
            folder, token: "the channel's token", contents: [("901", picture, "image/png"), ("902", text, "text/plain")])
        defer { line.process.terminate() }
        var environment = DeskEnvironment(vault: .test(), knowledge: GatewayFixture.knowledge) { _, _ in
            throw VaultError(.stampRefused)
        }
        environment.callGateway = { method, url, token, body in
            let head =
                "\(method) \(url.path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Length: \(body.count)\r\n\r\n"
            let bytes = await RawHTTP.exchange(Array(head.utf8) + body, port: url.port ?? 0)
            guard let bytes, let reply = Reply(bytes) else { throw URLError(.cannotConnectToHost) }
            return (reply.status, reply.body)
        }
        let desk = try Desk.create(at: folder.url.appending(path: "vault").path, passphrase: nil, environment: environment)
        let gatewayFile = folder.url.appending(path: "gateway.json")
        try Data(try await desk.setGateway(address: "http://127.0.0.1:1", origins: [], behindProxy: false)).write(to: gatewayFile)
        let token = try #require(try await desk.settings()["gateway.token"])
        let lineFile = folder.url.appending(path: "line.json")
        try Data(try await desk.turnLineOn(reminds: true)).write(to: lineFile)
        let code = try #require(try await desk.lineSettings()?.code)
        let running = try await RunningGateway(
            gatewayFile, .folder(folder.url.appending(path: "gateway").path), folder,
            more: ["--line", lineFile.path, "--line-imitation", line.origin],
            secrets: ["AKASHI_LINE_CHANNEL_SECRET": Self.secret, "AKASHI_LINE_CHANNEL_TOKEN": "the channel's token"])
        defer { running.process.terminate() }
        // The desk finds it where it is now, with the token that it has.
        try await desk.choose("gateway.address", "http://127.0.0.1:\(running.deskPort)")
        #expect(try await desk.settings()["gateway.token"] == token)
        let wrong = try await Self.send(Self.event("00", #"{"id":"1","type":"text","text":"x"}"#), to: running.port, secret: "no")
        #expect(wrong == 401)
        let events = [
            Self.event("01", #"{"id":"900","type":"text","text":"\#(code)","quoteToken":"q"}"#),
            Self.event("02", #"{"id":"901","type":"image","quoteToken":"q","contentProvider":{"type":"line"}}"#),
            Self.event("03", #"{"id":"902","type":"file","fileName":"写し.txt","fileSize":21}"#),
            Self.event("04", #"{"id":"903","type":"text","text":"レビューはどうやって残せばいいですか","quoteToken":"q"}"#),
        ]
        for event in events { #expect(try await Self.send(event, to: running.port) == 200) }
        let asked = try await line.asked(6)
        #expect(asked.problems.isEmpty, "\(asked.problems)")
        #expect(asked.paths.count { $0 == "POST /v2/bot/message/reply 200" } == 4, "\(asked.paths)")
        let visit = try await desk.visitGateway()
        #expect(visit.lineCount == 5 && visit.unreadableCount == 0)
        let timeline = try await desk.timeline()
        var words: [String] = []
        for entry in timeline { words.append(try await desk.words(at: entry.position).text ?? "") }
        #expect(words.contains("レビューはどうやって残せばいいですか") && words.contains { $0.contains("届いた紙の写し") })
        #expect(timeline.contains { $0.kind == .picture })
        // A second visit adds nothing.
        #expect(try await desk.visitGateway().lineCount == 0)
        running.process.terminate()
        running.process.waitUntilExit()
        #expect(running.process.terminationStatus == 0)
    }

    @Test("without its secret and token in the environment it does not start, and says which")
    func secrets() async throws {
        let folder = try TemporaryFolder()
        let gatewayFile = folder.url.appending(path: "gateway.json")
        let identity = try X25519Identity(random: seededBytes(3))
        try Data(try GatewayFixture.configuration(identity).bytes).write(to: gatewayFile)
        let lineFile = folder.url.appending(path: "line.json")
        try Data(#"{"codeHash":"\#(String(repeating: "0", count: 64))"}"#.utf8).write(to: lineFile)
        let ended = try Command.run(
            Command.builtProgram("akashi-gateway"),
            [
                "--configuration", gatewayFile.path, "--folder", folder.url.appending(path: "g").path, "--line", lineFile.path,
                "--lang", "en",
            ],
            environment: ["AKASHI_KNOWLEDGE": ProjectFolder.root.appending(path: "Knowledge").path])
        #expect(ended.status != 0 && ended.errors.contains("AKASHI_LINE_CHANNEL_SECRET"))
    }
}
