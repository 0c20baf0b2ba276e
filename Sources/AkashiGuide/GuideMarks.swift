public import AkashiKnowledge

/// Where a guide's pages are: `base/part#section`.
public struct GuidePlace: Sendable {
    private let guide: Guide
    private let base: String
    private let contacts: [String: Contact]
    private let language: Language

    /// Takes a guide, the address above its pages, and everybody to reach.
    public init(_ guide: Guide, base: String, contacts: [Contact], language: Language) {
        self.guide = guide
        self.base = base
        self.contacts = Dictionary(contacts.map { ($0.id, $0) }) { one, _ in one }
        self.language = language
    }

    /// The address of a part.
    public func path(of part: GuidePart) -> String { "\(base)/\(part.id)" }

    /// The address of a section.
    public func path(of section: GuideSection) -> String {
        (guide.part(of: section).map { path(of: $0) } ?? base) + "#" + section.id
    }

    /// Blocks as templates show them.
    public func marks(_ blocks: [GuideBlock]) -> [GuideBlockMarks] { blocks.map { GuideBlockMarks($0, marks) } }

    /// A section's sources and what is near to it.
    public func sectionMarks(_ section: GuideSection) -> GuideSectionMarks {
        let sources = guide.sources(of: section).map {
            GuideSectionMarks.Source(name: $0.title, address: $0.url, read: $0.read, isSecondary: $0.mark == "secondary")
        }
        let related = section.related.compactMap { guide.section($0) }.map {
            GuideMark.Jump(words: "\($0.number) \($0.title)", path: path(of: $0))
        }
        return GuideSectionMarks(
            id: section.id, number: section.number, heading: section.title, blocks: marks(section.blocks), sources: sources,
            hasSources: !sources.isEmpty, picture: section.picture, related: related, hasRelated: !related.isEmpty)
    }

    private func marks(_ line: [GuideInline]) -> [GuideMark] {
        line.map { inline in
            switch inline {
            case .text(let text): return GuideMark(plain: text)
            case .strong(let text): return GuideMark(strongly: text)
            case .link(let words, let id):
                guard let section = guide.section(id) else { return GuideMark(plain: words) }
                return GuideMark(jump: GuideMark.Jump(words: words, path: path(of: section)))
            case .contact(let id):
                guard let contact = contacts[id] else { return GuideMark() }
                return GuideMark(
                    reach: GuideMark.Reach(
                        name: contact.name[language], dial: contact.dial, number: contact.number, address: contact.url,
                        hours: contact.hours?[language]))
            }
        }
    }
}

/// A piece of a line as a template shows it: one of its fields is there. The names are unlike all others, for a mark that is missing
/// is looked for further out.
public struct GuideMark: Sendable, Hashable {
    /// Words that lead to another section.
    public struct Jump: Sendable, Hashable {
        /// The words.
        public let words: String
        /// The address.
        public let path: String
    }

    /// Somebody to reach.
    public struct Reach: Sendable, Hashable {
        /// The name.
        public let name: String
        /// For a telephone.
        public let dial: String?
        /// As it is printed.
        public let number: String?
        /// A page.
        public let address: String?
        /// When somebody answers.
        public let hours: String?
    }

    /// Plain words.
    public var plain: String?
    /// Words that matter.
    public var strongly: String?
    /// Words that lead to another section.
    public var jump: Jump?
    /// Somebody to reach.
    public var reach: Reach?
}

/// A paragraph or a list as a template shows it.
public struct GuideBlockMarks: Sendable, Hashable {
    /// A line.
    public struct Line: Sendable, Hashable {
        /// Its pieces.
        public let marks: [GuideMark]
    }

    /// Lines.
    public struct List: Sendable, Hashable {
        /// In order.
        public let lines: [Line]
    }

    /// A paragraph.
    public let paragraph: Line?
    /// A list of steps.
    public let steps: List?
    /// A list of things.
    public let items: List?

    init(_ block: GuideBlock, _ marks: ([GuideInline]) -> [GuideMark]) {
        switch block {
        case .paragraph(let line): (paragraph, steps, items) = (Line(marks: marks(line)), nil, nil)
        case .list(let isSteps, let lines):
            let list = List(lines: lines.map { Line(marks: marks($0)) })
            (paragraph, steps, items) = (nil, isSteps ? list : nil, isSteps ? nil : list)
        }
    }
}

/// A section as a template shows it.
public struct GuideSectionMarks: Sendable, Hashable {
    /// Where a statement comes from.
    public struct Source: Sendable, Hashable {
        /// The page's or the law's own name.
        public let name: String
        /// Its address.
        public let address: String
        /// The day on which it was read.
        public let read: String
        /// Whether a copy or a summary was read.
        public let isSecondary: Bool
    }

    /// The section's name in addresses.
    public let id: String
    /// Such as `2.3`.
    public let number: String
    /// The heading.
    public let heading: String
    /// The text.
    public let blocks: [GuideBlockMarks]
    /// What it rests on.
    public let sources: [Source]
    /// Whether there are any.
    public let hasSources: Bool
    /// A picture's name and what it shows.
    public let picture: GuideSection.Picture?
    /// What is near to it.
    public let related: [GuideMark.Jump]
    /// Whether there is any.
    public let hasRelated: Bool
}
