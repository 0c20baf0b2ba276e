import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads comments that the desk fetched from its gateway, as described in README.md.
public struct CommentsImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "comments", version: 1)

    /// An importer.
    public init() {}

    /// Lists of comments, each alone.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { $0.name.hasSuffix(".json") }.compactMap { member in
            guard let head = try? tree.head(member, count: 4_096), head.first == UInt8(ascii: "["),
                String(decoding: head, as: UTF8.self).contains("\"format\":\"akashi-comment/1\"")
            else { return nil }
            return Claim(root: member.path, members: [member])
        }
    }

    private struct Comment: Decodable {
        let format: String
        let id: String
        let thread: String
        @Lenient var name: String?
        let text: String
        let receivedAt: Int64
        @Lenient var isShown: Bool?
        @Lenient var fellIntoTrap: Bool?
    }

    /// Reads every comment.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        guard let source = JSONSource(claim.members[0], tree, &report) else { return report }
        try source.each(of: [], &report) { element, report in
            guard let comment: Comment = element.decode(), comment.format == "akashi-comment/1" else {
                report.add(ReadingProblem("json.undecodable", member: source.member.path, offset: element.place.offset))
                return
            }
            var made = ParsedRecord(
                kind: .comment, scope: "gateway/\(comment.thread)", key: comment.id, account: nil, source: element.place,
                parser: parser)
            made.text = comment.text
            let at = Instant(milliseconds: comment.receivedAt)
            made.claimedTime = ClaimedTime(
                literal: String(comment.receivedAt), instant: at, precision: .millisecond, zone: .stated(offsetMinutes: 0))
            made.details["page"] = comment.thread
            if let name = comment.name, !name.isEmpty { made.details["claimedName"] = name }
            if comment.isShown == true { made.details["shownBefore"] = "yes" }
            if comment.fellIntoTrap == true { made.details["trap"] = "yes" }
            counter.add(made.scope)
            try record(made)
        }
        report.scopes = counter.scopes()
        return report
    }
}
