import AkashiFormats

/// A page as lines, its cells and terms kept apart from their values by a tab.
enum PageText {
    private static let blocks: Set<String> = [
        "p", "div", "li", "ul", "ol", "dl", "dd", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
        "header",
        "footer", "nav", "main", "address", "figure", "figcaption", "option", "form", "aside", "title", "blockquote",
    ]
    private static let heads: Set<String> = ["th", "dt"]
    private static let hidden: Set<String> = ["script", "style", "noscript", "template", "svg"]

    static func text(_ pieces: [TagPiece]) -> String {
        var text = ""
        var skips: String?
        func end() { if !text.hasSuffix("\n"), !text.isEmpty { text += "\n" } }
        for piece in pieces {
            switch piece {
            case .begin(let name, _, let isClosed):
                if hidden.contains(name), !isClosed, skips == nil { skips = name }
                if name == "br" || name == "hr" { end() }
                // A new cell stands on the line of its row; everything else begins its own.
                if blocks.contains(name) || heads.contains(name), !text.hasSuffix("\t") { end() }
            case .words(let words):
                guard skips == nil else { continue }
                let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing("\u{a0}", with: " ")
                guard !line.isEmpty else { continue }
                if let last = text.last, !last.isWhitespace, words.first?.isWhitespace == true { text += " " }
                text += line
            case .end(let name):
                if name == skips { skips = nil }
                if heads.contains(name) || name == "td" {
                    if !text.hasSuffix("\n"), !text.hasSuffix("\t"), !text.isEmpty { text += "\t" }
                } else if blocks.contains(name) {
                    while text.hasSuffix("\t") { text.removeLast() }
                    end()
                }
            }
        }
        return text
    }
}
