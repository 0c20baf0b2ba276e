import AkashiIntake
import AkashiModel
import Foundation

/// A post as the archive writes it, as far as it is used.
struct XTweet: Decodable {
    let id: String
    let text: String
    let createdAt: String?
    let deletedAt: String?
    let replyStatusID: String?
    let replyUserID: String?
    let replyHandle: String?
    let client: String?
    let language: String?
    let entities: XEntities
    let media: [XMedia]
    let initialTweetID: String?
    let editIDs: [String]

    init(from decoder: any Decoder) throws {
        let object = try LenientObject(decoder)
        guard let id = object.text("id_str") ?? object.text("id"),
            let text = object.text("full_text") ?? object.text("text")
        else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not a post")) }
        self.id = id
        self.text = text
        createdAt = object.text("created_at")
        deletedAt = object.text("deleted_at")
        replyStatusID = object.text("in_reply_to_status_id_str") ?? object.text("in_reply_to_status_id")
        replyUserID = object.text("in_reply_to_user_id_str") ?? object.text("in_reply_to_user_id")
        replyHandle = object.text("in_reply_to_screen_name")
        client = object.text("source")
        language = object.text("lang")
        let entities: XEntities? = object.value("entities")
        let extended: XEntities? = object.value("extended_entities")
        self.entities = entities ?? XEntities()
        // `entities.media` names one picture only, `extended_entities.media` all of them.
        media = extended.map(\.media).flatMap { $0.isEmpty ? nil : $0 } ?? entities?.media ?? []
        let info: XEditInfo? = object.value("edit_info")
        initialTweetID = info?.initialTweetID
        editIDs = info?.editIDs ?? []
    }
}

/// What `edit_info` says of versions of a post.
private struct XEditInfo: Decodable {
    let initialTweetID: String?
    let editIDs: [String]

    init(from decoder: any Decoder) throws {
        let object = try LenientObject(decoder)
        let edit: XEdit? = object.value("edit")
        let initial: XEdit? = object.value("initial")
        initialTweetID = edit?.initialTweetID
        editIDs = initial?.editIDs ?? edit?.editIDs ?? []
    }

    private struct XEdit: Decodable {
        let initialTweetID: String?
        let editIDs: [String]

        init(from decoder: any Decoder) throws {
            let object = try LenientObject(decoder)
            initialTweetID = object.text("initialTweetId")
            let control: XEdit? = object.value("editControlInitial")
            let own: [FlexibleText] = object.list("editTweetIds")
            editIDs = own.isEmpty ? control?.editIDs ?? [] : own.map(\.text)
        }
    }
}

/// Parts of a post's text that stand for something else.
struct XEntities: Decodable {
    var urls: [XURLEntity] = []
    var media: [XMedia] = []

    init() {}

    init(from decoder: any Decoder) throws {
        let object = try LenientObject(decoder)
        urls = object.list("urls")
        media = object.list("media")
    }
}

/// A shortened link in a text, and where it leads.
struct XURLEntity: Decodable {
    let short: String
    let expanded: String?
    let range: Range<Int>?

    init(from decoder: any Decoder) throws {
        let object = try LenientObject(decoder)
        guard let short = object.text("url") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no url"))
        }
        self.short = short
        expanded = object.text("expanded_url") ?? object.text("expanded")
        let indices = object.list("indices", of: FlexibleText.self).compactMap { Int($0.text) }
        range = indices.count == 2 && indices[0] >= 0 && indices[0] <= indices[1] ? indices[0]..<indices[1] : nil
    }
}

/// A picture or film of a post.
struct XMedia: Decodable {
    /// The link that stands for it in the text.
    let link: XURLEntity?
    /// Where the platform kept the file.
    let fileURL: String?

    init(from decoder: any Decoder) throws {
        let object = try LenientObject(decoder)
        link = try? XURLEntity(from: decoder)
        let variants: [Variant] = object.value("video_info", VideoInfo.self)?.variants ?? []
        let best = variants.filter { $0.bitrate != nil }.max { ($0.bitrate ?? 0) < ($1.bitrate ?? 0) }
        fileURL = best?.url ?? object.text("media_url_https") ?? object.text("media_url")
    }

    /// The last part of the address, without a query.
    var fileName: String? {
        fileURL?.split(separator: "?").first?.split(separator: "/").last.map(String.init)
    }

    private struct VideoInfo: Decodable {
        let variants: [Variant]

        init(from decoder: any Decoder) throws { variants = try LenientObject(decoder).list("variants") }
    }

    private struct Variant: Decodable {
        let url: String?
        let bitrate: Int64?

        init(from decoder: any Decoder) throws {
            let object = try LenientObject(decoder)
            url = object.text("url")
            bitrate = object.text("bitrate").flatMap(Int64.init)
        }
    }
}
