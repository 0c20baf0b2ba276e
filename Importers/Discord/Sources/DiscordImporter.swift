import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads a Discord data package, as described in README.md.
public struct DiscordImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "discord", version: 1)
    /// Milliseconds since 1970 at which its ids begin.
    private static let epoch: Int64 = 1_420_070_400_000

    /// An importer.
    public init() {}

    /// Folders of channels.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        var claims: [String: [SealedMember]] = [:]
        for channel in unclaimed where channel.name == "channel.json" {
            let folder = String(channel.path.dropLast("channel.json".count))
            let last = folder.split(separator: "/").last.map { $0.hasPrefix("c") ? $0.dropFirst() : $0[...] } ?? ""
            guard last.count > 10, last.allSatisfy(\.isNumber) else { continue }
            let root = folder.split(separator: "/").dropLast().map { $0 + "/" }.joined()
            claims[root, default: []] += unclaimed.filter { member in
                [channel.path, folder + "messages.json", folder + "messages.csv", root + "index.json"].contains(member.path)
                    && !(claims[root] ?? []).contains { $0.index == member.index }
            }
        }
        return claims.keys.sorted().map { Claim(root: $0, members: claims[$0] ?? []) }
    }

    private struct Message: Decodable {
        @Lenient var id: FlexibleText?
        @Lenient var timestamp: String?
        @Lenient var contents: String?
        @Lenient var attachments: String?

        private enum CodingKeys: String, CodingKey {
            case id = "ID"
            case timestamp = "Timestamp"
            case contents = "Contents"
            case attachments = "Attachments"
        }
    }
    private struct Channel: Decodable {
        struct Guild: Decodable { @Lenient var name: String? }
        @Lenient var name: String?
        @Lenient var guild: Guild?
    }

    /// Reads every message.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        var names: [String: String] = [:]
        if let index = claim.members.first(where: { $0.name == "index.json" }) {
            let known: [String: String?] = JSONSource(index, tree, &report)?.decode() ?? [:]
            names = known.compactMapValues(\.self)
        }
        for member in claim.members where member.name == "messages.json" || member.name == "messages.csv" {
            let folder = String(member.path.dropLast(member.name.count))
            let number = folder.split(separator: "/").last.map { String($0.drop { !$0.isNumber }) } ?? ""
            let channel: Channel? = claim.members.first { $0.path == folder + "channel.json" }
                .flatMap { JSONSource($0, tree, &report)?.decode() }
            let title = names[number] ?? [channel?.guild?.name, channel?.name].compactMap(\.self).joined(separator: " ")
            func take(_ message: (id: String, time: String, text: String, files: String), _ place: Locator) throws {
                let made = make(message, place, number, title)
                counter.add(made.scope)
                try record(made)
            }
            if member.name.hasSuffix(".json") {
                guard let source = JSONSource(member, tree, &report) else { continue }
                try source.each(of: [], &report) { element, report in
                    guard let message: Message = element.decode(), let id = message.id?.text else {
                        report.add(ReadingProblem("json.undecodable", member: member.path, offset: element.place.offset))
                        return
                    }
                    try take((id, message.timestamp ?? "", message.contents ?? "", message.attachments ?? ""), element.place)
                }
            } else {
                try CSVSource(member, tree, &report)?.each(&report) { row in
                    guard row.cells.count >= 3, !row.cells[0].isEmpty, row.cells[0].allSatisfy(\.isNumber) else { return false }
                    try take((row.cells[0], row.cells[1], row.cells[2], row.cells.count > 3 ? row.cells[3] : ""), row.place)
                    return true
                }
            }
        }
        report.scopes = counter.scopes()
        return report
    }

    private func make(
        _ message: (id: String, time: String, text: String, files: String), _ place: Locator, _ channel: String, _ title: String
    ) -> ParsedRecord {
        var made = ParsedRecord(
            kind: .message, scope: "discord/channel/\(channel)", key: message.id,
            account: ClaimedAccount(platform: Platform("discord"), handle: "export-owner"), text: message.text, source: place,
            parser: parser, remarks: [Remark("discord.own-only")])
        if !title.isEmpty { made.details["channel"] = title }
        // `2021-03-04 05:06:07.891000+00:00`, or without a zone, which is UTC.
        var text = message.time.replacing(" ", with: "T")
        let tail = text.dropFirst(19)
        if !tail.contains("+"), !tail.contains("-"), !tail.hasSuffix("Z") { text += "Z" }
        if let instant = Instant(rfc3339: text) {
            made.claimedTime = ClaimedTime(
                literal: message.time, instant: instant, precision: .second, zone: .stated(offsetMinutes: 0))
        }
        if let id = Int64(message.id) { made.details["serverTime"] = Instant(milliseconds: (id >> 22) + Self.epoch).utcText }
        for address in message.files.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\n" }) {
            let name = address.split(separator: "/").last.map { String($0.prefix { $0 != "?" }.prefix(200)) } ?? "file"
            made.attachments.append(Attachment(name: name, locator: nil, claimedURL: String(address)))
        }
        return made
    }
}
