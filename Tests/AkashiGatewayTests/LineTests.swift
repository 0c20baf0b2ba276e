import AkashiAge
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiTesting
import Crypto
import Foundation
import Synchronization
import Testing

@testable import AkashiGateway

/// LINE as the channel sees it, in memory: what was asked, and answers that the test chooses.
private final class FakeLine: Sendable {
    struct Asked: Sendable, Equatable {
        let method: String
        let address: String
        let headers: [String: String]
        let body: String
    }

    let asked = Mutex<[Asked]>([])
    private let answers: @Sendable (Asked, Int) -> LineTransport.Answer?

    init(
        _ answers: @escaping @Sendable (Asked, Int) -> LineTransport.Answer? = { _, _ in .init(status: 200, type: nil, body: []) }
    ) {
        self.answers = answers
    }

    func transport(waits: @escaping @Sendable (Int) async -> Void = { _ in }) -> LineTransport {
        LineTransport(
            secret: LineTests.secret, origins: ("http://api", "http://data"),
            call: { method, address, headers, body, _ in
                let asked = Asked(method: method, address: address, headers: headers, body: String(decoding: body, as: UTF8.self))
                let number = self.asked.withLock { all in
                    all.append(asked)
                    return all.count { $0.address == address }
                }
                return self.answers(asked, number)
            }, wait: waits)
    }

    var replies: [String] { asked.withLock { $0.filter { $0.address.hasSuffix("/message/reply") }.map(\.body) } }
}

@Suite("her LINE channel")
struct LineTests {
    static let secret = "channel_secret"
    static let user = "U206d25c2ea6bd87c17655609a1c37cb8"
    static let code = "40718265"

    /// A gateway with a channel, and the key that opens what it keeps.
    private struct Fixture {
        let gateway: Gateway
        let channel: LineChannel
        let identity: X25519Identity

        func kept() async throws -> [LineDelivery] {
            try await gateway.store.waiting(limit: 100, bytes: .max).map { waiting in
                let plain = try AgeDecryptor.decrypt(waiting.envelope, identities: [identity])
                return try JSONDecoder().decode(LineDelivery.self, from: Data(plain))
            }
        }

        func take(_ events: [String]) async throws {
            let body = Array(#"{"destination":"U1","events":[\#(events.joined(separator: ","))]}"#.utf8)
            #expect(try await channel.take(body))
            await channel.finish()
        }
    }

    private static func fixture(
        _ folder: TemporaryFolder, _ transport: LineTransport,
        at clock: @escaping @Sendable () -> Instant = { Instant(milliseconds: 1_764_400_000_000) }
    ) async throws -> Fixture {
        let identity = try X25519Identity(random: seededBytes(7))
        let environment = GatewayEnvironment(now: clock, random: seededBytes(9))
        let gateway = try await Gateway(
            GatewayFixture.configuration(identity), .folder(folder.url.path), GatewayFixture.knowledge, environment)
        let configuration = LineConfiguration(codeHash: Hex.encode(SHA256.hash(data: Array(code.utf8))))
        let channel = try LineChannel(gateway, configuration, GatewayFixture.knowledge, transport)
        return Fixture(gateway: gateway, channel: channel, identity: identity)
    }

    private static func event(
        _ message: String, id: String = "01HXEVENT", user: String = user, source: String = "user", redelivered: Bool = false,
        token: String = "token", type: String = "message"
    ) -> String {
        """
        {"type":"\(type)","mode":"active","timestamp":1764400000123,"webhookEventId":"\(id)","deliveryContext":{"isRedelivery":\(redelivered)},\
        "source":{"type":"\(source)","userId":"\(user)"},"replyToken":"\(token)"\(message.isEmpty ? "" : ",\"message\":" + message)}
        """
    }

