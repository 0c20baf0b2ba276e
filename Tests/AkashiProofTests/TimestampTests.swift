import AkashiModel
import AkashiProof
import AkashiTesting
import Foundation
import Testing

@Suite("time stamps")
struct TimestampTests {
    private let imprint = ContentDigest(bytes: Array(0..<32))
    private let nonce: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

    @Test("openssl reads our request, answers it, and both verify the answer", arguments: [false, true])
    func roundTrip(rsa: Bool) async throws {
        let imprint = try #require(imprint)
        let authority = try TestAuthority(rsa: rsa)
        let request = TimestampRequest(imprint: imprint, nonce: nonce, policy: "1.2.3.4.5")
        let query = try request.encoded()
        #expect(TimestampRequest(encoded: query) == request)
        let reply = try authority.answer(query)
        let token = try TimestampToken(reply)
        #expect(token.imprint == imprint)
        let verified = try await TimestampVerifier(certificatesPEM: authority.rootPEM)
            .verify(token, imprint: imprint, request: request)
        #expect(verified.time.instant == token.claimedTime)
        #expect(verified.policy == "1.2.3.4.5")
        #expect(verified.authority.contains("vouch for nothing"))

        let folder = try TemporaryFolder()
        try Data(query).write(to: folder.url.appending(path: "q"))
        try Data(reply).write(to: folder.url.appending(path: "r"))
        try Data(authority.rootPEM.utf8).write(to: folder.url.appending(path: "root.pem"))
        let openssl = try Command.run(
            "openssl", ["ts", "-verify", "-queryfile", "q", "-in", "r", "-CAfile", "root.pem"], folder: folder.url)
        #expect(openssl.status == 0, "\(openssl.errors)")
        let text = try Command.run("openssl", ["ts", "-query", "-in", "q", "-text"], folder: folder.url)
        #expect(text.text.contains("Hash Algorithm: sha256"))
    }

    @Test("a stamp over something else, for another request or from another authority is refused")
    func wrongOnes() async throws {
        let imprint = try #require(imprint)
        let authority = try TestAuthority()
        let request = TimestampRequest(imprint: imprint, nonce: nonce)
        let token = try TimestampToken(try authority.answer(try request.encoded()))
        let verifier = try TimestampVerifier(certificatesPEM: authority.rootPEM)
        let other = try #require(ContentDigest(bytes: [UInt8](repeating: 9, count: 32)))
        await #expect(throws: TimestampProblem.otherImprint) { try await verifier.verify(token, imprint: other) }
        let otherNonce = TimestampRequest(imprint: imprint, nonce: [9, 9, 9, 9, 9, 9, 9, 9])
        await #expect(throws: TimestampProblem.otherNonce) {
            try await verifier.verify(token, imprint: imprint, request: otherNonce)
        }
        let otherPolicy = TimestampRequest(imprint: imprint, nonce: nonce, policy: "1.2.3.4.5")
        await #expect(throws: TimestampProblem.otherPolicy) {
            try await verifier.verify(token, imprint: imprint, request: otherPolicy)
        }
        let stranger = try TestAuthority()
        await #expect(throws: TimestampProblem.untrusted) {
            try await TimestampVerifier(certificatesPEM: stranger.rootPEM).verify(token, imprint: imprint)
        }
    }

    @Test("a token with any byte changed does not verify", arguments: [UInt64(1), 2, 3])
    func changes(seed: UInt64) async throws {
        let imprint = try #require(imprint)
        let authority = try TestAuthority(rsa: seed == 3)
        let reply = try authority.answer(try TimestampRequest(imprint: imprint, nonce: nonce).encoded())
        let good = try TimestampToken(reply)
        let verifier = try TimestampVerifier(certificatesPEM: authority.rootPEM)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<120 {
            var changed = good.encoded
            changed[Int.random(in: 0..<changed.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            do {
                let token = try TimestampToken(changed)
                let verified = try await verifier.verify(token, imprint: imprint)
                // The outer version numbers and unused algorithm parameters are not signed: what is vouched for is the same.
                #expect(verified.time.instant == good.claimedTime)
                #expect(token.imprint == good.imprint && token.policy == good.policy && token.nonce == good.nonce)
            } catch {}
        }
    }

    @Test("any bytes at all are refused without a trap", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        let imprint = try #require(imprint)
        var generator = SeededGenerator(seed: seed)
        let query = try TimestampRequest(imprint: imprint, nonce: nonce).encoded()
        for _ in 0..<300 {
            var bytes = query
            Mutation.apply(to: &bytes, using: &generator)
            _ = try? TimestampToken(bytes)
            _ = TimestampRequest(encoded: bytes)
        }
    }
}
