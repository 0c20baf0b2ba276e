import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads single mails (.eml) and mailboxes (mbox), as described in README.md.
public struct MailImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "mail", version: 1)

    private static let pieceSize = 1 << 18

    /// An importer.
    public init() {}

    /// Each mail or mailbox by itself, told from how it begins.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard let head = try? tree.head(member, count: MailRecognition.headByteCount) else { return false }
            return MailRecognition.isMail(head, name: member.name)
        }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads every mail; attachments are handed on as files.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var count = 0
        for member in claim.members {
            let builder = MailRecordBuilder(member, parser: parser)
            func take(_ offset: UInt64, _ bytes: [UInt8], isMailbox: Bool) throws {
                let mail = builder.mail(bytes, at: offset, isMailbox: isMailbox)
                for problem in mail.problems { report.add(ReadingProblem(problem, member: member.path, offset: offset)) }
                for attachment in mail.files { try file(attachment) }
                count += 1
                try record(mail.record)
            }
            var failure: (any Error)?
            do {
                let problems = try read(member, in: tree) { offset, bytes, isMailbox in
                    do { try take(offset, bytes, isMailbox: isMailbox) } catch {
                        failure = error
                        throw error
                    }
                }
                for problem in problems { report.add(problem) }
            } catch {
                if let failure { throw failure }
                report.add(ReadingProblem((error as? ZipProblem)?.rawValue ?? "source.unreadable", member: member.path))
            }
        }
        report.scopes = [ScopeReport(scope: MailRecordBuilder.scope, exportedAt: nil, isComplete: false, count: count)]
        return report
    }

    private func read(
        _ member: SealedMember, in tree: SealedTree, _ take: (UInt64, [UInt8], Bool) throws -> Void
    ) throws -> [ReadingProblem] {
        let stream = try tree.open(member)
        var piece = try stream.read(upTo: Self.pieceSize)
        guard MailRecognition.isMailbox(piece) else {
            var bytes = piece
            while !piece.isEmpty, bytes.count <= MboxReader.maximumMessage {
                piece = try stream.read(upTo: Self.pieceSize)
                bytes += piece
            }
            guard bytes.count <= MboxReader.maximumMessage else {
                return [ReadingProblem(MboxReader.Problem.tooLarge.rawValue, member: member.path, offset: 0)]
            }
            if !bytes.isEmpty { try take(0, bytes, false) }
            return []
        }
        var reader = MboxReader()
        var problems: [ReadingProblem] = []
        let note: (MboxReader.Problem, UInt64) -> Void = { problem, offset in
            problems.append(ReadingProblem(problem.rawValue, member: member.path, offset: offset))
        }
        while !piece.isEmpty {
            try reader.update(piece, { try take($0.offset, $0.bytes, true) }, problem: note)
            piece = try stream.read(upTo: Self.pieceSize)
        }
        try reader.finish({ try take($0.offset, $0.bytes, true) }, problem: note)
        return problems
    }
}

/// Tells mail from how it begins.
enum MailRecognition {
    static let headByteCount = 8192

    private static let names: Set<String> = [
        "from", "to", "cc", "subject", "date", "received", "message-id", "mime-version", "return-path", "delivered-to",
        "content-type",
        "content-transfer-encoding", "reply-to", "sender", "dkim-signature", "x-mailer", "authentication-results", "in-reply-to",
        "references", "x-original-to", "envelope-to", "x-gm-thrid", "x-received", "arc-seal", "list-id",
    ]

    static func isMail(_ head: [UInt8], name: String) -> Bool {
        if isMailbox(head) { return true }
        var known: Set<String> = []
        var others = 0
        for var line in head.split(separator: 10, omittingEmptySubsequences: false).prefix(200) {
            if line.last == 13 { line = line.dropLast() }
            if line.isEmpty { break }
            if line.first == 32 || line.first == 9 { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy({ $0 > 32 && $0 < 127 }) else {
                others += 1
                continue
            }
            let field = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            if names.contains(field) { known.insert(field) }
        }
        let isNamed = [".eml", ".emlx", ".mbox", ".mbx", ".mht"].contains { name.lowercased().hasSuffix($0) }
        let hasSender = known.contains("from") || known.contains("received") || known.contains("return-path")
        // A saved web page (MHTML) looks like a mail and is none.
        if head.prefix(200).starts(with: Array("From: <Saved by".utf8)) || name.lowercased().hasSuffix(".mht")
            || name.lowercased().hasSuffix(".mhtml")
        {
            return false
        }
        return isNamed ? !known.isEmpty : others == 0 && known.count >= 3 && hasSender
    }

    static func isMailbox(_ head: [UInt8]) -> Bool {
        MboxReader.isSeparator(head.prefix { $0 != 10 && $0 != 13 })
    }
}
