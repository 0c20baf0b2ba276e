/// Where some bytes stand: in which sealed object, in which member of it, from which byte on.
///
/// With the object and this value anybody can cut the same bytes out again and compare the digest.
public struct Locator: Hashable, Sendable, Codable {
    /// The digest of the sealed object.
    public let object: ContentDigest
    /// The path of a member inside the object, if the object is an archive; as the archive spells it.
    public let member: String?
    /// First byte, counted from 0 in the member (or in the object, if there is no member).
    public let offset: UInt64
    /// Number of bytes.
    public let length: UInt64
    /// SHA-256 of just these bytes.
    public let digest: ContentDigest

    /// Takes the parts.
    public init(object: ContentDigest, member: String?, offset: UInt64, length: UInt64, digest: ContentDigest) {
        self.object = object
        self.member = member
        self.offset = offset
        self.length = length
        self.digest = digest
    }
}

/// A picture, film or other file that belongs to a record.
public struct Attachment: Hashable, Sendable, Codable {
    /// The name the source gives it.
    public let name: String
    /// Where its bytes stand; nil if the source names it and does not hold it.
    public let locator: Locator?
    /// Where the source says it can be found on the net. Never fetched by itself.
    public let claimedURL: String?

    /// Takes the parts.
    public init(name: String, locator: Locator?, claimedURL: String? = nil) {
        self.name = name
        self.locator = locator
        self.claimedURL = claimedURL
    }
}

/// Which program read the bytes. A better one may read them again later.
public struct ParserVersion: Hashable, Sendable, Codable {
    /// The importer's id, such as `x-archive`.
    public let id: String
    /// Counted up whenever the importer would yield something else for the same bytes.
    public let version: Int

    /// Takes the parts.
    public init(id: String, version: Int) {
        self.id = id
        self.version = version
    }
}

/// Something that a reader should know about a record, as a code with a sentence in `Knowledge/strings/remarks`.
public struct Remark: Hashable, Sendable, Codable, CustomStringConvertible {
    /// `importer.what`, such as `x.repost-cut`.
    public let code: String

    /// Takes a code.
    public init(_ code: String) { self.code = code }

    /// The code.
    public var description: String { code }

    /// Reads the bare code.
    public init(from decoder: any Decoder) throws {
        code = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the bare code.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
