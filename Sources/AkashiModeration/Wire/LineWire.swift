public import Foundation

/// Something that came over her own LINE channel, as the gateway hands it over. It leaves the gateway only encrypted to the vault.
public struct LineDelivery: Codable, Sendable, Equatable {
    /// Tells the format to who reads it later.
    public static let currentFormat = "akashi-line/1"

    /// What it is.
    public enum Kind: String, Codable, Sendable {
        /// An event as LINE sent it.
        case event
        /// The content of a message, byte for byte as LINE gave it.
        case content
        /// The content of a message could not be fetched.
        case missing
    }

    /// The format.
    public let format: String
    /// What it is.
    public let kind: Kind
    /// Milliseconds since 1970 on the gateway's clock, when it came in.
    public let receivedAt: Int64
    /// The event, in the JSON of LINE; nil for a content.
    public let event: String?
    /// The message that a content belongs to.
    public let messageID: String?
    /// The name of a file, as its sender named it.
    public let name: String?
    /// The content's type, as LINE named it.
    public let mimeType: String?
    /// The content.
    public let bytes: Data?
    /// Why a content is missing: `too-large`, or a status.
    public let reason: String?

    private init(
        kind: Kind, receivedAt: Int64, event: String?, messageID: String?, name: String?, mimeType: String?, bytes: Data?,
        reason: String?
    ) {
        format = Self.currentFormat
        self.kind = kind
        self.receivedAt = receivedAt
        self.event = event
        self.messageID = messageID
        self.name = name
        self.mimeType = mimeType
        self.bytes = bytes
        self.reason = reason
    }

    /// An event.
    public static func event(_ json: String, at receivedAt: Int64) -> LineDelivery {
        LineDelivery(
            kind: .event, receivedAt: receivedAt, event: json, messageID: nil, name: nil, mimeType: nil, bytes: nil, reason: nil)
    }

    /// A content.
    public static func content(_ bytes: [UInt8], of messageID: String, name: String?, type: String?, at receivedAt: Int64)
        -> LineDelivery
    {
        LineDelivery(
            kind: .content, receivedAt: receivedAt, event: nil, messageID: messageID, name: name, mimeType: type,
            bytes: Data(bytes), reason: nil)
    }

    /// A content that could not be fetched.
    public static func missing(_ reason: String, of messageID: String, at receivedAt: Int64) -> LineDelivery {
        LineDelivery(
            kind: .missing, receivedAt: receivedAt, event: nil, messageID: messageID, name: nil, mimeType: nil, bytes: nil,
            reason: reason)
    }
}

/// What the gateway is told of LINE: one small file that the desk makes. It holds no secret; the channel's own are given to the program
/// by its environment.
public struct LineConfiguration: Codable, Sendable, Equatable {
    /// SHA-256 of the code by which she shows the channel that she is she, in hexadecimal digits.
    public let codeHash: String

    /// Takes the hash.
    public init(codeHash: String) { self.codeHash = codeHash }
}

/// Days on which she is told to open her desk, and nothing else. No word of what for.
public struct LineReminders: Codable, Sendable, Equatable {
    /// Days, as `2026-12-01`. Empty for none.
    public let days: [String]

    /// Takes the days.
    public init(days: [String]) { self.days = days }
}
