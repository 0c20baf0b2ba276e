public import AkashiModel

/// What an importer found that it can read: which members of a tree belong to one source.
public struct Claim: Sendable {
    /// The folder inside the tree that the source lies in, with its `/`, or empty.
    public let root: String
    /// The members that belong to it. Nobody else reads them.
    public let members: [SealedMember]

    /// Takes the parts.
    public init(root: String, members: [SealedMember]) {
        self.root = root
        self.members = members
    }
}

/// A file inside a source, unpacked from it.
public struct InnerFile: Sendable {
    /// Its name in the source, cleaned of everything that leads elsewhere.
    public let name: String
    /// Its bytes.
    public let bytes: [UInt8]
    /// The sealed object that it was unpacked from.
    public let container: ContentDigest

    /// Takes the parts.
    public init(name: String, bytes: [UInt8], container: ContentDigest) {
        self.name = name
        self.bytes = bytes
        self.container = container
    }
}

/// Reads one source format. It tells the format from the bytes; the person is never asked.
///
/// Contract, checked by the conformance suite in AkashiTesting for every importer: any bytes at all end in a report,
/// never in a trap; the same bytes give the same records; every record has a place in the bytes and the digest of
/// that place; what could not be read is a problem with its place; nothing is fetched.
public protocol Importer: Sendable {
    /// Its name and version. The version is counted up whenever the same bytes would give other records.
    var parser: ParserVersion { get }

    /// Whether a source names its stream by something that changes, such as a friend's shown name.
    /// Then a stream that was read before under another name is looked for; so far among talks of LINE only (`CaseIndex.sameTalk`).
    var scopesMayBeRenamed: Bool { get }

    /// The sources of this format in a tree, looking only at members that nobody has claimed yet.
    func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim]

    /// Reads a source and hands out its records in the order they stand.
    ///
    /// - Parameter file: takes what lies inside the source and is a file of its own, such as a mail's attachment. It is
    ///   sealed by itself and then read by whoever knows its format.
    /// - Throws: only what `record` and `file` throw. Everything else is a problem in the report.
    func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport
}

extension Importer {
    /// Most sources have lasting ids.
    public var scopesMayBeRenamed: Bool { false }
}