    private static func text(_ text: String, id: String = "1") -> String { #"{"id":"\#(id)","type":"text","text":"\#(text)"}"# }

    @Test("LINE's own signature is right; another letter's case, another body, none at all are not")
    func signature() {
        let signature = LineSignature(secret: Self.secret)
        let body = Array("bodybodybodybody".utf8)
        let right = "/gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k="
        #expect(signature.isRight(right, for: body))
        #expect(!signature.isRight("/Gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k=", for: body))
        #expect(!signature.isRight(right + " ", for: body) && !signature.isRight(right, for: body + [0]))
        #expect(!signature.isRight(nil, for: body) && !signature.isRight("", for: body))
        #expect(!LineSignature(secret: "another").isRight(right, for: body))
    }

    @Test("only the one who knows the code is heard; the code is a message that is not kept")
    func pairing() async throws {
        let folder = try TemporaryFolder()
        let line = FakeLine()
        let fixture = try await Self.fixture(folder, line.transport())
        try await fixture.take([Self.event(Self.text("見てください"), user: "Ustranger")])
        try await fixture.take([Self.event(Self.text("12345678"), user: "Ustranger")])
        #expect(try await fixture.kept().isEmpty && line.replies.isEmpty)
        try await fixture.take([Self.event(Self.text(Self.code))])
        #expect(line.replies.count == 1 && line.replies[0].contains("つながりました"))
        try await fixture.take([Self.event(Self.text("これ届きました"), id: "02")])
        try await fixture.take([Self.event(Self.text("のぞき"), id: "03", user: "Ustranger")])
        try await fixture.take([Self.event(Self.text("組で"), id: "04", source: "group")])
        #expect(try await fixture.kept().count == 1)
        // Nothing in the folder has her words or what she is called.
        for file in try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            #expect(bytes.range(of: Data("これ届きました".utf8)) == nil)
        }
    }

    @Test("an event that is delivered again is kept once and answered once; several events with one id are several")
    func redelivery() async throws {
        let folder = try TemporaryFolder()
        let line = FakeLine()
        let fixture = try await Self.fixture(folder, line.transport())
        try await fixture.take([Self.event(Self.text(Self.code))])
        try await fixture.take([Self.event(Self.text("一つめ"), id: "same")])
        try await fixture.take([Self.event(Self.text("一つめ"), id: "same", redelivered: true, token: "other")])
        try await fixture.take([Self.event(Self.text("二つめ", id: "2"), id: "same")])
        #expect(try await fixture.kept().count == 2 && line.replies.count == 3)
    }

    @Test("every kind of event of LINE's own example is kept, unknown ones too; none of it ends the channel")
    func everyKind() async throws {
        let folder = try TemporaryFolder()
        let line = FakeLine()
        let fixture = try await Self.fixture(folder, line.transport())
        try await fixture.take([Self.event(Self.text(Self.code))])
        let sample = ProjectFolder.root.appending(path: "Tests/AkashiGatewayTests/Line/v3-webhook.json")
        let bytes = Array(try Data(contentsOf: sample))
        #expect(try await fixture.channel.take(bytes))
        await fixture.channel.finish()
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let events = try #require(whole["events"] as? [[String: Any]])
        let hers = events.filter { event in
            let source = event["source"] as? [String: Any]
            return source?["type"] as? String == "user" && source?["userId"] as? String == Self.user
        }
        // Two of them differ in their reply token alone: they are one.
        #expect(try await fixture.kept().count { $0.kind == .event } == hers.count - 1)
        #expect(hers.count > 15)
    }

    @Test("a content is fetched at once, shut away byte for byte, and then she is told")
    func content() async throws {
        let folder = try TemporaryFolder()
        let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0, 1, 2, 3]
        let line = FakeLine { asked, _ in
            .init(status: 200, type: asked.method == "GET" ? "image/jpeg" : nil, body: asked.method == "GET" ? picture : [])
        }
        let fixture = try await Self.fixture(folder, line.transport())
        try await fixture.take([Self.event(Self.text(Self.code))])
        let image = #"{"id":"325708","type":"image","contentProvider":{"type":"line"}}"#
        try await fixture.take([Self.event(image, id: "02")])
        let kept = try await fixture.kept()
        #expect(kept.map(\.kind) == [.event, .content])
        #expect(kept[1].bytes == Data(picture) && kept[1].messageID == "325708" && kept[1].mimeType == "image/jpeg")
        let order = line.asked.withLock { $0.map(\.address) }
        #expect(order.suffix(2) == ["http://data/v2/bot/message/325708/content", "http://api/v2/bot/message/reply"])
        #expect(line.replies.last?.contains("受けとりました") == true)
        #expect(try await fixture.gateway.store.settings(beginningWith: "line.pending.").isEmpty)
    }

