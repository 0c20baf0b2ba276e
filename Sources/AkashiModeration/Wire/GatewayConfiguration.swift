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
    /// Whether the guide library is shown, with comments below each part; nil for no.
    public var servesGuide: Bool?

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

    /// The file.
    public var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [0x0A]
        }
    }

    /// Whether a text is an origin of the web: scheme, name, port, and nothing behind.
    public static func isOrigin(_ text: String) -> Bool {
        text.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-]+(:[0-9]{1,5})?/) != nil
    }
}
