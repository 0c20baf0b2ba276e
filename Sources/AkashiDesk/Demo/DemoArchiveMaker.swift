import AkashiFormats
import AkashiModel
import Foundation

/// Builds a real X archive, in the layout of 2023 and later, from the demo case's source.
struct DemoArchiveMaker {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private let source: DemoArchive
    private var files: [(path: String, bytes: [UInt8])] = []
    private var pictureNumber = 0
    /// The importer's key for each reference.
    private(set) var keys: [String: String] = [:]

    init(_ source: DemoArchive) { self.source = source }

    /// The zip archive.
    mutating func zip() throws -> [UInt8] {
        let tweets = try source.tweets.map { JSONValue.object(["tweet": try tweet($0)]) }
        let deleted = try source.deletedTweets.map { JSONValue.object(["tweet": try tweet($0)]) }
        let notes = try source.noteTweets.map { try note($0) }
        let direct = try source.conversations.filter { $0.group == nil }.map { try conversation($0) }
        let group = try source.conversations.filter { $0.group != nil }.map { try conversation($0) }
        // Archives are in no order; newest first is usual.
        try add("tweets", tweets.reversed())
        try add("deleted-tweets", deleted)
        try add("note-tweet", notes)
        try add("direct-messages", direct)
        try add("direct-messages-group", group)
        try add(
            "like",
            source.likes.map { like in
                .object([
                    "like": .object([
                        "tweetId": .string(like.tweetId), "fullText": .string(escape(like.text)),
                        "expandedUrl": .string("https://twitter.com/i/web/status/\(like.tweetId)"),
                    ])
                ])
            })
        try add("block", source.blocks.map { try relation("blocking", $0.person) })
        try add("mute", source.mutes.map { try relation("muting", $0.person) })
        try addAccount()
        try addManifest()
        files.append(("Your archive.html", Array("<!doctype html><title>Archive</title>".utf8)))
        return try ZipWriter.zip(files)
    }

    private mutating func add(_ type: String, _ elements: [JSONValue]) throws {
        let name = type.replacing("-", with: "_")
        let head = "window.YTD.\(name).part0 = "
        files.append(("data/\(type).js", Array(head.utf8) + (try JSONValue.array(elements).encoded())))
    }

    private mutating func tweet(_ tweet: DemoArchive.Tweet) throws -> JSONValue {
        let time = try Self.instant(tweet.at)
        let id = Self.id(time)
        keys[tweet.ref] = id
        var text = escape(tweet.text)
        var entities: [String: JSONValue] = ["hashtags": .array([]), "user_mentions": .array([])]
        var links = tweet.urls ?? []
        if let quoted = tweet.quoteOf {
            let short = "https://t.co/q\(tweet.ref)"
            text += " \(short)"
            links.append(DemoArchive.Link(url: short, expanded: quoted, display: "x.com/…"))
        }
        entities["urls"] = .array(
            links.map { link in
                .object([
                    "url": .string(link.url), "expanded_url": .string(link.expanded), "display_url": .string(link.display),
                    "indices": indices(of: link.url, in: text),
                ])
            })
        var media: [JSONValue] = []
        if let pictures = tweet.media, !pictures.isEmpty {
            let short = "https://t.co/m\(tweet.ref)"
            text += " \(short)"
            media = pictures.map { _ in
                picture(short, in: text, folder: "tweets_media", id: id)
            }
            entities["media"] = .array([media[0]])
        }
        var fields: [String: JSONValue] = [
            "id": .string(id), "id_str": .string(id), "full_text": .string(text), "created_at": .string(Self.twitter(time)),
            "truncated": .bool(false), "retweeted": .bool(false), "favorited": .bool(false), "lang": .string("ja"),
            "favorite_count": .string("3"), "retweet_count": .string("0"), "entities": .object(entities),
            "source": .string("<a href=\"https://example.com\" rel=\"nofollow\">Demo for iPhone</a>"),
            "edit_info": .object([
                "initial": .object([
                    "editTweetIds": .array([.string(id)]),
                    "editableUntil": .string(time.advanced(milliseconds: 3_600_000).utcText),
                    "editsRemaining": .string("5"), "isEditEligible": .bool(true),
                ])
            ]),
        ]
        if !media.isEmpty { fields["extended_entities"] = .object(["media": .array(media)]) }
        if let deletedAt = tweet.deletedAt { fields["deleted_at"] = .string(Self.twitter(try Self.instant(deletedAt))) }
        if let reply = tweet.replyTo {
            let person = try self.person(reply.person)
            fields["in_reply_to_user_id"] = .string(person.accountId)
            fields["in_reply_to_user_id_str"] = .string(person.accountId)
            fields["in_reply_to_screen_name"] = .string(person.userName)
            if let parent = reply.tweetId {
                fields["in_reply_to_status_id"] = .string(parent)
                fields["in_reply_to_status_id_str"] = .string(parent)
            }
        }
        return .object(fields)
    }

