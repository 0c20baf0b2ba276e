import Crypto
import Foundation

/// One event of a webhook. What is not known is kept all the same: `json` is all of it.
struct LineEvent: Sendable {
    /// The event as it is kept, its keys in order.
    let json: String
    /// Tells a second delivery of the same event: its id and everything in it but what differs between deliveries.
    let key: [UInt8]
    let type: String
    let userID: String?
    let isFromPerson: Bool
    let replyToken: String?
    let isActive: Bool
    let message: Message?

    /// A message in it.
    struct Message: Sendable {
        let id: String
        let type: String
        let text: String?
        let fileName: String?
        let byteCount: Int?
        /// Whether LINE keeps its content for us.
        let isHeldByLine: Bool

        /// Whether LINE makes it ready for a while first.
        var isPrepared: Bool { type == "video" || type == "audio" }
    }

    /// What a webhook holds; nil where the body is none. Events may be none: the console asks so whether somebody is there.
    static func all(in body: [UInt8]) -> [LineEvent]? {
        guard let whole = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
            let events = whole["events"] as? [Any]
        else { return nil }
        return events.compactMap { ($0 as? [String: Any]).flatMap(LineEvent.init) }
    }

    private init?(_ event: [String: Any]) {
        var rest = event
        rest["deliveryContext"] = nil
        rest["replyToken"] = nil
        guard let json = Self.text(event), let same = Self.text(rest) else { return nil }
        self.json = json
        key = Array(SHA256.hash(data: Array("line\u{0}\(same)".utf8)))
        type = event["type"] as? String ?? ""
        let source = event["source"] as? [String: Any]
        userID = source?["userId"] as? String
        isFromPerson = source?["type"] as? String == "user"
        replyToken = event["replyToken"] as? String
        isActive = event["mode"] as? String != "standby"
        let message = event["message"] as? [String: Any]
        self.message = message.flatMap { message in
            guard let id = message["id"] as? String, let type = message["type"] as? String else { return nil }
            let provider = (message["contentProvider"] as? [String: Any])?["type"] as? String
            return Message(
                id: id, type: type, text: message["text"] as? String, fileName: message["fileName"] as? String,
                byteCount: message["fileSize"] as? Int,
                isHeldByLine: type == "file" || (["image", "video", "audio"].contains(type) && provider == "line"))
        }
    }

    private static func text(_ value: [String: Any]) -> String? {
        (try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
