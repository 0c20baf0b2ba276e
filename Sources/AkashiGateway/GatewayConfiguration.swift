import AkashiAge
public import AkashiModel
public import AkashiModeration
import Foundation

/// What a gateway is told: one small file that the desk makes. It holds no secret: a public key, and the hash of a token.
public struct GatewayConfiguration: Sendable, Codable, Equatable {
    /// The vault's public recipient, `age1...`: what arrives is encrypted to it.
    public var recipient: String
    /// SHA-256 of the token with which the desk comes, in hexadecimal digits.
    public var tokenHash: String
    /// Origins of the pages that may hold the box, such as `https://shop.example`.
    public var origins: [String]
    /// When comments are shown. The gateway itself shows only in ``QueueMode/publishFirst``: it knows no people.
    public var mode: QueueMode
    /// Threads that take comments; nil for any.
    public var threads: [String]?
    /// Comments of one address at once; 0 for no limit.
    public var burst: Int
    /// Comments of one address an hour after that.
    public var ratePerHour: Int
    /// Whether a proxy stands before it, whose `X-Forwarded-For` is believed.
    public var trustsProxy: Bool

    /// Takes the parts that have no default.
    public init(recipient: String, tokenHash: String, origins: [String] = [], mode: QueueMode = .approveFirst) {
        self.recipient = recipient
        self.tokenHash = tokenHash
        self.origins = origins
        self.mode = mode
        threads = nil
        burst = 5
        ratePerHour = 20
        trustsProxy = false
    }

    /// Reads the file.
    ///
    /// - Throws: ``GatewayErrorCode/configurationUnreadable`` with the name of what is wrong.
    public init(bytes: [UInt8]) throws(GatewayError) {
        guard let read = try? JSONDecoder().decode(GatewayConfiguration.self, from: Data(bytes)) else {
            throw GatewayError(.configurationUnreadable, ["part": "json"])
        }
        self = read
        guard (try? X25519Recipient(recipient)) != nil else {
            throw GatewayError(.configurationUnreadable, ["part": "recipient"])
        }
        guard Hex.decode(tokenHash)?.count == 32 else { throw GatewayError(.configurationUnreadable, ["part": "tokenHash"]) }
        guard burst >= 0, ratePerHour >= 0 else { throw GatewayError(.configurationUnreadable, ["part": "ratePerHour"]) }
        guard origins.allSatisfy({ $0.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-]+(:[0-9]{1,5})?/) != nil }) else {
            throw GatewayError(.configurationUnreadable, ["part": "origins"])
        }
    }

    /// The file.
    public var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [0x0A]
        }
    }
}