    @Test("a film that is being made ready is waited for; what is too large or gone is said, and is an entry of its own")
    func hardContent() async throws {
        let folder = try TemporaryFolder()
        let line = FakeLine { asked, number in
            if asked.address.contains("/11/") { return .init(status: number < 3 ? 202 : 200, type: "video/mp4", body: [1, 2]) }
            if asked.address.contains("/12/") { return .init(status: 200, type: nil, body: nil) }
            if asked.address.contains("/13/") { return .init(status: 410, type: nil, body: []) }
            if asked.address.contains("/14/") { return nil }
            return .init(status: 200, type: nil, body: [])
        }
        let fixture = try await Self.fixture(folder, line.transport())
        try await fixture.take([Self.event(Self.text(Self.code))])
        for id in 11...14 {
            let film = #"{"id":"\#(id)","type":"video","contentProvider":{"type":"line"}}"#
            try await fixture.take([Self.event(film, id: "e\(id)")])
        }
        let kept = try await fixture.kept().filter { $0.kind != .event }
        #expect(kept.map(\.kind) == [.content, .missing, .missing, .missing])
        #expect(kept.map(\.reason) == [nil, "too-large", "410", "unreachable"])
        #expect(line.replies.suffix(3).first?.contains("大きすぎて") == true && line.replies.last?.contains("受けとれませんでした") == true)
    }

    @Test("what was not fetched when the program ended is fetched when it starts again")
    func interrupted() async throws {
        let folder = try TemporaryFolder()
        let first = try await Self.fixture(folder, FakeLine().transport())
        try await first.take([Self.event(Self.text(Self.code))])
        try await first.gateway.store.set("line.pending.77", "控え.pdf")
        let line = FakeLine { _, _ in .init(status: 200, type: "application/pdf", body: [7]) }
        let second = try await Self.fixture(folder, line.transport())
        try await second.channel.resume()
        await second.channel.finish()
        let kept = try await second.kept()
        #expect(kept.map(\.name) == ["控え.pdf"] && kept[0].bytes == Data([7]))
    }

    @Test("answers come from the guide, with numbers of the dated table only, and never from a case")
    func answers() async throws {
        let folder = try TemporaryFolder()
        let line = FakeLine()
        let fixture = try await Self.fixture(folder, line.transport())
        try await fixture.take([Self.event(Self.text(Self.code))])
        try await fixture.take([Self.event(Self.text("もう消えたい", id: "2"), id: "2")])
        #expect(line.replies.last?.contains("0120-279-338") == true)
        try await fixture.take([Self.event(Self.text("ところで、ログが消える次の期限はいつになりますか", id: "3"), id: "3")])
        #expect(line.replies.last?.contains("机を開いて") == true)
        try await fixture.take([Self.event(Self.text("レビューはどうやって残せばいいですか", id: "4"), id: "4")])
        #expect(line.replies.last?.contains("手引き") == true)
    }

    @Test("she is told once on a day that the desk named, in the morning, without a word of what for")
    func reminders() async throws {
        let folder = try TemporaryFolder()
        let line = FakeLine()
        let now = Mutex(Instant(milliseconds: 1_764_370_800_000))  // 2025-11-29 08:00 in Japan
        let clock: @Sendable () -> Instant = { now.withLock { $0 } }
        let fixture = try await Self.fixture(folder, line.transport(), at: clock)
        try await fixture.take([Self.event(Self.text(Self.code))])
        try await fixture.channel.remind(on: LineReminders(days: ["2025-11-29", "2025-12-05", "no day"]))
        func pushes() -> [FakeLine.Asked] { line.asked.withLock { $0.filter { $0.address.hasSuffix("/push") } } }
        try await fixture.channel.remindIfDue()
        #expect(pushes().isEmpty)
        now.withLock { $0 = $0.advanced(milliseconds: 2 * 3_600_000) }
        try await fixture.channel.remindIfDue()
        try await fixture.channel.remindIfDue()
        #expect(pushes().count == 1 && pushes()[0].body.contains("今日は、机を開く日です。"))
        #expect(pushes()[0].headers["X-Line-Retry-Key"]?.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
        try await fixture.channel.remind(on: LineReminders(days: []))
        now.withLock { $0 = $0.advanced(milliseconds: 6 * 86_400_000) }
        try await fixture.channel.remindIfDue()
        #expect(pushes().count == 1)
    }
}
