/// A piece of a line.
public enum GuideInline: Sendable, Hashable {
    /// Plain words.
    case text(String)
    /// Words that matter.
    case strong(String)
    /// Words that lead to a section.
    case link(String, section: String)
    /// Somebody to reach, from `Knowledge/contacts`.
    case contact(String)

    /// What stands between the marks of a line: `**words**`, `[words](#section)`, `{contact:id}`. Read by hand: all of the guide is read
    /// whenever a program starts.
    static func line(_ text: String) -> [GuideInline]? {
        var pieces: [GuideInline] = []
        var rest = text[...]
        var from = rest.startIndex
        while let start = rest[from...].utf8.firstIndex(where: { "*[{".utf8.contains($0) }) {
            guard let (piece, end) = mark(rest[start...]) else {
                from = rest.utf8.index(after: start)
                continue
            }
            if start > rest.startIndex { pieces.append(.text(String(rest[..<start]))) }
            pieces.append(piece)
            rest = rest[end...]
            from = rest.startIndex
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        // What looks like a mark and is none was meant to be one.
        for plain in pieces.map(\.words) where plain.contains("**") || plain.contains("](") || plain.contains("{contact") {
            return nil
        }
        return pieces
    }

    /// The mark that a text begins with, and where it ends.
    private static func mark(_ text: Substring) -> (GuideInline, String.Index)? {
        func upTo(_ end: String, after beginning: String) -> (Substring, String.Index)? {
            guard text.hasPrefix(beginning) else { return nil }
            let inner = text.dropFirst(beginning.count)
            guard let range = inner.firstRange(of: end), range.lowerBound > inner.startIndex else { return nil }
            return (inner[..<range.lowerBound], range.upperBound)
        }
        func isID(_ id: Substring) -> Bool {
            !id.isEmpty && id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        }
        if let (words, end) = upTo("**", after: "**"), !words.contains("*") { return (.strong(String(words)), end) }
        if let (id, end) = upTo("}", after: "{contact:"), isID(id) { return (.contact(String(id)), end) }
        if let (words, middle) = upTo("](#", after: "["), !words.contains("["), !words.contains("]") {
            let tail = text[middle...]
            guard let end = tail.firstIndex(of: ")"), isID(tail[..<end]) else { return nil }
            return (.link(String(words), section: String(tail[..<end])), text.index(after: end))
        }
        return nil
    }

    var isContact: Bool { if case .contact = self { true } else { false } }

    /// The words alone.
    public var words: String {
        switch self {
        case .text(let words), .strong(let words), .link(let words, _): words
        case .contact: ""
        }
    }
}

/// A paragraph or a list.
public enum GuideBlock: Sendable, Hashable {
    /// One paragraph.
    case paragraph([GuideInline])
    /// A list, of steps in their order or of things.
    case list(isSteps: Bool, [[GuideInline]])

    /// Its lines.
    public var lines: [[GuideInline]] {
        switch self {
        case .paragraph(let line): [line]
        case .list(_, let lines): lines
        }
    }
}

/// A section: what search finds and what can be named as a source.
public struct GuideSection: Sendable, Hashable {
    /// A picture of a page, in the folder `pictures` beside the text.
    public struct Picture: Sendable, Hashable {
        /// The file's name without its ending.
        public let name: String
        /// What it shows.
        public let caption: String
    }

    /// The same in both languages.
    public let id: String
    /// Its part's number and its own, such as `2.3`.
    public let number: String
    /// The heading.
    public let title: String
    /// How people ask for it. Never shown.
    public let words: String
    /// Ids of sources.
    public let sources: [String]
    /// Ids of other sections.
    public let related: [String]
    /// A picture of a page.
    public let picture: Picture?
    /// The text.
    public let blocks: [GuideBlock]

    /// How it begins, for a list.
    public var beginning: String { String(text.prefix { $0 != "\n" }.prefix(90)) }

    /// The text's words, a line each.
    public var text: String { blocks.flatMap(\.lines).map { $0.map(\.words).joined() }.joined(separator: "\n") }
}

/// One of the nine parts.
public struct GuidePart: Sendable, Hashable {
    /// The file's name.
    public let id: String
    /// 1 to 9.
    public let number: Int
    /// The heading.
    public let title: String
    /// One line about it.
    public let summary: String
    /// The day on which somebody looked it through, `2026-11-29`.
    public let checked: String
    /// What it is for.
    public let intro: [GuideBlock]
    /// In order.
    public let sections: [GuideSection]
}

/// Where a statement of the guide comes from.
public struct GuideSource: Sendable, Hashable, Decodable {
    /// Its name in data.
    public let id: String
    /// The page's or the law's own name.
    public let title: String
    /// Its address.
    public let url: String
    /// The day on which it was read, `2026-11-23`.
    public let read: String
    /// `official`, or `secondary` where a copy or a summary was read.
    public let mark: String
}
