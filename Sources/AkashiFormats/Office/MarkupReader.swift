/// A piece of simple, well-formed markup such as the project's own papers are made of.
public enum MarkupPiece: Equatable, Sendable {
    /// The beginning of an element, with its classes.
    case open(String, classes: [String])
    /// Its end.
    case close(String)
    /// Words.
    case text(String)
}

/// Reads the project's own papers, to write them in another format. Foreign pages are read elsewhere.
public enum MarkupReader {
    private static let void: Set<String> = ["br", "hr", "img", "meta", "link"]
    private static let entities = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "nbsp": "\u{A0}", "#x27": "'", "apos": "'",
    ]

    /// The pieces, in order. A void element is closed at once.
    public static func pieces(_ markup: String) -> [MarkupPiece] {
        var pieces: [MarkupPiece] = []
        let bytes = Array(markup.utf8)
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            if open > rest.startIndex { pieces.append(.text(decode(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else {
                rest = []
                break
            }
            let inner = String(decoding: rest[(open + 1)..<close], as: UTF8.self)
            rest = rest[(close + 1)...]
            if inner.hasPrefix("!") { continue }
            if inner.hasPrefix("/") {
                pieces.append(.close(inner.dropFirst().lowercased()))
                continue
            }
            let name = inner.prefix { $0.isLetter || $0.isNumber }.lowercased()
            pieces.append(.open(name, classes: classes(inner)))
            if void.contains(name) || inner.hasSuffix("/") { pieces.append(.close(name)) }
        }
        if !rest.isEmpty { pieces.append(.text(decode(rest))) }
        return pieces
    }

    private static func classes(_ inner: String) -> [String] {
        guard inner.utf8.contains(UInt8(ascii: "=")) else { return [] }
        return inner.firstMatch(of: /class="([^"]*)"/).map { $0.1.split(separator: " ").map(String.init) } ?? []
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "&")) else { return text }
        return text.replacing(/&(#?[a-z0-9]+);/) { entities[String($0.1)] ?? String($0.0) }
    }
}
