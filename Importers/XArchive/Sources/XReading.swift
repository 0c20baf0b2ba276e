import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// One reading of one archive: what has to be known before its posts and messages make sense.
struct XReading {
    /// A conversation is one element of its file and can be long.
    static let maximumConversationByteCount = 512 << 20

    let claim: Claim
    let tree: SealedTree
    let parser: ParserVersion
    private(set) var report = ReadingReport()
    private(set) var owner: ClaimedAccount?
    private(set) var media: [String: Attachment] = [:]
    private(set) var notes = XNoteIndex()
    private var exportedAt: ClaimedTime?
    private var isPartial = false
    private var counts: [String: Int] = [:]

    init(claim: Claim, tree: SealedTree, parser: ParserVersion) {
        self.claim = claim
        self.tree = tree
        self.parser = parser
    }

    mutating func run(_ record: (ParsedRecord) throws -> Void) throws {
        let files = claim.members.compactMap { member in XFileType(member: member).map { (member, $0) } }
        for (member, type) in files where type == .manifest { readManifest(member) }
        for (member, type) in files where type == .account { readAccount(member) }
        digestMedia()
        for (member, type) in files where type == .noteTweets || type == .deletedNoteTweets { indexNotes(member) }
        for (member, type) in files {
            switch type {
            case .manifest, .account: break
            case .directMessages, .groupMessages:
                try elements(of: member, limit: Self.maximumConversationByteCount) { reading, element in
                    try reading.readConversation(element, member, record)
                }
            default:
                try elements(of: member) { reading, element in
                    guard let parsed = reading.parse(element, type, member) else {
                        reading.report.add(ReadingProblem("json.undecodable", member: member.path, offset: element.offset))
                        return
                    }
                    try reading.emit(parsed, record)
                }
            }
        }
        finish(files.map(\.1))
    }

    /// Cuts a file into elements and hands each out.
    private mutating func elements(
        of member: SealedMember, limit: Int = JSONArraySplitter.usualElementByteCount,
        _ body: (inout XReading, JSONArraySplitter.Element) throws -> Void
    ) throws {
        var splitter = JSONArraySplitter(maximumElementByteCount: limit)
        let stream: any ByteStream
        do {
            stream = try tree.open(member)
        } catch {
            return add(error, member)
        }
        func take(_ event: JSONArraySplitter.Event) throws {
            switch event {
            case .element(let element): try body(&self, element)
            case .problem(let problem, let offset):
                report.add(ReadingProblem("json.\(problem.code)", member: member.path, offset: offset))
            }
        }
        while true {
            let piece: [UInt8]
            do {
                piece = try stream.read(upTo: 1 << 18)
            } catch {
                add(error, member)
                break
            }
            if piece.isEmpty { break }
            try splitter.update(piece, take)
        }
        try splitter.finish(take)
    }

    mutating func emit(_ parsed: ParsedRecord, _ record: (ParsedRecord) throws -> Void) throws {
        counts[parsed.scope, default: 0] += 1
        try record(parsed)
    }

    mutating func addProblem(_ code: String, _ member: SealedMember, offset: UInt64? = nil) {
        report.add(ReadingProblem(code, member: member.path, offset: offset))
    }

    private mutating func add(_ error: any Error, _ member: SealedMember) {
        let code = (error as? ZipProblem)?.rawValue ?? "source.unreadable"
        report.add(ReadingProblem(code, member: member.path))
    }

    private mutating func readManifest(_ member: SealedMember) {
        guard let bytes = try? tree.open(member).readAll(limit: 16 << 20), let manifest = XManifest(bytes) else {
            return addProblem("x.manifest-unreadable", member)
        }
        owner = manifest.owner ?? owner
        exportedAt = manifest.exportedAt
        isPartial = manifest.isPartial
        let present = Set(claim.members.map { String($0.path.dropFirst(claim.root.count)) })
        for name in manifest.fileNames where !present.contains(name) {
            report.add(ReadingProblem("x.listed-file-absent", member: name))
        }
    }

    private mutating func readAccount(_ member: SealedMember) {
        guard let bytes = try? tree.open(member).readAll(limit: 16 << 20), let account = XAccount.read(bytes) else {
            return addProblem("x.account-unreadable", member)
        }
        // The address in this file is the victim's own: it is not even looked at.
        owner = account
    }

    /// The digest of every media file, in one pass in the archive's order.
    private mutating func digestMedia() {
        for member in claim.members where XArchiveImporter.isMedia(member) {
            do {
                let (digest, byteCount) = try SliceDigest.of(tree.open(member))
                let locator = Locator(
                    object: member.object, member: member.member, offset: 0, length: byteCount, digest: digest)
                media[member.name] = Attachment(name: member.name, locator: locator)
            } catch {
                add(error, member)
            }
        }
    }

    private mutating func indexNotes(_ member: SealedMember) {
        do {
            try elements(of: member) { reading, element in
                if let note = XNote.decode(element.bytes) { reading.notes.add(note) }
            }
        } catch {
            add(error, member)
        }
        // They are read again as records, and problems are told then.
        report = report.problemCount == 0 ? report : withoutProblems(of: member)
    }

    private func withoutProblems(of member: SealedMember) -> ReadingReport {
        var kept = ReadingReport()
        for problem in report.problems where problem.member != member.path { kept.add(problem) }
        return kept
    }

    private mutating func finish(_ types: [XFileType]) {
        var scopes = counts
        // A file that is there and empty says as much as one that is full: all of it is gone.
        for type in types { if let scope = scope(of: type) { scopes[scope, default: 0] += 0 } }
        report.scopes = scopes.sorted { $0.key < $1.key }.map {
            ScopeReport(scope: $0.key, exportedAt: exportedAt, isComplete: !isPartial, count: $0.value)
        }
    }

    /// The stream that a file's records belong to; nil for conversations, which each are one.
    func scope(of type: XFileType) -> String? {
        let account = owner?.id ?? owner?.handle ?? "unknown"
        switch type {
        case .manifest, .account, .directMessages, .groupMessages: return nil
        case .tweets, .communityTweets, .monthlyTweets: return "x/tweets/\(account)"
        case .deletedTweets: return "x/deleted-tweets/\(account)"
        case .noteTweets: return "x/note-tweets/\(account)"
        case .deletedNoteTweets: return "x/deleted-note-tweets/\(account)"
        case .likes: return "x/likes/\(account)"
        case .blocks: return "x/blocks/\(account)"
        case .mutes: return "x/mutes/\(account)"
        }
    }

    func locator(_ member: SealedMember, offset: UInt64, _ bytes: [UInt8]) -> Locator {
        Locator(
            object: member.object, member: member.member, offset: offset, length: UInt64(bytes.count),
            digest: SliceDigest.of(bytes))
    }
}
