import AkashiAge
import AkashiModel
import AkashiModeration
import Crypto
import Foundation

/// Shuts what comes away: after this only the vault's identity reads them.
struct EnvelopeMaker: Sendable {
    private let recipient: X25519Recipient
    private let random: RandomBytes

    init(_ recipient: X25519Recipient, random: RandomBytes) {
        self.recipient = recipient
        self.random = random
    }

    /// 128 random bits, as 32 hexadecimal digits: tells nothing of the comment.
    func newID() -> String { Hex.encode(random(16)) }

    /// What came as an age file.
    func seal(_ delivery: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let plain = Array(try encoder.encode(delivery))
        return try AgeEncryptor.encrypt(plain, to: [recipient], random: random)
    }

    /// What is kept of a sender's own id: enough to know it again.
    static func keyHash(_ key: String, _ thread: ThreadName) -> [UInt8] {
        Array(SHA256.hash(data: Array("\(thread.name)\u{0}\(key)".utf8)))
    }
}
