import AkashiAge
import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@testable import AkashiGateway

@Suite("the desk visits its gateway", .serialized)
struct DeskVisitTests {
    /// A desk, and a gateway that was set up by it.
    private static func serving(
        mode: QueueMode = .approveFirst, work: @escaping @Sendable (Desk, GatewayFixture) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let ports = Ports()
        var environment = DeskEnvironment(vault: .test(), knowledge: GatewayFixture.knowledge) { _, _ in
            throw VaultError(.stampRefused)
        }
        environment.callGateway = { method, url, token, body in
            let head =
                "\(method) \(url.path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Length: \(body.count)\r\n\r\n"
            guard let bytes = await RawHTTP.exchange(Array(head.utf8) + body, port: await ports.desk), let reply = Reply(bytes)
            else {
                throw URLError(.cannotConnectToHost)
            }
            return (reply.status, reply.body)
        }
        let desk = try Desk.create(at: folder.url.appending(path: "vault").path, passphrase: nil, environment: environment)
        try await desk.setQueue(mode)
        let file = try await desk.setGateway(
            address: "http://127.0.0.1:8444", origins: ["https://shop.example"], behindProxy: true)
        var configuration = try GatewayConfiguration(bytes: file)
        configuration.burst = 0
        let gateway = try await Gateway(
            configuration, .folder(folder.url.appending(path: "gateway").path), GatewayFixture.knowledge, .live)
        try await GatewayFixture.serving(gateway, identity: try X25519Identity(random: seededBytes(1))) { fixture in
            await ports.set(fixture.deskPort)
            try await work(desk, fixture)
        }
        withExtendedLifetime(folder) {}
    }

    private actor Ports {
        private(set) var desk = 0
        func set(_ port: Int) { desk = port }
    }

    private static func shown(_ fixture: GatewayFixture) async throws -> [String] {
        try await fixture.gateway.store.shown(in: "page", after: nil, limit: 100).map { ($0.isOwner ? "answer: " : "") + $0.text }
    }

    @Test("what came is sealed before it is forgotten, looked over, shown when she says so, answered, and taken back")
    func whole() async throws {
        try await Self.serving { desk, fixture in
            _ = try await fixture.send("色がきれいでした", name: "はる", key: "a")
            _ = try await fixture.send("お前を殺★すぞ", name: "はる", key: "b")
            let visit = try await desk.visitGateway()
            #expect(visit.collectedCount == 2 && visit.placement.heldCount == 2 && visit.shownCount == 0)
            #expect(try await fixture.gateway.store.waitingCount() == 0)
            let queue = try await desk.queue(.held)
            #expect(queue.count == 2)
            var kind: QueuedComment?
            for comment in queue where try await desk.words(at: comment.record).text == "色がきれいでした" { kind = comment }
            let record = try #require(kind).record
            #expect(try await desk.words(at: record).details["claimedName"] == "はる")
            #expect(try await desk.words(at: record).account == nil)
            // She lets it be shown, and answers.
            try await desk.decideComment(record, .shown)
            try await desk.answerComment(record, "ありがとうございます")
            #expect(try await desk.visitGateway().shownCount == 2)
            #expect(try await Self.shown(fixture) == ["色がきれいでした", "answer: ありがとうございます"])
            // The same sent again later is known.
            #expect(try await fixture.send("色がきれいでした", name: "はる", key: "a").text == #"{"before":true}"#)
            #expect(try await desk.visitGateway().collectedCount == 0)
            // And takes both back.
            try await desk.decideComment(record, .rejected)
            #expect(try await desk.visitGateway().withdrawnCount == 2)
            #expect(try await Self.shown(fixture).isEmpty)
            #expect(try await desk.queue().count == 2)
        }
    }

    @Test("an interrupted visit is made again and seals nothing twice")
    func interrupted() async throws {
        try await Self.serving { desk, fixture in
            _ = try await fixture.send("色がきれいでした", key: "a")
            let waiting = try await fixture.gateway.store.waiting(limit: 10, bytes: .max)
            _ = try await desk.visitGateway()
            // As if the desk had been killed before the gateway heard that it may forget.
            let again = try await fixture.gateway.store.put([
                StoredComment(keyHash: Array(repeating: 7, count: 32), receivedAt: 1, envelope: waiting[0].envelope, shown: nil)
            ])
            #expect(again == [true])
            #expect(try await desk.visitGateway().collectedCount == 1)
            #expect(try await desk.queue().count == 1)
        }
    }

    @Test("shown first: the gateway shows with the desk's rules and her own words, and the desk keeps what it showed")
    func publishFirst() async throws {
        try await Self.serving(mode: .publishFirst) { desk, fixture in
            try await desk.setOwnWords([OwnWord(text: "編み図くれ", reading: "あみずくれ"), OwnWord(text: "きれい", isPaused: true)])
            _ = try await desk.visitGateway()
            #expect(try await fixture.send("色がきれいでした").text == #"{"shown":true}"#)
            #expect(try await fixture.send("編み★図くれ").text == #"{"shown":false}"#)
            let visit = try await desk.visitGateway()
            #expect(visit.collectedCount == 2 && visit.shownCount == 0 && visit.withdrawnCount == 0)
            #expect(try await Self.shown(fixture) == ["色がきれいでした"])
            #expect(try await desk.queue(.held).count == 1)
        }
    }

    @Test("junk that somebody put into the gateway's database is sealed as it is and stops nothing")
    func junk() async throws {
        try await Self.serving { desk, fixture in
            _ = try await fixture.gateway.store.put([
                StoredComment(keyHash: Array(repeating: 1, count: 32), receivedAt: 1, envelope: Array("junk".utf8), shown: nil)
            ])
            _ = try await fixture.send("色がきれいでした")
            let visit = try await desk.visitGateway()
            #expect(visit.unreadableCount == 1 && visit.collectedCount == 1)
            #expect(try await fixture.gateway.store.waitingCount() == 0)
        }
    }

    @Test("no gateway, a wrong address, a wrong token and silence each have their words")
    func errors() async throws {
        let folder = try TemporaryFolder()
        var environment = DeskEnvironment(vault: .test(), knowledge: GatewayFixture.knowledge) { _, _ in
            throw VaultError(.stampRefused)
        }
        environment.callGateway = { _, url, _, _ in
            if url.host == "silent.example" { throw URLError(.timedOut) }
            return (401, [])
        }
        let desk = try Desk.create(at: folder.url.path, passphrase: nil, environment: environment)
        await #expect(throws: DeskError(.gatewayNone)) { try await desk.visitGateway() }
        for bad in [
            "http://shop.example", "https://shop.example/path", "ftp://shop.example", "shop.example",
            "http://localhost.evil.example",
        ] {
            await #expect(throws: DeskError(.gatewayAddress)) {
                try await desk.setGateway(address: bad, origins: [], behindProxy: true)
            }
        }
        _ = try await desk.setGateway(address: "https://refusing.example", origins: [], behindProxy: true)
        await #expect(throws: DeskError(.gatewayRefused)) { try await desk.visitGateway() }
        _ = try await desk.setGateway(address: "https://silent.example:8444", origins: [], behindProxy: true)
        await #expect(throws: DeskError(.gatewayUnreachable)) { try await desk.visitGateway() }
    }
}
