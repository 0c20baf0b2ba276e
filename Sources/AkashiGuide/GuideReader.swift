import AkashiKnowledge
import AkashiModel

/// Reads a part's file. Strict: what it does not know stops it, with the line, because a lost line could be the one that matters.
struct GuideReader {
    private let file: String
    private let lines: [Substring]
    private var at = 0

    init(_ text: String, file: String) {
        self.file = file
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    mutating func part(id: String) throws(KnowledgeError) -> GuidePart {
        guard take() == "---" else { throw damaged }
        let title = try field("title")
        guard let number = Int(try field("number")) else { throw damaged }
        let summary = try field("summary")
        let checked = try field("checked")
        guard CivilDate(checked) != nil, take() == "---" else { throw damaged }
        let intro = try blocks()
        var sections: [GuideSection] = []
        while at < lines.count { sections.append(try section("\(number).\(sections.count + 1)")) }
        guard !sections.isEmpty else { throw damaged }
        return GuidePart(
            id: id, number: number, title: title, summary: summary, checked: checked, intro: intro, sections: sections)
    }

    private mutating func section(_ number: String) throws(KnowledgeError) -> GuideSection {
        guard let match = take().wholeMatch(of: /## (.+) \{#([a-z\-]+)\}/) else { throw damaged }
        let words = try field("words")
        let sources = at < lines.count && lines[at].hasPrefix("sources: ") ? try field("sources") : ""
        let related = at < lines.count && lines[at].hasPrefix("see: ") ? try field("see") : ""
        var picture: GuideSection.Picture?
        if at < lines.count, lines[at].hasPrefix("picture: ") {
            guard let match = try field("picture").wholeMatch(of: /([a-z\-]+) (.+)/) else { throw damaged }
            picture = GuideSection.Picture(name: String(match.1), caption: String(match.2))
        }
        let blocks = try blocks()
        guard !blocks.isEmpty else { throw damaged }
        return GuideSection(
            id: String(match.2), number: number, title: String(match.1), words: words,
            sources: sources.split(separator: " ").map(String.init), related: related.split(separator: " ").map(String.init),
            picture: picture, blocks: blocks)
    }

    /// Paragraphs and lists up to the next heading.
    private mutating func blocks() throws(KnowledgeError) -> [GuideBlock] {
        var blocks: [GuideBlock] = []
        var items: [[GuideInline]] = []
        var isSteps = false
        func close() {
            if !items.isEmpty { blocks.append(.list(isSteps: isSteps, items)) }
            items = []
        }
        while at < lines.count, !lines[at].hasPrefix("#") {
            let line = take()
            guard !line.isEmpty else {
                close()
                continue
            }
            let digits = line.prefix { $0.isASCII && $0.isNumber }
            let isStep = !digits.isEmpty && line[digits.endIndex...].hasPrefix(". ")
            if isStep || line.hasPrefix("- ") {
                if isSteps != isStep { close() }
                isSteps = isStep
                items.append(try inline(isStep ? line[digits.endIndex...].dropFirst(2) : line.dropFirst(2)))
            } else {
                guard !line.hasPrefix(" "), !line.hasPrefix(">"), !line.hasPrefix("|") else { throw damaged }
                close()
                blocks.append(.paragraph(try inline(line)))
            }
        }
        close()
        return blocks
    }

    private func inline(_ text: Substring) throws(KnowledgeError) -> [GuideInline] {
        guard let line = GuideInline.line(String(text)), !line.isEmpty else { throw damaged }
        return line
    }

    private mutating func field(_ name: String) throws(KnowledgeError) -> String {
        let line = take()
        guard line.hasPrefix(name + ": ") else { throw damaged }
        return String(line.dropFirst(name.count + 2))
    }

    private mutating func take() -> Substring {
        guard at < lines.count else { return "" }
        at += 1
        return lines[at - 1]
    }

    private var damaged: KnowledgeError { KnowledgeError(.damaged, ["file": "\(file):\(at)"]) }
}
