import AkashiFormats
import AkashiIntake
import AkashiModel

/// One export while it is read.
struct MetaReading {
    let claim: Claim
    let tree: SealedTree
    let parser: ParserVersion
    var report = ReadingReport()
    private var counter = ScopeCounter()
    /// By talk: what stands in two files of one talk may be the same words twice.
    private var keys: [String: OrdinalKeys] = [:]

    init(claim: Claim, tree: SealedTree, parser: ParserVersion) {
        self.claim = claim
        self.tree = tree
        self.parser = parser
    }

    private struct Message: Decodable {
        struct Reaction: Decodable {
            @Lenient var reaction: String?
            @Lenient var actor: String?
        }
        struct Share: Decodable {
            @Lenient var link: String?
            @Lenient var shareText: String?
        }
        struct File: Decodable { @Lenient var uri: String? }
        @Lenient var senderName: String?
        @Lenient var timestampMs: Double?
        @Lenient var content: String?
        @Lenient var isUnsent: Bool?
        @Lenient var photos: LenientList<File>?
        @Lenient var videos: LenientList<File>?
        @Lenient var audioFiles: LenientList<File>?
        @Lenient var gifs: LenientList<File>?
        @Lenient var files: LenientList<File>?
        @Lenient var sticker: File?
        @Lenient var share: Share?
        @Lenient var reactions: LenientList<Reaction>?
        @Lenient var callDuration: Double?

        /// Everything that is attached.
        var attached: [File] {
            [photos, videos, audioFiles, gifs, files].flatMap { $0?.elements ?? [] } + [sticker].compactMap(\.self)
        }
    }

    private struct Head: Decodable {
        @Lenient var title: String?
        @Lenient var threadPath: String?
    }

    mutating func run(_ record: (ParsedRecord) throws -> Void) throws {
        // message_2.json holds older messages than message_1.json: read oldest first, so that equal ones keep their numbers.
        let files = claim.members.filter { $0.path.hasSuffix(".json") }.sorted {
            ($0.folder, -$0.number) < ($1.folder, -$1.number)
        }
        for member in files {
            guard let source = JSONSource(member, tree, &report) else { continue }
            if member.name.hasPrefix("message_") {
                try talk(source, record)
            } else {
                try comments(source, record)
            }
        }
        report.scopes = counter.scopes()
    }

    private func platform(of path: String, _ head: Head?) -> Platform {
        if path.contains("instagram") { return Platform("instagram") }
        if path.contains("facebook") { return Platform("facebook") }
        return Platform("meta")
    }

    // MARK: Talks

    private mutating func talk(_ source: JSONSource, _ record: (ParsedRecord) throws -> Void) throws {
        let head = source.decode(Head.self)
        let platform = platform(of: source.member.path, head)
        let folder = MetaText.repaired(head?.threadPath ?? source.member.folderName)
        let scope = "\(platform.name)/talk/\(folder.isEmpty ? "unknown" : folder)"
        let side = MetaImporter.folders.first { source.member.path.contains("/\($0)/") || source.member.path.hasPrefix("\($0)/") }
        var made: [(Double, ParsedRecord)] = []
        var own = report
        defer { report = own }
        let isThere = source.each(of: ["messages"], &own) { element, report in
            guard let message: Message = element.decode(), let time = message.timestampMs, time.isFinite else {
                report.add(ReadingProblem("json.undecodable", member: source.member.path, offset: element.place.offset))
                return
            }
            made.append((time, self.message(message, time, element, platform, scope, side, head)))
        }
        if !isThere { own.add(ReadingProblem("meta.no-messages", member: source.member.path)) }
        for (time, record0) in made.reversed() {
            var one = record0
            one.key = keys[scope, default: OrdinalKeys()].key([
                String(Int64(time)), one.account?.displayName ?? "", one.text ?? "", one.kind.name,
            ])
            counter.add(scope)
            try record(one)
        }
    }

    private func message(
        _ message: Message, _ time: Double, _ element: JSONSource.Element, _ platform: Platform, _ scope: String, _ side: String?,
        _ head: Head?
    ) -> ParsedRecord {
        let name = message.senderName.map(MetaText.repaired)
        var record = ParsedRecord(
            kind: message.isUnsent == true || message.callDuration != nil ? .event : .message, scope: scope, key: "",
            account: name.map { ClaimedAccount(platform: platform, displayName: $0) },
            claimedTime: ClaimedTime(
                literal: String(Int64(time)), instant: Instant(milliseconds: Int64(time)), precision: .millisecond,
                zone: .stated(offsetMinutes: 0)), text: message.content.map(MetaText.repaired), source: element.place,
            parser: parser)
        if let link = message.share?.link { record.url = MetaText.repaired(link) }
        if record.text == nil { record.text = message.share?.shareText.map(MetaText.repaired) }
        if message.isUnsent == true { record.remarks.append(Remark("meta.unsent")) }
        if side == "message_requests" || side == "filtered_threads" { record.remarks.append(Remark("meta.request")) }
        if let side { record.details["folder"] = side }
        if let title = head?.title { record.details["title"] = MetaText.repaired(title) }
        if let seconds = message.callDuration { record.details["callSeconds"] = String(Int(seconds)) }
        let reactions = (message.reactions?.elements ?? []).map {
            "\(MetaText.repaired($0.reaction ?? "")) \(MetaText.repaired($0.actor ?? ""))"
        }
        if !reactions.isEmpty { record.details["reactions"] = reactions.joined(separator: "、") }
        for file in message.attached {
            guard let uri = file.uri.map(MetaText.repaired) else { continue }
            record.attachments.append(claim.attachment(uri, in: tree))
        }
        return record
    }

