import AkashiFormats
public import AkashiIntake
public import AkashiModel
import Foundation

/// Reads what came over her own LINE channel, as described in README.md.
public struct LineChannelImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "line-channel", version: 1)

    /// An importer.
    public init() {}

    /// Lists of deliveries, each alone.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { $0.name.hasSuffix(".json") }.compactMap { member in
            guard let head = try? tree.head(member, count: 4_096), head.first == UInt8(ascii: "["),
                String(decoding: head, as: UTF8.self).contains("\"akashi-line/1\"")
            else { return nil }
            return Claim(root: member.path, members: [member])
        }
    }

    private struct Delivery: Decodable {
        let format: String
        let kind: String
        let receivedAt: Int64
        @Lenient var event: String?
        @Lenient var messageID: String?
        @Lenient var reason: String?
    }

    private struct Event: Decodable {
        struct Source: Decodable {
            @Lenient var userId: String?
        }
        struct Message: Decodable {
            let id: String
            let type: String
            @Lenient var text: String?
            @Lenient var fileName: String?
            @Lenient var title: String?
            @Lenient var address: String?
        }
        struct Unsend: Decodable { let messageId: String }
        let type: String
        @Lenient var timestamp: Int64?
        @Lenient var webhookEventId: String?
        @Lenient var source: Source?
        @Lenient var message: Message?
        @Lenient var unsend: Unsend?
    }

    /// Reads every delivery.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        guard let source = JSONSource(claim.members[0], tree, &report) else { return report }
        try source.each(of: [], &report) { element, report in
            guard let delivery: Delivery = element.decode(), delivery.format == "akashi-line/1",
                let made = made(delivery, element.place)
            else {
                report.add(ReadingProblem("json.undecodable", member: source.member.path, offset: element.place.offset))
                return
            }
            counter.add(made.scope)
            try record(made)
        }
        report.scopes = counter.scopes()
        return report
    }

    private func made(_ delivery: Delivery, _ place: Locator) -> ParsedRecord? {
        if delivery.kind == "missing" {
            guard let id = delivery.messageID else { return nil }
            var made = ParsedRecord(kind: .event, scope: "line/channel", key: "missing-\(id)", source: place, parser: parser)
            made.claimedTime = Self.time(delivery.receivedAt)
            made.details = ["missing": id, "reason": delivery.reason ?? ""]
            return made
        }
        guard delivery.kind == "event", let text = delivery.event,
            let event = try? JSONDecoder().decode(Event.self, from: Data(text.utf8))
        else { return nil }
        let message = event.type == "message" ? event.message : nil
        // A digest beside the id: LINE's own examples show one id for many events.
        let key = message?.id ?? "\(event.webhookEventId ?? "")-\(SliceDigest.of(Array(text.utf8)))"
        var made = ParsedRecord(
            kind: message == nil ? .event : .message, scope: "line/channel", key: key, source: place, parser: parser)
        made.account = event.source?.userId.map { ClaimedAccount(platform: .line, id: $0) }
        made.claimedTime = Self.time(event.timestamp ?? delivery.receivedAt)
        made.details["event"] = event.type
        if let message {
            made.details["type"] = message.type
            made.text = message.text ?? [message.title, message.address].compactMap { $0 }.first
            if let name = message.fileName { made.details["fileName"] = name }
            if ["image", "video", "audio", "file"].contains(message.type) { made.details["file"] = "line-\(message.id)" }
        }
        if let unsent = event.unsend { made.details["unsent"] = unsent.messageId }
        return made
    }

    private static func time(_ milliseconds: Int64) -> ClaimedTime {
        ClaimedTime(
            literal: String(milliseconds), instant: Instant(milliseconds: milliseconds), precision: .millisecond,
            zone: .stated(offsetMinutes: 0))
    }
}
