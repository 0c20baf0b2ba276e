import Foundation

/// What is known beside the words.
public struct SortingContext: Sendable, Equatable {
    /// `post`, `message`, `review`, `order`, `mail`, `comment`; nil if it is not known.
    public var kind: String?
    /// Stars of a review, 1…5.
    public var stars: Int?
    /// Whether she had blocked or refused the writer before.
    public var isAfterBlock = false
    /// Whether the writer uses another account than before.
    public var isOtherAccount = false
    /// What her shop and she are called.
    public var shopNames: [String] = []
    /// Words that few can know.
    public var privateFacts: [String] = []
    /// Contacts by the same writer in the seven days around it.
    public var contactsThisWeek = 0

    /// Nothing is known.
    public init() {}

    /// Reads a sentence of a person, such as `ショップのレビュー、星1` or `ブロックした相手の別アカウントからのDM`.
    public init(sentence: String) {
        self.init()
        func has(_ words: String...) -> Bool { words.contains { sentence.localizedCaseInsensitiveContains($0) } }
        if has("レビュー", "口コミ", "review") {
            kind = "review"
        } else if has("注文", "備考", "order") {
            kind = "order"
        } else if has(
            "DM", "メッセージ", "LINE", "message")
        {
            kind = "message"
        } else if has("メール", "mail") {
            kind = "mail"
        } else if has("コメント", "comment") {
            kind = "comment"
        }
        isAfterBlock = has("ブロックした", "ブロック後", "拒否した", "断った", "after a block", "after block", "blocked")
        isOtherAccount = has("別アカウント", "新しいアカウント", "捨てアカ", "another account", "new account")
        if let match = sentence.firstMatch(of: /(?:星|★|stars?[: ]*)\s*([1-5１-５一二三四五])/) {
            stars = match.1.first.flatMap { $0.wholeNumberValue ?? ["一": 1, "二": 2, "三": 3, "四": 4, "五": 5][$0] }
        }
    }
}
