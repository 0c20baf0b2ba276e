import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads a Mastodon archive, as described in README.md.
public struct MastodonImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "mastodon", version: 1)

    /// An importer.
    public init() {}

    /// The outbox with what lies beside it.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { $0.name == "outbox.json" }.compactMap { outbox in
            guard let head = try? tree.head(outbox, count: 2_048),
                String(decoding: head, as: UTF8.self).contains("OrderedCollection")
            else { return nil }
            let root = String(outbox.path.dropLast("outbox.json".count))
            let beside = unclaimed.filter { member in
                guard member.path.hasPrefix(root), member.index != outbox.index else { return false }
                let rest = member.path.dropFirst(root.count)
                return ["actor.json", "likes.json", "bookmarks.json"].contains(rest) || rest.hasPrefix("media_attachments/")
                    || rest.hasPrefix("avatar.") || rest.hasPrefix("header.")
            }
            return Claim(root: root, members: [outbox] + beside)
        }
    }

    private struct Actor: Decodable {
        @Lenient var id: String?
        @Lenient var preferredUsername: String?
        @Lenient var name: String?
    }
    private struct Activity: Decodable {
        @Lenient var id: String?
        @Lenient var published: String?
        @Lenient var actor: String?
        @Lenient var to: LenientList<String>?
        @Lenient var cc: LenientList<String>?
        let object: Object?
    }
    private enum Object: Decodable {
        case link(String)
        case note(Note)

        init(from decoder: any Decoder) throws {
            if let link = try? decoder.singleValueContainer().decode(String.self) {
                self = .link(link)
            } else {
                self = .note(try Note(from: decoder))
            }
        }
    }
    private struct Note: Decodable {
        struct Media: Decodable { @Lenient var url: String? }
        @Lenient var id: String?
        @Lenient var url: String?
        @Lenient var summary: String?
        @Lenient var content: String?
        @Lenient var inReplyTo: String?
        @Lenient var published: String?
        @Lenient var attachment: LenientList<Media>?
        @Lenient var to: LenientList<String>?
        @Lenient var cc: LenientList<String>?
    }

    /// Reads every post and repost.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        let member = claim.members[0]
        var actor: Actor?
        if let other = claim.members.first(where: { $0.name == "actor.json" }) {
            actor = JSONSource(other, tree, &report)?.decode()
        }
        guard let source = JSONSource(member, tree, &report) else { return report }
        let isThere = try source.each(of: ["orderedItems"], &report) { element, report in
            guard let activity: Activity = element.decode(), let made = make(activity, element, actor, claim, tree) else {
                report.add(ReadingProblem("json.undecodable", member: member.path, offset: element.place.offset))
                return
            }
            counter.add(made.scope)
            try record(made)
        }
        if !isThere { report.add(ReadingProblem("mastodon.no-items", member: member.path)) }
        report.scopes = counter.scopes()
        return report
    }

    private func make(
        _ activity: Activity, _ element: JSONSource.Element, _ actor: Actor?, _ claim: Claim, _ tree: SealedTree
    ) -> ParsedRecord? {
        guard let object = activity.object else { return nil }
        let id = activity.actor ?? actor?.id
        let account = id.map {
            ClaimedAccount(platform: Platform("mastodon"), id: $0, handle: actor?.preferredUsername, displayName: actor?.name)
        }
        var made = ParsedRecord(
            kind: .post, scope: "mastodon/outbox/\(id ?? "unknown")", key: activity.id ?? element.place.digest.hex,
            account: account,
            source: element.place, parser: parser)
        var to = activity.to?.elements ?? []
        var cc = activity.cc?.elements ?? []
        var published = activity.published
        switch object {
        case .link(let address):
            made.kind = .repost
            made.url = address
        case .note(let note):
            let words = HTMLText.text(of: note.content ?? "")
            let warning = note.summary.map { HTMLText.text(of: $0) } ?? ""
            made.text = warning.isEmpty ? words : "\(warning)\n\n\(words)"
            if !warning.isEmpty { made.details["contentWarning"] = warning }
            made.url = note.url ?? note.id
            if let parent = note.inReplyTo { made.details["replyTo"] = parent }
            to = note.to?.elements ?? to
            cc = note.cc?.elements ?? cc
            published = note.published ?? published
            made.attachments = (note.attachment?.elements ?? []).compactMap { media in
                media.url.map { claim.attachment($0, in: tree) }
            }
        }
        if let published, let instant = Instant(rfc3339: published) {
            made.claimedTime = ClaimedTime(
                literal: published, instant: instant, precision: .second, zone: .stated(offsetMinutes: 0))
        }
        let seen = Self.visibility(to, cc)
        made.details["visibility"] = seen
        if seen == "direct" || seen == "followers" { made.remarks.append(Remark("mastodon.\(seen)")) }
        return made
    }

    private static func visibility(_ to: [String], _ cc: [String]) -> String {
        func isPublic(_ text: String) -> Bool { text.hasSuffix("#Public") || text == "as:Public" || text == "Public" }
        if to.contains(where: isPublic) { return "public" }
        if cc.contains(where: isPublic) { return "unlisted" }
        return (to + cc).contains { $0.hasSuffix("/followers") } ? "followers" : "direct"
    }
}
