/// What LINE says about a talk, with nobody as its author: somebody joined, left, took a message back.
struct LineNotice: Equatable {
    /// Longer texts are a person's: a notice has few words and at most some names.
    private static let maximumByteCount = 1000

    /// `unsend`, `join`, `leave`, `kick`, `call`, `album`, `note` or `other`.
    let event: String
    /// Who is said to have done it, where the words tell; nil too where it is the exporter herself.
    let name: String?
    /// The words without names, because names are other ones in the next export.
    let phrase: String

    /// Reads a text that stands where there is no author: always a notice, of whatever kind.
    init(authorless text: String) {
        if let known = Self(known: text) ?? Self(loose: text) {
            self = known
        } else {
            self.init(event: Self.topic(of: text), name: nil, phrase: text)
        }
    }

    /// Reads words that LINE alone writes so; nil for anything else.
    init?(known text: String) {
        guard text.utf8.count <= Self.maximumByteCount else { return nil }
        let plain = Self.plain(text)
        if ["メッセージの送信を取り消しました", "You unsent a message"].contains(where: plain.isSame) {
            self.init(event: "unsend", name: nil, phrase: plain)
            return
        }
        if LinePhrases.isCall(text) {
            self.init(event: "call", name: nil, phrase: text)
            return
        }
        if Self.kickEndings.contains(where: { plain.dropping(suffix: $0) != nil }) || Self.isEnglishKick(plain) {
            let parts = Self.isolated(text)
            // Without the marks around names, where one ends cannot be told: names hold が too.
            self.init(event: "kick", name: parts.names.count > 1 ? parts.names.first : nil, phrase: parts.rest)
            return
        }
        guard let found = Self.named(plain, Self.endings) else { return nil }
        self = found
    }

    /// Words that a person may write too, where a column says that nobody did.
    private init?(loose text: String) {
        guard text.utf8.count <= Self.maximumByteCount,
            let found = Self.named(Self.plain(text), [("leave", " left"), ("join", " joined")])
        else { return nil }
        self = found
    }

    private init(event: String, name: String?, phrase: String) {
        self.event = event
        self.name = name
        self.phrase = phrase
    }

    private static func named(_ plain: String, _ endings: [(event: String, words: String)]) -> LineNotice? {
        for (event, words) in endings {
            if let name = plain.dropping(suffix: words), !name.isEmpty {
                return LineNotice(event: event, name: name, phrase: words)
            }
        }
        return nil
    }

    private static func topic(of text: String) -> String {
        let topics = [("通話", "call"), ("アルバム", "album"), ("ノート", "note"), ("album", "album"), (" note", "note")]
        for (word, topic) in topics where text.utf8.firstRange(of: word.utf8) != nil { return topic }
        return "other"
    }

    /// Without the marks that LINE sets around names for writing from right to left, and without the last stop.
    private static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.filter { $0 != "\u{2068}" && $0 != "\u{2069}" })
        let plain = String(scalars)
        return plain.dropping(suffix: "。") ?? plain.dropping(suffix: ".") ?? plain
    }

    /// The names between U+2068 and U+2069, and the words without them.
    private static func isolated(_ text: String) -> (names: [String], rest: String) {
        var names: [String] = []
        var rest = String.UnicodeScalarView()
        var name: String.UnicodeScalarView?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2068}": name = name ?? String.UnicodeScalarView()
            case "\u{2069}":
                if let whole = name { names.append(String(whole)) }
                name = nil
            default:
                if name == nil { rest.append(scalar) } else { name?.append(scalar) }
            }
        }
        if let name { rest.append(contentsOf: name) }
        return (names, String(rest))
    }

    private static func isEnglishKick(_ plain: String) -> Bool {
        [" from the group", " from the chat"].contains { plain.dropping(suffix: $0) != nil }
            && plain.utf8.firstRange(of: " removed ".utf8) != nil
    }

    private static let kickEndings = ["を退会させました", "から退会させました", "を強制退会させました", "から強制退会させました"]
    private static let endings = [
        ("unsend", "がメッセージの送信を取り消しました"), ("unsend", " unsent a message"),
        ("join", "がグループに参加しました"), ("join", "がトークに参加しました"), ("join", "がトークルームに参加しました"),
        ("join", "が参加しました"), ("join", " joined the group"), ("join", " joined the chat"),
        ("leave", "がグループを退会しました"), ("leave", "がグループから退会しました"), ("leave", "がトークを退会しました"),
        ("leave", "が退会しました"), ("leave", "がグループを退出しました"), ("leave", "がトークルームを退出しました"),
        ("leave", "がトークを退出しました"), ("leave", "が退出しました"), ("leave", " left the group"),
        ("leave", " left the chat"),
    ]
}
