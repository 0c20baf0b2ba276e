import AkashiFormats
public import AkashiIntake
import AkashiMedia
public import AkashiModel

/// Reads what films and recordings say of themselves, as described in README.md. Their words are not read.
public struct MediaImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "media", version: 1)

    /// Largest file that is looked into, in bytes; larger ones are sealed all the same.
    static let maximumByteCount = 1 << 30

    /// An importer.
    public init() {}

    /// Films and recordings, told from their first bytes.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard let head = try? tree.head(member, count: 64) else { return false }
            return Self.isMedia(head)
        }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads each file.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        try claim.readEach(scope: "media", record: record) { member, report in try self.record(member, tree, &report) }
    }

    private func record(_ member: SealedMember, _ tree: SealedTree, _ report: inout ReadingReport) throws -> ParsedRecord {
        let (digest, byteCount) = try SliceDigest.of(tree.open(member))
        let place = Locator(object: member.object, member: member.member, offset: 0, length: byteCount, digest: digest)
        var record = ParsedRecord(
            kind: .recording, scope: "media", key: digest.hex, attachments: [Attachment(name: member.name, locator: place)],
            source: place, parser: parser, details: ["name": member.name, "byteCount": String(byteCount)])
        guard byteCount <= UInt64(Self.maximumByteCount), let bytes = try tree.open(member).readAll(limit: Self.maximumByteCount)
        else {
            report.add(ReadingProblem("picture.too-large", member: member.path))
            return record
        }
        do {
            guard let information = try MediaInformation(bytes) else {
                report.add(ReadingProblem("media.unreadable", member: member.path))
                return record
            }
            if information.isFilm { record.kind = .film }
            record.details["format"] = information.format
            if let seconds = information.duration, seconds >= 0, seconds < 1e7 {
                record.details["duration"] = Self.clock(seconds)
            }
            if information.hasLocation { record.remarks.append(Remark("picture.has-location")) }
            if let literal = information.recordedAt, let time = Self.time(literal) {
                record.claimedTime = time
                record.remarks.append(Remark("media.time-of-file"))
            }
        } catch let problem {
            report.add(ReadingProblem(problem.rawValue, member: member.path))
        }
        return record
    }

    /// `1:02:03` or `2:03`
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let rest = "\(two(whole / 60 % 60)):\(two(whole % 60))"
        return whole >= 3600 ? "\(whole / 3600):\(rest)" : "\(whole / 60 % 60):\(two(whole % 60))"
    }

    /// `2026-11-14 12:05:33 UTC`, `UTC 2026-11-14 12:05:33`, `2026-11-14T21:05:33+0900`.
    private static func time(_ literal: String) -> ClaimedTime? {
        let isUTC = literal.contains("UTC") || literal.hasSuffix("Z")
        var text = literal.replacing("UTC", with: "").replacing("Z", with: "")
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        guard text.count >= 19 else { return nil }
        let clock = text.prefix(19).replacing(" ", with: "T")
        var zone = String(text.dropFirst(19))
        if zone.count == 5, !zone.contains(":") { zone.insert(":", at: zone.index(zone.startIndex, offsetBy: 3)) }
        let isStated = isUTC || zone.count == 6
        guard let instant = Instant(rfc3339: clock + (isUTC ? "Z" : isStated ? zone : "+09:00")) else { return nil }
        // Cameras without a clock write the beginning of 1904 or 1970.
        guard instant.milliseconds > 86_400_000 * 366 else { return nil }
        let parts = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
        let minutes = isUTC || parts.count != 2 ? 0 : (zone.first == "-" ? -1 : 1) * (parts[0] * 60 + parts[1])
        return ClaimedTime(
            literal: literal, instant: instant, precision: .second,
            zone: isStated ? .stated(offsetMinutes: minutes) : .assumedJapan)
    }

    private static func isMedia(_ head: [UInt8]) -> Bool {
        func has(_ text: String, at offset: Int) -> Bool { head.dropFirst(offset).starts(with: Array(text.utf8)) }
        if has("ftyp", at: 4) { return ImageInfo(head) == nil }
        if has("RIFF", at: 0) { return has("WAVE", at: 8) || has("AVI ", at: 8) }
        if has("ID3", at: 0) || has("OggS", at: 0) || has("fLaC", at: 0) || has("#!AMR", at: 0) || has("FLV", at: 0) {
            return true
        }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) || has("moov", at: 4) || has("mdat", at: 4) || has("wide", at: 4) {
            return true
        }
        if head.starts(with: [0x30, 0x26, 0xB2, 0x75]) || head.starts(with: [0, 0, 1, 0xBA]) || has("caff", at: 0) {
            return true
        }
        // MPEG audio: a frame's first eleven bits, then a layer and a bit rate that exist.
        return head.count > 3 && head[0] == 0xFF && head[1] & 0xE0 == 0xE0 && head[1] & 0x06 != 0 && head[2] & 0xF0 != 0xF0
            && head[2] & 0x0C != 0x0C && head[1] != 0xFE && head[1] != 0xFF
    }
}
