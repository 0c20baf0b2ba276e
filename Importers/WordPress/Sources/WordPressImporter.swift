import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads the comments of a WordPress export, as described in README.md.
public struct WordPressImporter: Importer {
    private static let maximumByteCount = 512 << 20

    /// Its name and version.
    public let parser = ParserVersion(id: "wordpress", version: 1)

    /// An importer.
    public init() {}

    /// Files that name WordPress's own vocabulary at their beginning.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { $0.name.lowercased().hasSuffix(".xml") }.compactMap { member in
            guard let head = try? tree.head(member, count: 8_192),
                String(decoding: head, as: UTF8.self).contains("wordpress.org/export/")
            else { return nil }
            return Claim(root: member.path, members: [member])
        }
    }

    /// What stands directly in an element, by name.
    private typealias Fields = [String: String]

    /// Reads every comment.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        let member = claim.members[0]
        guard let bytes = tree.whole(member, limit: Self.maximumByteCount, &report) else { return report }
        var tokens = XMLTokens(bytes)
        var site = ""
        var item: Fields = [:]
        var comment: Fields?
        var begin = 0
        var path: [String] = []
        while true {
            let before = tokens.offset
            guard let token = tokens.next() else { break }
            switch token {
            case .open(let name):
                if name == "item" { (item, path) = ([:], []) }
                if name == "wp:comment" {
                    if comment != nil {
                        report.add(ReadingProblem("wordpress.comment-cut", member: member.path, offset: UInt64(begin)))
                    }
                    (comment, begin, path) = ([:], before, [])
                } else {
                    path.append(name)
                }
            case .close("wp:comment"):
                guard let fields = comment else { continue }
                comment = nil
                let slice = Array(bytes[begin..<tokens.offset])
                let place = Locator(
                    object: member.object, member: member.member, offset: UInt64(begin), length: UInt64(slice.count),
                    digest: SliceDigest.of(slice))
                guard let made = make(fields, item, site, place) else {
                    report.add(ReadingProblem("wordpress.comment-no-id", member: member.path, offset: UInt64(begin)))
                    continue
                }
                counter.add(made.scope)
                try record(made)
            case .close(let name):
                if let last = path.lastIndex(of: name) { path.removeSubrange(last...) }
            case .text(let text):
                guard let name = path.last else { continue }
                if comment != nil {
                    // Notes below a comment belong to plugins.
                    if !path.contains("wp:commentmeta") { comment?[name, default: ""] += text }
                } else if ["title", "link", "wp:post_id"].contains(name) {
                    item[name, default: ""] += text
                } else if name == "wp:base_blog_url", site.isEmpty {
                    site = text.trimmed
                }
            }
        }
        if comment != nil { report.add(ReadingProblem("wordpress.comment-cut", member: member.path, offset: UInt64(begin))) }
        report.scopes = counter.scopes()
        return report
    }

    private func make(_ fields: Fields, _ item: Fields, _ site: String, _ place: Locator) -> ParsedRecord? {
        func field(_ name: String) -> String? { fields[name].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = field("wp:comment_id") else { return nil }
        let name = field("wp:comment_author")
        let user = field("wp:comment_user_id").flatMap { $0 == "0" ? nil : $0 }
        var account: ClaimedAccount?
        if user != nil || name != nil {
            account = ClaimedAccount(platform: Platform("own-site"), id: user.map { "wordpress-\($0)" }, displayName: name)
        }
        var made = ParsedRecord(
            kind: .comment, scope: "wordpress/\(site)", key: id, account: account, source: place, parser: parser)
        made.text = fields["wp:comment_content"].map { HTMLText.text(of: $0.replacing("\n", with: "<br>")) }
        made.claimedTime = Self.time(field("wp:comment_date_gmt"), zone: 0) ?? Self.time(field("wp:comment_date"), zone: nil)
        if made.claimedTime == nil { made.remarks.append(Remark("csv.no-time")) }
        made.url = item["link"].map(\.trimmed).flatMap { $0.hasPrefix("http") ? $0 : nil }
        if let title = item["title"].map(\.trimmed), !title.isEmpty { made.details["page"] = String(title.prefix(500)) }
        made.details["status"] = field("wp:comment_approved")
        made.details["type"] = field("wp:comment_type").flatMap { $0 == "comment" ? nil : $0 }
        if let parent = field("wp:comment_parent"), parent != "0" { made.details["replyTo"] = parent }
        if ["wp:comment_author_email", "wp:comment_author_IP", "wp:comment_author_url"].contains(where: { field($0) != nil }) {
            made.remarks.append(Remark("csv.private-columns"))
        }
        return made
    }

    private static func time(_ text: String?, zone: Int?) -> ClaimedTime? {
        guard let text, !text.hasPrefix("0000"), let civil = CivilTime.parseRFC3339(text.replacing(" ", with: "T"))?.0 else {
            return nil
        }
        return ClaimedTime(
            literal: text, instant: civil.instant(offsetMinutes: zone ?? CivilTime.japanOffsetMinutes), precision: .second,
            zone: zone.map { .stated(offsetMinutes: $0) } ?? .assumedJapan)
    }
}
