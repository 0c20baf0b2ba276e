public import AkashiModel

/// One thing that a source says happened: a post, a message, a block. Yielded by an importer from sealed bytes,
/// and kept word for word as one entry of the ledger.
public struct ParsedRecord: Hashable, Sendable, Codable {
    /// What it is.
    public var kind: RecordKind
    /// The stream it belongs to, such as `x/tweets/123` (the posts of account 123) or `line/名前`.
    public var scope: String
    /// What tells it from all others of its scope, the same in every export: the platform's id where there is one.
    public var key: String
    /// Who is said to have written or done it.
    public var account: ClaimedAccount?
    /// To whom it is said to be addressed.
    public var recipients: [ClaimedAccount]
    /// When it is said to have happened.
    public var claimedTime: ClaimedTime?
    /// Its words, as its reader would have seen them. Never markup.
    public var text: String?
    /// Where it is said to be on the net.
    public var url: String?
    /// Pictures and other files that belong to it.
    public var attachments: [Attachment]
    /// Where its bytes stand.
    public var source: Locator
    /// Which program read them.
    public var parser: ParserVersion
    /// What a reader should know about it.
    public var remarks: [Remark]
    /// Further facts that the source gives, by name.
    public var details: [String: String]

    /// Takes the parts; those that a source does not have may be left out.
    public init(
        kind: RecordKind, scope: String, key: String, account: ClaimedAccount? = nil, recipients: [ClaimedAccount] = [],
        claimedTime: ClaimedTime? = nil, text: String? = nil, url: String? = nil, attachments: [Attachment] = [],
        source: Locator, parser: ParserVersion, remarks: [Remark] = [], details: [String: String] = [:]
    ) {
        self.kind = kind
        self.scope = scope
        self.key = key
        self.account = account
        self.recipients = recipients
        self.claimedTime = claimedTime
        self.text = text
        self.url = url
        self.attachments = attachments
        self.source = source
        self.parser = parser
        self.remarks = remarks
        self.details = details
    }
}
