/// A piece of HTML or XML: a tag with its attributes, or words.
public enum TagPiece: Equatable, Sendable {
    /// The beginning of an element, its name and attributes in small letters.
    case begin(String, [String: String], isClosed: Bool)
    /// The end of an element.
    case end(String)
    /// Words, entities undone.
    case words(String)
}

/// Cuts foreign HTML and XML into pieces. Any input ends; nothing is fetched, and only the usual entities are undone, so that no
/// document can make itself larger.
public enum TagReader {
    /// Elements whose content is words up to their own end.
    private static let raw: Set<String> = ["script", "style", "textarea", "title"]

    /// The pieces, in order.
    ///
    /// - Parameter isXML: whether names keep their letters and no element holds plain words only.
    public static func pieces(_ text: String, isXML: Bool = false) -> [TagPiece] {
        var pieces: [TagPiece] = []
        var rest = text[...]
        func add(_ words: Substring, undone: Bool) {
            guard !words.isEmpty else { return }
            pieces.append(.words(undone ? String(words) : HTMLText.undoEntities(String(words))))
        }
        while let start = rest.firstIndex(of: "<") {
            add(rest[..<start], undone: false)
            rest = rest[start...]
            if rest.hasPrefix("<![CDATA[") {
                let inner = rest.dropFirst(9)
                let end = inner.firstRange(of: "]]>")
                add(inner[..<(end?.lowerBound ?? inner.endIndex)], undone: true)
                rest = end.map { inner[$0.upperBound...] } ?? ""
                continue
            }
            if rest.hasPrefix("<!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? ""
                continue
            }
            guard let (piece, next) = tag(rest, isXML: isXML) else {
                let isMark = rest.hasPrefix("<!") || rest.hasPrefix("<?")
                if isMark, let end = rest.firstIndex(of: ">") {
                    rest = rest[rest.index(after: end)...]
                } else {
                    add(rest.prefix(1), undone: true)
                    rest = rest.dropFirst()
                }
                continue
            }
            pieces.append(piece)
            rest = next
            if case .begin(let name, _, false) = piece, !isXML, raw.contains(name) {
                let end = rest.firstRange(of: "</" + name) ?? rest.firstRange(of: "</" + name.uppercased())
                add(rest[..<(end?.lowerBound ?? rest.endIndex)], undone: name == "script" || name == "style")
                rest = end.map { rest[$0.lowerBound...] } ?? ""
            }
        }
        add(rest, undone: false)
        return pieces
    }

    private static func tag(_ text: Substring, isXML: Bool) -> (TagPiece, Substring)? {
        var rest = text.dropFirst()
        let isEnd = rest.first == "/"
        if isEnd { rest = rest.dropFirst() }
        let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" && $0 != "<" }
        guard let first = name.first, first.isLetter else { return nil }
        rest = rest[name.endIndex...]
        let known = isXML ? String(name) : name.lowercased()
        var attributes: [String: String] = [:]
        while let next = rest.first {
            if next == ">" { return (isEnd ? .end(known) : .begin(known, attributes, isClosed: false), rest.dropFirst()) }
            if next == "/", rest.dropFirst().first == ">" {
                return (isEnd ? .end(known) : .begin(known, attributes, isClosed: true), rest.dropFirst(2))
            }
            if next.isWhitespace || next == "/" {
                rest = rest.dropFirst()
                continue
            }
            let key = rest.prefix { !$0.isWhitespace && !"=>/".contains($0) }
            guard !key.isEmpty else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest[key.endIndex...].drop { $0.isWhitespace }
            var value = ""
            if rest.first == "=" {
                rest = rest.dropFirst().drop { $0.isWhitespace }
                if let quote = rest.first, quote == "\"" || quote == "'" {
                    let inner = rest.dropFirst()
                    let end = inner.firstIndex(of: quote) ?? inner.endIndex
                    value = String(inner[..<end])
                    rest = inner[end...].dropFirst()
                } else {
                    let plain = rest.prefix { !$0.isWhitespace && $0 != ">" }
                    value = String(plain)
                    rest = rest[plain.endIndex...]
                }
            }
            if attributes.count < 100 { attributes[key.lowercased()] = HTMLText.undoEntities(value) }
        }
        return nil
    }
}
