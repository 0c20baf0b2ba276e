import AkashiFormats
public import AkashiIntake
public import AkashiModel
import Crypto

/// Reads a Bluesky repository, as described in README.md.
public struct BlueskyImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "bluesky", version: 1)
    private static let maximumByteCount = 512 << 20

    /// An importer.
    public init() {}

    /// Each CAR file by itself, told from its head.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in (try? tree.head(member, count: 256)).map(CARFile.isCAR) ?? false }
            .map { Claim(root: "", members: [$0]) }
    }

    /// Reads posts, likes, reposts, follows and blocks.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        for member in claim.members {
            guard let bytes = tree.whole(member, limit: Self.maximumByteCount, &report) else { continue }
            guard let car = CARFile(bytes) else {
                report.add(ReadingProblem("bluesky.unreadable", member: member.path))
                continue
            }
            if let place = car.brokenAt { report.add(ReadingProblem("bluesky.cut", member: member.path, offset: UInt64(place))) }
            var repository = BlueskyRepository(car, member, parser)
            for one in repository.records(&report) {
                counter.add(one.scope)
                try record(one)
            }
        }
        report.scopes = counter.scopes()
        return report
    }
}

/// One repository.
struct BlueskyRepository {
    private let car: CARFile
    private let member: SealedMember
    private let parser: ParserVersion
    private var blocks: [[UInt8]: CARFile.Block] = [:]
    private var reached: Set<[UInt8]> = []
    private var did = "unknown"

    init(_ car: CARFile, _ member: SealedMember, _ parser: ParserVersion) {
        self.car = car
        self.member = member
        self.parser = parser
    }

    mutating func records(_ report: inout ReadingReport) -> [ParsedRecord] {
        for block in car.blocks {
            if let hash = block.sha256, !SHA256.hash(data: Array(block.data)).elementsEqual(hash) {
                report.add(ReadingProblem("bluesky.block-differs", member: member.path, offset: UInt64(block.offset)))
                continue
            }
            blocks[block.cid] = block
        }
        var found: [(key: String, cid: [UInt8])] = []
        if let root = car.roots.first, let commit = value(root, &report) {
            reached.insert(root)
            if let name = commit["did"]?.text { did = name }
            if let data = commit["data"]?.link { walk(data, depth: 0, &found, &report) }
        } else {
            report.add(ReadingProblem("bluesky.no-root", member: member.path))
        }
        var records: [ParsedRecord] = []
        for (key, cid) in found {
            guard let value = value(cid, &report) else { continue }
            reached.insert(cid)
            if let one = record(value, key: key, cid: cid, isLive: true) { records.append(one) }
        }
        for block in car.blocks where !reached.contains(block.cid) && blocks[block.cid] != nil {
            guard let value = CBORValue(block.data), let one = record(value, key: nil, cid: block.cid, isLive: false)
            else { continue }
            records.append(one)
        }
        return records
    }

    private func value(_ cid: [UInt8], _ report: inout ReadingReport) -> CBORValue? {
        guard let block = blocks[cid] else {
            report.add(ReadingProblem("bluesky.block-missing", member: member.path))
            return nil
        }
        guard let value = CBORValue(block.data) else {
            report.add(ReadingProblem("bluesky.block-unreadable", member: member.path, offset: UInt64(block.offset)))
            return nil
        }
        return value
    }

    /// The tree of keys (atproto MST): each entry leaves out what its key shares with the one before.
    private mutating func walk(
        _ cid: [UInt8], depth: Int, _ found: inout [(key: String, cid: [UInt8])], _ report: inout ReadingReport
    ) {
        guard depth < 64, reached.insert(cid).inserted, let node = value(cid, &report) else { return }
        if let left = node["l"]?.link { walk(left, depth: depth + 1, &found, &report) }
        var last: [UInt8] = []
        for entry in node["e"]?.list ?? [] {
            let shared = Int(entry["p"]?.integer ?? 0)
            guard shared >= 0, shared <= last.count, let rest = entry["k"]?.bytes, let cid = entry["v"]?.link else { continue }
            last = Array(last.prefix(shared)) + rest
            found.append((String(decoding: last, as: UTF8.self), cid))
            if let right = entry["t"]?.link { walk(right, depth: depth + 1, &found, &report) }
        }
    }

    private func record(_ value: CBORValue, key: String?, cid: [UInt8], isLive: Bool) -> ParsedRecord? {
        guard let block = blocks[cid], let type = value["$type"]?.text else { return nil }
        let kinds: [String: RecordKind] = [
            "app.bsky.feed.post": isLive ? .post : .deletedPost, "app.bsky.feed.like": .like, "app.bsky.feed.repost": .repost,
            "app.bsky.graph.block": .block,
        ]
        guard let kind = kinds[type] else { return nil }
        let place = Locator(
            object: member.object, member: member.member, offset: UInt64(block.offset), length: UInt64(block.data.count),
            digest: SliceDigest.of(block.data))
        let tid = key?.split(separator: "/").last.map(String.init)
        let collection = type.split(separator: ".").last ?? "record"
        var record = ParsedRecord(
            kind: kind, scope: "bluesky/\(collection)/\(did)", key: tid ?? place.digest.hex,
            account: ClaimedAccount(platform: Platform("bluesky"), id: did), text: value["text"]?.text, source: place,
            parser: parser)
        if let text = value["createdAt"]?.text, let instant = Instant(rfc3339: text) {
            record.claimedTime = ClaimedTime(
                literal: text, instant: instant, precision: .millisecond, zone: .stated(offsetMinutes: Self.offset(text)))
        }
        if kind == .post, let tid { record.url = "https://bsky.app/profile/\(did)/post/\(tid)" }
        if let tid, let server = Self.time(ofTID: tid) {
            record.details["serverTime"] = server.utcText
            if let claimed = record.claimedTime, abs(claimed.instant.milliseconds - server.milliseconds) > 3_600_000 {
                record.remarks.append(Remark("bluesky.time-far-from-key"))
            }
        }
        if !isLive { record.remarks.append(Remark("bluesky.not-reached")) }
        let subject = value["subject"]
        if let target = subject?.text ?? subject?["uri"]?.text { record.details["subject"] = target }
        if let parent = value["reply"]?["parent"]?["uri"]?.text { record.details["replyTo"] = parent }
        if let quoted = value["embed"]?["record"]?["uri"]?.text { record.details["quotes"] = quoted }
        let images = value["embed"]?["images"]?.list ?? []
        for (number, image) in images.enumerated() {
            record.attachments.append(Attachment(name: "image-\(number + 1)", locator: nil))
            if let alt = image["alt"]?.text, !alt.isEmpty { record.details["alt\(number + 1)"] = alt }
        }
        return record
    }

    /// The server's time in a TID: base32-sortable digits, microseconds above ten bits of a clock's number.
    static func time(ofTID tid: String) -> Instant? {
        let digits = Array("234567abcdefghijklmnopqrstuvwxyz".utf8)
        guard tid.utf8.count == 13 else { return nil }
        var number: UInt64 = 0
        for letter in tid.utf8 {
            guard let digit = digits.firstIndex(of: letter) else { return nil }
            number = number << 5 | UInt64(digit)
        }
        return Instant(milliseconds: Int64((number >> 10) / 1_000))
    }

    private static func offset(_ text: String) -> Int {
        guard !text.hasSuffix("Z"), let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return 0 }
        let parts = text[text.index(after: sign)...].split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2 else { return 0 }
        return (text[sign] == "-" ? -1 : 1) * (parts[0] * 60 + parts[1])
    }
}