    private mutating func note(_ note: DemoArchive.Tweet) throws -> JSONValue {
        let time = try Self.instant(note.at)
        let id = Self.id(time)
        keys[note.ref] = id
        return .object([
            "noteTweet": .object([
                "noteTweetId": .string(id), "createdAt": .string(time.utcText), "updatedAt": .string(time.utcText),
                "lifecycle": .object(["value": .string("1")]),
                "core": .object([
                    "text": .string(note.text), "mentions": .array([]), "hashtags": .array([]), "urls": .array([]),
                ]),
            ])
        ])
    }

    private mutating func conversation(_ talk: DemoArchive.Conversation) throws -> JSONValue {
        let owner = source.owner.accountId
        let others = try talk.with.map { try person($0).accountId }
        let id = talk.group == nil ? "\(others[0])-\(owner)" : Self.id(try Self.instant(talk.messages[0].at))
        var items: [(Instant, JSONValue)] = []
        for message in talk.messages { items.append(try self.message(message, to: talk.group == nil ? others[0] : nil)) }
        for event in talk.events ?? [] { items.append(try self.event(event)) }
        items.sort { $0.0 > $1.0 }
        return .object([
            "dmConversation": .object([
                "conversationId": .string(id), "messages": .array(items.map(\.1)),
            ])
        ])
    }

    private mutating func message(_ message: DemoArchive.Message, to other: String?) throws -> (Instant, JSONValue) {
        let time = try Self.instant(message.at)
        let id = Self.id(time)
        keys[message.ref] = id
        let sender = try accountID(message.from)
        var fields: [String: JSONValue] = [
            "id": .string(id), "senderId": .string(sender), "text": .string(escape(message.text)),
            "createdAt": .string(time.utcText), "urls": .array([]), "mediaUrls": .array([]),
            "reactions": .array(
                try (message.reactions ?? []).map { reaction in
                    .object([
                        "senderId": .string(try accountID(reaction.from)), "reactionKey": .string(reaction.key),
                        "createdAt": .string(time.advanced(milliseconds: 60_000).utcText),
                    ])
                }),
        ]
        if let other { fields["recipientId"] = .string(sender == other ? source.owner.accountId : other) }
        if let pictures = message.media, !pictures.isEmpty {
            let folder = other == nil ? "direct_messages_group_media" : "direct_messages_media"
            fields["mediaUrls"] = .array(
                pictures.map { _ in
                    let name = addPicture(folder: folder, id: id)
                    return .string("https://ton.twitter.com/dm/\(id)/\(id)/\(name)")
                })
        }
        return (time, .object(["messageCreate": .object(fields)]))
    }

    private mutating func event(_ event: DemoArchive.Event) throws -> (Instant, JSONValue) {
        let time = try Self.instant(event.at)
        var fields: [String: JSONValue] = ["createdAt": .string(time.utcText)]
        if let by = event.by { fields["initiatingUserId"] = .string(try accountID(by)) }
        if let name = event.name { fields["name"] = .string(name) }
        let people = JSONValue.array(try (event.people ?? []).map { .string(try accountID($0)) })
        switch event.kind {
        case "join":
            fields["participantsSnapshot"] = people
            return (time, .object(["joinConversation": .object(fields)]))
        case "leave":
            fields["userIds"] = people
            return (time, .object(["participantsLeave": .object(fields)]))
        default: return (time, .object(["conversationNameUpdate": .object(fields)]))
        }
    }

