public import Foundation

/// A comment as the gateway hands it over: one element of a list in JSON. It leaves the gateway only encrypted to the vault.
public struct CommentDelivery: Codable, Sendable, Equatable {
    /// Tells the format to who reads it later.
    public static let currentFormat = "akashi-comment/1"

    /// The format.
    public let format: String
    /// The comment's public id, 32 hexadecimal digits.
    public let id: String
    /// The page that it belongs to.
    public let thread: String
    /// What the sender wants to be called. Nobody checked it.
    public let name: String
    /// The words.
    public let text: String
    /// Milliseconds since 1970 on the gateway's clock, when it came in.
    public let receivedAt: Int64
    /// Whether the gateway showed it at once.
    public let isShown: Bool
    /// A field that people do not see was filled in.
    public let fellIntoTrap: Bool

    /// Takes the parts.
    public init(
        id: String, thread: String, name: String, text: String, receivedAt: Int64, isShown: Bool, fellIntoTrap: Bool
    ) {
        format = Self.currentFormat
        self.id = id
        self.thread = thread
        self.name = name
        self.text = text
        self.receivedAt = receivedAt
        self.isShown = isShown
        self.fellIntoTrap = fellIntoTrap
    }
}

/// A shut comment on its way to the desk.
public struct GatewayEnvelope: Codable, Sendable, Equatable {
    /// Its number on the gateway, by which it is forgotten.
    public let sequence: Int64
    /// An age file.
    public let envelope: Data

    /// Takes the parts.
    public init(sequence: Int64, envelope: Data) {
        self.sequence = sequence
        self.envelope = envelope
    }
}

/// A comment that everybody may read. The only plain words on a gateway.
public struct ShownComment: Codable, Sendable, Equatable {
    /// Its public id.
    public let id: String
    /// The page that it belongs to.
    public let thread: String
    /// What the sender wants to be called; empty for none.
    public let name: String
    /// The words.
    public let text: String
    /// Milliseconds since 1970.
    public let at: Int64
    /// Whether the keeper of the site wrote it.
    public let isOwner: Bool
    /// The comment that it answers; nil for none.
    public let replyTo: String?

    /// Takes the parts.
    public init(id: String, thread: String, name: String, text: String, at: Int64, isOwner: Bool, replyTo: String?) {
        self.id = id
        self.thread = thread
        self.name = name
        self.text = text
        self.at = at
        self.isOwner = isOwner
        self.replyTo = replyTo
    }
}

/// What is to be shown, and no longer.
public struct GatewayShowList: Codable, Sendable, Equatable {
    /// Comments to show.
    public let show: [ShownComment]
    /// Ids of comments to take back.
    public let withdraw: [String]

    /// Takes both.
    public init(show: [ShownComment], withdraw: [String]) {
        self.show = show
        self.withdraw = withdraw
    }
}

/// Rules as the desk sends them. The gateway holds them in memory only: her own words would tell who she is. After a start it shows
/// nothing by itself until the desk came by.
public struct GatewayRules: Codable, Sendable {
    /// Packs of rules, as they are written, by name.
    public let packs: [String: String]
    /// Words that nobody may tell, a line each.
    public let privateWords: String
    /// Words that she does not want to see, a line each.
    public let ownWords: String

    /// Takes the parts.
    public init(packs: [String: String], privateWords: String, ownWords: String) {
        self.packs = packs
        self.privateWords = privateWords
        self.ownWords = ownWords
    }
}

/// How a gateway stands.
public struct GatewayState: Codable, Sendable, Equatable {
    /// Shut comments that wait for the desk.
    public let waiting: Int
    /// When comments are shown.
    public let mode: QueueMode
    /// Whether the desk's rules are there.
    public let hasRules: Bool

    /// Takes the parts.
    public init(waiting: Int, mode: QueueMode, hasRules: Bool) {
        self.waiting = waiting
        self.mode = mode
        self.hasRules = hasRules
    }
}