    // MARK: Comments

    private struct Comment: Decodable {
        struct Value: Decodable {
            @Lenient var value: String?
            @Lenient var timestamp: Double?
            @Lenient var href: String?
        }
        @Lenient var title: String?
        @Lenient var stringMapData: [String: Value]?
        @Lenient var stringListData: LenientList<Value>?
    }

    private mutating func comments(_ source: JSONSource, _ record: (ParsedRecord) throws -> Void) throws {
        let platform = Platform("instagram")
        let scope = "instagram/comments"
        var made: [ParsedRecord] = []
        var own = report
        defer { report = own }
        func take(_ element: JSONSource.Element, _ report: inout ReadingReport) {
            guard let comment: Comment = element.decode(), let found = Self.parts(comment), let text = found.text else {
                report.add(ReadingProblem("json.undecodable", member: source.member.path, offset: element.place.offset))
                return
            }
            var one = ParsedRecord(kind: .comment, scope: scope, key: "", text: text, source: element.place, parser: parser)
            if let seconds = found.time {
                one.claimedTime = ClaimedTime(
                    literal: String(Int64(seconds)), instant: Instant(milliseconds: Int64(seconds) * 1_000), precision: .second,
                    zone: .stated(offsetMinutes: 0))
            }
            if let owner = found.owner { one.recipients = [ClaimedAccount(platform: platform, handle: owner)] }
            if found.isUnsure { one.remarks.append(Remark("meta.comment-unsure")) }
            if let link = found.link { one.url = link }
            one.key = keys[scope, default: OrdinalKeys()].key([found.time.map { String(Int64($0)) } ?? "", text])
            made.append(one)
        }
        for path in [[], ["comments_media_comments"], ["comments_reels_comments"]] {
            if path.isEmpty, source.bytes.first(where: { $0 != 32 && $0 != 10 && $0 != 13 && $0 != 9 }) != UInt8(ascii: "[") {
                continue
            }
            if source.each(of: path, &own, take) { break }
        }
        for one in made {
            counter.add(scope)
            try record(one)
        }
    }

    private struct Parts {
        var text: String?
        var owner: String?
        var time: Double?
        var link: String?
        var isUnsure = false
    }

    /// Comment, owner and time, whatever the language of their names.
    private static func parts(_ comment: Comment) -> Parts? {
        var parts = Parts()
        var texts: [(name: String, value: String)] = []
        for (name, value) in comment.stringMapData ?? [:] {
            if let time = value.timestamp, time > 0 { parts.time = time }
            if let text = value.value, !text.isEmpty { texts.append((MetaText.repaired(name), MetaText.repaired(text))) }
            if let link = value.href { parts.link = link }
        }
        for value in comment.stringListData?.elements ?? [] {
            if let time = value.timestamp, time > 0 { parts.time = time }
            if let text = value.value { texts.append(("", MetaText.repaired(text))) }
            if let link = value.href { parts.link = link }
        }
        if let title = comment.title, !title.isEmpty { parts.owner = MetaText.repaired(title) }
        let known = ["Comment", "コメント", "Comentario", "Commentaire", "Kommentar", "댓글"]
        if let text = texts.first(where: { known.contains($0.name) }) {
            parts.text = text.value
            parts.owner = texts.first { $0.name != text.name }?.value ?? parts.owner
            return parts
        }
        func isHandle(_ text: String) -> Bool {
            text.utf8.count <= 30
                && text.utf8.allSatisfy {
                    $0 < 128 && ($0 == 46 || $0 == 95 || UnicodeScalar($0).properties.isAlphabetic || (48...57).contains($0))
                }
        }
        let others = texts.filter { !isHandle($0.value) }
        if texts.count == 2, others.count == 1 {
            parts.text = others[0].value
            parts.owner = texts.first { isHandle($0.value) }?.value
        } else {
            parts.text = texts.max { $0.value.count < $1.value.count }?.value
            parts.isUnsure = texts.count > 1
        }
        return parts
    }
}

extension SealedMember {
    /// The path without the name.
    var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }
    /// The last folder.
    var folderName: String { path.split(separator: "/").dropLast().last.map(String.init) ?? "" }
    /// The number in `message_2.json`.
    var number: Int { Int(name.dropFirst(8).dropLast(5)) ?? 0 }
}
