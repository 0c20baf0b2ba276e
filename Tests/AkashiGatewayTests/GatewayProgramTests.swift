import AkashiAge
import AkashiModeration
import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

@Suite("the gateway as a program", .serialized)
struct GatewayProgramTests {
    /// A configuration in a file, and the key that opens what arrives.
    private static func configuration(_ folder: TemporaryFolder) throws -> (URL, X25519Identity) {
        let identity = try X25519Identity(random: seededBytes(11))
        let url = folder.url.appending(path: "gateway.json")
        try Data(try GatewayFixture.configuration(identity).bytes).write(to: url)
        return (url, identity)
    }

    @Test("killed under load it loses nothing that it answered, and takes nothing twice", arguments: StoreKind.built)
    func killed(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let place = try StorePlace(kind)
        let (file, identity) = try Self.configuration(folder)
        var answered: [String] = []
        for _ in 0..<3 {
            let running = try await RunningGateway(file, place.storage, folder)
            let port = running.port
            answered += await withTaskGroup(of: [String].self) { group in
                for worker in 0..<8 { group.addTask { await RunningGateway.sendUntilGone(worker, port: port) } }
                try? await Task.sleep(for: .milliseconds(700))
                kill(running.process.processIdentifier, SIGKILL)
                return await group.reduce([], +)
            }
            running.process.waitUntilExit()
        }
        let store = try await place.open()
        let kept = try await store.waiting(limit: 1_000_000, bytes: .max).map { waiting in
            let plain = try AgeDecryptor.decrypt(waiting.envelope, identities: [identity])
            return try JSONDecoder().decode(CommentDelivery.self, from: Data(plain)).text
        }
        #expect(answered.count > 100)
        #expect(Set(kept).count == kept.count)
        #expect(Set(answered).isSubset(of: Set(kept)))
        withExtendedLifetime(place) {}
    }

    @Test("told to end it finishes what it began, and ends well")
    func graceful() async throws {
        let folder = try TemporaryFolder()
        let place = try StorePlace(.sqlite)
        let (file, _) = try Self.configuration(folder)
        let running = try await RunningGateway(file, place.storage, folder)
        let port = running.port
        let answered = await withTaskGroup(of: [String].self) { group in
            for worker in 0..<4 { group.addTask { await RunningGateway.sendUntilGone(worker, port: port) } }
            try? await Task.sleep(for: .milliseconds(400))
            kill(running.process.processIdentifier, SIGTERM)
            return await group.reduce([], +)
        }
        running.process.waitUntilExit()
        #expect(running.process.terminationStatus == 0)
        // What a client sent last may be taken and its answer lost on the way.
        let waiting = try await place.open().waitingCount()
        #expect(!answered.isEmpty && waiting >= answered.count && waiting <= answered.count + 4)
    }

    @Test("what it cannot read or reach it says in words, and does not start")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let program = Command.builtProgram("akashi-gateway")
        let knowledge = ["AKASHI_KNOWLEDGE": ProjectFolder.root.appending(path: "Knowledge").path]
        let (file, _) = try Self.configuration(folder)
        let missing = try Command.run(program, ["--configuration", "nowhere", "--lang", "en"], environment: knowledge)
        #expect(missing.status != 0 && missing.errors.contains("configuration file cannot be read (file)"))
        try Data(
            #"{"recipient":"age1","tokenHash":"00","origins":[],"mode":"approve-first","burst":1,"ratePerHour":1,"trustsProxy":false}"#
                .utf8
        )
        .write(to: folder.url.appending(path: "bad.json"))
        let bad = try Command.run(
            program, ["--configuration", folder.url.appending(path: "bad.json").path, "--lang", "en"], environment: knowledge)
        #expect(bad.errors.contains("cannot be read (recipient)"))
        let unreachable = try Command.run(
            program, ["--configuration", file.path, "--postgresql", "--lang", "en"],
            environment: knowledge.merging(["AKASHI_GATEWAY_DATABASE": "host=/nonexistent password=secret-word"]) { $1 })
        #expect(unreachable.status != 0 && !unreachable.errors.contains("secret-word"))
    }
}
