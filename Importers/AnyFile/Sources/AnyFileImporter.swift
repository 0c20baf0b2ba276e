import AkashiFormats
public import AkashiIntake
public import AkashiModel
import AkashiText

/// Takes every file that no other importer claims: one record each, with its text where it is plain text.
public struct AnyFileImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "any-file", version: 3)
    /// Bytes of text that are taken into a record. The file itself is sealed whole, however long.
    static let maximumTextByteCount = 1 << 20

    private let decoder: TextDecoder

    /// An importer.
    public init() { decoder = TextDecoder(legacy: { IconvDecoder.decode($0, from: $1) }) }

    /// All that is left, in one.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.isEmpty ? [] : [Claim(root: "", members: unclaimed)]
    }

    /// Reads each file.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        try claim.readEach(scope: "file", record: record) { member, _ in try self.record(of: member, in: tree) }
    }

    private func record(of member: SealedMember, in tree: SealedTree) throws -> ParsedRecord {
        let content = try FileContent(tree.open(member), keeping: Self.maximumTextByteCount)
        let locator = Locator(
            object: member.object, member: member.member, offset: 0, length: content.byteCount, digest: content.digest)
        var record = ParsedRecord(
            kind: .file, scope: "file", key: content.digest.hex, source: locator, parser: parser,
            details: ["name": member.name, "byteCount": String(content.byteCount)])
        let type = FileSignature.mediaType(of: content.head)
        if let type { record.details["mediaType"] = type }
        guard type == nil, let decoded = decoder.decode(content.head) else {
            record.attachments = [Attachment(name: member.name, locator: locator)]
            return record
        }
        record.text = decoded.text
        record.details["encoding"] = decoded.encoding.rawValue
        if decoded.isLossy { record.remarks.append(Remark("text.bad-bytes")) }
        if content.byteCount > UInt64(content.head.count) { record.remarks.append(Remark("file.text-cut")) }
        NotedPost(decoded.text)?.apply(to: &record)
        return record
    }
}

/// A file read once: its digest, its length, its beginning.
private struct FileContent {
    let digest: ContentDigest
    let byteCount: UInt64
    let head: [UInt8]

    init(_ stream: any ByteStream, keeping limit: Int) throws {
        let keeper = HeadKeeper(stream, limit: limit)
        (digest, byteCount) = try SliceDigest.of(keeper)
        head = keeper.head
    }
}

/// Passes a stream on and keeps its first bytes.
private final class HeadKeeper: ByteStream {
    private(set) var head: [UInt8] = []
    private let stream: any ByteStream
    private let limit: Int

    init(_ stream: any ByteStream, limit: Int) {
        self.stream = stream
        self.limit = limit
    }

    func read(upTo count: Int) throws -> [UInt8] {
        let piece = try stream.read(upTo: count)
        if head.count < limit { head += piece.prefix(limit - head.count) }
        return piece
    }
}
