public import AkashiFormats
public import AkashiModel

/// How something came in.
public enum IntakeWay: String, Sendable, Codable {
    /// She chose a file.
    case file
    /// It lay in a folder that she chose.
    case folder
    /// She gave it to the desk's page: chosen, dropped, photographed.
    case upload
    /// She pasted or typed words into the desk's page.
    case pasted
    /// The desk captured a web page that she asked for.
    case captured
    /// Her own browser's extension sent it.
    case browser
    /// The rules under which the desk looked comments over.
    case rules
    /// A job posting that she wants to look at.
    case posting
    /// A copy of her papers that goes out.
    case copy
    /// The desk fetched it from her gateway.
    case gateway
    /// It lay in an archive that was sealed before.
    case archiveMember = "archive-member"
}

/// What is known about where bytes come from, before anything has read them.
public struct SourceDescription: Hashable, Sendable, Codable {
    /// How it came in.
    public let way: IntakeWay
    /// The path inside the chosen folder or archive, or the file's name. Never the folders above it.
    public let path: String
    /// When the file says it was last changed. Anybody can set that.
    public let claimedModification: Instant?
    /// The archive it lay in, if it lay in one.
    public let container: ContentDigest?

    /// Takes the parts.
    public init(way: IntakeWay, path: String, claimedModification: Instant? = nil, container: ContentDigest? = nil) {
        self.way = way
        self.path = path
        self.claimedModification = claimedModification
        self.container = container
    }
}

/// Raw bytes with where they come from. Not evidence yet: only sealing makes it that.
public struct IntakeItem {
    /// Where it comes from.
    public let source: SourceDescription
    /// Opens the bytes.
    public let open: () throws -> any ByteStream

    /// Takes the parts.
    public init(source: SourceDescription, open: @escaping () throws -> any ByteStream) {
        self.source = source
        self.open = open
    }
}
