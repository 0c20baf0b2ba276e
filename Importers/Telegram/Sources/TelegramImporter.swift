import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads the JSON export of Telegram Desktop, as described in README.md.
public struct TelegramImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "telegram", version: 1)

    private static let chatTypes = [
        "personal_chat", "bot_chat", "saved_messages", "private_group", "private_supergroup", "public_supergroup",
        "private_channel", "public_channel",
    ]
    /// Folders of what messages hold; her contacts and stories are left to whoever reads such files.
    private static let folders: Set<String> = [
        "chats", "photos", "files", "video_files", "round_video_messages", "voice_messages", "stickers",
    ]

    /// An importer.
    public init() {}

    /// `result.json`, and the folders of files beside it.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { $0.name.hasPrefix("result") && $0.name.hasSuffix(".json") }.compactMap { result in
            guard let head = try? tree.head(result, count: 16_384) else { return nil }
            let text = String(decoding: head, as: UTF8.self)
            let isChat = text.contains("\"messages\"") && Self.chatTypes.contains { text.contains("\"\($0)\"") }
            let isWhole = text.contains("\"about\"") && text.contains("Telegram")
            guard isChat || isWhole else { return nil }
            let root = String(result.path.dropLast(result.name.count))
            let files = unclaimed.filter { member in
                guard member.path.hasPrefix(root), member.path != result.path else { return false }
                let parts = member.path.dropFirst(root.count).split(separator: "/")
                return parts.count > 1 && Self.folders.contains(String(parts[0]))
            }
            return Claim(root: root, members: [result] + files)
        }
    }

    /// Reads every message of every chat.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        guard let source = JSONSource(claim.members[0], tree, &report) else { return report }
        func take(_ chat: Chat, _ element: JSONSource.Element, _ report: inout ReadingReport) throws {
            guard let message: Message = element.decode(), let id = message.id?.text else {
                report.add(ReadingProblem("json.undecodable", member: source.member.path, offset: element.place.offset))
                return
            }
            var made = make(message, id, chat, element.place)
            made.attachments = message.files.map { path in
                let found = claim.attachment(path, in: tree)
                // Pictures are numbered anew in every export: `photo_12@…` is the same one as `photo_11@…`.
                let name = found.name.replacing(/_\d+@/, with: "@", maxReplacements: 1)
                return Attachment(name: name, locator: found.locator, claimedURL: found.claimedURL)
            }
            counter.add(made.scope)
            try record(made)
        }
        // One chat by itself, or all of them.
        let only = Chat(type: source.value(at: ["type"]), id: source.value(at: ["id"]), name: source.value(at: ["name"]))
        let isOne = try source.each(of: ["messages"], &report) { try take(only, $0, &$1) }
        var isAll = false
        for list in ["chats", "left_chats"] {
            let isThere = try source.each(of: [list, "list"], &report) { element, report in
                let chat = Chat(
                    type: element.value(at: ["type"]), id: element.value(at: ["id"]), name: element.value(at: ["name"]))
                try source.each(of: ["messages"], in: element, &report) { try take(chat, $0, &$1) }
            }
            isAll = isAll || isThere
        }
        if !isOne, !isAll { report.add(ReadingProblem("json.not-an-array", member: source.member.path, offset: 0)) }
        report.scopes = counter.scopes()
        return report
    }

    private func make(_ message: Message, _ id: String, _ chat: Chat, _ place: Locator) -> ParsedRecord {
        let platform = Platform("telegram")
        let isEvent = message.type == "service"
        var made = ParsedRecord(
            kind: isEvent ? .event : .message, scope: "telegram/\(chat.type)/\(chat.id)", key: id, source: place,
            parser: parser)
        let account = message.fromId ?? message.actorId
        let name = message.from ?? message.actor
        if account != nil || name != nil {
            made.account = ClaimedAccount(platform: platform, id: account.map { Self.account($0.text) }, displayName: name)
        }
        made.claimedTime = Self.time(seconds: message.dateUnixtime?.text, local: message.date)
        let words = Self.words(message)
        made.text = words.isEmpty ? nil : words
        made.details["channel"] = chat.name
        if let parent = message.replyToMessageId { made.details["replyTo"] = parent.text }
        made.details["forwardedFrom"] = message.forwardedFrom.map { String($0.prefix(500)) }
        made.details["action"] = isEvent ? message.action.map { String($0.prefix(200)) } : nil
        made.details["editedTime"] = Self.time(seconds: message.editedUnixtime?.text, local: nil)?.instant.utcText
        made.details["poll"] = message.poll?.question.map { String($0.prefix(1_000)) }
        made.details["contact"] = message.contactInformation?.name
        made.details["location"] = message.locationInformation?.text
        if message.hasFilesElsewhere { made.remarks.append(Remark("telegram.file-left-out")) }
        return made
    }

    /// Exports before 2021 have the number of a user alone, later ones `user77` or `channel77`.
    private static func account(_ id: String) -> String {
        id.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ? "user" + id : id
    }

    /// Text as its reader saw it; where a link has another text, the address stands behind it.
    private static func words(_ message: Message) -> String {
        let parts = message.textEntities?.elements ?? []
        let chosen = parts.isEmpty ? message.text?.elements ?? [] : parts
        return chosen.map { part in
            guard let address = part.href, address != part.text else { return part.text }
            return "\(part.text)（\(address)）"
        }.joined()
    }

    /// Seconds since 1970; where there are none (exports before 2022), the clock of the computer that made the export.
    private static func time(seconds: String?, local: String?) -> ClaimedTime? {
        if let literal = seconds, let seconds = Int64(literal), seconds > 0, seconds < 1 << 40 {
            return ClaimedTime(
                literal: literal, instant: Instant(milliseconds: seconds * 1_000), precision: .second,
                zone: .stated(offsetMinutes: 0))
        }
        guard let local, !local.hasPrefix("1970"), let civil = CivilTime.parseRFC3339(local)?.0 else { return nil }
        return ClaimedTime(
            literal: local, instant: civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes), precision: .second,
            zone: .assumedJapan)
    }
}
