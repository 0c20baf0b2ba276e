/// What a record is. An open list of lower-case names; an unknown one decodes and is shown by its name.
public struct RecordKind: Hashable, Sendable, Codable, CustomStringConvertible {
    /// A lower-case ASCII name.
    public let name: String

    /// Takes a lower-case ASCII name.
    public init(_ name: String) { self.name = name }

    /// Something published.
    public static let post = RecordKind("post")
    /// A post that its author had deleted before the export.
    public static let deletedPost = RecordKind("deleted-post")
    /// A post of somebody else, passed on.
    public static let repost = RecordKind("repost")
    /// A long post that is stored apart from its short form.
    public static let longPost = RecordKind("long-post")
    /// A private message.
    public static let message = RecordKind("message")
    /// Somebody joined, left, renamed, withdrew a message, called.
    public static let event = RecordKind("event")
    /// The owner of the export liked a post.
    public static let like = RecordKind("like")
    /// The owner of the export blocked an account.
    public static let block = RecordKind("block")
    /// The owner of the export muted an account.
    public static let mute = RecordKind("mute")
    /// A mail.
    public static let mail = RecordKind("mail")
    /// A screenshot or photograph.
    public static let picture = RecordKind("picture")
    /// A document such as a PDF.
    public static let document = RecordKind("document")
    /// A recording of sound.
    public static let recording = RecordKind("recording")
    /// A film.
    public static let film = RecordKind("film")
    /// A line of a shop's table: an order, a sale, a review.
    public static let order = RecordKind("order")
    /// A review of a shop or its goods.
    public static let review = RecordKind("review")
    /// A comment under something.
    public static let comment = RecordKind("comment")
    /// A web page as it was kept.
    public static let page = RecordKind("page")
    /// A file as it is.
    public static let file = RecordKind("file")

    /// The name.
    public var description: String { name }

    /// Reads the bare name.
    public init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the bare name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// The four kinds of harm that BRIEF names, and threats. Which one it is, the person decides; a lawyer judges.
public enum Harm: String, Sendable, Codable, CaseIterable {
    /// 名誉毀損・侮辱: words that lower what others think of her.
    case defamation
    /// 業務妨害: false rumours or tricks that harm her business.
    case obstruction
    /// ネットストーカー: following, watching, contacting again and again.
    case stalking
    /// 個人情報の漏えい: name, address, place of work made known.
    case dataLeak = "data-leak"
    /// 脅迫: announcing harm to her or her family.
    case threat
}
