import AkashiFormats
public import AkashiIntake
import AkashiMedia
public import AkashiModel

/// Reads PDF files with poppler, as described in README.md.
public struct PDFImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "pdf", version: 1)

    /// Largest file that is read, in bytes.
    private static let maximumByteCount = 256 << 20
    /// Pages without words whose picture is read.
    static let maximumPictures = 30

    /// An importer.
    public init() {}

    /// Every PDF, told from its first bytes.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard let head = try? tree.head(member, count: 1024) else { return false }
            return head.starts(with: Array("%PDF-".utf8))
        }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads each file.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        try claim.readEach(scope: "pdf", record: record) { member, report in
            guard let bytes = try tree.open(member).readAll(limit: Self.maximumByteCount) else {
                report.add(ReadingProblem("picture.too-large", member: member.path))
                return nil
            }
            var parsed = Self.empty(bytes, member, parser)
            do {
                try fill(&parsed, bytes)
            } catch let problem as MediaProblem {
                report.add(ReadingProblem(problem.rawValue, member: member.path))
            }
            return parsed
        }
    }

    private static func empty(_ bytes: [UInt8], _ member: SealedMember, _ parser: ParserVersion) -> ParsedRecord {
        let digest = SliceDigest.of(bytes)
        let place = Locator(object: member.object, member: member.member, offset: 0, length: UInt64(bytes.count), digest: digest)
        return ParsedRecord(
            kind: .document, scope: "pdf", key: digest.hex, attachments: [Attachment(name: member.name, locator: place)],
            source: place,
            parser: parser, details: ["name": member.name, "byteCount": String(bytes.count), "mediaType": "application/pdf"])
    }

    private func fill(_ record: inout ParsedRecord, _ bytes: [UInt8]) throws(MediaProblem) {
        var pages = try PDFReading.pages(bytes)
        let information = (try? PDFReading.information(bytes)) ?? [:]
        record.details["pages"] = information["Pages"]
        if let literal = information["CreationDate"], let time = Self.time(literal) {
            record.claimedTime = time
            record.remarks.append(Remark("pdf.time-of-file"))
        }
        var read = 0
        for index in pages.indices where pages[index].allSatisfy(\.isWhitespace) && read < Self.maximumPictures {
            read += 1
            guard let picture = try? PDFReading.picture(of: index + 1, in: bytes),
                let words = try? TextRecognition.text(in: picture),
                !words.isEmpty
            else { continue }
            pages[index] = words
            if !record.remarks.contains(Remark("picture.read-by-program")) {
                record.remarks.append(Remark("picture.read-by-program"))
                record.details["recognisedBy"] = TextRecognition.program
            }
        }
        let text = pages.map(Self.tidy).filter { !$0.isEmpty }.joined(separator: "\n\n")
        record.text = text.isEmpty ? nil : String(text.prefix(500_000))
    }

    private static func tidy(_ page: String) -> String {
        page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while line.last?.isWhitespace == true { line.removeLast() }
            return String(line)
        }.joined(separator: "\n").replacing(/\n{3,}/) { _ in "\n\n" }.trimmed
    }

    /// `2026-11-14T21:05:33+09`, or with minutes, or with Z, or without any zone.
    private static func time(_ literal: String) -> ClaimedTime? {
        guard literal.count >= 19 else { return nil }
        var text = literal
        if let sign = text.dropFirst(19).first, "+-".contains(sign), text.dropFirst(20).count == 2 { text += ":00" }
        let hasZone = text.dropFirst(19).isEmpty == false
        guard let instant = Instant(rfc3339: hasZone ? text : text + "+09:00") else { return nil }
        let zone: ClaimedTime.Zone
        if !hasZone {
            zone = .assumedJapan
        } else {
            let parts = text.dropFirst(20).split(separator: ":").compactMap { Int($0) }
            let minutes = parts.count == 2 ? parts[0] * 60 + parts[1] : 0
            zone = .stated(offsetMinutes: text.dropFirst(19).first == "-" ? -minutes : minutes)
        }
        return ClaimedTime(literal: literal, instant: instant, precision: .second, zone: zone)
    }
}
