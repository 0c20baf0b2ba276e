import AkashiAge
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiTesting
import Crypto
import Foundation
import Testing

@testable import AkashiGateway

/// A gateway that serves for the length of a scope, and the vault's key, which it does not have.
final class GatewayFixture: Sendable {
    static let token = "the desk's token"
    static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    let identity: X25519Identity
    let gateway: Gateway
    let port: Int
    let deskPort: Int

    private init(_ identity: X25519Identity, _ gateway: Gateway, port: Int, deskPort: Int) {
        self.identity = identity
        self.gateway = gateway
        self.port = port
        self.deskPort = deskPort
    }

    static func configuration(_ identity: X25519Identity, mode: QueueMode = .approveFirst) -> GatewayConfiguration {
        var configuration = GatewayConfiguration(
            recipient: "\(identity.recipient)", tokenHash: Hex.encode(SHA256.hash(data: Array(token.utf8))),
            origins: ["https://shop.example"], mode: mode)
        configuration.burst = 0
        return configuration
    }

    /// Serves while `work` runs.
    static func serving(
        _ storage: Gateway.Storage, mode: QueueMode = .approveFirst, change: (inout GatewayConfiguration) -> Void = { _ in },
        work: @Sendable @escaping (GatewayFixture) async throws -> Void
    ) async throws {
        let identity = try X25519Identity(random: seededBytes(7))
        var configuration = configuration(identity, mode: mode)
        change(&configuration)
        try await serving(try await Gateway(configuration, storage, knowledge, .live), identity: identity, work: work)
    }

    /// Serves a gateway while `work` runs.
    static func serving(
        _ gateway: Gateway, identity: X25519Identity, work: @Sendable @escaping (GatewayFixture) async throws -> Void
    ) async throws {
        var listeners = GatewayServer.Listeners()
        (listeners.port, listeners.deskPort) = (0, 0)
        let server = try GatewayServer(gateway, listeners, knowledge)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (ready, isReady) = AsyncStream<(Int, Int)>.makeStream()
            group.addTask { try await server.run { isReady.yield(($0, $1)) } }
            group.addTask {
                for await (port, deskPort) in ready {
                    try await work(GatewayFixture(identity, gateway, port: port, deskPort: deskPort))
                    break
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    func ask(_ method: String, _ path: String, _ headers: [String] = [], _ body: String = "", desk: Bool = false) async throws
        -> Reply
    {
        let lines =
            ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close", "Content-Length: \(body.utf8.count)"] + headers
        let bytes = try #require(
            await RawHTTP.exchange(
                Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8), port: desk ? deskPort : port))
        return try #require(Reply(bytes))
    }

    func send(_ text: String, name: String = "はる", key: String? = nil, thread: String = "page", _ headers: [String] = [])
        async throws -> Reply
    {
        let body = String(decoding: try JSONEncoder().encode(["text": text, "name": name]), as: UTF8.self)
        return try await ask(
            "POST", "/v1/threads/\(thread)/comments",
            ["Content-Type: application/json"] + (key.map { ["Idempotency-Key: \($0)"] } ?? []) + headers, body)
    }

    func desk(_ method: String, _ path: String, _ body: String = "", token: String = token) async throws -> Reply {
        try await ask(method, "/desk/" + path, ["Authorization: Bearer \(token)"], body, desk: true)
    }

    /// What the desk gets, opened with the vault's key.
    func deliveries() async throws -> [CommentDelivery] {
        let list = try JSONDecoder().decode([GatewayEnvelope].self, from: Data(try await desk("GET", "waiting").body))
        return try list.map { item in
            let plain = try AgeDecryptor.decrypt(Array(item.envelope), identities: [identity])
            return try JSONDecoder().decode(CommentDelivery.self, from: Data(plain))
        }
    }
}
