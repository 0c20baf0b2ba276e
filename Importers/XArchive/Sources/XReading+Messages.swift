import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

extension XReading {
    /// Reads one conversation message by message, so that one bad message does not lose the rest.
    mutating func readConversation(
        _ element: JSONArraySplitter.Element, _ member: SealedMember, _ record: (ParsedRecord) throws -> Void
    ) throws {
        let isWrapped = JSONFinder.range(of: ["dmConversation"], in: element.bytes) != nil
        let path = isWrapped ? ["dmConversation"] : []
        guard let list = JSONFinder.range(of: path + ["messages"], in: element.bytes) else {
            return addProblem("x.conversation-unreadable", member, offset: element.offset)
        }
        let idRange = JSONFinder.range(of: path + ["conversationId"], in: element.bytes)
        let id = idRange.flatMap { try? JSONDecoder().decode(FlexibleText.self, from: Data(element.bytes[$0])).text }
        let scope = "x/dm/\(id ?? "unknown")"
        let base = element.offset + UInt64(list.lowerBound)
        var splitter = JSONArraySplitter()
        func take(_ event: JSONArraySplitter.Event) throws {
            switch event {
            case .problem(let problem, let offset):
                addProblem("json.\(problem.code)", member, offset: base + offset)
            case .element(let message):
                let source = locator(member, offset: base + message.offset, message.bytes)
                guard let parsed = parseMessage(message.bytes, scope: scope, source: source) else {
                    return addProblem("json.undecodable", member, offset: base + message.offset)
                }
                try emit(parsed, record)
            }
        }
        try splitter.update(Array(element.bytes[list]), take)
        try splitter.finish(take)
    }

    private func parseMessage(_ bytes: [UInt8], scope: String, source: Locator) -> ParsedRecord? {
        guard let message = try? JSONDecoder().decode(XMessage.self, from: Data(bytes)) else { return nil }
        let fields = message.fields
        let time = fields["createdAt"].flatMap(XTime.iso)
        let sender = (fields["senderId"] ?? fields["initiatingUserId"]).map(account)
        var record = ParsedRecord(
            kind: message.type == "messageCreate" ? .message : .event, scope: scope, key: fields["id"] ?? "",
            account: sender, claimedTime: time, source: source, parser: parser)
        if record.key.isEmpty {
            // Events have no id: told apart by what they are, when, and their bytes.
            record.key = "\(message.type)/\(fields["createdAt"] ?? "?")/\(source.digest.short)"
        }
        if let recipient = fields["recipientId"] { record.recipients = [account(recipient)] }
        guard record.kind == .message else {
            record.details["event"] = message.type
            if let name = fields["name"] {
                record.details["name"] = name
                record.text = name
            }
            record.recipients = message.participants.map(account)
            return record
        }
        var text = fields["text"] ?? ""
        for url in message.urls { if let expanded = url.expanded { text = text.replacing(url.short, with: expanded) } }
        record.text = XText.unescape(text)
        record.attachments = message.mediaURLs.map { url in
            let name = url.split(separator: "?").first?.split(separator: "/").last.map(String.init) ?? url
            return attachment(named: "\(record.key)-\(name)", url: url)
        }
        for (number, reaction) in message.reactions.enumerated() {
            let parts = ["reactionKey", "senderId", "createdAt"].compactMap { reaction[$0] }
            record.details["reaction.\(number + 1)"] = parts.joined(separator: " ")
        }
        return record
    }

    /// Messages name accounts by number only. For her own, the archive says more.
    private func account(_ id: String) -> ClaimedAccount {
        if let owner, owner.id == id { return owner }
        return ClaimedAccount(platform: .x, id: id)
    }
}

/// One message or event: `{"messageCreate": {…}}`.
private struct XMessage: Decodable {
    let type: String
    let fields: Fields
    let urls: [XURLEntity]
    let mediaURLs: [String]
    let reactions: [Fields]
    let participants: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let key = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not one message"))
        }
        type = key.stringValue
        let inner = try container.superDecoder(forKey: key)
        fields = try Fields(from: inner)
        let object = try LenientObject(inner)
        urls = object.list("urls")
        mediaURLs = object.list("mediaUrls", of: FlexibleText.self).map(\.text)
        reactions = object.list("reactions")
        let listed = object.list("participantsSnapshot", of: FlexibleText.self)
        participants = (listed.isEmpty ? object.list("userIds", of: FlexibleText.self) : listed).map(\.text)
    }
}
