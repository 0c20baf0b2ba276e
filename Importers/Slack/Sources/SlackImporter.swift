import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads a Slack export, as described in README.md.
public struct SlackImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "slack", version: 1)

    private static let lists: Set<String> = [
        "channels.json", "dms.json", "mpims.json", "groups.json", "users.json", "integration_logs.json",
    ]

    /// An importer.
    public init() {}

    /// The lists of people and channels, and a file for each day beside them.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { $0.name == "users.json" }.compactMap { users in
            let root = String(users.path.dropLast("users.json".count))
            let inside = unclaimed.filter { $0.path.hasPrefix(root) }
            let members = inside.filter { member in
                let parts = member.path.dropFirst(root.count).split(separator: "/")
                return parts.count == 1 ? Self.lists.contains(member.name) : parts.count == 2 && Self.isDay(member.name)
            }
            let hasChannels = members.contains { $0.name == "channels.json" || $0.name == "dms.json" || $0.name == "groups.json" }
            return hasChannels && members.contains { Self.isDay($0.name) } ? Claim(root: root, members: members) : nil
        }
    }

    private static func isDay(_ name: String) -> Bool { name.wholeMatch(of: /\d{4}-\d{2}-\d{2}\.json/) != nil }

    private struct User: Decodable {
        struct Profile: Decodable {
            @Lenient var displayName: String?
            @Lenient var realName: String?
        }
        @Lenient var id: String?
        @Lenient var name: String?
        @Lenient var realName: String?
        @Lenient var profile: Profile?
    }
    private struct Message: Decodable {
        struct File: Decodable {
            @Lenient var name: String?
            @Lenient var permalink: String?
        }
        struct Reaction: Decodable {
            @Lenient var name: String?
            @Lenient var users: LenientList<String>?
        }
        @Lenient var subtype: String?
        @Lenient var user: String?
        @Lenient var botId: String?
        @Lenient var username: String?
        @Lenient var text: String?
        @Lenient var ts: String?
        @Lenient var threadTs: String?
        @Lenient var files: LenientList<File>?
        @Lenient var reactions: LenientList<Reaction>?
    }

    /// Reads every message.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        var users: [String: (handle: String?, name: String?)] = [:]
        if let member = claim.members.first(where: { $0.name == "users.json" }), let source = JSONSource(member, tree, &report) {
            source.each(of: [], &report) { element, report in
                guard let user: User = element.decode(), let id = user.id else { return }
                let shown =
                    user.profile?.displayName.flatMap { $0.isEmpty ? nil : $0 } ?? user.profile?.realName ?? user.realName
                users[id] = (user.name, shown)
            }
        }
        for member in claim.members.sorted(by: { $0.path < $1.path }) where Self.isDay(member.name) {
            guard let source = JSONSource(member, tree, &report) else { continue }
            let channel = member.path.split(separator: "/").dropLast().last.map(String.init) ?? "channel"
            try source.each(of: [], &report) { element, report in
                guard let message: Message = element.decode(), let ts = message.ts else {
                    report.add(ReadingProblem("json.undecodable", member: member.path, offset: element.place.offset))
                    return
                }
                let made = make(message, ts, element, channel, users)
                counter.add(made.scope)
                try record(made)
            }
        }
        report.scopes = counter.scopes()
        return report
    }

    private func make(
        _ message: Message, _ ts: String, _ element: JSONSource.Element, _ channel: String,
        _ users: [String: (handle: String?, name: String?)]
    ) -> ParsedRecord {
        let isEvent = message.subtype.map { $0.contains("join") || $0.contains("leave") || $0.hasPrefix("channel_") } ?? false
        var made = ParsedRecord(
            kind: isEvent ? .event : .message, scope: "slack/channel/\(channel)", key: ts, source: element.place, parser: parser)
        let platform = Platform("slack")
        if let id = message.user {
            made.account = ClaimedAccount(platform: platform, id: id, handle: users[id]?.handle, displayName: users[id]?.name)
        } else if let name = message.username ?? message.botId {
            made.account = ClaimedAccount(platform: platform, displayName: name)
        }
        let parts = ts.split(separator: ".")
        if let seconds = parts.first.flatMap({ Int64($0) }), abs(seconds) < 1 << 40 {
            let millis = parts.count > 1 ? Int64(parts[1].prefix(3)) ?? 0 : 0
            made.claimedTime = ClaimedTime(
                literal: ts, instant: Instant(milliseconds: seconds * 1_000 + millis), precision: .millisecond,
                zone: .stated(offsetMinutes: 0))
        }
        made.text = message.text.map { Self.readable($0, users) }
        made.details["channel"] = channel
        if let thread = message.threadTs, thread != ts { made.details["replyTo"] = thread }
        let reactions = (message.reactions?.elements ?? []).map { reaction in
            ":\(reaction.name ?? ""): \((reaction.users?.elements ?? []).map { users[$0]?.name ?? $0 }.joined(separator: "、"))"
        }
        if !reactions.isEmpty { made.details["reactions"] = reactions.joined(separator: " ") }
        made.attachments = (message.files?.elements ?? []).map { file in
            Attachment(name: String((file.name ?? "file").prefix(200)), locator: nil, claimedURL: file.permalink)
        }
        return made
    }

    /// Marks of people, channels and links as words; then the three escapes.
    static func readable(_ text: String, _ users: [String: (handle: String?, name: String?)]) -> String {
        let marked = text.replacing(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/) { match -> String in
            let target = String(match.2)
            let label = match.3.map(String.init)
            switch match.1 {
            case "@": return "@" + (users[target]?.name ?? users[target]?.handle ?? label ?? target)
            case "#": return "#" + (label ?? target)
            case "!": return "@" + (label ?? target)
            default: return label.map { $0 == target ? target : "\($0)（\(target)）" } ?? target
            }
        }
        return marked.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
