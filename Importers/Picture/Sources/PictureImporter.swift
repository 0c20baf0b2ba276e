import AkashiFormats
public import AkashiIntake
import AkashiMedia
public import AkashiModel

/// Reads pictures: screenshots and photographs, with the letters in them, as described in README.md.
public struct PictureImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "picture", version: 1)

    /// Largest picture that is read, in bytes.
    private static let maximumByteCount = 128 << 20

    /// An importer.
    public init() {}

    /// Every picture, told from its first bytes.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard let head = try? tree.head(member, count: 32) else { return false }
            return ImageInfo(head) != nil
        }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads each picture.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        try claim.readEach(scope: "picture", record: record) { member, report in
            guard let bytes = try tree.open(member).readAll(limit: Self.maximumByteCount) else {
                report.add(ReadingProblem("picture.too-large", member: member.path))
                return nil
            }
            var problems: [MediaProblem] = []
            let read = self.record(bytes, member, &problems)
            if read == nil { report.add(ReadingProblem("source.unreadable", member: member.path)) }
            for problem in problems { report.add(ReadingProblem(problem.rawValue, member: member.path)) }
            return read
        }
    }

    private func record(_ bytes: [UInt8], _ member: SealedMember, _ problems: inout [MediaProblem]) -> ParsedRecord? {
        guard let info = ImageInfo(bytes) else { return nil }
        let digest = SliceDigest.of(bytes)
        let place = Locator(object: member.object, member: member.member, offset: 0, length: UInt64(bytes.count), digest: digest)
        var record = ParsedRecord(
            kind: .picture, scope: "picture", key: digest.hex, attachments: [Attachment(name: member.name, locator: place)],
            source: place, parser: parser,
            details: ["name": member.name, "byteCount": String(bytes.count), "mediaType": info.format.rawValue])
        if let width = info.width, let height = info.height { record.details["size"] = "\(width)x\(height)" }
        if info.exif?.hasLocation == true { record.remarks.append(Remark("picture.has-location")) }
        if let time = info.exif.flatMap(PictureTime.taken) {
            record.claimedTime = time
            record.remarks.append(Remark("picture.time-of-camera"))
        } else if let time = PictureTime.named(member.name) {
            record.claimedTime = time
            record.remarks.append(Remark("picture.time-of-name"))
        }
        do {
            let words = try TextRecognition.text(in: info.format == .heic ? HEIC.png(bytes) : bytes)
            if !words.isEmpty {
                record.text = words
                record.remarks.append(Remark("picture.read-by-program"))
                record.details["recognisedBy"] = TextRecognition.program
            }
        } catch let problem {
            problems.append(problem)
        }
        return record
    }
}