    private func relation(_ kind: String, _ name: String) throws -> JSONValue {
        let id = try person(name).accountId
        return .object([
            kind: .object([
                "accountId": .string(id), "userLink": .string("https://twitter.com/intent/user?user_id=\(id)"),
            ])
        ])
    }

    private mutating func picture(_ short: String, in text: String, folder: String, id: String) -> JSONValue {
        let name = addPicture(folder: folder, id: id)
        return .object([
            "url": .string(short), "expanded_url": .string("https://x.com/i/status/\(id)/photo/1"), "type": .string("photo"),
            "media_url_https": .string("https://pbs.twimg.com/media/\(name)"), "indices": indices(of: short, in: text),
        ])
    }

    private mutating func addPicture(folder: String, id: String) -> String {
        pictureNumber += 1
        let name = "Demo\(pictureNumber).png"
        files.append(("data/\(folder)/\(id)-\(name)", DemoPicture.png(pictureNumber)))
        return name
    }

    private mutating func addAccount() throws {
        let account = JSONValue.object([
            "account": .object([
                "email": .string(source.owner.email), "createdVia": .string("web"), "username": .string(source.owner.userName),
                "accountId": .string(source.owner.accountId), "createdAt": .string("2021-06-03T09:12:44.000Z"),
                "accountDisplayName": .string(source.owner.displayName),
            ])
        ])
        try add("account", [account])
    }

    private mutating func addManifest() throws {
        let types = Dictionary(
            uniqueKeysWithValues: files.filter { $0.path.hasSuffix(".js") }.map { file in
                (
                    String(file.path.dropFirst(5).dropLast(3)),
                    JSONValue.object([
                        "files": .array([
                            .object(["fileName": .string(file.path), "count": .string("1")])
                        ])
                    ])
                )
            })
        let manifest = JSONValue.object([
            "userInfo": .object([
                "accountId": .string(source.owner.accountId), "userName": .string(source.owner.userName),
                "displayName": .string(source.owner.displayName),
            ]),
            "archiveInfo": .object([
                "sizeBytes": .string("1"), "generationDate": .string(try Self.instant(source.generatedAt).utcText),
                "isPartialArchive": .bool(false), "maxPartSizeBytes": .string("53687091200"),
            ]),
            "dataTypes": .object(types),
        ])
        files.append(("data/manifest.js", Array("window.__THAR_CONFIG = ".utf8) + (try manifest.encoded())))
    }

    private func person(_ name: String) throws -> DemoArchive.Person {
        guard let person = source.people[name] else { throw DeskError(.demoDamaged, ["file": "x-archive.yaml"]) }
        return person
    }

    private func accountID(_ name: String) throws -> String {
        try name == "owner" ? source.owner.accountId : person(name).accountId
    }

    private func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// X counts code points of the escaped text, and writes numbers as strings.
    private func indices(of part: String, in text: String) -> JSONValue {
        guard let range = text.range(of: part) else { return .array([]) }
        let start = text[..<range.lowerBound].unicodeScalars.count
        return .array([.string(String(start)), .string(String(start + part.unicodeScalars.count))])
    }

    static func instant(_ text: String) throws -> Instant {
        guard let (civil, _) = CivilTime.parseRFC3339(text) else { throw DeskError(.demoDamaged, ["file": "x-archive.yaml"]) }
        return civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes)
    }

    private static func id(_ time: Instant) -> String { String((time.milliseconds - 1_288_834_974_657) << 22) }

    private static func twitter(_ time: Instant) -> String {
        let civil = CivilTime(time, offsetMinutes: 0)
        let clock = civil.text.dropFirst(11).prefix(8)
        let day = civil.day < 10 ? "0\(civil.day)" : "\(civil.day)"
        return "\(weekdays[civil.weekday]) \(months[civil.month - 1]) \(day) \(clock) +0000 \(civil.year)"
    }
}

/// JSON that is written.
enum JSONValue: Encodable {
    case string(String)
    case bool(Bool)
    case array([JSONValue])
    case object([String: JSONValue])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let value): try container.encode(value)
        case .bool(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return Array(try encoder.encode(self))
    }
}
