/// The words of an HTML page as a reader would see them, roughly: for reading and searching, never for showing as a page.
public enum HTMLText {
    private static let hidden: Set<String> = ["script", "style", "head", "template", "noscript", "svg", "title"]
    private static let blocks: Set<String> = [
        "p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "section", "article",
        "header",
        "footer", "hr", "pre", "dl", "dt", "dd", "form",
    ]
    private static let entities: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "yen": "¥", "copy": "©", "reg": "®",
        "hellip": "…",
        "mdash": "—", "ndash": "–", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "bull": "•", "middot": "·",
        "times": "×",
        "rarr": "→", "larr": "←", "deg": "°", "zwnj": "", "zwj": "", "shy": "",
    ]

    /// The text. Any input ends; nothing in it is run or fetched.
    public static func text(of html: String) -> String {
        var lines: [String] = [""]
        var hiddenIn: String?
        var rest = html.unicodeScalars[...]
        func add(_ text: String) {
            guard hiddenIn == nil else { return }
            for scalar in text.unicodeScalars {
                if scalar.properties.isWhitespace, scalar != "\u{3000}" {
                    if let last = lines[lines.count - 1].unicodeScalars.last, last != " " { lines[lines.count - 1] += " " }
                } else {
                    lines[lines.count - 1].unicodeScalars.append(scalar)
                }
            }
        }
        while let mark = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
            add(String(rest[..<mark]))
            rest = rest[mark...]
            if rest.first == "&" {
                let (text, length) = entity(rest)
                add(text)
                rest = rest.dropFirst(length)
                continue
            }
            guard let (name, isEnd, next) = tag(rest) else {
                add("<")
                rest = rest.dropFirst()
                continue
            }
            rest = rest[next...]
            if let open = hiddenIn {
                if isEnd, name == open { hiddenIn = nil }
            } else if !isEnd, hidden.contains(name) {
                hiddenIn = name
            } else if blocks.contains(name), lines[lines.count - 1] != "" || name == "br" {
                lines.append("")
            }
        }
        add(String(rest))
        let trimmed = lines.map { line in
            var line = line[...]
            while line.last == " " { line.removeLast() }
            while line.first == " " { line.removeFirst() }
            return String(line)
        }
        return trimmed.joined(separator: "\n").replacing(/\n{3,}/) { _ in "\n\n" }.trimmingNewlines
    }

    /// The name of the tag at the front, and the place after it; nil if it is no tag.
    private static func tag(_ text: Substring.UnicodeScalarView) -> (name: String, isEnd: Bool, next: String.Index)? {
        var index = text.index(after: text.startIndex)
        if text[index...].starts(with: "!--".unicodeScalars) {
            var search = text[index...]
            while let dash = search.firstIndex(of: "-") {
                if search[dash...].starts(with: "-->".unicodeScalars) { return ("!--", false, text.index(dash, offsetBy: 3)) }
                search = search[text.index(after: dash)...]
            }
            return ("!--", false, text.endIndex)
        }
        guard index < text.endIndex else { return nil }
        let isEnd = text[index] == "/"
        if isEnd { index = text.index(after: index) }
        guard index < text.endIndex, text[index].properties.isAlphabetic || text[index] == "!" || text[index] == "?" else {
            return nil
        }
        var name = ""
        while index < text.endIndex, text[index].isASCII,
            text[index].properties.isAlphabetic || ("0"..."9").contains(text[index]) || text[index] == "!"
        {
            name.unicodeScalars.append(text[index])
            index = text.index(after: index)
        }
        var quote: Unicode.Scalar?
        while index < text.endIndex {
            let scalar = text[index]
            index = text.index(after: index)
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if scalar == ">" {
                return (name.lowercased(), isEnd, index)
            }
        }
        return (name.lowercased(), isEnd, text.endIndex)
    }

    /// Words with the usual entities undone, one layer of them.
    static func undoEntities(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var out = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let mark = rest.firstIndex(of: "&") {
            out.append(contentsOf: rest[..<mark])
            let (words, length) = entity(rest[mark...])
            out.append(contentsOf: words.unicodeScalars)
            rest = rest[mark...].dropFirst(length)
        }
        out.append(contentsOf: rest)
        return String(out)
    }

    private static func entity(_ text: Substring.UnicodeScalarView) -> (text: String, length: Int) {
        let body = text.dropFirst().prefix(10)
        guard let end = body.firstIndex(of: ";") else { return ("&", 1) }
        let name = String(body[..<end])
        let length = name.unicodeScalars.count + 2
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let scalar = number.flatMap(Unicode.Scalar.init), scalar.value >= 32 || scalar == "\n" || scalar == "\t" else {
                return ("\u{fffd}", length)
            }
            return (String(scalar), length)
        }
        return entities[name].map { ($0, length) } ?? ("&", 1)
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        var text = self[...]
        while text.first?.isNewline == true { text.removeFirst() }
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
