import AkashiAge
import AkashiModel
import Crypto
import Foundation

/// What the desk gets of a comment: one line of JSON. It leaves the gateway only encrypted.
struct Delivery: Codable, Sendable, Equatable {
    /// Tells the format to who reads it later.
    var format = "akashi-comment/1"
    /// The comment's public id.
    let id: String
    let thread: String
    let name: String
    let text: String
    /// Milliseconds since 1970 on the gateway's clock, when it came in.
    let receivedAt: Int64
    /// Whether the gateway showed it at once.
    let isShown: Bool
    /// A field that people do not see was filled in.
    let fellIntoTrap: Bool
}

/// Shuts comments away: after this only the vault's identity reads them.
struct EnvelopeMaker: Sendable {
    private let recipient: X25519Recipient
    private let random: RandomBytes

    init(_ recipient: X25519Recipient, random: RandomBytes) {
        self.recipient = recipient
        self.random = random
    }

    /// 128 random bits, as 32 hexadecimal digits: tells nothing of the comment.
    func newID() -> String { Hex.encode(random(16)) }

    /// The comment as an age file.
    func seal(_ delivery: Delivery) throws -> [UInt8] {
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
